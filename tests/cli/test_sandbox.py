"""`smswire sandbox` in a process of its own, and `smswire demo` from end to end."""

from __future__ import annotations

import os
import re
import signal
import socket
import subprocess
import sys
import threading
import time
from typing import Any

import pytest
from support.commands import Run

from smswire import Message, quicktel
from smswire_documents import PROVIDERS


@pytest.mark.skipif(sys.platform == "win32", reason="POSIX signals")
@pytest.mark.parametrize("end", [signal.SIGINT, signal.SIGTERM])
def test_sandbox_serves_until_it_is_ended(end: signal.Signals) -> None:
    command = [sys.executable, "-m", "smswire", "sandbox", "--port", "0", "--speed", "0"]
    environment = {**os.environ, "SMSWIRE_SANDBOX_PASSWORD": "canary-pa55word"}
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, encoding="utf-8", env=environment
    ) as running:
        assert running.stdout is not None
        # a test that fails on the way must not wait for what nobody ends
        late = threading.Timer(20, running.kill)
        late.start()
        lines = [running.stdout.readline() for _ in range(len(PROVIDERS) + 2)]
        late.cancel()
        found = re.search(r"quicktel: (http://127.0.0.1:\d+/quicktel)\n", "".join(lines))
        assert found, lines
        with quicktel.Client(login="demo", password="canary-pa55word", base_url=found[1]) as client:
            [receipt] = client.send([Message(to="+79001234567", text="x", sender="SHOP")])
        assert receipt.accepted
        running.send_signal(end)
        out, err = running.communicate(timeout=20)
    assert (running.returncode, err) == (0, "")
    assert "pa55word" not in "".join(lines) + out


def test_a_port_that_is_taken(smswire: Run) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        result = smswire("sandbox", "--port", str(port))
    assert result.code == 1
    assert result.err.startswith(f"smswire: sandbox: cannot listen on 127.0.0.1, port {port}: ")
    assert result.err.count("\n") == 1


def test_a_sandbox_is_not_for_the_network(smswire: Run) -> None:
    result = smswire("sandbox", "--host", "0.0.0.0", "--port", "0")
    assert result.code == 2
    assert "loopback" in result.err


def test_demo(process: Run) -> None:
    begin = time.monotonic()
    result = process("demo", timeout=60)
    assert (result.code, result.err) == (0, "")
    assert time.monotonic() - begin < 15
    for provider in PROVIDERS:
        table = result.out.split(f"\n{provider}\n")[1].splitlines()
        assert table[0].split() == ["id", "to", "parts", "state", "at"]
        states = {row.split()[0]: row.split()[3] for row in table[1:4]}
        assert states == {"101": "delivered", "102": "delivered", "103": "undeliverable"}
        assert table[4].split() == ["104", "+77001234000", "rejected"]  # no parts
        assert int(table[2].split()[2]) > 1
        assert f"\n{provider} refuses 104: " in result.out
        assert f"\n{provider}: 101 sent a second time " in result.out
        history = "documents no history of messages" if provider != "smsc" else "newest first"
        assert re.search(rf"\b{provider}\b.* {history}", result.out)
    for recognised in ("quicktel", "webcom"):
        assert f"{recognised}: 101 sent a second time is recognised" in result.out
    assert "kazinfoteh: 101 sent a second time is refused (201: error_id (" in result.out
    assert "smsc: 101 sent a second time within a minute is refused with code 9" in result.out
    assert "history of smsc, newest first: 103 undeliverable, 102 delivered, 101 delivered" in result.out
    assert re.search(r"\n\nA document .* here .*:\nrefused before anything was sent: Sms.sms_id: ", result.out)
    assert re.search(r"\n\nA reply .* here .*:\nrefused when it came: kazinfoteh\.", result.out)
    assert "\x1b" not in result.out


def test_demo_leaves_nothing_running(smswire: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("smswire.cli.demo._INTERVAL", 0.0)
    monkeypatch.setattr("smswire.cli.demo._POLLS", 1)
    before = set(threading.enumerate())
    result = smswire("demo")
    assert result.code == 1
    assert result.err == "smswire: demo: a message has not come to a final state in time\n"
    assert set(threading.enumerate()) <= before


def test_a_failure_ends_the_demo_with_one_line(smswire: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("smswire.sandbox.Sandbox.url", lambda *_: "http://127.0.0.1:1")
    result = smswire("demo")
    assert result.code == 1
    assert result.err == "smswire: demo: kazinfoteh.send_message: no connection to the provider\n"


@pytest.mark.skipif(sys.platform == "win32", reason="POSIX signals")
def test_interruption() -> None:
    def interruptible() -> None:
        """A shell runs what is in its background with interruption switched off, and children inherit that."""
        signal.signal(signal.SIGINT, signal.SIG_DFL)

    command = [sys.executable, "-m", "smswire", "demo"]
    pipes: dict[str, Any] = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE, "encoding": "utf-8"}
    with subprocess.Popen(command, **pipes, preexec_fn=interruptible) as running:
        assert running.stdout is not None
        running.stdout.readline()
        running.send_signal(signal.SIGINT)
        out, err = running.communicate(timeout=20)
    assert (running.returncode, err.strip()) == (130, "")
    assert "kazinfoteh\n" not in out
