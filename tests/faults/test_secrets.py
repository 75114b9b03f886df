"""Canaries go in as login, password, recipient and text, and must come out nowhere but on the wire.

Searched: every log record of every logger at DEBUG, the texts of every error and of whatever it was caused by, and
the local variables of every frame of ours that a traceback holds, as error trackers collect them.
"""

from __future__ import annotations

import logging
import traceback
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from pathlib import Path
from types import FrameType
from typing import Any

import anyio
import pytest

import smswire
import smswire_documents
from smswire import (
    AuthenticationError,
    Message,
    PayloadError,
    ProviderError,
    RateLimited,
    Ref,
    ReplyError,
    SmsError,
    quicktel,
    smsc,
)

from .gateways import GATEWAYS, KINDS, QUICKTEL, SMSC, Gateway, call
from .server import FaultServer, Peer, closed_port, reply, response
from .test_sends import ROWS, Row, large_send

LOGIN, PASSWORD, PHONE, TEXT = "canaryLOGIN17", "canaryPASSWORD17", "79990001717", "canaryTEXT17"
CANARIES = (LOGIN, PASSWORD, PHONE, TEXT)
ECHO = " ".join(CANARIES)
"""What a talkative provider might put into its own words."""

MESSAGE = Message(to=PHONE, text=TEXT, sender="SHOP", id="order-17")
REF = Ref(id="order-17", gateway_id="91", to=PHONE)
SINCE = date(2026, 11, 1)
OURS = tuple(str(Path(str(module.__file__)).parent) for module in (smswire, smswire_documents))

SENT = {
    QUICKTEL: f'<xml_result res="0"><push sms_id="order-17" push_id="91" res="0" description="{ECHO}"/></xml_result>',
    SMSC: f'{{"id": "order-17", "error_code": 7, "error": "{ECHO}"}}',
}
TOLD = {
    QUICKTEL: f'<xml_result res="0"><sms push_id="91" status="4" number="{PHONE}" description="{ECHO}"/></xml_result>',
    SMSC: f'{{"status": 1, "phone": "{PHONE}", "message": "{TEXT}", "comment": "{ECHO}"}}',
}
REFUSED = {
    QUICKTEL: f'<xml_result res="-20107" description="{ECHO}"/>',
    SMSC: f'{{"error_code": 2, "error": "{ECHO}"}}',
}
BROKEN = {
    QUICKTEL: f'<xml_result res="{ECHO}"><push sms_id="1" res="{PHONE}x" news="">{ECHO}</push></xml_result>',
    SMSC: f'{{"cnt": "{ECHO}", "status": "{PHONE}", "id": ["{TEXT}"]}}',
}
NEWER = {
    QUICKTEL: f'<xml_result res="0" news="{ECHO}"><push sms_id="order-17" push_id="91" res="0"/></xml_result>',
    SMSC: f'{{"id": "order-17", "cnt": 1, "news": "{ECHO}"}}',
}


class Log(logging.Handler):
    """Everything that a log record could be written out with."""

    def __init__(self) -> None:
        super().__init__(logging.DEBUG)
        self.texts: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.texts += [record.getMessage(), repr(record.__dict__)]
        if record.exc_info and record.exc_info[1] is not None:
            self.texts += told(record.exc_info[1])


@pytest.fixture(autouse=True)
def log() -> Iterator[Log]:
    """Every logger at DEBUG, into one list that is searched at the end of the test."""
    handler, root = Log(), logging.getLogger()
    before = root.level
    root.addHandler(handler)
    root.setLevel(logging.DEBUG)
    yield handler
    root.removeHandler(handler)
    root.setLevel(before)
    assert_silent(handler.texts)


def told(error: BaseException) -> Iterator[str]:
    """All that an error, and whatever led to it, would tell a log or an error tracker."""
    chain: list[BaseException] = [error]
    while chain:
        each = chain.pop()
        yield from (str(each), repr(each), repr(each.args), *traceback.format_exception_only(each))
        yield from getattr(each, "__notes__", ())
        chain += [inner for inner in (each.__cause__, each.__context__) if inner is not None]
        for frame, _ in traceback.walk_tb(each.__traceback__):
            if frame.f_code.co_filename.startswith(OURS):
                yield from shown(frame)


def shown(frame: FrameType) -> Iterator[str]:
    for name, value in frame.f_locals.items():
        yield f"{Path(frame.f_code.co_filename).name}:{frame.f_code.co_name}: {name} = {value!r}"


def assert_silent(texts: list[str] | Iterator[str]) -> None:
    leaks = [text[:300] for text in texts for canary in CANARIES if canary in text]
    assert not leaks


