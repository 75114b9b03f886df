"""What was sent is told, wherever the standard output leads; and no mistake ends in a traceback."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from smswire.sandbox import Sandbox

SEND = ["send", "--provider", "quicktel", "--to", "+79001234567", "--sender", "SHOP", "--id", "order-17", "Привет"]

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="shells and devices of POSIX")


@pytest.fixture
def box() -> Iterator[Sandbox]:
    with Sandbox(speed=0) as box:
        yield box


def shell(box: Sandbox, arguments: list[str], redirection: str) -> subprocess.CompletedProcess[str]:
    environment = dict(os.environ) | {
        "SMSWIRE_QUICKTEL_LOGIN": box.login,
        "SMSWIRE_QUICKTEL_PASSWORD": box.password,
        "SMSWIRE_QUICKTEL_URL": box.url("quicktel"),
        "PYTHON": sys.executable,
    }
    command = ["sh", "-c", f'"$PYTHON" -m smswire "$@" {redirection}', "sh", *arguments]
    return subprocess.run(command, env=environment, capture_output=True, text=True, timeout=60)


@pytest.mark.parametrize("redirection", [">&-", ">/dev/full", "<&-"])
def test_accepted_message_is_no_failure(box: Sandbox, redirection: str) -> None:
    if redirection == ">/dev/full" and not Path("/dev/full").exists():
        pytest.skip("no full device here")
    done = shell(box, SEND, redirection)
    assert done.returncode == 0, done.stderr
    assert "Traceback" not in done.stderr
    assert [each.id for each in box.messages()] == ["order-17"]
    if redirection == ">/dev/full":
        assert "order-17 queued" in done.stderr


@pytest.mark.parametrize("arguments", [["providers"], ["providers", "smsc"], ["validate", "-"]])
@pytest.mark.parametrize("redirection", [">&-", ">/dev/full", "<&- >/dev/full 2>&1"])
def test_no_traceback(box: Sandbox, arguments: list[str], redirection: str) -> None:
    done = shell(box, arguments, redirection + ("" if "<" in redirection else " </dev/null"))
    assert "Traceback" not in done.stderr
    assert done.stderr.count("\n") <= 3


@pytest.mark.parametrize(
    "arguments",
    [
        [*SEND, "--deadline", "nan"],
        [*SEND, "--deadline", "inf"],
        [*SEND, "--valid-for", "9" * 20],
        [*SEND[:-2], "", "Привет"],
    ],
)
def test_values_out_of_bounds_are_usage(box: Sandbox, arguments: list[str]) -> None:
    done = shell(box, arguments, "")
    assert done.returncode == 2
    assert "Traceback" not in done.stderr
    assert box.requests == 0
