"""A client's settings: which account it uses, and what it refuses."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import httpx
import pytest

from smswire import Message, OutcomeUnknown, PayloadError, quicktel, smsc

HERE: dict[str, Any] = {"base_url": "http://127.0.0.1:9/api"}


def account(client: smsc.Client | quicktel.Client) -> tuple[str | None, ...]:
    found = client._settings.credentials
    return tuple(None if each is None else each.reveal() for each in (found.login, found.password, found.token))


@pytest.fixture(autouse=True)
def environment(monkeypatch: pytest.MonkeyPatch) -> pytest.MonkeyPatch:
    for name in ("LOGIN", "PASSWORD", "TOKEN", "URL"):
        monkeypatch.delenv(f"SMSWIRE_SMSC_{name}", raising=False)
    return monkeypatch


def test_what_is_passed_is_never_mixed_with_the_environment(environment: pytest.MonkeyPatch) -> None:
    environment.setenv("SMSWIRE_SMSC_TOKEN", "production")
    environment.setenv("SMSWIRE_SMSC_LOGIN", "production")
    assert account(smsc.Client(login="test", password="test", **HERE)) == ("test", "test", None)
    assert account(smsc.Client(token="test", **HERE)) == (None, None, "test")
    with pytest.raises(PayloadError, match="login and password are required"):
        smsc.Client(password="test", **HERE)


def test_environment(environment: pytest.MonkeyPatch) -> None:
    environment.setenv("SMSWIRE_SMSC_LOGIN", "l")
    environment.setenv("SMSWIRE_SMSC_PASSWORD", "p")
    environment.setenv("SMSWIRE_SMSC_TOKEN", "")
    assert account(smsc.Client(**HERE)) == ("l", "p", None)
    environment.setenv("SMSWIRE_SMSC_TOKEN", "t")
    with pytest.raises(PayloadError, match="not both"):
        smsc.Client(**HERE)


@pytest.mark.parametrize(
    ("settings", "path"),
    [
        ({"login": "l"}, "Client"),
        ({"login": "l", "password": "p", "token": "t"}, "Client"),
        ({"token": "t"}, "Client.token"),
        ({"login": "l", "password": "p", "deadline": float("nan")}, "Client.deadline"),
        ({"login": "l", "password": "p", "deadline": float("inf")}, "Client.deadline"),
        ({"login": "l", "password": "p", "deadline": 0}, "Client.deadline"),
        ({"login": "l", "password": "p", "on_drift": "ignore"}, "Client.on_drift"),
        ({"login": "l", "password": "p", "ca": "/nowhere.pem"}, "Client.ca"),
        ({"login": "l", "password": "p", "proxy": "example"}, "Client.proxy"),
        ({"login": "l", "password": "p", "base_url": "https://e.org/x#y"}, "Client.base_url"),
        ({"login": "l", "password": "p", "base_url": "https://e.org/x?"}, "Client.base_url"),
    ],
)
@pytest.mark.parametrize("client", [quicktel.Client, quicktel.AsyncClient])
def test_refused(client: Any, settings: dict[str, Any], path: str) -> None:
    with pytest.raises(PayloadError) as caught:
        client(**HERE | settings)
    assert caught.value.path == path


@pytest.mark.parametrize(
    "field",
    [
        {"to": ""},
        {"to": "Gcustomers"},
        {"to": "  "},
        {"to": "+"},
        {"to": "7" * 26},
        {"to": "٣٣٣"},
        {"to": 79001234567},
        {"text": b"x"},
        {"id": ""},
        {"id": 17},
        {"valid_for": 10},
        {"valid_for": timedelta()},
        {"send_at": "2026-01-01"},
        {"send_at": datetime(2026, 1, 1)},  # noqa: DTZ001 (what is refused)
    ],
)
def test_message_is_held_to_its_form(field: dict[str, Any]) -> None:
    with pytest.raises(PayloadError, match=f"Message.{next(iter(field))}"):
        Message(**{"to": "79001234567", "text": "x"} | field)


def test_message_keeps_the_id_that_was_made_for_it() -> None:
    message, other = (Message(to="79001234567", text="x") for _ in range(2))
    assert message.id != other.id
    assert Message(to="1", text="x", id=None).id


@pytest.mark.parametrize("messages", ["+79001234567", Message(to="1", text="x"), [1]])
def test_messages_must_be_messages(messages: Any) -> None:
    client = quicktel.Client(login="l", password="p", **HERE)
    with pytest.raises(PayloadError, match="messages"):
        client.send(messages)
    with pytest.raises(PayloadError, match="messages"):
        client.status(messages)


def test_history_takes_days_not_moments() -> None:
    client = smsc.Client(login="l", password="p", **HERE)
    with pytest.raises(PayloadError, match=r"history\.since"):
        next(client.history(datetime.now()))  # noqa: DTZ005


# resolve: never by the wrong provider, never of nothing


def lost(_: httpx.Request) -> httpx.Response:
    raise httpx.ReadError("")


def doubt(client: Any, *, method: str = "send") -> OutcomeUnknown:
    argument = [Message(to="79001234567", text="x", sender="S", id="a")]
    native = [quicktel.Sms(value="x", sms_id="a", number="7", source_number="S")]
    with pytest.raises(OutcomeUnknown) as caught:
        getattr(client, method)(argument if method == "send" else native)
    return caught.value


def test_resolve_refuses_the_error_of_another_provider() -> None:
    asked: list[httpx.Request] = []
    silent = httpx.MockTransport(lambda request: asked.append(request) or httpx.Response(200))
    error = doubt(smsc.Client(login="l", password="p", http=httpx.MockTransport(lost), **HERE))
    with pytest.raises(PayloadError, match="this error is of smsc, not of quicktel"):
        quicktel.Client(login="l", password="p", http=silent, **HERE).resolve(error)
    assert asked == []


def test_resolve_refuses_an_error_that_leaves_nothing_in_doubt() -> None:
    client = quicktel.Client(login="l", password="p", http=httpx.MockTransport(lost), **HERE)
    error = doubt(client, method="sms_send")
    assert error.client_ids == ("a",)
    with pytest.raises(PayloadError, match="in doubt"):
        client.resolve(error)


@pytest.mark.parametrize(
    ("row", "accepted"),
    [
        ({"status": -3}, False),
        ({"status": 0}, True),
        ({"status": 77}, True),
        ({"status": 1, "send_timestamp": 1_500_000_000}, False),
        ({"status": 1, "send_timestamp": 4_000_000_000}, True),
    ],
    ids=["not found", "found", "status not listed", "sent long before", "sent after"],
)
def test_resolve_of_smsc(row: dict[str, Any], accepted: bool) -> None:
    """An id need not be unique there: what was sent under it before the call began is another message."""
    error = doubt(smsc.Client(login="l", password="p", http=httpx.MockTransport(lost), **HERE))
    told = httpx.MockTransport(lambda _: httpx.Response(200, json=row))
    [receipt] = smsc.Client(login="l", password="p", http=told, **HERE).resolve(error)
    assert (receipt.id, receipt.accepted) == ("a", accepted)
    assert (receipt.error is None) is accepted


@pytest.mark.parametrize("count", [0, -5])
def test_smsc_accepts_no_message_of_no_parts(count: int) -> None:
    told = httpx.MockTransport(lambda _: httpx.Response(200, json={"id": 14, "cnt": count}))
    assert doubt(smsc.Client(login="l", password="p", http=told, **HERE)).client_ids == ("a",)
