"""A sandbox in the foreground, for the command line."""

from __future__ import annotations

import signal
import threading
from collections.abc import Callable, Generator
from contextlib import contextmanager
from pathlib import Path
from types import FrameType

from smswire.sandbox.box import Sandbox


def serve(
    host: str = "127.0.0.1",
    port: int = 8025,
    *,
    speed: float = 1.0,
    login: str = "demo",
    password: str = "demo",  # noqa: S107 (of an account that is none)
    token: str = "demo",  # noqa: S107
    database: str | Path = ":memory:",
    announce: Callable[[str], None] = print,
) -> None:
    """Serve until the process is interrupted or terminated (SIGINT, SIGTERM), then return.

    `announce` is called once for each line to show when requests are accepted: a provider and its address. Settings
    are those of `Sandbox`. Raises `ValueError` for one out of range, `OSError` where the port is taken,
    `sqlite3.Error` where the database cannot be opened.
    """
    ended = threading.Event()
    settings = Sandbox(
        speed=speed, login=login, password=password, token=token, database=database, host=host, port=port
    )
    with _ended_by_signals(ended), settings as box:
        for provider in box.providers:
            announce(f"{provider}: {box.url(provider)}")
        announce(f"faults: {box.address}/_faults")
        # in turns, since a wait without end would hold signals back on Windows
        while not ended.wait(0.5):
            pass


@contextmanager
def _ended_by_signals(ended: threading.Event) -> Generator[None]:
    """Only the main thread may set the handlers of signals; they are put back afterwards."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return

    def end(number: int, frame: FrameType | None) -> None:
        del number, frame
        ended.set()

    before = {each: signal.signal(each, end) for each in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield
    finally:
        for each, handler in before.items():
            signal.signal(each, handler)
