"""Canaries through every operation of every client, whatever is answered, in whatever charset and form."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any
from urllib.parse import unquote_plus

import pytest

from smswire import (
    CallError,
    OutcomeUnknown,
    PayloadError,
    ProviderError,
    ReplyError,
    SmsError,
    kazinfoteh,
    quicktel,
    smsc,
    webcom,
)
from smswire.operation import Op, PagedOp

from .canaries import ACCOUNT, BEARER, ECHO, LOGIN, MESSAGE, PASSWORD, PHONE, REF, TEXT, TOKEN, Log, tried
from .gateways import KAZINFOTEH, KINDS, QUICKTEL, SMSC, WEBCOM, Gateway, each_gateway
from .replies import REPLIES
from .server import FaultServer, reply

pytestmark = pytest.mark.usefixtures("log")


@dataclass(frozen=True)
class Called:
    """A call with canaries: a client's method, its arguments, and the key of `REPLIES` that has its answers."""

    gateway: Gateway
    method: str
    args: tuple[Any, ...]
    replies: str
    sends: bool = False

    def __str__(self) -> str:
        return f"{self.gateway}.{self.method} {self.replies.rpartition(' ')[2]}"


def doubtful(gateway: Gateway) -> CallError:
    error = OutcomeUnknown("made here")
    error.provider, error.in_doubt = gateway.name, (MESSAGE,)
    return error


TEXT_MESSAGE = webcom.TextMessage(sender="SHOP", text=TEXT, abonent=(webcom.Abonent(phone=PHONE),))
IN_1251 = smsc.SendRequest(phones=(PHONE,), mes="Привет " + TEXT, charset="windows-1251")
FILTER = smsc.GetMessagesRequest(phone=(PHONE,))
CALLS = (
    Called(KAZINFOTEH, "send", ([MESSAGE],), "send_message", sends=True),
    Called(KAZINFOTEH, "status", ([REF],), "get_info_by_id"),
    Called(KAZINFOTEH, "resolve", (doubtful(KAZINFOTEH),), "get_info_by_id"),
    Called(KAZINFOTEH, "send_message", ([kazinfoteh.Msg(value=TEXT, recipient=PHONE)],), "send_message", sends=True),
    Called(KAZINFOTEH, "get_info_by_id", ([kazinfoteh.MsgReference(id=17)],), "get_info_by_id"),
    Called(QUICKTEL, "send", ([MESSAGE],), "sms_send", sends=True),
    Called(QUICKTEL, "status", ([REF],), "sms_status2"),
    Called(QUICKTEL, "resolve", (doubtful(QUICKTEL),), "sms_send", sends=True),
    Called(
        QUICKTEL,
        "sms_send",
        ([quicktel.Sms(value=TEXT, sms_id="17", number=PHONE, source_number="SHOP")],),
        "sms_send",
        sends=True,
    ),
    Called(QUICKTEL, "sms_status2", (["91"],), "sms_status2"),
    Called(SMSC, "send", ([MESSAGE],), "send_php", sends=True),
    Called(SMSC, "status", ([REF],), "status_php"),
    Called(SMSC, "history", (date(2026, 11, 1),), "get_messages"),
    Called(SMSC, "resolve", (doubtful(SMSC),), "status_php"),
    Called(SMSC, "send_php", (smsc.SendRequest(phones=(PHONE,), mes=TEXT),), "send_php", sends=True),
    Called(SMSC, "send_php", (IN_1251,), "send_php", sends=True),
    Called(SMSC, "send_xml", (IN_1251,), "send_xml", sends=True),
    Called(SMSC, "status_php", (smsc.StatusRequest(phone=(PHONE,), id=("17",), all=2),), "status_php"),
    Called(SMSC, "get_messages", (FILTER,), "get_messages"),
    Called(SMSC, "get_messages_xml", (FILTER,), "get_messages_xml"),
    Called(SMSC, "get_messages_text", (FILTER, 0), "get_messages_text line"),
    Called(SMSC, "get_messages_text", (FILTER, 1), "get_messages_text commas"),
    Called(WEBCOM, "send", ([MESSAGE],), "xml_send", sends=True),
    Called(WEBCOM, "status", ([REF],), "xml_state"),
    Called(WEBCOM, "resolve", (doubtful(WEBCOM),), "xml_send", sends=True),
    Called(WEBCOM, "xml_send", ([TEXT_MESSAGE],), "xml_send", sends=True),
    Called(WEBCOM, "xml_state", ([91],), "xml_state"),
    Called(WEBCOM, "json_state", ([91], 1), "json_state"),
)


