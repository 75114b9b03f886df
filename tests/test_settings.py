"""A client's settings: which account it uses, and what it refuses."""

from __future__ import annotations

import os
from datetime import datetime, timedelta
from typing import Any

import httpx
import pytest
from faults.gateways import GATEWAYS, MESSAGE, Gateway, each_gateway

from smswire import Message, OutcomeUnknown, PayloadError, kazinfoteh, quicktel, smsc, webcom

HERE: dict[str, Any] = {"base_url": "http://127.0.0.1:9/api"}
ACCOUNT = {"login": "l", "password": "p"}


def account(client: Any) -> tuple[str | None, ...]:
    found = client._settings.credentials
    return tuple(None if each is None else each.reveal() for each in (found.login, found.password, found.token))


@pytest.fixture(autouse=True)
def environment(monkeypatch: pytest.MonkeyPatch) -> pytest.MonkeyPatch:
    for name in [each for each in os.environ if each.startswith("SMSWIRE_")]:
        monkeypatch.delenv(name)
    return monkeypatch


def test_what_is_passed_is_never_mixed_with_the_environment(environment: pytest.MonkeyPatch) -> None:
    environment.setenv("SMSWIRE_SMSC_TOKEN", "production")
    environment.setenv("SMSWIRE_SMSC_LOGIN", "production")
    assert account(smsc.Client(login="test", password="test", **HERE)) == ("test", "test", None)
    assert account(smsc.Client(token="test", **HERE)) == (None, None, "test")
    with pytest.raises(PayloadError, match="login and password are required"):
        smsc.Client(password="test", **HERE)


@each_gateway
def test_environment(gateway: Gateway, environment: pytest.MonkeyPatch) -> None:
    prefix = f"SMSWIRE_{gateway}_".upper()
    for name, value in {"LOGIN": "l", "PASSWORD": "p", "TOKEN": "", "URL": "https://sms.example.org/x/"}.items():
        environment.setenv(prefix + name, value)
    client = gateway.client()
    assert account(client) == ("l", "p", None)
    assert repr(client) == f"<{gateway} Client at https://sms.example.org/x>"
    environment.setenv(prefix + "TOKEN", "t")
    with pytest.raises(PayloadError, match="not both"):
        gateway.client()


@each_gateway
def test_token_is_for_those_who_document_one(gateway: Gateway) -> None:
    if gateway.client.takes_token:
        assert account(gateway.client(token="t", **HERE)) == (None, None, "t")
    else:
        with pytest.raises(PayloadError, match=r"Client\.token: .* documents no token"):
            gateway.client(token="t", **HERE)


@each_gateway
def test_documented_address_that_is_plain_text_is_opted_in(gateway: Gateway) -> None:
    """It carries the password."""
    address = gateway.client.provider.base_url
    if address.startswith("http:"):
        with pytest.raises(PayloadError, match=r"Client\.base_url: .* allow_plaintext=True"):
            gateway.client(**ACCOUNT)
    assert repr(gateway.client(**ACCOUNT, allow_plaintext=address.startswith("http:"))).endswith(f" at {address}>")


