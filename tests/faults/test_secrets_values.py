"""Canaries in values that are refused before anything is sent: messages, documents, settings."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from smswire import Message, PayloadError, kazinfoteh, quicktel, smsc, webcom

from .canaries import ACCOUNT, LOGIN, MESSAGE, PASSWORD, PHONE, TEXT, TOKEN, assert_silent, told, tried
from .gateways import GATEWAYS, KINDS, Gateway, each_gateway

pytestmark = pytest.mark.usefixtures("log")

NOWHERE = "http://127.0.0.1:9/api"


@pytest.mark.parametrize("canary", [LOGIN, PASSWORD, TOKEN, PHONE, TEXT])
def test_the_search_finds_what_is_there(canary: str) -> None:
    """In the text of an error, in what caused it, and in a frame of ours."""
    with pytest.raises(KeyError) as caught:
        {}[canary]
    with pytest.raises(AssertionError):
        assert_silent(told(caught.value))
    outer = ValueError()
    outer.__context__ = caught.value
    with pytest.raises(AssertionError):
        assert_silent(told(outer))
    with pytest.raises(PayloadError) as refused:
        quicktel.Client(login="l", password="p", base_url=NOWHERE).status(
            [canary]
        )  # a recipient, where a receipt is due
    with pytest.raises(AssertionError):
        assert_silent(told(refused.value))


BAD_MESSAGES: dict[str, Callable[[], Message]] = {
    "number as recipient": lambda: Message(to=int(PHONE), text=TEXT, sender="SHOP"),  # type: ignore[arg-type]
    "bytes as text": lambda: Message(to=PHONE, text=TEXT.encode(), sender="SHOP"),  # type: ignore[arg-type]
    "empty recipient": lambda: Message(to="", text=TEXT, sender="SHOP"),
    "no lifetime": lambda: Message(to=PHONE, text=TEXT, sender="SHOP", valid_for=timedelta()),
}


@pytest.mark.parametrize("make", BAD_MESSAGES.values(), ids=BAD_MESSAGES)
def test_message_that_is_refused_when_built(make: Callable[[], Message]) -> None:
    with pytest.raises(PayloadError) as caught:
        make()
    assert_silent(told(caught.value))


EVERYBODY = ("kazinfoteh", "quicktel", "smsc", "webcom")
BY_NUMBER = ("kazinfoteh", "webcom")
"""Those that want an E.164 number as recipient, and an identifier that is a number."""

BAD_FOR_PROVIDER: dict[str, tuple[Message, tuple[str, ...]]] = {
    "character that no document carries": (Message(to=PHONE, text=TEXT + "\x00\ud800", sender="SHOP"), EVERYBODY),
    "sender too long": (Message(to=PHONE, text=TEXT, sender="S" * 50), ("quicktel", "smsc", "webcom")),
    "half a minute": (
        Message(to=PHONE, text=TEXT, sender="SHOP", valid_for=timedelta(seconds=90)),
        ("quicktel", "smsc"),
    ),
    "beyond the calendar": (Message(to=PHONE, text=TEXT, sender="SHOP", valid_for=timedelta.max), EVERYBODY),
    "later": (Message(to=PHONE, text=TEXT, sender="S", send_at=datetime(2030, 1, 1, tzinfo=UTC)), ("quicktel",)),
    "id too long": (Message(to=PHONE, text=TEXT, sender="SHOP", id="x" * 60), EVERYBODY),
    "id of words": (Message(to=PHONE, text=TEXT, sender="SHOP", id="order-17"), BY_NUMBER),
    "too many digits": (Message(to=PHONE * 2, text=TEXT, sender="SHOP"), BY_NUMBER),
    "too many digits for the country": (Message(to=PHONE + "9", text=TEXT, sender="SHOP"), BY_NUMBER),
    "no country code": (Message(to="00" + PHONE, text=TEXT, sender="SHOP"), BY_NUMBER),
}


@pytest.mark.parametrize(
    ("message", "gateway", "kind"),
    [
        pytest.param(message, gateway, KINDS[i % 2], id=f"{name}-{gateway}")
        for i, (name, (message, providers)) in enumerate(BAD_FOR_PROVIDER.items())
        for gateway in GATEWAYS
        if gateway.name in providers
    ],
)
def test_message_that_is_refused_before_sending(message: Message, gateway: Gateway, kind: str) -> None:
    error = tried(kind, gateway, NOWHERE, "send", [MESSAGE, message])
    assert isinstance(error, PayloadError)
    assert error.path.startswith("messages[1].")
    assert error.provider == gateway.name


@each_gateway
def test_same_identifier_twice(gateway: Gateway) -> None:
    assert isinstance(tried("sync", gateway, NOWHERE, "send", [MESSAGE, MESSAGE]), PayloadError)


SETTINGS: dict[str, dict[str, Any]] = {
    "no password": {"password": None},
    "no login": {"login": None},
    "both": {"token": TOKEN},
    "token": {"login": None, "password": None, "token": TOKEN, "deadline": 0},
    "no time": {"deadline": 0},
    "plain text": {"base_url": "http://example.org/api"},
    "no address": {"base_url": f"https://[{PASSWORD}"},
    "no host": {"base_url": f"https://{'a' * 64}.example.org"},
    "no port": {"base_url": f"https://{LOGIN}:{PASSWORD}/api"},
    "query in the address": {"base_url": f"https://example.org/api?login={LOGIN}&psw={PASSWORD}"},
    "user in the address": {"base_url": f"https://{LOGIN}:{PASSWORD}@example.org/api"},
    "user of the proxy": {"base_url": NOWHERE, "proxy": f"ftp://{LOGIN}:{PASSWORD}@example.org"},
}


@each_gateway
@pytest.mark.parametrize("change", SETTINGS.values(), ids=SETTINGS)
@pytest.mark.parametrize("cls", ["client", "async_client"])
def test_setting_that_is_refused(cls: str, change: dict[str, Any], gateway: Gateway) -> None:
    with pytest.raises(PayloadError) as caught:
        getattr(gateway, cls)(**ACCOUNT | change)
    assert_silent(told(caught.value))


DOCUMENTS: dict[str, Callable[[], object]] = {
    "kazinfoteh number with +": lambda: kazinfoteh.Msg(value=TEXT, recipient="+" + PHONE),
    "kazinfoteh number as integer": lambda: kazinfoteh.Msg(value=TEXT, recipient=int(PHONE)),  # type: ignore[arg-type]
    "kazinfoteh control character": lambda: kazinfoteh.Msg(value=TEXT + "\x01", recipient=PHONE),
    "kazinfoteh default": lambda: kazinfoteh.MsgDefaults(recipient=PHONE * 2),
    "kazinfoteh account": lambda: kazinfoteh.SendMessageRequest(
        login=LOGIN,
        password=PASSWORD + "\x00",
        message=kazinfoteh.Messages(msg=(kazinfoteh.Msg(value=TEXT, recipient=PHONE),)),
    ),
    "quicktel number": lambda: quicktel.Sms(value=TEXT, sms_id="1", number=PHONE * 9, source_number="SHOP"),
    "quicktel bytes": lambda: quicktel.Sms(value=TEXT.encode(), sms_id="1", number=PHONE, source_number="S"),  # type: ignore[arg-type]
    "quicktel account": lambda: quicktel.User(lgn=LOGIN, pwd=PASSWORD + "\x00"),
    "smsc bytes": lambda: smsc.SendRequest(phones=(PHONE, PHONE.encode()), mes=TEXT),  # type: ignore[arg-type]
    "smsc long text": lambda: smsc.SendRequest(phones=(PHONE,), mes=TEXT * 100),
    "smsc list": lambda: smsc.SendRequest(phones=[PHONE], mes=TEXT),  # type: ignore[arg-type]
    "smsc account": lambda: smsc.StatusRequest(
        phone=(PHONE,), id=("1",), login=LOGIN, psw=PASSWORD, apikey=TOKEN + "\ud800"
    ),
    "webcom number with +": lambda: webcom.Abonent(phone="+" + PHONE),
    "webcom text": lambda: webcom.TextMessage(sender="S", text=TEXT + "\x00", abonent=(webcom.Abonent(phone=PHONE),)),
    "webcom account": lambda: webcom.Security(
        login=webcom.SecretValue(value=LOGIN),
        password=webcom.SecretValue(value=PASSWORD),
        token=webcom.SecretValue(value=TOKEN),
    ),
    "webcom token": lambda: webcom.SecretValue(value=TOKEN + "\x00"),
    "webcom JSON": lambda: webcom.JsonStateQuery(login=LOGIN, password=PASSWORD, token=TOKEN, id_sms=1, detail=2),  # type: ignore[arg-type]
}


@pytest.mark.parametrize("make", DOCUMENTS.values(), ids=DOCUMENTS)
def test_document_that_is_refused_when_built(make: Callable[[], object]) -> None:
    with pytest.raises(PayloadError) as caught:
        make()
    assert_silent(told(caught.value))


ARGUMENTS: dict[str, tuple[str, str, list[object]]] = {
    "no recipient": ("kazinfoteh", "send_message", [[kazinfoteh.Msg(value=TEXT)]]),
    "recipient of the second only": (
        "kazinfoteh",
        "send_message",
        [[kazinfoteh.Msg(value=TEXT), kazinfoteh.Msg(value=TEXT, recipient=PHONE)]],
    ),
    "no identifier": ("kazinfoteh", "get_info_by_id", [[kazinfoteh.MsgReference()]]),
    "message of another provider": (
        "webcom",
        "xml_send",
        [[quicktel.Sms(value=TEXT, sms_id="1", number=PHONE, source_number="SHOP")]],
    ),
    "message of the facade": ("webcom", "xml_send", [[MESSAGE]]),
    "message instead of a document": ("kazinfoteh", "send_message", [[MESSAGE]]),
    "message instead of an sms": ("quicktel", "sms_send", [[MESSAGE]]),
    "no message": ("webcom", "xml_send", [[]]),
    "nothing to ask for": ("webcom", "json_state", [[]]),
}


@pytest.mark.parametrize(("provider", "method", "args"), ARGUMENTS.values(), ids=ARGUMENTS)
def test_argument_of_an_own_document_that_is_refused(provider: str, method: str, args: list[object]) -> None:
    """Among them what its schema cannot say."""
    [gateway] = [each for each in GATEWAYS if each.name == provider]
    error = tried("sync", gateway, NOWHERE, method, *args)
    assert isinstance(error, PayloadError)


@each_gateway
def test_clients_tell_nothing(gateway: Gateway) -> None:
    accounts = [ACCOUNT, {"token": TOKEN}] if gateway.client.takes_token else [ACCOUNT]
    for account in accounts:
        with gateway.client(**account, base_url=NOWHERE) as client:
            assert_silent(
                [repr(client), repr(vars(client)), repr(client._settings), repr(client._settings.credentials)]
            )
