"""`smswire send` against the sandbox: every outcome, its exit code, and what each stream may show."""

from __future__ import annotations

import json
import re
import signal
import subprocess
import sys
import threading
import time
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from support.commands import Result, Run

from cli.conftest import PHONE, SECRET, TEXT, silent
from smswire.cli import main
from smswire.cli.gateways import GATEWAYS
from smswire.sandbox import Sandbox

PROVIDERS = sorted(GATEWAYS)
REFUSED = "+77011112000"
# those that know a message by a number only
NUMBERED = ("kazinfoteh", "webcom")
BAD_NUMBER = {
    "kazinfoteh": ": error_recipient (",
    "quicktel": ": bad_phone (",
    "smsc": ": bad_phone (",
    "webcom": ": no_phone (",
}
WAYS = {
    "kazinfoteh": "smswire status --provider kazinfoteh --to PHONE ID",
    "quicktel": "smswire send --provider quicktel --id ID ...",
    "smsc": "smswire status --provider smsc --to PHONE ID",
    "webcom": "smswire send --provider webcom --id ID ...",
}


def send(run: Run, provider: str, *arguments: str, to: str = PHONE) -> Result:
    return run("send", "--provider", provider, "--to", to, "--sender", "SHOP", *arguments, TEXT)


@pytest.mark.parametrize("provider", PROVIDERS)
def test_accepted(smswire: Run, box: Sandbox, provider: str) -> None:
    own_id = "17" if provider in NUMBERED else "order-17"
    result = send(smswire, provider, "--id", own_id)
    assert (result.code, result.err) == (0, "")
    head, row = result.out.splitlines()
    assert head.split("  ")[0] == "id"
    assert row.split()[:4] == [own_id, PHONE, "1", "queued"]
    [message] = box.messages(provider)
    assert (message.id, message.to, message.text, message.sender) == (own_id, _on_the_wire(provider), TEXT, "SHOP")


def _on_the_wire(provider: str) -> str:
    return PHONE[1:] if provider in NUMBERED else PHONE


@pytest.mark.parametrize("provider", PROVIDERS)
def test_json(smswire: Run, box: Sandbox, provider: str) -> None:
    result = send(smswire, provider, "--to", REFUSED, "--json")
    assert (result.code, result.err) == (1, "")
    sent = json.loads(result.out)
    assert (sent["provider"], sent["failure"]) == (provider, None)
    first, second = sent["messages"]
    [message] = box.messages(provider)
    assert (first["to"], first["state"], first["accepted"], first["error"]) == (PHONE, "queued", True, None)
    assert (first["gateway_id"], first["parts"]) == (message.gateway_id, 1)
    assert (first["outcome"], second["outcome"]) == ("sent", "refused")
    number = str(int(first["id"], 16) % 10**18)  # as which a random id is told to those that take numbers
    assert message.id == (number if provider in NUMBERED else first["id"])
    assert (second["to"], second["state"], second["accepted"]) == (REFUSED, "rejected", False)
    assert f": {second['error']['name']} (" == BAD_NUMBER[provider]
    assert set(second["error"]) == {"code", "name", "meaning"}


@pytest.mark.parametrize("provider", PROVIDERS)
def test_refused_item(smswire: Run, box: Sandbox, provider: str) -> None:
    result = send(smswire, provider, to=REFUSED)
    assert (result.code, result.err) == (1, "")
    assert "rejected" in result.out
    assert BAD_NUMBER[provider] in result.out
    assert box.messages(provider) == ()


@pytest.mark.parametrize("provider", ["quicktel", "webcom"])
def test_a_repeated_id_is_told(smswire: Run, box: Sandbox, provider: str) -> None:
    send(smswire, provider, "--id", "1")
    result = send(smswire, provider, "--id", "1")
    assert result.code == 0
    assert "queued (duplicate)" in result.out
    assert len(box.messages()) == 1


