"""What libxml2 finds wrong with a schema, told apart: a document that is no XSD at all, and what can be compared still.

libxml2 is stricter than XSD 1.0 in places, and knows neither XSD 1.1 nor what it could not load. Only what breaks the
grammar of schema documents, and what a schema document may not say whatever it refers to, is taken as its word.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path
from typing import Final

from attrs import frozen

from smswire.diff import patterns
from smswire.diff.errors import UnreadableSchema
from smswire.diff.patterns import Pattern
from smswire.diff.xsd import simpletypes
from smswire.diff.xsd.names import XS, Node, children, kind
from smswire.diff.xsd.schema import Schema
from smswire.diff.xsd.simple.accepting import accepts
from smswire.diff.xsd.sources import Source


@frozen
class Complaint:
    """One error of libxml2, `code` as it names it."""

    file: str
    line: int
    code: str
    text: str


_LONGEST: Final = 300
_VERSIONS: Final = "{http://www.w3.org/2007/XMLSchema-versioning}minVersion"
_LATER: Final = {"assert", "assertion", "alternative", "openContent", "defaultOpenContent", "override"} | {
    "explicitTimezone"
}
_LATER_ATTRIBUTES: Final = {
    "notQName",
    "notNamespace",
    "inheritable",
    "defaultAttributes",
    "defaultAttributesApply",
} | {
    "xpathDefaultNamespace",
    _VERSIONS,
}
_TOLD: Final = {
    "block",
    "blockDefault",
    "form",
    "elementFormDefault",
    "attributeFormDefault",
    "abstract",
    "mixed",
    "nillable",
    "minOccurs",
    "maxOccurs",
    "processContents",
}
"""The attributes whose values are words; of names and addresses libxml2 has views of its own."""

_COUNT: Final = re.compile(r"0|\+\d+|\d{9,}")
_ATTRIBUTE: Final = re.compile(r"attribute '([^']+)': The value '([^']*)'")


def refusal(schema: Schema, complaints: Iterable[Complaint]) -> UnreadableSchema | None:
    """Why a schema is none, in libxml2's words. None: it can be compared all the same."""
    found = next((each for each in complaints if _counts(schema, each)), None)
    if found is None or any(_later(each) for source in schema.library.sources for each in source.root.iter()):
        return None
    words = found.text.replace(f"{{{XS}}}", "xs:").strip()[:_LONGEST]
    source = _source(schema, found)
    return UnreadableSchema(source.file if source else schema.file, found.line, f"is no XSD 1.0 schema: {words}")


def _counts(schema: Schema, complaint: Complaint) -> bool:
    if complaint.code in _ALWAYS:
        return True
    judge = _SOMETIMES.get(complaint.code)
    return judge is not None and judge(schema, complaint)


def _word(schema: Schema, complaint: Complaint) -> bool:
    del schema
    found = _ATTRIBUTE.search(complaint.text)
    # what is too great a count for libxml2, or has a sign, is a count none the less
    return found is not None and found[1] in _TOLD and not _COUNT.fullmatch(found[2].strip())


def _doubled(schema: Schema, complaint: Complaint) -> bool:
    source = _source(schema, complaint)
    return source is not None and (source.file, complaint.line) in schema.library.doubled


def _expression(schema: Schema, complaint: Complaint) -> bool:
    return any(
        patterns.unsupported(Pattern(each.get("value", ""), "xsd")) is not None
        for _, each in _nodes(schema, complaint, "pattern")
    )


def _value(schema: Schema, complaint: Complaint) -> bool:
    for source, each in _nodes(schema, complaint, "enumeration"):
        parent = each.getparent()
        above = None if parent is None else parent.getparent()
        if parent is None or above is None or kind(above) != "simpleType":
            continue
        if accepts(simpletypes.base(schema, parent, source), each.get("value", "")) is False:
            return True
    return False


def _says(words: str) -> Callable[[Schema, Complaint], bool]:
    return lambda _, complaint: words in complaint.text


def _nodes(schema: Schema, complaint: Complaint, what: str) -> Iterator[tuple[Source, Node]]:
    source = _source(schema, complaint)
    if source is None:
        return
    for each in source.root.iter(f"{{{XS}}}{what}"):
        if each.sourceline == complaint.line:
            yield source, each


def _source(schema: Schema, complaint: Complaint) -> Source | None:
    try:
        wanted = Path(complaint.file).resolve()
    except (OSError, ValueError):
        return None
    return next((each for each in schema.library.sources if each.path.resolve() == wanted), None)


def _later(node: Node) -> bool:
    """Whether a node is of XSD 1.1."""
    what = kind(node)
    if not what:
        return False
    return (
        what in _LATER
        or not _LATER_ATTRIBUTES.isdisjoint(node.attrib)
        or (what in ("element", "attribute") and node.get("targetNamespace") is not None)
        or (what == "all" and bool(children(node, "any", "group")))
        or " " in (node.get("substitutionGroup") or "").strip()
    )


_ALWAYS: Final = {
    "SCHEMAP_S4S_ELEM_NOT_ALLOWED",
    "SCHEMAP_S4S_ELEM_MISSING",
    "SCHEMAP_S4S_ATTR_NOT_ALLOWED",
    "SCHEMAP_S4S_ATTR_MISSING",
    "SCHEMAP_INVALID_ATTR_USE",
    "SCHEMAP_P_PROPS_CORRECT_2_1",
    "SCHEMAP_SRC_ATTRIBUTE_1",
    "SCHEMAP_SRC_ATTRIBUTE_2",
    "SCHEMAP_SRC_ATTRIBUTE_3_1",
    "SCHEMAP_SRC_ATTRIBUTE_3_2",
    "SCHEMAP_SRC_ATTRIBUTE_4",
    "SCHEMAP_SRC_ELEMENT_1",
    "SCHEMAP_SRC_ELEMENT_2_1",
    "SCHEMAP_SRC_ELEMENT_2_2",
    "SCHEMAP_SRC_ELEMENT_3",
    "SCHEMAP_SRC_RESTRICTION_BASE_OR_SIMPLETYPE",
    "SCHEMAP_SRC_LIST_ITEMTYPE_OR_SIMPLETYPE",
    "SCHEMAP_SRC_UNION_MEMBERTYPES_OR_SIMPLETYPES",
}
_FORBIDDEN_FACET: Final = _says("is not allowed on types derived from")
_SOMETIMES: Final[Mapping[str, Callable[[Schema, Complaint], bool]]] = {
    "SCHEMAP_S4S_ATTR_INVALID_VALUE": _word,
    "SCHEMAP_REDEFINED_TYPE": _doubled,
    "SCHEMAP_REDEFINED_GROUP": _doubled,
    "SCHEMAP_REDEFINED_ATTR": _doubled,
    "SCHEMAP_REDEFINED_ELEMENT": _doubled,
    "SCHEMAP_REDEFINED_ATTRGROUP": _doubled,
    "SCHEMAP_REGEXP_INVALID": _expression,
    "SCHEMAP_INVALID_FACET_VALUE": _value,
    "SCHEMAP_COS_ST_RESTRICTS_1_3_1": _FORBIDDEN_FACET,
    "SCHEMAP_COS_ST_RESTRICTS_2_3_2_4": _FORBIDDEN_FACET,
    "SCHEMAP_COS_ST_RESTRICTS_3_3_2_4": _FORBIDDEN_FACET,
    "SCHEMAP_AG_PROPS_CORRECT": _says("Duplicate attribute use"),
    "SCHEMAP_COS_ALL_LIMITED": _says("Invalid value for maxOccurs"),
}
