"""smsc's replies in XML and without markup, through both clients: what is returned and what is raised."""

from __future__ import annotations

import traceback
from collections.abc import Callable
from typing import Any

import httpx
import pytest
from support.asking import ask, every_kind
from support.texts import FULL, SMSC, WRITERS

from smswire import (
    AuthenticationError,
    Outcome,
    PayloadError,
    ProviderError,
    RateLimited,
    ReplyError,
    SmsError,
    UnreadableReply,
    smsc,
)

FORM = smsc.SendRequest(phones=("77001234567",), mes="x", id="order-17")
HISTORY = smsc.GetMessagesRequest(cnt=10)
RAISED = {1: ProviderError, 2: AuthenticationError, 9: RateLimited, 99: ProviderError}
raised = pytest.mark.parametrize(("code", "expected"), RAISED.items())
OTHERS = ["", '{"id": 14, "cnt": 1}', "OK - 1 SMS, ID - 14", "<result/>", "<result><id>14</id>"]
OPERATIONS = {"fmt=0": "get_messages_text", "fmt=1": "get_messages_text", "fmt=2": "get_messages_xml"}


def answering(body: str | bytes) -> tuple[dict[str, Any], list[bytes]]:
    """Settings of a client that is always answered so, and what it asks."""
    asked: list[bytes] = []

    def answer(request: httpx.Request) -> httpx.Response:
        asked.append(request.content)
        return httpx.Response(200, content=body)

    return {"http": httpx.MockTransport(answer)}, asked


def value_of(kind: str, body: str | bytes, method: str, *arguments: Any) -> tuple[Any, list[bytes]]:
    settings, asked = answering(body)
    return ask(kind, smsc, "http://127.0.0.1:9/sys", method, *arguments, **settings), asked


def error_of(kind: str, body: str | bytes, method: str, *arguments: Any) -> tuple[SmsError, list[bytes]]:
    settings, asked = answering(body)
    with pytest.raises(SmsError) as caught:
        ask(kind, smsc, "http://127.0.0.1:9/sys", method, *arguments, **settings)
    return caught.value, asked


def in_xml(code: int) -> str:
    return f"<result><error>слова</error><error_code>{code}</error_code></result>"


# send.php


@every_kind
def test_a_message_is_sent_with_a_reply_in_xml(kind: str) -> None:
    value, [asked] = value_of(kind, "<result><id>order-17</id><cnt>2</cnt></result>", "send_xml", FORM)
    assert value == smsc.SendXmlResponse(id="order-17", cnt=2)
    assert {b"fmt=2", b"charset=utf-8", b"login=canaryLOGIN", b"id=order-17"} <= set(asked.split(b"&"))


@every_kind
@pytest.mark.parametrize("code", [6, 7, 8])
def test_an_error_about_the_message_is_returned(kind: str, code: int) -> None:
    value, _ = value_of(kind, in_xml(code), "send_xml", FORM)
    assert (value.error_code, value.error, value.id) == (code, "слова", None)


@every_kind
@raised
def test_an_error_about_the_request_is_raised(kind: str, code: int, expected: type[ProviderError]) -> None:
    error, asked = error_of(kind, in_xml(code), "send_xml", FORM)
    assert type(error) is expected
    assert isinstance(error, ProviderError)
    assert (error.code, error.description, error.outcome) == (code, "слова", Outcome.REFUSED)
    assert (error.provider, error.operation, error.client_ids) == ("smsc", "send_xml", ("order-17",))
    assert isinstance(error.raw, smsc.SendXmlResponse)
    assert len(asked) == 1


@every_kind
@pytest.mark.parametrize("body", OTHERS)
def test_a_reply_in_another_form_leaves_the_send_in_doubt(kind: str, body: str) -> None:
    error, asked = error_of(kind, body, "send_xml", FORM)
    assert type(error) is UnreadableReply
    assert (error.outcome, error.client_ids, error.body) == (Outcome.UNKNOWN, ("order-17",), body.encode())
    assert len(asked) == 1


# get.php


def arguments_of(fmt: int) -> tuple[Any, ...]:
    return (HISTORY,) if fmt == 2 else (HISTORY, fmt)


def error_in(fmt: int, code: int) -> str:
    return {0: f"ERROR = {code} (слова)", 1: f"0,-{code}", 2: in_xml(code)}[fmt]


