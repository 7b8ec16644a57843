"""`zhenlian serve` and `demo`: a port is taken, a store opened, and requests answered until a signal."""

import asyncio
import sys
from collections.abc import Callable, Coroutine
from typing import Any

import typer

from api import logs
from api.cli.opening import opened
from api.http.passes import HEADER, entrance
from api.http.process import address, imported, listener, run
from api.settings import Settings


def serving(
    settings: Settings,
    begin: Callable[[], Coroutine[Any, Any, None]] | None = None,
    prepare: Callable[[Any], Coroutine[Any, Any, None]] | None = None,
    *,
    exclusive: bool = False,
    questions: tuple[str, ...] = (),
) -> None:
    """Take the port, then open the store, then answer until a signal comes.

    `begin` is done before the store is opened; `prepare` fills a store that is empty.
    """
    module = "api.http.workers" if settings.processes > 1 else "api.http.serving"
    with listener(settings.host, settings.port) as taken:
        logs.configure()

        def ready() -> None:
            url = address(taken, settings)
            _greet(url, questions)
            if settings.writable:
                typer.echo(
                    f"写入须出示口令：浏览器请打开 {url}{entrance(settings)}，程序以请求头 {HEADER} 发送。"
                )
                sys.stdout.flush()

        async def work() -> None:
            # Importing takes seconds, and so does the database's start in a process of its own: side by side.
            importing = asyncio.create_task(asyncio.to_thread(imported, module))
            if begin is not None:
                await begin()
            async with opened(settings, exclusive=exclusive, wait=False) as store:
                service = await importing
                whole = prepare is not None
                await service.serve(store, taken, settings, ready, whole=whole, prepare=prepare)

        run(work())


def _greet(url: str, questions: tuple[str, ...]) -> None:
    typer.echo(f"镇链已启动：{url}（查询页 {url}graphiql/，接口 {url}graphql）。按 Ctrl-C 停止。")
    if questions:
        typer.echo("可粘贴到查询页的问题：")
    for number, question in enumerate(questions, 1):
        typer.echo(f"\n{number}. {question}")
    sys.stdout.flush()
