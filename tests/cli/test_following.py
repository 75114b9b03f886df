"""`smswire status` and `smswire history` against the sandbox."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta

import pytest
from support.commands import Run

from cli.conftest import PHONE, TEXT, silent
from smswire.sandbox import Sandbox


def sent(run: Run, provider: str, *to: str) -> list[dict[str, str]]:
    recipients = [part for each in to for part in ("--to", each)]
    result = run("send", "--provider", provider, *recipients, "--sender", "SHOP", "--json", TEXT)
    assert result.code == 0, result
    messages: list[dict[str, str]] = json.loads(result.out)["messages"]
    return messages


UNREACHABLE = "+77011112001"


@pytest.mark.parametrize(
    ("provider", "options", "code"),
    [
        ("kazinfoteh", ["--gateway-id"], "102"),
        ("quicktel", [], "4"),
        ("quicktel", ["--gateway-id"], "4"),
        ("webcom", [], "deliver"),
    ],
)
def test_status_by_gateway_id(smswire: Run, box: Sandbox, provider: str, options: list[str], code: str) -> None:
    ids = [each["gateway_id"] for each in sent(smswire, provider, PHONE, UNREACHABLE)]
    box.advance(60)
    result = smswire("status", "--provider", provider, *options, *ids)
    assert (result.code, result.err) == (0, "")
    first, second = (line.split() for line in result.out.splitlines()[1:])
    assert (first[0], first[1], first[2], first[-1]) == (ids[0], "delivered", "yes", code)
    assert (second[0], second[1], second[2]) == (ids[1], "undeliverable", "yes")


def test_status_by_an_id_of_ones_own(smswire: Run, box: Sandbox) -> None:
    ids = [each["id"] for each in sent(smswire, "kazinfoteh", PHONE, UNREACHABLE)]
    box.advance(60)
    result = smswire("status", "--provider", "kazinfoteh", *ids)
    assert (result.code, result.err) == (0, "")
    first, second = (line.split() for line in result.out.splitlines()[1:])
    assert (first[0], first[1], first[-1]) == (ids[0], "delivered", "102")
    assert (second[0], second[1], second[-1]) == (ids[1], "undeliverable", "105")


@pytest.mark.parametrize(("key", "options"), [("id", []), ("gateway_id", []), ("gateway_id", ["--gateway-id"])])
def test_status_by_recipient_and_either_id(smswire: Run, box: Sandbox, key: str, options: list[str]) -> None:
    messages = sent(smswire, "smsc", PHONE)
    result = smswire("status", "--provider", "smsc", *options, "--to", PHONE, "--json", messages[0][key])
    assert (result.code, result.err) == (0, "")
    shown = json.loads(result.out)
    [report] = shown["reports"]
    assert (shown["provider"], report["gateway_id" if options else "id"]) == ("smsc", messages[0][key])
    assert report["to"] == PHONE
    assert (report["state"], report["final"], report["code"]) == ("queued", False, -1)
    assert datetime.fromisoformat(report["at"]).tzinfo is not None


def test_a_recipient_for_each_id(smswire: Run, box: Sandbox) -> None:
    to = (PHONE, "+79991112234")
    ids = [each["id"] for each in sent(smswire, "smsc", *to)]
    arguments = [part for each in to for part in ("--to", each)]
    result = smswire("status", "--provider", "smsc", *arguments, *ids)
    assert result.code == 0
    assert [line.split()[:3] for line in result.out.splitlines()[1:]] == [
        [own_id, recipient, "queued"] for own_id, recipient in zip(ids, to, strict=True)
    ]


@pytest.mark.parametrize("provider", ["kazinfoteh", "quicktel", "webcom"])
def test_an_unknown_message_is_a_state_and_no_failure(smswire: Run, box: Sandbox, provider: str) -> None:
    result = smswire("status", "--provider", provider, "12345")
    assert (result.code, result.err) == (0, "")
    assert "unknown" in result.out


def test_smsc_needs_the_recipient(smswire: Run, box: Sandbox) -> None:
    result = smswire("status", "--provider", "smsc", "12345")
    assert (result.code, result.out) == (2, "")
    assert result.err.startswith("smswire: messages[0].to: smsc finds a message by its recipient")


@pytest.mark.parametrize("kind", ["break_reply", "truncate", "html"])
def test_a_failed_status(smswire: Run, box: Sandbox, kind: str) -> None:
    box.faults.add(kind, times=None)  # type: ignore[arg-type]
    result = smswire("status", "--provider", "smsc", "--to", PHONE, "--deadline", "3", "12345")
    assert (result.code, result.out) == (1, "")
    assert silent(result)
    assert result.err.startswith("smswire: smsc.status_php: ")
    assert result.err.count("\n") == 1


TODAY = (datetime.now(UTC) - timedelta(days=1)).date().isoformat()


def test_history(smswire: Run, box: Sandbox) -> None:
    recipients = [f"+7999111223{each}" for each in range(3)]
    messages = sent(smswire, "smsc", *recipients)
    result = smswire("history", "--provider", "smsc", "--from", TODAY)
    assert (result.code, result.err) == (0, "")
    head, *rows = result.out.splitlines()
    assert head.split() == ["id", "to", "state", "final", "at", "code"]
    assert [row.split()[0] for row in rows] == [each["id"] for each in reversed(messages)]
    assert TEXT not in result.out
    limited = smswire("history", "--provider", "smsc", "--from", TODAY, "--limit", "2", "--json")
    reports = [json.loads(line) for line in limited.out.splitlines()]
    assert [each["id"] for each in reports] == [each["id"] for each in reversed(messages[1:])]
    assert all(each["state"] == "queued" and each["final"] is False for each in reports)


def test_an_empty_history(smswire: Run, box: Sandbox) -> None:
    result = smswire("history", "--provider", "smsc", "--from", TODAY)
    assert (result.code, result.out, result.err) == (0, "", "")


def test_a_period_that_is_longer_than_one_request_holds(smswire: Run, box: Sandbox) -> None:
    result = smswire("history", "--provider", "smsc", "--from", "2025-01-01", "--to", "2026-12-31")
    assert (result.code, result.err) == (0, "")
    assert box.requests == 5


def test_a_period_that_is_not_allowed(smswire: Run, box: Sandbox) -> None:
    result = smswire("history", "--provider", "smsc", "--from", "2026-02-01", "--to", "2026-01-31")
    assert (result.code, result.out) == (2, "")
    assert result.err.startswith("smswire: history.")
    assert box.requests == 0


@pytest.mark.parametrize("provider", ["kazinfoteh", "quicktel", "webcom"])
def test_a_provider_without_history(smswire: Run, provider: str) -> None:
    result = smswire("history", "--provider", provider, "--from", TODAY)
    assert (result.code, result.out) == (2, "")
    assert result.err == f"smswire: {provider} documents no history of messages\n"


def test_a_limit_tells_where_to_go_on(smswire: Run, box: Sandbox) -> None:
    sent(smswire, "smsc", PHONE)
    box.faults.add("error", operation="get_messages", code=9)
    result = smswire("history", "--provider", "smsc", "--from", TODAY, "--resume", f"{TODAY}/123")
    assert (result.code, result.out) == (1, "")
    assert result.err.splitlines()[1] == f"smswire: to go on later: --resume {TODAY}/123"