def test_a_repeated_id_that_is_refused(smswire: Run, box: Sandbox) -> None:
    send(smswire, "kazinfoteh", "--id", "1")
    result = send(smswire, "kazinfoteh", "--id", "1")
    assert result.code == 1
    assert "201: error_id (" in result.out
    assert len(box.messages()) == 1


def test_an_id_that_has_to_be_a_number(smswire: Run, box: Sandbox) -> None:
    for provider in NUMBERED:
        result = send(smswire, provider, "--id", "order-17")
        assert (result.code, result.out) == (2, "")
        assert result.err.startswith("smswire: messages[0].id: a number of up to 18 digits")
        assert silent(result)
    assert box.requests == 0


@pytest.mark.parametrize("provider", ["kazinfoteh", "smsc", "webcom"])
def test_options_reach_the_provider(smswire: Run, box: Sandbox, provider: str) -> None:
    moment = (datetime.now(UTC) + timedelta(days=1)).replace(second=0, microsecond=0)
    result = send(smswire, provider, "--send-at", moment.isoformat(), "--valid-for", "90")
    assert (result.code, result.err) == (0, "")
    assert "scheduled" in result.out
    [message] = box.messages()
    assert message.send_at == moment


@pytest.mark.parametrize("provider", PROVIDERS)
@pytest.mark.parametrize("kind", ["drop_after_accept", "truncate", "html", "status", "break_reply"])
def test_outcome_unknown(smswire: Run, box: Sandbox, provider: str, kind: str) -> None:
    box.faults.add(kind, provider=provider)  # type: ignore[arg-type]
    result = send(smswire, provider, "--id", "17")
    assert result.code == 3
    assert silent(result)
    assert f"outcome unknown, {provider} may have accepted: 17\n" in result.err
    assert WAYS[provider] in result.err
    assert result.out.splitlines()[1].split() == ["17", PHONE, "unknown"]


def test_a_call_that_breaks_off_tells_of_every_message(smswire: Run, box: Sandbox) -> None:
    others = ("+79991112234", "+79991112235")
    box.faults.add("drift", operation="send_php")  # the first request, which is answered
    box.faults.add("drop_after_accept", operation="send_php")
    arguments = [part for each in others for part in ("--to", each)]
    result = send(smswire, "smsc", *arguments, "--json")
    assert result.code == 3
    sent = json.loads(result.out)
    told = ("to", "state", "outcome", "accepted", "duplicate")
    assert [tuple(each[key] for key in told) for each in sent["messages"]] == [
        (PHONE, "queued", "sent", True, False),
        (others[0], None, "unknown", None, None),
        (others[1], None, "not_sent", False, False),
    ]
    assert len({tuple(each) for each in sent["messages"]}) == 1
    assert sent["failure"]["kind"] == "OutcomeUnknown"
    assert sent["failure"]["outcome"] == "unknown"
    assert len({each["id"] for each in sent["messages"]}) == 3
    assert silent(result)


def test_nothing_sent(smswire: Run, box: Sandbox) -> None:
    box.stop()
    result = send(smswire, "quicktel")
    assert (result.code, result.out) == (1, "")
    assert result.err == "smswire: quicktel.sms_send: no connection to the provider\n"
    assert _only_row(send(smswire, "quicktel", "--json")) == (None, "not_sent", False)


def _only_row(result: Result) -> tuple[object, ...]:
    assert result.code == 1
    [row] = json.loads(result.out)["messages"]
    keys = {"id", "to", "gateway_id", "parts", "state", "outcome", "accepted", "duplicate", "error"}
    assert set(row) == keys
    return row["state"], row["outcome"], row["accepted"]


