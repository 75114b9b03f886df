"""Strategies of XML documents as a stranger sends them: of the right shape, then changed in up to three ways."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from copy import deepcopy
from typing import Any

from hypothesis import strategies as st
from lxml import etree

from smswire.documents import write
from smswire.schema.model import Record, Ref, Type
from support import instances, oracles, spellings
from support.cases import CASES, Case
from support.damage import damaged

XSI = "{http://www.w3.org/2001/XMLSchema-instance}"
UNKNOWN_ATTRIBUTES = ["new", "{urn:new}new", f"{XSI}nil", f"{XSI}noNamespaceSchemaLocation", "xmlns"]
# what a tree cannot hold stands in it as a character of its own
MARKUP = {
    "\ue000": "&#0;",
    "\ue001": "&#9;",
    "\ue002": "&#10;",
    "\ue003": "&#13;",
    "\ue004": "&new;",
    "\ue005": "\t",
    "\ue006": "&#x1F600;",
    "\ue007": "&#xD800;",
    "\ue008": "\r\n",
}
ROOTS = sorted({each for case in CASES for each in case.model.elements})
MARKS = [*MARKUP, "5\ue002", "\ue0015", "\ue0055"]
Place = tuple[Any, Record | None, Type | None]
Draw = Callable[[st.SearchStrategy[Any]], Any]


def places(case: Case, root: Any) -> Iterator[Place]:
    """Every element with its record, or the type of its text, where the schema knows it."""
    yield from _places(case, root, case.root(root.tag))


def _places(case: Case, element: Any, kind: Type | None) -> Iterator[Place]:
    record = case.model.records[kind.name] if isinstance(kind, Ref) else None
    texts = [] if record is None else [each.type for each in record.in_place("text")]
    yield element, record, next(iter(texts), None) if isinstance(kind, Ref) else kind
    for child in element.iterchildren(etree.Element):
        fields = [] if record is None else [each for each in record.in_place("element") if each.name == child.tag]
        yield from _places(case, child, fields[0].type if fields else None)


def spelled(kind: Type | None) -> list[str]:
    """Texts for a value of a type, most of them wrong."""
    return [*spellings.of(kind), *MARKS]


def _text(draw: Draw, kind: Type | None) -> str:
    return draw(st.sampled_from(spelled(kind)))


def change_attribute(draw: Draw, place: Place) -> None:
    element, record, _ = place
    if record is not None and (attributes := record.in_place("attribute")):
        field = draw(st.sampled_from(attributes))
        element.set(field.name, _text(draw, field.type))


def drop_attribute(draw: Draw, place: Place) -> None:
    if names := sorted(place[0].attrib):
        del place[0].attrib[draw(st.sampled_from(names))]


def add_attribute(draw: Draw, place: Place) -> None:
    place[0].set(draw(st.sampled_from(UNKNOWN_ATTRIBUTES)), _text(draw, None))


def change_text(draw: Draw, place: Place) -> None:
    place[0].text = _text(draw, place[2])


def add_tail(draw: Draw, place: Place) -> None:
    if place[0].getparent() is not None:
        place[0].tail = _text(draw, None)


def add_note(draw: Draw, place: Place) -> None:
    note = draw(st.sampled_from([etree.Comment("note"), etree.ProcessingInstruction("note", "x")]))
    note.tail = place[0].text
    place[0].insert(0, note)


def add_element(draw: Draw, place: Place) -> None:
    element, record, _ = place
    names = [] if record is None else [each.name for each in record.in_place("element")]
    child = etree.Element(draw(st.sampled_from([*names, "new", "{urn:new}new"])))
    element.insert(draw(st.integers(0, len(element))), child)


def drop_element(draw: Draw, place: Place) -> None:
    if (parent := place[0].getparent()) is not None:
        parent.remove(place[0])


def repeat_element(draw: Draw, place: Place) -> None:
    for _ in range(draw(st.sampled_from([1, 2, 249, 250]))):
        if place[0].getparent() is not None:
            place[0].addnext(deepcopy(place[0]))


def move_element(draw: Draw, place: Place) -> None:
    if (parent := place[0].getparent()) is not None:
        parent.insert(draw(st.integers(0, len(parent))), place[0])


def rename_element(draw: Draw, place: Place) -> None:
    place[0].tag = draw(st.sampled_from(["new", "sms", *ROOTS, "{urn:new}" + etree.QName(place[0]).localname]))


CHANGES = [change_attribute, change_attribute, change_text, drop_attribute, add_attribute, add_tail, add_note]
CHANGES += [add_element, drop_element, repeat_element, move_element, rename_element]


def dumped(root: Any) -> bytes:
    """The document's bytes, with markup in place of the characters that stand for it."""
    text = etree.tostring(root, encoding="unicode")
    for mark, markup in MARKUP.items():
        text = text.replace(mark, markup)
    return text.encode()


@st.composite
def documents(draw: Draw, case: Case) -> bytes:
    """Bytes of documents, some of which keep to their schema."""
    root = oracles.parse_xml(write(case.type, draw(instances.documents(case)))).getroot()
    for _ in range(draw(st.sampled_from([0, 1, 1, 1, 2, 3]))):
        place = draw(st.sampled_from(list(places(case, root))))
        draw(st.sampled_from(CHANGES))(draw, place)
    return damaged(draw, dumped(root))
