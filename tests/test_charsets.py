"""Replies in Cyrillic, in every charset, by every way to declare it, in every form of document.

What a reply says of its own charset counts in this order: the header, a declaration or byte order mark of an XML
document, and else the charset that was asked for, then the provider's documented one.
"""

from __future__ import annotations

import json
import time
from typing import Any

import pytest
from attrs import frozen
from faults.server import FaultServer, reply
from hypothesis import given
from hypothesis import strategies as st
from support.asking import ask, every_kind
from support.texts import FULL, in_commas, in_pairs

from smswire import DeliveryState, Message, OutcomeUnknown, ReplyError, kazinfoteh, quicktel, smsc, webcom
from smswire.documents import Reading, read
from smswire.documents.reading import Spelling
from smswire_documents.smsc.documents import GET_MESSAGES_RESPONSE, GET_MESSAGES_XML_RESPONSE

TEXT = "Заказ готов, Ё и ё"
# И has a byte in UTF-8 that windows-1251 does not have
TELLING = "И тогда"
CHARSETS = ("windows-1251", "utf-8", "koi8-r")


def xml(text: str, encoding: str | None = None) -> str:
    declaration = "" if encoding is None else f'<?xml version="1.0" encoding="{encoding}"?>\n'
    row = f"<status>1</status><message>{text}</message><id>14</id><int_id>7</int_id>"
    return f"{declaration}<list><sms>{row}</sms></list>"


@frozen(repr=False)
class Form:
    """A form of smsc's history: how a client asks for it, and what a reply of one message looks like."""

    name: str
    method: str
    arguments: tuple[int, ...] = ()
    text_form: str | None = None

    def __repr__(self) -> str:
        return self.name

    def written(self, text: str) -> str:
        row = {**FULL, "message": text, "country": "", "status_name": ""}
        written = {"json": json.dumps([row], ensure_ascii=False), "xml": xml(text)}
        return {**written, "line": in_pairs(row), "commas": in_commas(row)}[self.name]

    def read(self, body: bytes, charsets: tuple[str, ...], declared: str | None = None) -> Reading[Any]:
        document = GET_MESSAGES_XML_RESPONSE if self.name == "xml" else GET_MESSAGES_RESPONSE
        spelling = Spelling(charsets=charsets, declared=declared, text_form=self.text_form)
        return read(document, body, on_drift="raise", spelling=spelling)


JSON = Form("json", "get_messages")
XML = Form("xml", "get_messages_xml")
LINE = Form("line", "get_messages_text", (0,), "line")
COMMAS = Form("commas", "get_messages_text", (1,), "commas")
FORMS = (JSON, XML, LINE, COMMAS)
every_form = pytest.mark.parametrize("form", FORMS, ids=repr)


def message_of(value: Any) -> str:
    [row] = getattr(value, "sms", value)
    return row.message


# replies, through a socket


@every_kind
@every_form
@pytest.mark.parametrize(
    ("charset", "header", "asked"),
    [
        ("windows-1251", "charset=windows-1251", None),
        ("windows-1251", "charset=windows-1251", "koi8-r"),
        ("windows-1251", None, "windows-1251"),
        # asked for UTF-8, by default and by name, and answered in what the provider documents as its own
        ("windows-1251", None, None),
        ("windows-1251", "charset=", "utf-8"),
        ("utf-8", "charset=utf-8", None),
        ("utf-8", 'CHARSET="UTF-8"', "windows-1251"),
        ("utf-8", None, None),
        ("koi8-r", "charset=koi8-r", None),
        ("koi8-r", None, "koi8-r"),
        ("utf-16", "charset=utf-16", None),
        ("iso-8859-5", "charset=iso-8859-5", None),
    ],
)
def test_cyrillic_of_a_history(form: Form, kind: str, charset: str, header: str | None, asked: Any) -> None:
    kinds = {"json": "application/json", "xml": "text/xml"}
    content_type = "; ".join(filter(None, [kinds.get(form.name, "text/plain"), header]))
    body = form.written(TEXT).encode(charset)
    with FaultServer(reply(body, f"Content-Type: {content_type}")) as server:
        value = ask(kind, smsc, server.url, form.method, smsc.GetMessagesRequest(charset=asked), *form.arguments)
    assert message_of(value) == TEXT
    [request] = server.posts
    assert f"charset={asked or 'utf-8'}".encode() in request.split(b"&")


@every_kind
@pytest.mark.parametrize("charset", [*CHARSETS, "utf-16"])
def test_cyrillic_of_an_xml_document_that_declares_its_own(charset: str, kind: str) -> None:
    body = xml(TEXT, charset).encode(charset)
    with FaultServer(reply(body, "Content-Type: text/xml")) as server:
        value = ask(kind, smsc, server.url, "get_messages_xml", smsc.GetMessagesRequest(charset="koi8-r"))
    assert message_of(value) == TEXT