@pytest.mark.parametrize("provider", PROVIDERS)
def test_wrong_password(smswire: Run, box: Sandbox, monkeypatch: pytest.MonkeyPatch, provider: str) -> None:
    monkeypatch.setenv(f"SMSWIRE_{provider}_PASSWORD".upper(), SECRET + "2")
    result = send(smswire, provider)
    assert (result.code, result.out) == (1, "")
    assert silent(result)
    assert "refused with code" in result.err
    assert result.err.count("\n") == 1
    assert _only_row(send(smswire, provider, "--json")) == (None, "refused", False)


@pytest.mark.parametrize(
    "arguments",
    [
        ["--provider", "quicktel", "--to", PHONE],  # no sender
        ["--provider", "quicktel", "--to", PHONE * 3, "--sender", "SHOP"],
        ["--provider", "quicktel", "--to", "", "--sender", "SHOP"],
        ["--provider", "quicktel", "--to", PHONE, "--sender", "SHOP", "--id", TEXT * 9],
        ["--provider", "quicktel", "--to", PHONE, "--sender", "SHOP", "--send-at", "2030-01-01T00:00Z"],
        ["--provider", "smsc", "--to", PHONE, "--sender", "SHOP", "--valid-for", "2000"],
        ["--provider", "quicktel", "--to", PHONE, "--sender", "SHOP", "--url", f"http://{SECRET}@127.0.0.1"],
    ],
)
def test_a_payload_that_breaks_its_schema_is_never_sent(smswire: Run, box: Sandbox, arguments: list[str]) -> None:
    result = smswire("send", *arguments, TEXT)
    assert (result.code, result.out) == (2, "")
    assert silent(result)
    assert result.err.startswith("smswire: ")
    assert result.err.count("\n") == 1
    assert box.requests == 0


@pytest.mark.parametrize("present", [(), ("LOGIN",), ("PASSWORD",)])
def test_missing_credentials_without_a_terminal(
    smswire: Run, monkeypatch: pytest.MonkeyPatch, present: tuple[str, ...]
) -> None:
    for name in present:
        monkeypatch.setenv(f"SMSWIRE_QUICKTEL_{name}", SECRET)
    result = send(smswire, "quicktel")
    assert (result.code, result.out) == (2, "")
    missing = [f"SMSWIRE_QUICKTEL_{name}" for name in ("LOGIN", "PASSWORD") if name not in present]
    expected = f"smswire: credentials: set {' and '.join(missing)}, or run on a terminal to be asked\n"
    assert result.err == expected


def test_credentials_are_asked_for_on_a_terminal(smswire: Run, box: Sandbox, monkeypatch: pytest.MonkeyPatch) -> None:
    import click

    asked: list[tuple[str, bool]] = []

    def prompt(text: str, *, hide_input: bool, **_: object) -> str:
        asked.append((text, hide_input))
        return box.password

    monkeypatch.delenv("SMSWIRE_QUICKTEL_PASSWORD")
    monkeypatch.setattr(click, "prompt", prompt)
    monkeypatch.setattr("smswire.cli.account._asks", lambda: True)
    assert send(smswire, "quicktel").code == 0
    assert asked == [("quicktel password", True)]


@pytest.mark.parametrize("provider", ["smsc", "webcom"])
def test_a_token_is_enough(smswire: Run, box: Sandbox, monkeypatch: pytest.MonkeyPatch, provider: str) -> None:
    monkeypatch.delenv(f"SMSWIRE_{provider}_LOGIN".upper())
    monkeypatch.delenv(f"SMSWIRE_{provider}_PASSWORD".upper())
    monkeypatch.setenv(f"SMSWIRE_{provider}_TOKEN".upper(), box.token)
    assert send(smswire, provider).code == 0


def test_plain_http_needs_consent(smswire: Run, box: Sandbox) -> None:
    arguments = ("--url", "http://gateway.invalid", "--deadline", "5")
    result = send(smswire, "quicktel", *arguments)
    assert result.code == 2
    assert "--allow-plaintext" in result.err
    allowed = send(smswire, "quicktel", *arguments, "--allow-plaintext")
    assert allowed.code == 1
    assert allowed.err == "smswire: quicktel.sms_send: no connection to the provider\n"