@pytest.mark.parametrize(
    ("settings", "path"),
    [
        ({"login": "l"}, "Client"),
        ({"login": "l", "password": "p", "token": "t"}, "Client"),
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
@pytest.mark.parametrize("kind", ["client", "async_client"])
@each_gateway
def test_refused(gateway: Gateway, kind: str, settings: dict[str, Any], path: str) -> None:
    with pytest.raises(PayloadError) as caught:
        getattr(gateway, kind)(**HERE | settings)
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
@each_gateway
def test_messages_must_be_messages(gateway: Gateway, messages: Any) -> None:
    client = gateway.client(**ACCOUNT, **HERE)
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


def doubt(client: Any, method: str = "send", argument: Any = None) -> OutcomeUnknown:
    with pytest.raises(OutcomeUnknown) as caught:
        getattr(client, method)([MESSAGE] if argument is None else argument)
    return caught.value


@each_gateway
def test_resolve_refuses_the_error_of_another_provider(gateway: Gateway) -> None:
    asked: list[httpx.Request] = []
    silent = httpx.MockTransport(lambda request: asked.append(request) or httpx.Response(200))
    client = gateway.client(**ACCOUNT, http=silent, **HERE)
    for other in GATEWAYS:
        if other is not gateway:
            error = doubt(other.client(**ACCOUNT, http=httpx.MockTransport(lost), **HERE))
            with pytest.raises(PayloadError, match=f"this error is of {other}, not of {gateway}"):
                client.resolve(error)
    assert asked == []


NATIVE: dict[str, tuple[str, Any]] = {
    "kazinfoteh": ("send_message", [kazinfoteh.Msg(value="x", recipient="77001234567", id=17)]),
    "quicktel": ("sms_send", [quicktel.Sms(value="x", sms_id="17", number="7", source_number="S")]),
    "smsc": ("send_php", smsc.SendRequest(phones=("7",), mes="x", id="17")),
    "webcom": (
        "xml_send",
        [webcom.TextMessage(sender="S", text="x", abonent=(webcom.Abonent(phone="7", client_id_sms="17"),))],
    ),
}


@each_gateway
def test_resolve_refuses_an_error_that_leaves_nothing_in_doubt(gateway: Gateway) -> None:
    """A document of the provider's own leaves its identifiers, and no messages to send again or to look up."""
    client = gateway.client(**ACCOUNT, http=httpx.MockTransport(lost), **HERE)
    error = doubt(client, *NATIVE[gateway.name])
    assert error.client_ids == ("17",)
    with pytest.raises(PayloadError, match="in doubt"):
        client.resolve(error)


@pytest.mark.parametrize(
    ("row", "accepted"),
    [
        ({"status": -3}, False),
        ({"status": 0}, True),
        ({"status": 77}, True),
        ({"status": 1, "send_timestamp": 4_000_000_000}, True),
    ],
    ids=["not found", "found", "status not listed", "sent after"],
)
def test_resolve_of_smsc(row: dict[str, Any], accepted: bool) -> None:
    """Whatever a status says but that there is no such message, the provider has it."""
    error = doubt(smsc.Client(**ACCOUNT, http=httpx.MockTransport(lost), **HERE))
    told = httpx.MockTransport(lambda _: httpx.Response(200, json=row))
    [receipt] = smsc.Client(**ACCOUNT, http=told, **HERE).resolve(error)
    assert (receipt.id, receipt.accepted) == (MESSAGE.id, accepted)
    assert (receipt.error is None) is accepted


@pytest.mark.parametrize(
    ("row", "state"),
    [
        ('id="17">201<', "unknown"),
        ('id="17" sms_id="91">106<', "queued"),
        ('id="17" sms_id="91">102<', "delivered"),
        ('id="17" sms_id="91">777<', "queued"),
        ('id="17" sms_id="91">107<', "queued"),
    ],
    ids=["not found", "accepted", "delivered", "not listed", "unknown"],
)
def test_resolve_of_kazinfoteh(row: str, state: str) -> None:
    """Whatever a status says that is no error, the provider has the message."""
    error = doubt(kazinfoteh.Client(**ACCOUNT, http=httpx.MockTransport(lost), **HERE))
    body = f"<package><status><msg {row}/msg></status></package>".encode()
    told = httpx.MockTransport(lambda _: httpx.Response(200, content=body))
    [receipt] = kazinfoteh.Client(**ACCOUNT, http=told, **HERE).resolve(error)
    assert (receipt.id, receipt.state) == (MESSAGE.id, state)
    assert (receipt.error is None) is receipt.accepted


@pytest.mark.parametrize("count", [0, -5])
def test_smsc_accepts_no_message_of_no_parts(count: int) -> None:
    told = httpx.MockTransport(lambda _: httpx.Response(200, json={"id": 14, "cnt": count}))
    assert doubt(smsc.Client(**ACCOUNT, http=told, **HERE)).client_ids == (MESSAGE.id,)
