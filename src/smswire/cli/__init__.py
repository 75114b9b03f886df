"""The command `smswire`. Nothing is imported before it is needed, so that a missing extra can be named."""

from __future__ import annotations

import signal
import sys
import threading
from collections.abc import Generator, Sequence
from contextlib import contextmanager
from types import FrameType

_EXTRAS = {
    "click": "cli",
    "rich": "cli",
    "starlette": "sandbox",
    "uvicorn": "sandbox",
    "elementpath": "diff",
    "xmlschema": "diff",
    "referencing": "diff",
}


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command and return its exit code.

    0 done, 1 refused or failed, 2 usage, 3 a message may have been accepted, 130 interrupted or terminated.
    """
    try:
        with _terminated_as_interrupted():
            from smswire.cli.run import run

            return run(arguments)
    except ModuleNotFoundError as error:
        package = (error.name or "").partition(".")[0]
        if package not in _EXTRAS:
            raise
        missing = f'{package} is missing: python -m pip install "smswire[{_EXTRAS[package]}]"'
    except KeyboardInterrupt:
        return 130
    sys.stderr.write(f"smswire: {missing}\n")
    return 2


@contextmanager
def _terminated_as_interrupted() -> Generator[None]:
    """SIGTERM ends a command as Ctrl-C does, so that a send still tells what may have been accepted.

    Only the main thread may set a handler. It is put back afterwards; one that is not Python's could not be, and a
    process that ignores the signal goes on to do so.
    """
    before = signal.getsignal(signal.SIGTERM)
    if threading.current_thread() is not threading.main_thread() or before in (None, signal.SIG_IGN):
        yield
        return

    def interrupt(number: int, frame: FrameType | None) -> None:
        del number, frame
        raise KeyboardInterrupt

    signal.signal(signal.SIGTERM, interrupt)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)
