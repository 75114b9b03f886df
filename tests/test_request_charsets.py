"""Requests in Cyrillic: the bytes are in the charset that the request names, or the request is refused."""

from __future__ import annotations

import traceback
from collections.abc import Mapping
from datetime import UTC
from typing import Any
from urllib.parse import unquote_to_bytes

import pytest
from faults.server import FaultServer, reply
from hypothesis import given
from hypothesis import strategies as st
from support.asking import ask, every_kind

from smswire import Message, PayloadError, smsc
from smswire.documents import read, write
from smswire.documents.reading import Spelling
from smswire.engine import EngineCall, Settings
from smswire.limits import Limiter
from smswire.secret import Credentials, Secret
from smswire_documents.smsc.documents import SEND_REQUEST
from smswire_documents.smsc.operations import SEND_PHP

CHARSETS = ("windows-1251", "utf-8", "koi8-r")


def texts(charset: str) -> st.SearchStrategy[str]:
    """Texts of the characters that a charset has."""
    some = bytes(range(0x20, 0x100)).decode(charset, "ignore") if charset != "utf-8" else "аЯё№₸🙂 &=+%;,"
    return st.text(st.sampled_from(some))


def sent(body: bytes) -> Mapping[str, bytes]:
    return {key.decode(): unquote_to_bytes(value.replace(b"+", b" ")) for key, value in pairs(body)}


def pairs(body: bytes) -> list[list[bytes]]:
    return [each.split(b"=") for each in body.split(b"&")]


WIRE = {
    "windows-1251": bytes.fromhex("cff0e8e2e5f22c20b8b9"),
    "utf-8": "Привет, ё№".encode(),
    "koi8-r": "Привет, ё".encode("koi8-r"),
}


@every_kind
@pytest.mark.parametrize("method", ["send_php", "send_xml"])
@pytest.mark.parametrize(
    ("charset", "text"), [("windows-1251", "Привет, ё№"), ("utf-8", "Привет, ё№"), ("koi8-r", "Привет, ё")]
)
def test_the_bytes_of_a_request_are_in_the_charset_that_it_names(
    charset: Any, text: str, method: str, kind: str
) -> None:
    body = b'{"id": 14, "cnt": 1}' if method == "send_php" else b"<result><id>14</id><cnt>1</cnt></result>"
    form = smsc.SendRequest(phones=("77001234567",), mes=text, charset=charset)
    with FaultServer(reply(body)) as server:
        value = ask(kind, smsc, server.url, method, form)
    assert int(value.id) == 14
    [request] = server.posts
    assert request.isascii()
    assert sent(request)["charset"] == charset.encode()
    assert sent(request)["mes"] == WIRE[charset]


@pytest.mark.parametrize("charset", CHARSETS)
@given(data=st.data())
def test_a_request_reads_back_in_its_charset(charset: Any, data: st.DataObject) -> None:
    form = smsc.SendRequest(phones=("77001234567",), mes="x" + data.draw(texts(charset)), charset=charset)
    body = write(SEND_REQUEST, form, charset=charset)
    assert body.isascii()
    assert read(SEND_REQUEST, body, spelling=Spelling(charsets=(charset,))).value == form
    assert sent(body)["mes"] == form.mes.encode(charset)


BEYOND: list[tuple[str, dict[str, Any]]] = [
    ("mes", {"mes": "Код 8461 🙂"}),
    ("subj", {"mes": "Код 8461", "subj": "Тема ₸"}),
    ("mes", {"mes": "Қазақ 8461", "subj": "🙂"}),
]
beyond = pytest.mark.parametrize(("key", "fields"), BEYOND)
of_one_byte = pytest.mark.parametrize("charset", ["windows-1251", "koi8-r"])


def form(charset: Any, fields: Mapping[str, Any]) -> smsc.SendRequest:
    values: dict[str, Any] = {"phones": ("77001234567",), "mes": "x", "id": "17", "charset": charset, **fields}
    return smsc.SendRequest(**values)


def assert_refused(error: PayloadError, key: str, charset: str) -> None:
    assert str(error) == f"SendRequest.{key}: holds a character that {charset} does not have"
    assert (error.__cause__, error.__context__) == (None, None)
    stack = traceback.TracebackException.from_exception(error, capture_locals=True).stack
    ours = [each for each in stack if "/smswire" in each.filename]
    assert ours
    assert not any(word in f"{each.locals}" for each in ours for word in ("8461", "7700123", "canaryPASSWORD"))


@every_kind
@pytest.mark.parametrize("method", ["send_php", "send_xml"])
@beyond
@of_one_byte
def test_a_character_that_the_charset_does_not_have_is_refused_before_anything_is_sent(
    charset: str, key: str, fields: dict[str, Any], method: str, kind: str
) -> None:
    with FaultServer(reply(b"")) as server, pytest.raises(PayloadError) as caught:
        ask(kind, smsc, server.url, method, form(charset, fields))
    assert (server.connections, server.posts) == (0, [])
    assert_refused(caught.value, key, charset)
    error = caught.value
    assert (error.provider, error.operation, error.client_ids) == ("smsc", method, ("17",))


@beyond
@of_one_byte
def test_a_form_is_not_written_in_a_charset_that_does_not_have_its_characters(
    charset: str, key: str, fields: dict[str, Any]
) -> None:
    with pytest.raises(PayloadError) as caught:
        write(SEND_REQUEST, form(charset, fields), charset=charset)
    assert_refused(caught.value, key, charset)


@beyond
@of_one_byte
def test_a_call_refuses_it_before_its_first_step(charset: str, key: str, fields: dict[str, Any]) -> None:
    account = Credentials(login=Secret("l"), password=Secret("p"))
    call = EngineCall(
        Settings(
            base_url="https://sms.example.org",
            credentials=account,
            zone=UTC,
            deadline=1.0,
            on_drift="raise",
            drift_callback=None,
            limiter=Limiter(lambda: 0.0),
            clock=lambda: 0.0,
        )
    )
    steps = call.exchange(SEND_PHP, form(charset, fields), lambda _: None, ["17"], charset=charset)
    with pytest.raises(PayloadError) as caught:
        next(steps)
    assert_refused(caught.value, key, charset)
    error = caught.value
    assert (error.provider, error.operation, error.outcome, error.client_ids) == (
        "smsc",
        "send_php",
        "not_sent",
        ("17",),
    )


def test_the_facade_writes_utf_8() -> None:
    with FaultServer(reply(b'{"id": "17", "cnt": 1}')) as server:
        ask("sync", smsc, server.url, "send", [Message(to="77001234567", text="Қазақ 🙂", id="17")])
    assert sent(server.posts[0])["mes"] == "Қазақ 🙂".encode()
    assert sent(server.posts[0])["charset"] == b"utf-8"