every_fmt = pytest.mark.parametrize("fmt", [0, 1, 2])


@every_kind
@every_fmt
def test_a_history_is_asked_for_and_read_in_its_form(kind: str, fmt: int) -> None:
    if fmt == 2:
        body = (SMSC / "get_messages_xml.response.filled.xml").read_text("utf-8")
    else:
        body = WRITERS[("line", "commas")[fmt]](FULL)
    value, [asked] = value_of(kind, body, OPERATIONS[f"fmt={fmt}"], *arguments_of(fmt))
    [row] = getattr(value, "sms", value)
    assert (row.message, row.phone, row.int_id, str(row.id)) == ("Text", "77001234567", "100200300", "14")
    assert {f"fmt={fmt}".encode(), b"get_messages=1", b"cnt=10", b"charset=utf-8"} <= set(asked.split(b"&"))


@every_kind
@every_fmt
def test_a_history_without_a_message_is_returned(kind: str, fmt: int) -> None:
    value, _ = value_of(kind, error_in(fmt, 3), OPERATIONS[f"fmt={fmt}"], *arguments_of(fmt))
    assert value.error_code == 3
    assert value.error == ("" if fmt == 1 else "слова")
    assert isinstance(value, smsc.GetMessagesXmlResponseResult if fmt == 2 else smsc.HistoryError)


@every_kind
@every_fmt
@raised
def test_another_error_of_a_history_is_raised(kind: str, fmt: int, code: int, expected: type[ProviderError]) -> None:
    error, _ = error_of(kind, error_in(fmt, code), OPERATIONS[f"fmt={fmt}"], *arguments_of(fmt))
    assert type(error) is expected
    assert isinstance(error, ProviderError)
    assert (error.code, error.description) == (code, "" if fmt == 1 else "слова")
    assert (error.provider, error.operation) == ("smsc", OPERATIONS[f"fmt={fmt}"])


@every_kind
@pytest.mark.parametrize("fmt", [0, 1])
def test_a_history_that_cannot_be_told_apart_is_refused_and_quoted_nowhere(kind: str, fmt: int) -> None:
    row = WRITERS[("line", "commas")[fmt]](FULL)
    message = f"Kanarienvogel\n{row}"
    body = WRITERS[("line", "commas")[fmt]]({**FULL, "message": message})
    error, _ = error_of(kind, body, "get_messages_text", HISTORY, fmt)
    assert type(error) is ReplyError
    assert str(error) == "smsc.get_messages_text: the reply breaks its schema at /: a row begins here within another"
    assert error.body == body.encode()
    error.body = b""
    stack = traceback.TracebackException.from_exception(error, capture_locals=True).stack
    ours = [each for each in stack if "/smswire" in each.filename]
    assert ours
    assert not any(word in f"{each.locals}" for each in ours for word in ("Kanarienvogel", "7700123"))


@every_kind
@pytest.mark.parametrize("fmt", [2, 3, -1, None, "0", "line"])
def test_a_form_that_has_markup_is_refused_before_anything_is_sent(kind: str, fmt: Any) -> None:
    error, asked = error_of(kind, "", "get_messages_text", HISTORY, fmt)
    assert isinstance(error, PayloadError)
    assert str(error) == "fmt: 0 or 1 is required"
    assert asked == []


def test_all_forms_of_a_history_count_together_towards_its_limit() -> None:
    bodies: list[str] = []

    def answer(_: httpx.Request) -> httpx.Response:
        return httpx.Response(200, content=bodies.pop())

    with smsc.Client(login="l", password="p", http=httpx.MockTransport(answer)) as client:
        methods: list[tuple[str, Callable[[smsc.GetMessagesRequest], Any]]] = [
            ("[]", client.get_messages),
            ("<list/>", client.get_messages_xml),
            ("0,-3", lambda form: client.get_messages_text(form, 1)),
        ]
        for index in range(30):
            body, method = methods[index % 3]
            bodies.append(body)
            method(smsc.GetMessagesRequest(cnt=index + 1))
        for _, method in methods:
            with pytest.raises(RateLimited) as caught:
                method(smsc.GetMessagesRequest(cnt=100))
            assert caught.value.code is None