@pytest.mark.parametrize("charset", CHARSETS)
def test_a_large_document_is_in_the_same_charset_as_a_small_one(charset: str) -> None:
    for encoding, declared in [(None, charset), (charset, None), ("utf-8", charset), (None, None)]:
        begin, _, row = xml(TEXT, encoding).partition("<sms>")
        body = f"{begin}{f'<sms>{row}'.removesuffix('</list>') * 4000}</list>".encode(charset)
        assert len(body) > 300_000
        rows = XML.read(body, (charset, "utf-8"), declared).value.sms
        assert {each.message for each in rows} == {TEXT}
        assert len(rows) == 4000


INFORMATION = '<response><information number_sms="1">{}</information></response>'
PUSH = '<xml_result><push sms_id="17" res="-1" description="{}"/></xml_result>'
# nothing but numbers is in KazInfoTeh's replies
MSG = '<package><message><msg id="17" sms_id="5">{}</msg></message></package>'
MESSAGE = Message(to="77001234567", text="x", sender="S", id="17")


@every_kind
@pytest.mark.parametrize("way", ["header", "declaration", "both"])
@pytest.mark.parametrize("charset", CHARSETS)
def test_providers_of_utf_8_that_declare_another(charset: str, way: str, kind: str) -> None:
    header = "Content-Type: text/xml" + ("" if way == "declaration" else f"; charset={charset}")
    declaration = "" if way == "header" else f'<?xml version="1.0" encoding="{charset}" ?>\n'

    def answered(provider: Any, document: str, word: str) -> Any:
        with FaultServer(reply(f"{declaration}{document.format(word)}".encode(charset), header)) as server:
            [receipt] = ask(kind, provider, server.url, "send", [MESSAGE])
        return receipt

    assert answered(webcom, INFORMATION, "Нет отправителя.").error.name == "no_sender"
    assert answered(quicktel, PUSH, TEXT).error.description == TEXT
    receipt = answered(kazinfoteh, MSG, "1")
    assert (receipt.state, receipt.gateway_id) == (DeliveryState.QUEUED, "5")


def test_undeclared_where_nothing_but_utf_8_is_documented() -> None:
    answer = reply(INFORMATION.format(TEXT).encode("windows-1251"), "Content-Type: text/xml")
    with FaultServer(answer) as server, pytest.raises(OutcomeUnknown) as caught:
        ask("sync", webcom, server.url, "send", [MESSAGE])
    assert caught.value.client_ids == ("17",)


# what contradicts itself


@every_form
def test_a_declared_charset_counts_alone(form: Form) -> None:
    """What it cannot be is refused, although another charset would do; what it can be is taken as declared."""
    body = form.written(TEXT).encode("windows-1251")
    for declared in ("utf-8", "ascii", "utf-16", "utf-32"):
        reading = form.read(body, ("windows-1251",), declared)
        assert reading.value is None
        [violation] = reading.violations
        assert violation.problem == "not text in the charset that was declared" or form is XML or declared == "utf-16"
    assert message_of(form.read(body, ("windows-1251",), "koi8-r").value) == TEXT.encode("windows-1251").decode(
        "koi8-r"
    )
    telling = form.written(TELLING).encode()
    assert form.read(telling, ("utf-8",), "windows-1251").value is None


def test_a_header_counts_before_the_declaration_of_a_document() -> None:
    for charset in CHARSETS:
        for other in (*CHARSETS, "UTF-16", "US-ASCII", "unknown"):
            body = xml(TEXT, other).encode(charset)
            assert message_of(XML.read(body, ("utf-8",), charset).value) == TEXT


def test_a_declaration_that_the_bytes_contradict_is_refused() -> None:
    charsets = ("utf-8", "windows-1251")
    for body in (
        xml(TEXT, "utf-8").encode("windows-1251"),
        xml(TELLING, "windows-1251").encode(),
        xml(TEXT, "US-ASCII").encode(),
        xml(TEXT, "UTF-16").encode(),
        xml(TEXT, "unknown").encode(),
        xml(TEXT).encode("utf-16-le"),
    ):
        reading = XML.read(body, charsets)
        assert reading.value is None
        assert [each.problem for each in reading.violations] == ["not well-formed XML"]


def test_only_a_declaration_declares() -> None:
    for begin in ('<?xml version="1.0"?>', '<!-- encoding="koi8-r" -->', '<?xml-stylesheet encoding="koi8-r"?>', " \n"):
        body = f"{begin}{xml(TEXT)}".encode("windows-1251")
        assert message_of(XML.read(body, ("utf-8", "windows-1251")).value) == TEXT


@every_form
def test_undeclared_bytes_are_in_the_first_charset_in_which_they_are_text(form: Form) -> None:
    body = form.written(TEXT).encode("windows-1251")
    assert message_of(form.read(body, ("utf-8", "windows-1251")).value) == TEXT
    assert message_of(form.read(body, ("windows-1251", "utf-8")).value) == TEXT
    # nearly all bytes are text in a charset of one byte a character
    assert message_of(form.read(body, ("koi8-r", "windows-1251")).value) != TEXT
    reading = form.read(body, ("utf-8", "ascii"))
    assert [each.problem for each in reading.violations] == ["not text in utf-8 or ascii"]