@each_gateway
def test_no_operation_is_left_out(gateway: Gateway) -> None:
    methods = {name for name in dir(gateway.client) if isinstance(getattr(gateway.client, name), (Op, PagedOp))}
    assert methods == {each.method for each in CALLS if each.gateway is gateway}
    answered = {each.partition(" ")[0] for each in REPLIES[gateway.name]}
    assert answered == {each.name for each in gateway.client.provider.operations}


def declared(body: str) -> tuple[bytes, str]:
    """A reply in windows-1251 that says so, in its markup or in its header."""
    if body.startswith("<"):
        return f'<?xml version="1.0" encoding="windows-1251"?>{body}'.encode("windows-1251"), "X-Nothing: x"
    return body.encode("windows-1251"), "Content-Type: text/plain; charset=windows-1251"


def undeclared(body: str) -> tuple[bytes, str]:
    return body.encode("windows-1251"), "X-Nothing: x"


def no_text(body: str) -> tuple[bytes, str]:
    """Bytes that are text in no charset: 0x98 is in neither UTF-8 nor windows-1251."""
    return body.encode("windows-1251").replace("О".encode("windows-1251"), b"\x98"), "X-Nothing: x"


def plain(body: str) -> tuple[bytes, str]:
    return body.encode(), "X-Nothing: x"


ANSWERS = (
    ("fine", plain, None),
    ("refused", plain, ProviderError),
    ("broken", plain, ReplyError),
    ("newer", plain, None),
    ("fine", declared, None),
    ("refused", declared, ProviderError),
    ("broken", declared, ReplyError),
    ("newer", declared, None),
    ("broken", undeclared, ReplyError),
    ("broken", no_text, ReplyError),
)


@pytest.mark.parametrize(
    ("called", "answer", "kind"),
    [
        pytest.param(called, answer, KINDS[(i + j) % 2], id=f"{called}-{answer[0]}-{answer[1].__name__}")
        for i, called in enumerate(CALLS)
        for j, answer in enumerate(ANSWERS)
    ],
)
def test_whatever_is_answered(called: Called, answer: Any, kind: str, log: Log) -> None:
    name, spelled, expected = answer
    body, header = spelled(getattr(REPLIES[called.gateway.name][called.replies], name))
    with FaultServer(reply(body, header)) as server:
        outcome = tried(kind, called.gateway, server.url, called.method, *called.args, deadline=5.0)
    on_the_wire = unquote_plus(server.posts[0].decode())
    assert [each in on_the_wire for each in (LOGIN, PASSWORD)] == [True, True]
    assert [each in on_the_wire for each in (PHONE, TEXT)] == [True, True] or not called.sends
    if expected is None:
        assert not isinstance(outcome, SmsError)
    else:
        assert isinstance(outcome, expected)
    if name == "newer" and "text" not in called.replies:
        assert any("smswire.drift" in text for text in log.texts)


@pytest.mark.parametrize(
    ("called", "kind"),
    [
        pytest.param(each, KINDS[i % 2], id=str(each))
        for i, each in enumerate(each for each in CALLS if each.gateway.client.takes_token)
    ],
)
def test_token(called: Called, kind: str) -> None:
    replies = REPLIES[called.gateway.name][called.replies]
    for body in (replies.fine, replies.refused, replies.broken):
        with FaultServer(reply(body.encode())) as server:
            tried(kind, called.gateway, server.url, called.method, *called.args, **BEARER)
        on_the_wire = unquote_plus(server.posts[0].decode())
        assert (TOKEN in on_the_wire, LOGIN in on_the_wire) == (True, False)


