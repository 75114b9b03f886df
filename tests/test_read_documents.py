"""Reading is what the formal schema says: a document has a value if and only if the schema takes it.

The judges are lxml's XMLSchema and jsonschema-rs, used without smswire; the values are xsdata's and the standard
library's.
"""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import parse_qsl

import pytest
from hypothesis import Phase, find, given, settings
from hypothesis import strategies as st
from lxml import etree
from support import examples, oracles, raw_plain, raw_xml, spellings
from support.cases import Case, every_document

from smswire.documents import read, write
from smswire.schema.model import Array

RAW = {"xml": raw_xml.documents, "json": raw_plain.json_documents, "form": raw_plain.forms}


def raw_documents(case: Case) -> st.SearchStrategy[bytes]:
    return RAW[case.type.format](case)


def assert_read_as_judged(case: Case, body: bytes) -> None:
    """A document has the value that others read if its schema takes it, and else none."""
    reading = read(case.type, body, on_drift="raise")
    valid = oracles.valid(case, body)
    assert (reading.value is not None) is valid
    assert (reading.violations == ()) is valid
    assert reading.additions == ()
    if not valid:
        return
    if case.type.format == "xml":
        assert reading.value == oracles.by_xsdata(case, body)
    else:
        assert oracles.as_plain(case, reading.value) == oracles.plain(case, body)
    # the binder builds past the checks of the classes, which must find nothing
    assert oracles.rebuilt(reading.value) == reading.value
    assert read(case.type, write(case.type, reading.value), on_drift="raise").value == reading.value


@every_document
@given(data=st.data())
def test_a_document_changed_at_random_is_read_as_judged(case: Case, data: st.DataObject) -> None:
    assert_read_as_judged(case, data.draw(raw_documents(case)))


@every_document
@given(data=st.data())
def test_what_is_set_aside_leaves_a_valid_document(case: Case, data: st.DataObject) -> None:
    body = data.draw(raw_documents(case))
    reading = read(case.type, body)
    assert (reading.value is None) is bool(reading.violations)
    if reading.value is None:
        return
    assert bool(reading.additions) is not oracles.valid(case, body)
    assert oracles.valid(case, write(case.type, reading.value))
    assert oracles.rebuilt(reading.value) == reading.value


@every_document
@pytest.mark.parametrize("valid", [True, False], ids=["valid", "invalid"])
def test_the_strategies_make_documents_of_both_kinds(case: Case, valid: bool) -> None:
    quick = settings(database=None, phases=[Phase.generate], max_examples=200)
    find(raw_documents(case), lambda body: oracles.valid(case, body) is valid, settings=quick)


@every_document
def test_every_value_is_read_as_judged_however_it_is_spelled(case: Case) -> None:
    seen = 0
    for root in examples.roots(case):
        for body in SPELLED[case.type.format](case, write(case.type, root)):
            seen += 1
            assert_read_as_judged(case, body)
    assert seen


def _spelled_xml(case: Case, body: bytes) -> Iterator[bytes]:
    for index, (_, record, kind) in enumerate(raw_xml.places(case, etree.fromstring(body))):
        root = etree.fromstring(body)
        element = list(root.iter())[index]
        for each in record.in_place("attribute") if record else ():
            kept = element.get(each.name)
            for text in raw_xml.spelled(each.type):
                element.set(each.name, text)
                yield raw_xml.dumped(root)
            element.set(each.name, kept)
        for text in raw_xml.spelled(kind) if kind else ():
            element.text = text
            yield raw_xml.dumped(root)


def _spelled_json(case: Case, body: bytes) -> Iterator[bytes]:
    whole = [raw_plain.changeable(oracles.parse_json(body))]
    for container, record, items in raw_plain.places(case, whole, [Array(case.model.root)]):
        for index, kept in enumerate(list(container)):
            if isinstance(container, raw_plain.Pairs):
                field = raw_plain.field_of(record, kept[0])
                kind = field.type if field else None
            else:
                kind = next(iter(items), None)
            for text in raw_plain.spelled(kind):
                container[index] = (kept[0], text) if isinstance(container, raw_plain.Pairs) else text
                yield raw_plain.dumped(whole[0]).encode("utf-8", "replace")
            container[index] = kept


def _spelled_form(case: Case, body: bytes) -> Iterator[bytes]:
    pairs = parse_qsl(body.decode(), keep_blank_values=True)
    for index, (key, _) in enumerate(pairs):
        field = raw_plain.field_of(case.records[0], key)
        for text in spellings.of(field.type if field else None):
            changed = [*pairs[:index], (key, text), *pairs[index + 1 :]]
            yield raw_plain.encoded(changed).encode()
    yield from (body.replace(b"=", each, 1) for each in (b"", b"==", b"%3D", b"&", b";", b"=%FF", b"=%", b"=\xff"))
    yield from (b"", b"&", b"=", b"a", b"&" + body, body + b"&", body + b"&" + body, body.replace(b"&", b"&&"))


SPELLED = {"xml": _spelled_xml, "json": _spelled_json, "form": _spelled_form}