def tried(kind: str, gateway: Gateway, url: str, method: str, *args: Any, **settings: Any) -> Any:
    """The outcome of a call whose error, if any, tells nothing."""
    settings = {"login": LOGIN, "password": PASSWORD, "deadline": 0.3} | settings
    result = call(kind, gateway, url, method, *args, **settings)
    if result.error is not None:
        assert_silent(told(result.error))
    assert_silent([repr(result.value)])
    return result.error or result.value


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("gateway", GATEWAYS, ids=str)
@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.name)
def test_send_that_fails(row: Row, gateway: Gateway, kind: str) -> None:
    method, args = large_send(gateway) if row.large else ("send", [[MESSAGE]])
    with FaultServer(row.fault(SENT[gateway].encode())) as server:
        assert isinstance(tried(kind, gateway, server.url, method, *args), SmsError)


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("gateway", GATEWAYS, ids=str)
@pytest.mark.parametrize("row", [row for row in ROWS if not row.large], ids=lambda row: row.name)
def test_read_that_fails(row: Row, gateway: Gateway, kind: str) -> None:
    with FaultServer(row.fault(TOLD[gateway].encode())) as server:
        assert isinstance(tried(kind, gateway, server.url, "status", [REF], deadline=0.15), SmsError)
        if gateway is SMSC:
            assert isinstance(tried(kind, gateway, server.url, "history", SINCE, deadline=0.15), SmsError)


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("gateway", GATEWAYS, ids=str)
def test_nothing_fails(gateway: Gateway, kind: str) -> None:
    with FaultServer(reply(SENT[gateway].encode())) as server:
        assert tried(kind, gateway, server.url, "send", [MESSAGE])[0].id == "order-17"
    with FaultServer(reply(TOLD[gateway].encode())) as server:
        assert tried(kind, gateway, server.url, "status", [REF])[0].id == "order-17"


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("gateway", GATEWAYS, ids=str)
def test_no_connection(gateway: Gateway, kind: str) -> None:
    with closed_port() as url:
        assert isinstance(tried(kind, gateway, url, "send", [MESSAGE]), SmsError)


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("gateway", GATEWAYS, ids=str)
def test_refused(gateway: Gateway, kind: str) -> None:
    with FaultServer(reply(REFUSED[gateway].encode())) as server:
        assert isinstance(tried(kind, gateway, server.url, "send", [MESSAGE]), ProviderError)
        assert isinstance(tried(kind, gateway, server.url, "status", [REF]), ProviderError)
        if gateway is SMSC:
            assert isinstance(tried(kind, gateway, server.url, "history", SINCE), AuthenticationError)


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("gateway", GATEWAYS, ids=str)
@pytest.mark.parametrize("on_drift", ["set_aside", "raise"])
def test_reply_that_breaks_its_schema(on_drift: str, gateway: Gateway, kind: str) -> None:
    with FaultServer(reply(BROKEN[gateway].encode())) as server:
        assert isinstance(tried(kind, gateway, server.url, "send", [MESSAGE], on_drift=on_drift), ReplyError)
        assert isinstance(tried(kind, gateway, server.url, "status", [REF], on_drift=on_drift), ReplyError)
        if gateway is SMSC:
            assert isinstance(tried(kind, gateway, server.url, "history", SINCE, on_drift=on_drift), ReplyError)


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("gateway", GATEWAYS, ids=str)
def test_drift(gateway: Gateway, kind: str, log: Log) -> None:
    with FaultServer(reply(NEWER[gateway].encode())) as server:
        assert tried(kind, gateway, server.url, "send", [MESSAGE])[0].id == "order-17"
        assert any("smswire.drift" in text for text in log.texts)
        assert isinstance(tried(kind, gateway, server.url, "send", [MESSAGE], on_drift="raise"), ReplyError)


def test_limit_of_history() -> None:
    with (
        FaultServer(reply(b"[]")) as server,
        smsc.Client(login=LOGIN, password=PASSWORD, base_url=server.url) as client,
    ):
        for _ in range(3):
            assert list(client.history(SINCE, SINCE)) == []
        with pytest.raises(RateLimited) as caught:
            list(client.history(SINCE, SINCE))
    assert_silent(told(caught.value))


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


BAD_FOR_PROVIDER = {
    "character that XML cannot carry": Message(to=PHONE, text=TEXT + "\x00\ud800", sender="SHOP"),
    "sender too long": Message(to=PHONE, text=TEXT, sender="S" * 50),
    "half a minute": Message(to=PHONE, text=TEXT, sender="SHOP", valid_for=timedelta(seconds=90)),
    "id too long": Message(to=PHONE, text=TEXT, sender="SHOP", id="x" * 60),
}


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("gateway", GATEWAYS, ids=str)
@pytest.mark.parametrize("message", BAD_FOR_PROVIDER.values(), ids=BAD_FOR_PROVIDER)
def test_message_that_is_refused_before_sending(message: Message, gateway: Gateway, kind: str) -> None:
    error = tried(kind, gateway, "http://127.0.0.1:9/api", "send", [MESSAGE, message])
    assert isinstance(error, PayloadError)
    assert error.path.startswith("messages[1].")