# a form without markup has no place for additions
@pytest.mark.parametrize("called", [each for each in CALLS if "text" not in each.replies], ids=str)
def test_additions_that_are_errors(called: Called) -> None:
    replies = REPLIES[called.gateway.name][called.replies]
    with FaultServer(reply(replies.newer.encode())) as server:
        outcome = tried("sync", called.gateway, server.url, called.method, *called.args, on_drift="raise")
    assert isinstance(outcome, ReplyError)


@pytest.mark.parametrize("called", CALLS, ids=str)
def test_credentials_that_the_document_cannot_carry(called: Called) -> None:
    """A lone surrogate has no place in any document, and is found out before anything is sent."""
    accounts = [{name: value + "\ud800" for name, value in ACCOUNT.items()}]
    if called.gateway.client.takes_token:
        accounts.append({"token": TOKEN + "\ud800"})
    for account in accounts:
        outcome = tried("sync", called.gateway, "http://127.0.0.1:9/api", called.method, *called.args, **account)
        assert isinstance(outcome, PayloadError)


# words that no table lists may quote anything: they are no code


@pytest.mark.parametrize("words", [ECHO, f"Incorrect login or password {PASSWORD}", TEXT])
@pytest.mark.parametrize("method", ["send", "status", "json_state"])
def test_error_in_words_that_are_not_listed_has_no_code(method: str, words: str) -> None:
    args = {"send": [MESSAGE], "status": [REF], "json_state": [91]}[method]
    body = f'{{"error": "{words}"}}' if method == "json_state" else f"<response><error>{words}</error></response>"
    with FaultServer(reply(body.encode())) as server:
        error = tried("sync", WEBCOM, server.url, method, args)
    assert type(error) is ProviderError
    assert (error.code, error.name, error.description) == (None, None, words)


@pytest.mark.parametrize("words", [ECHO, "Нет отправителя. " + TEXT, TEXT])
def test_item_error_in_words_that_are_not_listed_has_no_code(words: str) -> None:
    body = f'<response><information number_sms="1">{words}</information></response>'
    with FaultServer(reply(body.encode())) as server:
        [receipt] = tried("sync", WEBCOM, server.url, "send", [MESSAGE])
    assert not receipt.accepted
    assert (receipt.error.code, receipt.error.name, receipt.error.description) == (None, None, words)


def strange_forms(charset: Any) -> list[tuple[str, Any]]:
    strange = TEXT + "\U0001f600"
    sent = smsc.SendRequest(phones=(PHONE,), mes=strange, charset=charset)
    page = smsc.GetMessagesRequest(phone=(PHONE,), email=(PHONE, strange), charset=charset)
    return [("send_php", sent), ("send_xml", sent), ("get_messages", page), ("get_messages_xml", page)]


@pytest.mark.parametrize("charset", ["windows-1251", "koi8-r"])
def test_character_that_the_charset_does_not_have(charset: Any) -> None:
    """Python's own error about it holds the whole text."""
    for method, form in strange_forms(charset):
        error = tried("sync", SMSC, "http://127.0.0.1:9/api", method, form)
        assert isinstance(error, PayloadError)
        assert error.path in ("SendRequest.mes", "GetMessagesRequest.email")
        assert charset in error.problem
    status = smsc.StatusRequest(phone=(PHONE,), id=("17",), charset=charset)
    account = {"login": LOGIN, "password": PASSWORD + "\U0001f600"}
    error = tried("sync", SMSC, "http://127.0.0.1:9/api", "status_php", status, **account)
    assert isinstance(error, PayloadError)
    assert error.path == "StatusRequest.psw"
