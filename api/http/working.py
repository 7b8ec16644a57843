"""One of the workers of a service: a program that `api.http.workers` starts, speaks with, and stops.

On its standard input it is told what it needs, then news, until the keeper ends: then it stops as on SIGTERM.
"""

import os
import signal
import socket
import threading
import time
from collections.abc import Callable
from io import FileIO
from typing import Any

import orjson

from api import logs
from api.cli.opening import opened
from api.http.accepting import Board, Share
from api.http.keeping import sharing
from api.http.process import run
from api.http.serving import answering
from api.settings import read_settings

PATIENCE = 8.0
"""Seconds after the end of the keeper in which a worker is gone, whatever it is at."""
type News = dict[str, Any]


def main() -> None:
    """Answer until told to stop."""
    keeper = FileIO(0)  # unbuffered: the thread that waits for it holds no lock at the end
    if first := keeper.readline():
        logs.configure()
        run(_work(orjson.loads(first), keeper))


async def _work(given: News, keeper: FileIO) -> None:
    settings, listening = read_settings(**given["settings"]), list[Callable[[], None]]()

    def hear(news: News) -> None:
        given.update(news)
        for told in listening:
            told()

    threading.Thread(target=_listen, args=(keeper, hear), daemon=True).start()
    share = Share(given["worker"], Board(given["board"], settings.processes))
    async with (
        opened(settings, joining=True, wait=False) as store,
        sharing(store, settings, lambda: _say("missing")) as (kept, newest),
    ):

        def told() -> None:
            kept.damage, newest.alone = given["damage"], given["alone"]

        listening.append(told)
        told()
        if given["whole"]:
            await kept.ready()
        with socket.socket(fileno=given["socket"]) as taken:
            await answering(store, kept, taken, settings, lambda: _say("ready"), share=share)


def _say(word: str) -> None:
    """Say something to the keeper; one that has ended hears nothing."""
    try:
        os.write(1, f"{word}\n".encode())
    except OSError:
        return


def _listen(keeper: FileIO, hear: Callable[[News], None]) -> None:
    """Hear news to the end of the keeper, then stop."""
    while line := keeper.readline():
        hear(orjson.loads(line))
    os.kill(os.getpid(), signal.SIGTERM)
    time.sleep(PATIENCE)
    os._exit(1)  # it hangs: nobody else would end it