def test_the_deadline_holds(smswire: Run, box: Sandbox) -> None:
    box.faults.add("hang", processed=True)
    result = send(smswire, "quicktel", "--deadline", "0.3", "--id", "x")
    assert result.code == 3
    assert "before the deadline" in result.err
    assert "may have accepted: x" in result.err


def test_what_a_reply_adds_is_a_warning(smswire: Run, box: Sandbox) -> None:
    box.faults.add("drift", operation="sms_send")
    result = send(smswire, "quicktel")
    assert result.code == 0
    assert result.err.startswith("smswire: quicktel/sms_send.response: the reply adds the attribute /xml_result/")
    assert silent(result)


def test_interrupted_while_sending(smswire: Run, box: Sandbox, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupted(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("smswire.transport.SyncTransport.send", interrupted)
    result = send(smswire, "quicktel")
    assert (result.code, result.out) == (130, "")
    assert "may have accepted" in result.err
    assert silent(result)


@pytest.mark.skipif(sys.platform == "win32", reason="POSIX signals")
@pytest.mark.parametrize("end", [signal.SIGINT, signal.SIGTERM])
def test_ended_while_the_answer_hangs(box: Sandbox, end: signal.Signals) -> None:
    def endable() -> None:
        """A shell runs what is in its background with interruption switched off, and children inherit that."""
        signal.signal(end, signal.SIG_DFL)

    box.faults.add("hang", processed=True)
    command = [sys.executable, "-m", "smswire", "send", "--provider", "smsc", "--to", PHONE, TEXT]
    pipes = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE}
    with subprocess.Popen(command, **pipes, encoding="utf-8", preexec_fn=endable) as running:  # type: ignore[call-overload]
        late = time.monotonic() + 20
        while not box.messages() and time.monotonic() < late:
            time.sleep(0.02)
        running.send_signal(end)
        out, err = running.communicate(timeout=20)
    [message] = box.messages()
    assert (running.returncode, out) == (130, "")
    assert f"the provider may have accepted any of {message.id}\n" in err
    assert silent(Result(running.returncode, out, err))


@pytest.mark.skipif(sys.platform == "win32", reason="POSIX signals")
@pytest.mark.parametrize("before", [signal.SIG_DFL, signal.SIG_IGN, lambda *_: None], ids=["default", "ignored", "own"])
def test_the_handler_of_termination_is_put_back(monkeypatch: pytest.MonkeyPatch, before: Any) -> None:
    during: list[object] = []

    def run(_: object) -> int:
        during.append(signal.getsignal(signal.SIGTERM))
        signal.raise_signal(signal.SIGTERM)
        return 0

    monkeypatch.setattr("smswire.cli.run.run", run)
    handler = signal.signal(signal.SIGTERM, before)
    try:
        assert main([]) == (0 if before is signal.SIG_IGN else 130)
        assert signal.getsignal(signal.SIGTERM) is before
    finally:
        signal.signal(signal.SIGTERM, handler)
    assert (during == [signal.SIG_IGN]) is (before is signal.SIG_IGN)


def test_a_thread_runs_a_command_too(box: Sandbox) -> None:
    codes: list[int] = []
    arguments = ["send", "--provider", "quicktel", "--to", PHONE, "--sender", "SHOP", TEXT]
    thread = threading.Thread(target=lambda: codes.append(main(arguments)))
    thread.start()
    thread.join(20)
    assert codes == [0]


@pytest.mark.parametrize("arguments", [["--help"], ["send", "--help"]])
def test_the_code_of_an_unknown_outcome_is_in_the_help(smswire: Run, arguments: list[str]) -> None:
    text = " ".join(smswire(*arguments).out.split())
    assert "Exit codes: 0 " in text
    assert re.search(r", 3 (sent with an unknown outcome|some may have been accepted: do not send again)", text)
