"""Errors on the command line: our own are one line and an exit code, never a stack of calls."""

from collections.abc import Callable
from enum import IntEnum
from functools import wraps
from pathlib import Path
from tempfile import gettempdir

import typer

from api.http.process import PortTaken
from graph.errors import BadInput, ChainError, DiskFull, StoreError
from graph.store.diagnosis import disk_full


class Exit(IntEnum):
    """What the exit code says."""

    DATA = 1
    USAGE = 2
    STORE = 3
    INTERRUPTED = 130


def plainly[**P](command: Callable[P, None]) -> Callable[P, None]:
    """Say our own errors in one line, and exit with the code that belongs to them."""

    @wraps(command)
    def told(*args: P.args, **kwargs: P.kwargs) -> None:
        try:
            command(*args, **kwargs)
        except ChainError as error:
            raise _told(error) from None
        except OSError as error:
            named = [given.absolute().parent for given in kwargs.values() if isinstance(given, Path)]
            if full := disk_full(error, [*named, Path.cwd(), Path(gettempdir())]):
                raise _told(full) from None
            raise

    return told


def _told(error: ChainError) -> typer.Exit:
    typer.echo(f"错误：{error}", err=True)
    return typer.Exit(_code(error))


def _code(error: ChainError) -> Exit:
    if isinstance(error, StoreError | PortTaken | DiskFull):
        return Exit.STORE
    return Exit.USAGE if isinstance(error, BadInput) else Exit.DATA