# names that are none


UNKNOWN = ["utf8mb4", "win-1251", "unknown", "utf-8,text/xml", "..", "os", "a\0b", "\udc80", "x" * 5000]
CODECS = ["idna", "punycode", "unicode_escape", "raw-unicode-escape", "undefined", "mbcs"]


@every_form
@pytest.mark.parametrize("name", [*UNKNOWN, *CODECS])
def test_a_declared_name_that_is_no_charset_is_refused(form: Form, name: str) -> None:
    reading = form.read(form.written("plain").encode(), ("utf-8",), name)
    assert reading.value is None
    assert [each.problem for each in reading.violations] == ["in a charset that is not known"]


@pytest.mark.parametrize("name", ["hex", "base64", "zlib", "rot13", "bz2", "uu"])
def test_a_codec_that_makes_no_text_is_refused(name: str) -> None:
    reading = JSON.read(b"[]", ("utf-8",), name)
    assert [each.problem for each in reading.violations] == ["not text in the charset that was declared"]


@pytest.mark.parametrize("name", [*CODECS, "utf-7", "utf-8", "windows-1251", "gb18030"])
def test_no_declared_charset_takes_a_time_that_grows_with_the_square(name: str) -> None:
    body = b"-" + b"b" * 200_000
    started = time.process_time()
    assert JSON.read(body, ("utf-8",), name).value is None
    assert time.process_time() - started < 2


@every_kind
def test_a_reply_in_an_unknown_charset_leaves_a_send_in_doubt(kind: str) -> None:
    header = "Content-Type: application/json; charset=utf8mb4"
    with FaultServer(reply(b"[]", header)) as server, pytest.raises(ReplyError, match="a charset that is not known"):
        ask(kind, smsc, server.url, "get_messages", smsc.GetMessagesRequest())
    answer = reply(b'{"id": "17", "cnt": 1}', header)
    with FaultServer(answer) as server, pytest.raises(OutcomeUnknown) as caught:
        ask(kind, smsc, server.url, "send", [MESSAGE])
    assert caught.value.client_ids == ("17",)
    assert len(server.posts) == 1


NOTHING = ["", "text/xml; charset=", 'text/xml; charset=""', "charset", "\x7f", ";;;", "text/xml; charset*=x''%ff"]


@pytest.mark.parametrize("header", NOTHING)
def test_a_header_that_declares_nothing(header: str) -> None:
    answer = reply(xml(TEXT).encode("windows-1251"), f"Content-Type: {header}")
    with FaultServer(answer) as server:
        value = ask("sync", smsc, server.url, "get_messages_xml", smsc.GetMessagesRequest())
    assert message_of(value) == TEXT


# byte order marks


@pytest.mark.parametrize("charset", ["utf-8-sig", "utf-16"])
@pytest.mark.parametrize("encoding", [None, "utf-8", "windows-1251"])
def test_a_mark_declares_the_charset_of_an_xml_document(charset: str, encoding: str | None) -> None:
    body = xml(TEXT, encoding).encode(charset)
    assert message_of(XML.read(body, ("koi8-r",)).value) == TEXT
    assert message_of(XML.read(body, ("koi8-r",), charset.removesuffix("-sig")).value) == TEXT
    for other in {"utf-8", "utf-16", "windows-1251", "koi8-r"} - {charset.removesuffix("-sig")}:
        assert XML.read(body, ("koi8-r",), other).value is None


@pytest.mark.parametrize("form", [JSON, LINE, COMMAS], ids=repr)
def test_a_mark_is_no_part_of_other_forms(form: Form) -> None:
    body = form.written(TEXT).encode("utf-8-sig")
    for declared in (None, "utf-8"):
        assert form.read(body, ("utf-8", "windows-1251"), declared).value is None
    # where the mark belongs to the charset it is taken off
    assert message_of(form.read(form.written(TEXT).encode("utf-16"), ("utf-8",), "utf-16").value) == TEXT


# any text


def letters(charset: str) -> st.SearchStrategy[str]:
    """Texts of the characters that a charset has and XML and JSON can carry as they are."""
    some = bytes(range(0x20, 0x100)).decode(charset, "ignore") if charset != "utf-8" else TEXT
    return st.text(st.sampled_from([each for each in some if each.isprintable() and each not in '<>&"\\']))


@every_form
@pytest.mark.parametrize("charset", CHARSETS)
@given(data=st.data())
def test_any_text_comes_through(form: Form, charset: str, data: st.DataObject) -> None:
    text = "x" + data.draw(letters(charset))
    body = form.written(text).encode(charset)
    for charsets, declared in (((charset,), None), (("ascii",), charset)):
        assert message_of(form.read(body, charsets, declared).value) == text
