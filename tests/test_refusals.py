"""What is no whole, honest reply never yields a value, and is refused at once."""

from __future__ import annotations

import gzip
import json
import re
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from lxml import etree
from support.replies import (
    REPLIES,
    RESPONSES,
    Reply,
    every_json_reply,
    every_reply,
    every_reply_with_objects,
    every_xml_reply,
)

from smswire.documents import Reading, read
from smswire.documents.reading import MAXIMUM
from smswire.schema.model import Ref

DEEP = 3000
HTML = b"<!DOCTYPE html><html><head><title>502</title></head><body><h1>Bad Gateway</h1><br></body></html>"
JUNK = {
    "nothing": b"",
    "blanks": b" \r\n\t ",
    "zero bytes": b"\x00" * 64,
    "an HTML page": HTML,
    "XHTML": b'<html xmlns="http://www.w3.org/1999/xhtml"><body><p>Bad Gateway</p></body></html>',
    "plain text": b"ERROR = 3 (account blocked)",
    "a number": b"201",
    "null": b"null",
    "true": b"true",
    "a string": b'"ok"',
    "an empty object": b"{}",
    "an array of nothing": b"[null]",
    "deep arrays": b"[" * DEEP + b"]" * DEEP,
    "deep objects": b'{"a":' * DEEP + b"1" + b"}" * DEEP,
    "deep elements": b"<a>" * DEEP + b"</a>" * DEEP,
    "unended arrays": b"[" * 1_000_000,
    "unended elements": b"<a>" * 1_000_000,
    "only a declaration": b'<?xml version="1.0" encoding="UTF-8"?>',
    "only a byte order mark": b"\xef\xbb\xbf",
    "another root": b"<other/>",
}
# what is not deep enough for the parser to refuse may still be too deep for what comes after it
DEPTHS = [100, 250, 260, 500, 900, 995, 1100, DEEP]


@contextmanager
def at_once() -> Iterator[None]:
    start = time.process_time()
    yield
    assert time.process_time() - start < 1


def readings(case: Any, body: bytes) -> list[Reading[Any]]:
    with at_once():
        return [read(case.type, body, on_drift=on_drift) for on_drift in ("set_aside", "raise")]


def refused(case: Any, body: bytes) -> bool:
    return all(each.value is None and each.violations and not each.additions for each in readings(case, body))


def declared(reply: Reply, doctype: str, body: bytes | None = None) -> bytes:
    """An XML reply with something between its declaration and its root."""
    whole = reply.body if body is None else body
    start = whole.index(b"?>") + 2 if whole.startswith(b"<?xml") else 0
    return whole[:start] + doctype.encode() + whole[start:]


def root_of(reply: Reply) -> str:
    return str(etree.fromstring(reply.body).tag)


def into_root(reply: Reply, inside: str) -> bytes:
    """An XML reply with something at the end of its root."""
    root = root_of(reply)
    opened = re.sub(rf"(<{root}\b[^<]*)/>\Z", rf"\1></{root}>", reply.body.decode())
    return f"{opened.removesuffix(f'</{root}>')}{inside}</{root}>".encode()


def takes_additions(reply: Reply) -> bool:
    """Whether an element may be added to the root of an XML reply: within a text, it would be a part of it."""
    kind = reply.case.root(root_of(reply))
    assert isinstance(kind, Ref)
    return not reply.case.model.records[kind.name].in_place("text")


@pytest.mark.parametrize("junk", JUNK.values(), ids=JUNK)
@pytest.mark.parametrize("case", RESPONSES, ids=repr)
def test_what_is_no_reply_is_refused(case: Any, junk: bytes) -> None:
    assert refused(case, junk)


@every_reply
def test_no_proper_prefix_of_a_reply_yields_a_value(reply: Reply) -> None:
    assert read(reply.case.type, reply.body).value is not None
    yielding = [
        length
        for length in range(len(reply.body))
        for on_drift in ("set_aside", "raise")
        if read(reply.case.type, reply.body[:length], on_drift=on_drift).value is not None
    ]
    assert yielding == []


@every_reply
@pytest.mark.parametrize(
    "tail", [b"<a/>", b"{}", b"]", b">", b"x", b"\x00", b",", b"<!--", b"\x1a", b"[1]", HTML], ids=repr
)
def test_what_follows_a_reply_is_refused(reply: Reply, tail: bytes) -> None:
    assert refused(reply.case, reply.body + tail)


@every_reply
def test_a_reply_twice_is_refused(reply: Reply) -> None:
    assert refused(reply.case, reply.body + reply.body)
    assert refused(reply.case, reply.body + b"\n" + reply.body)


@every_reply
def test_a_compressed_reply_is_refused(reply: Reply) -> None:
    assert refused(reply.case, gzip.compress(reply.body))


@every_reply
def test_a_reply_beyond_the_cap_is_refused_whatever_it_holds(reply: Reply) -> None:
    filled = reply.body + b" " * (MAXIMUM - len(reply.body))
    assert refused(reply.case, filled + b" ")
    if not reply.is_xml:  # libxml2 refuses so much white space by itself
        assert read(reply.case.type, filled).value is not None


DOCTYPES = {
    "internal": "<!DOCTYPE {root}>",
    "internal, with a default": '<!DOCTYPE {root} [<!ATTLIST {root} res CDATA "0">]>',
    "external": '<!DOCTYPE {root} SYSTEM "file:///etc/hostname">',
    "external, remote": '<!DOCTYPE {root} PUBLIC "-//x" "http://127.0.0.1:9/x.dtd">',
    "parameter entity": '<!DOCTYPE {root} [<!ENTITY % x SYSTEM "file:///etc/hostname"> %x;]>',
    "entity": '<!DOCTYPE {root} [<!ENTITY e "x">]>',
    "external entity": '<!DOCTYPE {root} [<!ENTITY e SYSTEM "file:///etc/hostname">]>',
}
LAUGHS = "".join(f'<!ENTITY e{each} "{f"&e{each - 1};" * 10}">' for each in range(1, 12))


