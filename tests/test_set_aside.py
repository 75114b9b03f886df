"""What a reply adds is set aside and named; what it lacks, or has of two alternatives, is never tolerated."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from itertools import product
from typing import Any

import pytest
from attrs import frozen
from lxml import etree
from support import examples, raw_xml
from support.cases import Case
from support.replies import OBJECTS, REPLIES, RESPONSES, Reply, every_reply_with_objects, every_xml_reply

from smswire.documents import Finding, read, write
from smswire.schema.model import Alternative, Field, Record, Ref, Union

Xml = Callable[[Any], Finding]


def path_of(element: Any) -> str:
    """Path of an element, counted by name below the root."""
    parent = element.getparent()
    if parent is None:
        return f"/{element.tag}"
    number = 1 + sum(1 for each in element.itersiblings(element.tag, preceding=True))
    return f"{path_of(parent)}/{element.tag}[{number}]"


def new_attribute(element: Any) -> Finding:
    element.set("new", "x")
    return Finding("attribute", f"{path_of(element)}/@new")


def foreign_attribute(element: Any) -> Finding:
    element.set("{urn:new}new", "x")
    return Finding("attribute", f"{path_of(element)}/@?")


def first_element(element: Any) -> Finding:
    new = etree.Element("new")
    new.text = "x"
    element.insert(0, new)
    return Finding("element", f"{path_of(element)}/new[1]")


def last_element(element: Any) -> Finding:
    etree.SubElement(etree.SubElement(element, "new", res="-1"), "new").text = "x"
    return Finding("element", f"{path_of(element)}/new[1]")


def changes(reply: Reply, change: Xml, *, text: bool) -> Iterator[tuple[bytes, Finding]]:
    """The reply with a change at each of its elements, those whose content is text or the others."""
    number = len(list(etree.fromstring(reply.body).iter()))
    for index in range(number):
        root = etree.fromstring(reply.body)
        element, _, kind = list(raw_xml.places(reply.case, root))[index]
        if (kind is not None) is text:
            finding = change(element)
            yield etree.tostring(root), finding


def assert_set_aside(reply: Reply, body: bytes, findings: list[Finding]) -> None:
    reading = read(reply.case.type, body)
    assert reading.value == read(reply.case.type, reply.body).value
    assert sorted(reading.additions, key=repr) == sorted(findings, key=repr)
    assert_refused(reply.case, body, "raise")


def assert_refused(case: Case, body: bytes, *modes: Any) -> None:
    for on_drift in modes or ("set_aside", "raise"):
        reading = read(case.type, body, on_drift=on_drift)
        assert reading.value is None
        assert reading.violations
        assert reading.additions == ()


@every_xml_reply
@pytest.mark.parametrize("change", [new_attribute, foreign_attribute])
def test_an_added_attribute_is_set_aside(reply: Reply, change: Xml) -> None:
    for text in (True, False):
        for body, finding in changes(reply, change, text=text):
            assert_set_aside(reply, body, [finding])


@every_xml_reply
@pytest.mark.parametrize("change", [first_element, last_element])
def test_an_added_element_is_set_aside(reply: Reply, change: Xml) -> None:
    for body, finding in changes(reply, change, text=False):
        assert_set_aside(reply, body, [finding])


@every_xml_reply
@pytest.mark.parametrize("change", [first_element, last_element])
def test_an_element_within_a_text_is_no_addition(reply: Reply, change: Xml) -> None:
    for body, _ in changes(reply, change, text=True):
        assert_refused(reply.case, body)


@every_xml_reply
def test_a_text_beside_elements_is_no_addition(reply: Reply) -> None:
    for body, _ in changes(reply, last_element, text=False):
        assert_refused(reply.case, body.replace(b"</new></new>", b"</new></new>x"))
        assert_refused(reply.case, body.replace(b"<new ", b"x<new ", 1))


def objects(data: Any, pointer: str = "") -> Iterator[tuple[str, dict[str, Any]]]:
    """Every object within JSON data, with its pointer."""
    if isinstance(data, dict):
        yield pointer, data
    items = data.items() if isinstance(data, dict) else enumerate(data) if isinstance(data, list) else ()
    for key, value in items:
        yield from objects(value, f"{pointer}/{key}")


@every_reply_with_objects
@pytest.mark.parametrize("value", [1, "x", None, [], {"a": [{}]}, [[1]]], ids=repr)
def test_an_added_key_is_set_aside(reply: Reply, value: Any) -> None:
    for pointer, _ in objects(json.loads(reply.body)):
        data = json.loads(reply.body)
        dict(objects(data))[pointer]["new"] = value
        assert_set_aside(reply, json.dumps(data).encode(), [Finding("key", f"{pointer}/new")])


@pytest.mark.parametrize("reply", [each for each in REPLIES if each.is_xml or each in OBJECTS], ids=repr)
def test_additions_everywhere_are_all_named(reply: Reply) -> None:
    if reply.is_xml:
        root = etree.fromstring(reply.body)
        findings = [new_attribute(each) for each in root.iter()]
        body = etree.tostring(root)
    else:
        data = json.loads(reply.body)
        findings = [Finding("key", f"{pointer}/{key}") for pointer, _ in objects(data) for key in ("new", "?")]
        for _, each in list(objects(data)):
            each.update({"new": {}, "ключ": 1})
        body = json.dumps(data).encode()
    assert_set_aside(reply, body, findings)


@frozen(repr=False)
class Lack:
    """A field that a reply's record requires, or that one of the alternatives of a choice does."""

    case: Case
    record: Record
    field: Field
    alternative: Alternative | None = None

    def __repr__(self) -> str:
        return f"{self.case}:{self.record.name}.{self.field.name}"

    def bodies(self) -> Iterator[bytes]:
        """The full documents that have the field, without it."""
        for root in examples.roots(self.case):
            body = write(self.case.type, root)
            lacking = self._from_xml(body) if self.case.type.format == "xml" else self._from_json(body)
            if lacking is not None:
                yield lacking

    def _from_xml(self, body: bytes) -> bytes | None:
        root = etree.fromstring(body)
        places = raw_xml.places(self.case, root)
        wanted = set(self.alternative.fields if self.alternative else ())
        holders = [
            element
            for element, record, _ in places
            if record == self.record and wanted <= {child.tag for child in element}
        ]
        for each in holders:
            if self.field.place == "attribute":
                del each.attrib[self.field.name]
            else:
                each[:] = [child for child in each if child.tag != self.field.name]
        return etree.tostring(root) if holders else None

    def _from_json(self, body: bytes) -> bytes | None:
        data = json.loads(body)
        holders = [each for _, each in objects(data) if set(each) == {field.name for field in self.record.fields}]
        for each in holders:
            del each[self.field.name]
        return json.dumps(data).encode() if holders else None


