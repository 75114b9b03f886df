"""The command as a user runs it: `smswire(...)` in this process, `process(...)` in one of its own."""

from __future__ import annotations

import io
import os
import subprocess
import sys
from collections.abc import Iterator

import pytest
from support.commands import Result, Run

from smswire.cli import main
from smswire.sandbox import Sandbox


@pytest.fixture(autouse=True)
def _no_settings(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in [each for each in os.environ if each.startswith("SMSWIRE_")]:
        monkeypatch.delenv(name)


@pytest.fixture
def smswire(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Run:
    def run(*arguments: str, stdin: bytes = b"") -> Result:
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(stdin)))
        code = main(arguments)
        out, err = capsys.readouterr()
        return Result(code, out, err)

    return run


@pytest.fixture
def process() -> Run:
    def run(*arguments: str, module: str = "smswire", code: str | None = None, timeout: float = 30) -> Result:
        head = ["-m", module] if code is None else ["-c", code]
        done = subprocess.run(
            [sys.executable, *head, *arguments],
            stdin=subprocess.DEVNULL,
            capture_output=True,
            encoding="utf-8",
            timeout=timeout,
            check=False,
        )
        return Result(done.returncode, done.stdout, done.stderr)

    return run


SECRET = "canary-pa55word"
LOGIN = "canary-l0gin"
PHONE = "+77011112233"
TEXT = "canary-текст"


@pytest.fixture
def box(monkeypatch: pytest.MonkeyPatch) -> Iterator[Sandbox]:
    """A sandbox whose account and addresses the environment names."""
    with Sandbox(speed=0, login=LOGIN, password=SECRET, token=SECRET) as running:
        for provider in running.providers:
            monkeypatch.setenv(f"SMSWIRE_{provider}_LOGIN".upper(), LOGIN)
            monkeypatch.setenv(f"SMSWIRE_{provider}_PASSWORD".upper(), SECRET)
            monkeypatch.setenv(f"SMSWIRE_{provider}_URL".upper(), running.url(provider))
        yield running


def silent(result: Result) -> bool:
    """Whether an error output quotes none of the canaries, and is no traceback."""
    return not any(each in result.err for each in (SECRET, LOGIN, PHONE, PHONE[1:], TEXT, "Traceback"))