@every_xml_reply
@pytest.mark.parametrize("doctype", DOCTYPES.values(), ids=DOCTYPES)
def test_a_document_type_declaration_is_refused(reply: Reply, doctype: str) -> None:
    assert refused(reply.case, declared(reply, doctype.format(root=root_of(reply))))


@every_xml_reply
@pytest.mark.parametrize("place", ["text", "attribute"])
@pytest.mark.parametrize("doctype", DOCTYPES.values(), ids=DOCTYPES)
def test_an_entity_is_never_expanded(reply: Reply, doctype: str, place: str) -> None:
    inside = "&e;" if place == "text" else '<new new="&e;"/>'
    body = declared(reply, doctype.format(root=root_of(reply)), into_root(reply, inside))
    assert refused(reply.case, body)


@every_xml_reply
@pytest.mark.parametrize("inside", ["&e11;", '<new new="&e11;"/>'])
def test_entities_that_expand_without_end_are_refused_at_once(reply: Reply, inside: str) -> None:
    laughs = f'<!DOCTYPE {root_of(reply)} [<!ENTITY e0 "ha">{LAUGHS}]>'
    assert refused(reply.case, declared(reply, laughs, into_root(reply, inside)))


@every_xml_reply
def test_an_inclusion_includes_nothing(reply: Reply, tmp_path: Path) -> None:
    (tmp_path / "included").write_text("secret")
    for parse in ("text", "xml"):
        namespace = "http://www.w3.org/2001/XInclude"
        inside = f'<i:include xmlns:i="{namespace}" href="{(tmp_path / "included").as_uri()}" parse="{parse}"/>'
        aside, strict = readings(reply.case, into_root(reply, inside))
        assert strict.value is None
        if takes_additions(reply):
            assert aside.value == read(reply.case.type, reply.body).value
            assert [each.kind for each in aside.additions] == ["element"]
        else:
            assert aside.value is None


@every_reply
def test_another_charset_never_changes_what_is_read(reply: Reply) -> None:
    value = read(reply.case.type, reply.body).value
    text = reply.body.decode()
    for charset in ("utf-16", "utf-16-le", "utf-16-be", "utf-32", "utf-8-sig", "cp855"):
        for each in readings(reply.case, text.encode(charset)):
            assert each.value in (None, value)


@every_xml_reply
@pytest.mark.parametrize("charset", ["UTF-16", "UTF-32", "cp037", "bogus", "", "UTF-8\x00"])
def test_a_declared_charset_that_is_not_the_one_used_is_refused(reply: Reply, charset: str) -> None:
    text = reply.body.decode()
    bare = text[text.index("?>") + 2 :] if text.startswith("<?xml") else text
    assert refused(reply.case, f'<?xml version="1.0" encoding="{charset}"?>{bare}'.encode())


@every_reply_with_objects
@pytest.mark.parametrize("depth", DEPTHS)
def test_an_addition_to_json_that_is_deep_does_no_harm(reply: Reply, depth: int) -> None:
    data = json.loads(reply.body)
    objects = data if isinstance(data, list) else [data]
    objects[0]["new"] = "deep"
    body = json.dumps(data).encode().replace(b'"deep"', b"[" * depth + b"]" * depth)
    aside, strict = readings(reply.case, body)
    assert strict.value is None
    assert aside.value in ((None,) if depth == DEEP else (None, read(reply.case.type, reply.body).value))


@every_xml_reply
@pytest.mark.parametrize("depth", DEPTHS)
def test_an_addition_to_xml_that_is_deep_does_no_harm(reply: Reply, depth: int) -> None:
    aside, strict = readings(reply.case, into_root(reply, "<new>" * depth + "</new>" * depth))
    assert strict.value is None
    known = read(reply.case.type, reply.body).value
    assert aside.value == (known if depth <= 255 and takes_additions(reply) else None)


@pytest.mark.parametrize("case", RESPONSES, ids=repr)
@pytest.mark.parametrize("item", ["1", "{}", '{"new":[]}', "<new/>", '<push a="" b=""/>', "<answer/>"])
def test_a_reply_of_nothing_but_violations_is_refused_at_once(case: Any, item: str) -> None:
    bodies = [f"<{root}>{item * 30_000}</{root}>" for root in case.model.elements]
    for body in bodies or [f"[{','.join([item] * 30_000)}]"]:
        with at_once():
            reading = read(case.type, body.encode(), on_drift="raise")
        assert reading.value is None
        assert reading.violations


@every_xml_reply
def test_an_integer_of_more_digits_than_python_reads_is_no_crash(reply: Reply) -> None:
    for digit in b"0123456789":
        body = reply.body.replace(bytes([digit]), bytes([digit]) * 5000)
        readings(reply.case, body)


@every_json_reply
@pytest.mark.parametrize("number", ["1e41", "-1E+400", "1e999999999", "1e-999999999", "0e99999", "9" * 5000])
def test_a_number_that_would_fill_the_memory_is_refused_at_once(reply: Reply, number: str) -> None:
    body = re.sub(rb"(?<=: )-?[0-9]+(?=[,}])", number.encode(), json.dumps(json.loads(reply.body)).encode())
    if body != json.dumps(json.loads(reply.body)).encode():
        assert refused(reply.case, body)


def test_there_are_replies_of_both_formats() -> None:
    assert {each.is_xml for each in REPLIES} == {True, False}
    assert {str(each.case) for each in REPLIES} == {str(case) for case in RESPONSES}
