"""The store that the settings name, what of it is shown, and files that commands write."""

from contextlib import AbstractAsyncContextManager
from pathlib import Path

import typer

from api.cli.errors import Exit
from api.http.process import run
from api.settings import Settings
from graph.errors import BadInput
from graph.snapshot.invented import without_invented
from graph.snapshot.masking import without_persons
from graph.snapshot.snapshot import Snapshot
from graph.snapshot.taking import take_snapshot
from graph.store.backends import open_store
from graph.store.diagnosis import disk_full
from graph.store.store import Store


def opened(
    settings: Settings, *, exclusive: bool = False, joining: bool = False, wait: bool = True
) -> AbstractAsyncContextManager[Store]:
    """Open the store of the settings; `exclusive` refuses an embedded one that is already open.

    With `joining` an embedded one is left to another process. Without `wait` it may still be starting.
    """
    return open_store(
        settings.store,
        user=settings.store_user,
        password=settings.store_password.get_secret_value(),
        database=settings.database,
        exclusive=exclusive,
        joining=joining,
        wait=wait,
    )


def shown(settings: Settings) -> Snapshot:
    """What the store holds now, as the settings let it be seen; raises typer.Exit when it is interrupted."""

    async def work() -> Snapshot:
        async with opened(settings) as store:
            return await take_snapshot(store)

    snapshot = run(work())
    if snapshot is None:
        typer.echo("已中断：没有写出文件。", err=True)
        raise typer.Exit(Exit.INTERRUPTED)
    real = without_invented(snapshot) if settings.real_only else snapshot
    return without_persons(real) if settings.hide_persons else real


def free(out: Path, *, force: bool) -> None:
    """Refuse to write over a file without `force`; raises BadInput."""
    if out.exists() and not force:
        raise BadInput(f"{out} 已经存在：要覆盖请加 --force")


def write(out: Path, content: bytes, *, force: bool) -> None:
    """Write a file, a new one without `force`; raises BadInput, or DiskFull."""
    try:
        with out.open("wb" if force else "xb") as file:
            file.write(content)
    except OSError as error:
        refusal = BadInput(f"不能写入 {out}：请检查路径和权限，或关闭正在使用它的程序")
        raise disk_full(error, [out.parent]) or refusal from error
