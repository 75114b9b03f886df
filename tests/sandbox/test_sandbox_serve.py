"""The sandbox in the foreground."""

from __future__ import annotations

import signal
import subprocess
import sys
import threading

import httpx
import pytest

from smswire.sandbox import serve
from smswire_documents import PROVIDERS

PROGRAM = """
from smswire.sandbox import serve
serve("127.0.0.1", 0, speed=10, login="me", password="secret", announce=lambda line: print(line, flush=True))
print("ended", flush=True)
"""


@pytest.mark.skipif(sys.platform == "win32", reason="signals")
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_it_serves_until_it_is_told_to_end(number: signal.Signals) -> None:
    with subprocess.Popen(
        [sys.executable, "-c", PROGRAM], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as run:
        # a test that fails on the way must not wait for what nobody ends
        late = threading.Timer(20, run.kill)
        late.start()
        assert run.stdout is not None
        lines = dict(run.stdout.readline().rstrip("\n").split(": ", 1) for _ in range(len(PROVIDERS) + 1))
        assert set(lines) == {*PROVIDERS, "faults"}
        data = {"login": "me", "psw": "secret", "fmt": "3", "charset": "utf-8", "phones": "77001234567", "mes": "x"}
        with httpx.Client(trust_env=False) as http:
            assert http.post(lines["smsc"] + "/send.php", data=data).json()["cnt"] == 1
            assert http.get(lines["faults"]).json() == []
            run.send_signal(number)
            rest, errors = run.communicate(timeout=5)
        late.cancel()
    assert (run.returncode, rest, errors) == (0, "ended\n", "")


def test_loopback_only() -> None:
    with pytest.raises(ValueError, match="loopback"):
        serve("0.0.0.0", 0)
