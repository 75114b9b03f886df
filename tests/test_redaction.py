"""Sensitive values are in no repr, and no value of a document is in what is said about its violations."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import replace
from itertools import islice, product
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree
from support import examples, oracles, raw_xml
from support.cases import CASES, DOCUMENTS, Case, every_document, of_format
from test_read_documents import raw_documents

from smswire.documents import Reading, read, write
from smswire.documents.reading import Spelling
from smswire.schema.model import Array, Field, Scalar, Union
from smswire_codegen.names import attribute_of

CANARY = "Kanarienvogel8461"
# values that look like the words in which libxml2 names attributes, patterns and limits
QUOTED = f"Element 'x', attribute '{CANARY}': The attribute '{CANARY}'"
ENDING = f"'x' is not accepted by the pattern '{CANARY}'. Expected is ( {CANARY} )."


def has_text(field: Field) -> bool:
    kind = field.type.items if isinstance(field.type, Array) else field.type
    members = kind.members if isinstance(kind, Union) else (kind,)
    return any(isinstance(each, Scalar) and each.base == "string" for each in members)


def with_canary(case: Case, field: Field) -> Any:
    """A value of a text field that has the canary in it, whatever the facets say."""
    return (CANARY,) if field.repeated or isinstance(field.type, Array) else CANARY


@every_document
def test_sensitive_fields_are_hidden_and_others_shown(case: Case) -> None:
    for record in case.records:
        for field in examples.settable(record):
            if not has_text(field):
                continue
            document = case.cls(record.name)(**examples.arguments(case, record, full=True, held=field.name))
            object.__setattr__(document, attribute_of(field), with_canary(case, field))
            for told in (repr(document), str(document), f"{document}", f"{(document,)}"):
                assert (CANARY in told) is not field.sensitive
                assert (f"{attribute_of(field)}=<hidden>" in told) is field.sensitive


def test_something_is_sensitive_in_each_request() -> None:
    for case in CASES:
        if case.type.direction == "request":
            assert any(field.sensitive for _, field in case.model.fields()), case


@every_document
def test_a_sensitive_value_is_hidden_in_what_encloses_it(case: Case) -> None:
    told = ""
    for root in examples.roots(case):
        for each in root if isinstance(root, tuple) else (root,):
            _plant(case, each)
        told += repr(root)
    assert CANARY not in told


def _plant(case: Case, document: Any) -> None:
    """Put the canary into every sensitive field of a document, at any depth."""
    for field in case.model.records[type(document).__name__].fields:
        value = getattr(document, attribute_of(field))
        for each in value if isinstance(value, tuple) else (value,):
            if type(each).__name__ in case.model.records:
                _plant(case, each)
        if field.sensitive:
            object.__setattr__(document, attribute_of(field), CANARY)


def attacked(case: Case) -> Iterator[bytes]:
    """Valid documents with the canary in place of each of their values in turn, and broken off after it."""
    for root in examples.roots(case):
        body = write(case.type, root)
        for canary in (CANARY, QUOTED, ENDING, CANARY * 20):
            for each in (
                _attacked_xml(body, canary) if case.type.format == "xml" else _attacked_plain(case, body, canary)
            ):
                yield each
                yield each[: each.find(CANARY.encode()) + len(CANARY)]


def _attacked_xml(body: bytes, canary: str) -> Iterator[bytes]:
    for index, element in enumerate(etree.fromstring(body).iter()):
        for name in [*element.attrib, "new", None]:
            root = etree.fromstring(body)
            place = list(root.iter())[index]
            if name is None:
                place.text = canary
            else:
                place.set(name, canary)
            yield etree.tostring(root)


def _attacked_plain(case: Case, body: bytes, canary: str) -> Iterator[bytes]:
    if case.type.format == "form":
        pairs = [each.split(b"=") for each in body.split(b"&")]
        for index, (key, _) in enumerate(pairs):
            attacked = [*pairs[:index], [key, canary.encode()], *pairs[index + 1 :]]
            yield b"&".join(b"=".join(each) for each in attacked)
        return
    for path in _paths(oracles.parse_json(body)):
        data = oracles.parse_json(body)
        inner = data
        for step in path[:-1]:
            inner = inner[step]
        inner[path[-1]] = canary
        yield json.dumps(data, default=str).encode()


def _paths(data: Any) -> Iterator[tuple[Any, ...]]:
    items = data.items() if isinstance(data, dict) else enumerate(data) if isinstance(data, list) else ()
    for key, value in items:
        yield (key,)
        yield from ((key, *rest) for rest in _paths(value))


@every_document
@pytest.mark.parametrize("on_drift", ["set_aside", "raise"])
def test_no_value_of_a_document_is_in_its_violations(case: Case, on_drift: Any) -> None:
    refused = 0
    for body in attacked(case):
        refused += _silent(read(case.type, body, on_drift=on_drift))
    assert refused


def _silent(reading: Reading[Any]) -> bool:
    """Whether a document was refused; nothing that a reading says of it has the canary."""
    told = [*map(repr, reading.violations), *map(str, reading.violations), repr(reading), repr(reading.additions)]
    assert CANARY not in "".join(told)
    return reading.value is None


# 0x98 is in neither UTF-8 nor windows-1251, and no charset is called after the canary
SPELLINGS = [
    Spelling(charsets=("utf-8", "windows-1251")),
    Spelling(charsets=("windows-1251",)),
    Spelling(declared="windows-1251"),
    Spelling(declared="utf-8"),
    Spelling(declared=CANARY),
]


@every_document
@pytest.mark.parametrize("spelling", SPELLINGS, ids=lambda it: it.declared or "-".join(it.charsets))
def test_no_value_of_a_document_that_is_no_text_is_told(case: Case, spelling: Spelling) -> None:
    """Python's errors about undecodable bytes hold them all."""
    for body in islice(attacked(case), 0, None, 8):  # each value once
        place = body.find(CANARY.encode()) + len(CANARY)
        assert _silent(read(case.type, body[:place] + b"\x98" + body[place:], spelling=spelling))