LACKS = [
    Lack(case, record, field)
    for case in RESPONSES
    for record in case.records
    for field in record.fields
    if field.minimum and field.place != "text"
]
LACKS += [
    Lack(case, record, field, alternative)
    for case in RESPONSES
    for record in case.records
    for choice in record.choices
    for alternative in choice.alternatives
    for field in record.fields
    if field.name in alternative.required and not (choice.optional and len(alternative.fields) == 1)
]


UNIONS = [each for each in RESPONSES if isinstance(each.model.root, Union) and each.type.format == "json"]


@pytest.mark.parametrize("lack", LACKS, ids=repr)
def test_what_a_reply_lacks_is_never_tolerated(lack: Lack) -> None:
    bodies = list(lack.bodies())
    assert bodies
    for body in bodies:
        assert_refused(lack.case, body)


@pytest.mark.parametrize("case", UNIONS, ids=repr)
def test_a_reply_with_marks_of_two_alternatives_is_neither(case: Case) -> None:
    names = {each.name for each in case.alternatives if isinstance(each, Ref)}
    records = [case.model.records[name] for name in sorted(names)]
    for one, other in product(records, records):
        marks = [each for each in other.fields if each.minimum and each.name not in {f.name for f in one.fields}]
        for mark in marks if one != other else ():
            for full in (True, False):
                data = case.type.dump(examples.record(case, one.name, full=full))
                mixed = data | {mark.name: examples.of_field(case, mark)}
                assert_refused(case, json.dumps(mixed, default=str).encode())
                assert_refused(case, json.dumps(dict(reversed(mixed.items())), default=str).encode())
