"""Errors on the command line: our own are one line and an exit code, never a stack of calls."""

from collections.abc import Callable
from enum import IntEnum
from functools import wraps

import typer

from api.http.process import PortTaken
from graph.errors import BadInput, ChainError, StoreError


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
            typer.echo(f"错误：{error}", err=True)
            raise typer.Exit(_code(error)) from None

    return told


def _code(error: ChainError) -> Exit:
    if isinstance(error, StoreError | PortTaken):
        return Exit.STORE
    return Exit.USAGE if isinstance(error, BadInput) else Exit.DATA