TEXT_FORMS = [
    pytest.param(case, name, path, id=f"{name}-{path.name}")
    for case in CASES
    for name in case.type.text_forms
    for path in sorted((DOCUMENTS / case.type.provider).glob("*.txt"))
]


@pytest.mark.parametrize(("case", "form", "path"), TEXT_FORMS)
def test_no_value_of_a_text_is_in_its_violations(case: Case, form: str, path: Path) -> None:
    """Of each text, whether it is of this form or not, with the canary in place of each of its words in turn."""
    text = path.read_bytes().decode("windows-1251" if "cp1251" in path.name else "utf-8")
    refused = 0
    for word in re.finditer(r"[\w.:-]+", text):
        spoiled = text[: word.start()] + CANARY + text[word.end() :]
        for each in (spoiled, spoiled[: word.start() + len(CANARY)]):
            refused += _silent(read(case.type, each.encode(), spelling=Spelling(text_form=form)))
    assert refused or not text.strip()


def test_every_form_without_markup_is_tried() -> None:
    tried = {(each.values[0].type.name, each.values[1]) for each in TEXT_FORMS}
    assert tried == {(case.type.name, name) for case in CASES for name in case.type.text_forms}
    assert tried


@pytest.mark.parametrize("case", of_format("xml"), ids=repr)
def test_a_violation_names_the_attribute_it_is_about(case: Case) -> None:
    for record, field in case.model.fields():
        if field.place != "attribute" or not _refusable(field):
            continue
        trees = [etree.fromstring(write(case.type, root)) for root in examples.roots(case)]
        holding = [tree for tree in trees if any(it == record for _, it, _ in raw_xml.places(case, tree))]
        assert holding
        for tree in holding:
            for element in [each for each in tree.iter() if field.name in each.attrib]:
                element.set(field.name, QUOTED * 20)
            violations = read(case.type, etree.tostring(tree)).violations
            assert any(f"(attribute {field.name})" in each.problem for each in violations), record


def _refusable(field: Field) -> bool:
    """Whether the canary breaks the type of a field."""
    if field.fixed is not None:
        return True
    members = field.type.members if isinstance(field.type, Union) else (field.type,)
    return all(
        isinstance(each, Scalar)
        and (each.base != "string" or each.facets.max_length is not None or each.facets.patterns)
        for each in members
    )


@pytest.mark.parametrize(
    ("kind", "value"),
    [*product(["xs:integer", "xs:decimal", "xs:boolean", "Short", "Digits"], [CANARY, QUOTED, ENDING])],
)
def test_a_value_within_an_element_is_not_taken_for_a_name(tmp_path: Path, kind: str, value: str) -> None:
    schema = tmp_path / "x.response.xsd"
    schema.write_text(
        '<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema"><xs:element name="result"><xs:complexType><xs:sequence>'
        f'<xs:element name="value" type="{kind}"/></xs:sequence></xs:complexType></xs:element>'
        '<xs:simpleType name="Short"><xs:restriction base="xs:string"><xs:maxLength value="3"/></xs:restriction>'
        '</xs:simpleType><xs:simpleType name="Digits"><xs:restriction base="xs:string"><xs:pattern value="[0-9]"/>'
        "</xs:restriction></xs:simpleType></xs:schema>"
    )
    document = replace(of_format("xml")[0].type, schema=str(schema))
    reading = read(document, f"<result><value>{value}</value></result>".encode(), on_drift="raise")
    assert reading.violations
    assert CANARY not in repr(reading)


@every_document
@given(data=st.data())
def test_violations_are_in_words(case: Case, data: st.DataObject) -> None:
    for each in read(case.type, data.draw(raw_documents(case)), on_drift="raise").violations:
        assert "cvc_" not in each.problem
        assert "keyword" not in each.problem