def test_same_identifier_twice() -> None:
    assert isinstance(tried("sync", QUICKTEL, "http://127.0.0.1:9/api", "send", [MESSAGE, MESSAGE]), PayloadError)


@pytest.mark.parametrize("gateway", GATEWAYS, ids=str)
@pytest.mark.parametrize("method", ["send", "status"])
def test_credentials_that_the_document_cannot_carry(method: str, gateway: Gateway) -> None:
    settings = {"login": LOGIN + "\ud800", "password": PASSWORD + "\ud800"}
    argument = [MESSAGE] if method == "send" else [REF]
    error = tried("sync", gateway, "http://127.0.0.1:9/api", method, argument, **settings)
    assert isinstance(error, PayloadError)


SETTINGS: dict[str, dict[str, Any]] = {
    "no password": {"password": None},
    "no login": {"login": None},
    "no time": {"deadline": 0},
    "plain text": {"base_url": "http://example.org/api"},
    "no address": {"base_url": f"https://[{PASSWORD}"},
    "no host": {"base_url": f"https://{'a' * 64}.example.org"},
    "no port": {"base_url": f"https://{LOGIN}:{PASSWORD}/api"},
    "query in the address": {"base_url": f"https://example.org/api?login={LOGIN}&psw={PASSWORD}"},
    "user in the address": {"base_url": f"https://{LOGIN}:{PASSWORD}@example.org/api"},
}


@pytest.mark.parametrize("gateway", GATEWAYS, ids=str)
@pytest.mark.parametrize("change", SETTINGS.values(), ids=SETTINGS)
@pytest.mark.parametrize("cls", ["client", "async_client"])
def test_setting_that_is_refused(cls: str, change: dict[str, Any], gateway: Gateway) -> None:
    with pytest.raises(PayloadError) as caught:
        getattr(gateway, cls)(**{"login": LOGIN, "password": PASSWORD} | change)
    assert_silent(told(caught.value))


def test_documents_that_are_refused_when_built() -> None:
    for make in (
        lambda: quicktel.Sms(value=TEXT, sms_id="1", number=PHONE * 9, source_number="SHOP"),
        lambda: quicktel.Sms(value=TEXT.encode(), sms_id="1", number=PHONE, source_number="SHOP"),
        lambda: quicktel.User(lgn=LOGIN, pwd=PASSWORD + "\x00"),
        lambda: smsc.SendRequest(phones=(PHONE, PHONE.encode()), mes=TEXT),
        lambda: smsc.SendRequest(phones=(PHONE,), mes=TEXT * 100),
        lambda: smsc.SendRequest(phones=[PHONE], mes=TEXT),
    ):
        with pytest.raises(PayloadError) as caught:
            make()
        assert_silent(told(caught.value))


def test_clients_tell_nothing() -> None:
    for gateway in GATEWAYS:
        with gateway.client(login=LOGIN, password=PASSWORD, base_url="http://127.0.0.1:9") as client:
            assert_silent(
                [repr(client), repr(vars(client)), repr(client._settings), repr(client._settings.credentials)]
            )


def test_cancelled_while_the_answer_comes() -> None:
    def talks_and_hangs(peer: Peer) -> None:
        peer.request()
        peer.send(response(ECHO.encode(), length=1000))
        peer.pause()

    caught: list[BaseException] = []

    async def main(url: str) -> None:
        async with quicktel.AsyncClient(login=LOGIN, password=PASSWORD, base_url=url) as client:
            with anyio.move_on_after(0.3):
                try:
                    await client.send([MESSAGE])
                except anyio.get_cancelled_exc_class() as error:
                    caught.append(error)
                    raise

    with FaultServer(talks_and_hangs) as server:
        anyio.run(main, server.url)
    assert_silent(told(caught[0]))


def test_interrupted_while_the_answer_comes(monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupted(*_: object) -> float:
        raise KeyboardInterrupt

    def talks(peer: Peer) -> None:
        peer.request()
        monkeypatch.setattr("smswire.sockets._remaining", interrupted)
        peer.send(response(ECHO.encode(), length=1000))
        peer.pause()

    with (
        FaultServer(talks) as server,
        quicktel.Client(login=LOGIN, password=PASSWORD, base_url=server.url) as client,
        pytest.raises(KeyboardInterrupt) as caught,
    ):
        client.send([MESSAGE])
    assert_silent(told(caught.value))


def test_callback_that_fails(caplog: pytest.LogCaptureFixture) -> None:
    """What became of the messages is told all the same, and the callback's error is logged."""

    def fails(_: object) -> None:
        raise ZeroDivisionError

    with FaultServer(reply(NEWER[QUICKTEL].encode())) as server:
        settings = {"login": LOGIN, "password": PASSWORD, "base_url": server.url}
        with quicktel.Client(**settings, drift_callback=fails) as client:
            [receipt] = client.send([MESSAGE])
    assert receipt.raw is not None
    assert "the drift callback failed" in caplog.text
    assert "ZeroDivisionError" in caplog.text
