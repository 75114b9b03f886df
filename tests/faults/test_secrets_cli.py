"""Canaries through the command line: its error output tells none, its standard output no credentials and no text."""

from __future__ import annotations

import os

import pytest
from support.commands import Result, Run

from smswire.cli import main
from smswire.cli.gateways import GATEWAYS as COMMANDED

from .canaries import ACCOUNT, LOGIN, PASSWORD, PHONE, TEXT, TOKEN, assert_silent
from .gateways import GATEWAYS, Gateway
from .replies import REPLIES
from .server import Answer, FaultServer, Peer, closed_port, reply
from .test_secrets import SENT, TOLD

pytestmark = pytest.mark.usefixtures("log")

ENDINGS = ("refused", "broken", "newer", "lost")


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Run:
    for name in [each for each in os.environ if each.startswith("SMSWIRE_")]:
        monkeypatch.delenv(name)

    def run(gateway: Gateway, url: str, command: str, *arguments: str) -> Result:
        for name, value in ACCOUNT.items():
            monkeypatch.setenv(f"SMSWIRE_{gateway}_{name}".upper(), value)
        code = main([command, "--provider", str(gateway), "--url", url, "--deadline", "0.3", *arguments])
        out, err = capsys.readouterr()
        assert_silent([err])
        assert [each for each in (LOGIN, PASSWORD, TOKEN, TEXT) if each in out] == []
        assert "Traceback" not in err
        return Result(code, out, err)

    return run


def answer(ending: str, gateway: Gateway, command: str) -> Answer:
    replies = {"send": SENT, "status": TOLD}[command][gateway]
    return lost if ending == "lost" else reply(getattr(replies, ending).encode())


def lost(peer: Peer) -> None:
    peer.request()


commanded = pytest.mark.parametrize("gateway", [each for each in GATEWAYS if each.name in COMMANDED], ids=str)


@commanded
@pytest.mark.parametrize("ending", ENDINGS)
@pytest.mark.parametrize("as_json", [[], ["--json"]], ids=["table", "json"])
def test_send(gateway: Gateway, ending: str, as_json: list[str], run: Run) -> None:
    with FaultServer(answer(ending, gateway, "send")) as server:
        shown = run(gateway, server.url, "send", "--to", PHONE, "--sender", "SHOP", "--id", "17", *as_json, TEXT)
    assert bool(shown.err)
    # 3 is for a message that may have been accepted
    assert shown.code == {"newer": shown.code, "broken": 3, "lost": 3}.get(ending, 1)


@commanded
@pytest.mark.parametrize("ending", ENDINGS)
def test_status(gateway: Gateway, ending: str, run: Run) -> None:
    with FaultServer(answer(ending, gateway, "status")) as server:
        shown = run(gateway, server.url, "status", "--to", PHONE, "91")
    assert bool(shown.err)
    assert shown.code == (0 if ending == "newer" else 1)


@pytest.mark.parametrize("gateway", [each for each in GATEWAYS if each.client.capabilities.history], ids=str)
@pytest.mark.parametrize("ending", ["refused", "broken"])
def test_history(gateway: Gateway, ending: str, run: Run) -> None:
    with FaultServer(reply(getattr(REPLIES[gateway.name]["get_messages"], ending).encode())) as server:
        shown = run(gateway, server.url, "history", "--from", "2026-11-01")
    assert (shown.code, bool(shown.err)) == (1, True)


@commanded
@pytest.mark.parametrize(
    "arguments",
    [
        ["--to", PHONE + "x", TEXT],
        ["--to", PHONE, TEXT, PHONE],
        ["--to", PHONE, "--id", PHONE * 9, TEXT],
        ["--" + TEXT],
    ],
    ids=["no number", "two texts", "id too long", "text that looks like an option"],
)
def test_arguments_that_are_refused(gateway: Gateway, arguments: list[str], run: Run) -> None:
    with closed_port() as url:
        shown = run(gateway, url, "send", *arguments)
    assert (shown.code, shown.out) == (2, "")


def test_every_command_line_provider_is_here() -> None:
    assert set(COMMANDED) <= {each.name for each in GATEWAYS}
