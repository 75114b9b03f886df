"""The formal schemas as validators: libxml2's for XSD, jsonschema-rs for JSON Schema, one of each per thread.

libxml2's error log is shared by every thread that uses an `XMLSchema`, which mixes up reports and may leak them.
Messages of both libraries quote the value; ours are made from the place and the kind of the violation.
"""

from __future__ import annotations

import json
import re
import threading
from itertools import islice
from typing import TYPE_CHECKING, Any, cast

from lxml import etree

from smswire.documents.set_aside import NAME
from smswire.documents.xml_input import Element
from smswire_documents._runtime.description import DocumentType
from smswire_documents._runtime.locate import schemas

if TYPE_CHECKING:
    import jsonschema_rs


class _Loaded(threading.local):
    def __init__(self) -> None:
        self.xml: dict[str, etree.XMLSchema] = {}
        self.json: dict[str, jsonschema_rs.Draft202012Validator] = {}


_loaded = _Loaded()
_MOST_ELEMENTS = 5_000
_MOST_VALUES = 25_000
"""Size of the largest document whose violations are explained one by one."""
_UNEXPLAINED = "breaks its schema somewhere, and is too large to say where"


def schema_of(document: DocumentType[Any]) -> etree.XMLSchema:
    """The schema of an XML document, this thread's own."""
    schema = _loaded.xml.get(document.schema)
    if schema is None:
        schema = _loaded.xml[document.schema] = etree.XMLSchema(file=str(schemas() / document.schema))
    return schema


def violations_of_xml(document: DocumentType[Any], root: Element) -> list[tuple[str, str, int]]:
    """What in a parsed XML document breaks its schema: path, what is wanted there, and line. Empty when valid."""
    schema = schema_of(document)
    if next(islice(root.iter(), _MOST_ELEMENTS, None), None) is not None:
        # the place of each violation is found by counting siblings, which takes minutes where there are many
        return [] if _valid(root, schema) else [("/", _UNEXPLAINED, 0)]
    if schema.validate(root):
        return []
    return [((each.path or "/")[:200], _kind(each.type_name, each.message), each.line) for each in schema.error_log]


def _valid(root: Element, schema: etree.XMLSchema) -> bool:
    """Whether a document is valid, found out while it is parsed, which records no places."""
    try:
        etree.fromstring(etree.tostring(root), etree.XMLParser(schema=schema, resolve_entities=False, no_network=True))
    except etree.XMLSyntaxError:
        return False
    return True


_KINDS = {
    "SCHEMAV_CVC_ELT_1": "this element is not the document's root",
    "SCHEMAV_ELEMENT_CONTENT": "an element that does not belong here, or one that is missing",
    "SCHEMAV_CVC_COMPLEX_TYPE_2_1": "no content is allowed",
    "SCHEMAV_CVC_COMPLEX_TYPE_2_2": "no child elements are allowed",
    "SCHEMAV_CVC_COMPLEX_TYPE_2_3": "no text is allowed",
    "SCHEMAV_CVC_COMPLEX_TYPE_3_1": "an attribute has another value than the fixed one",
    "SCHEMAV_CVC_COMPLEX_TYPE_3_2_1": "an attribute that is not known",
    "SCHEMAV_CVC_COMPLEX_TYPE_3_2_2": "an attribute that is not known",
    "SCHEMAV_CVC_COMPLEX_TYPE_4": "a required attribute is missing",
    "SCHEMAV_CVC_AU": "an attribute has another value than the fixed one",
    "SCHEMAV_CVC_TYPE_3_1_1": "an attribute that is not known",
    "SCHEMAV_CVC_TYPE_3_1_2": "no child elements are allowed",
    "SCHEMAV_CVC_ELT_3_1": "xsi:nil is not allowed",
    "SCHEMAV_CVC_ATTRIBUTE_3": "an attribute's value is not of its type",
    "SCHEMAV_CVC_ATTRIBUTE_4": "an attribute has another value than the fixed one",
    "SCHEMAV_CVC_DATATYPE_VALID_1_2_1": "a value is not of its type",
    "SCHEMAV_CVC_DATATYPE_VALID_1_2_3": "a value is of none of the allowed types",
    "SCHEMAV_CVC_MINLENGTH_VALID": "a value is too short",
    "SCHEMAV_CVC_MAXLENGTH_VALID": "a value is too long",
    "SCHEMAV_CVC_LENGTH_VALID": "a value has the wrong length",
    "SCHEMAV_CVC_PATTERN_VALID": "a value does not match its pattern",
    "SCHEMAV_CVC_MININCLUSIVE_VALID": "a number is too small",
    "SCHEMAV_CVC_MAXINCLUSIVE_VALID": "a number is too large",
}


_LIMITS = {
    "SCHEMAV_CVC_MINLENGTH_VALID": "the least number of characters is",
    "SCHEMAV_CVC_MAXLENGTH_VALID": "the greatest number of characters is",
    "SCHEMAV_CVC_LENGTH_VALID": "the number of characters is",
    "SCHEMAV_CVC_MININCLUSIVE_VALID": "the least is",
    "SCHEMAV_CVC_MAXINCLUSIVE_VALID": "the greatest is",
}


def _kind(type_name: str, message: str) -> str:
    """What is wrong, with which attribute, and the limit: all from the schema or from markup, never a value.

    libxml2 quotes the value in the middle of its message, so only its beginning and its end are looked at.
    """
    kind = _KINDS.get(type_name, type_name.removeprefix("SCHEMAV_").lower())
    if named := re.match(r"Element '[^']*'(?:, attribute|: The attribute) '([A-Za-z_][\w.-]{0,60})'", message):
        kind += f" (attribute {named[1]})"
    if type_name == "SCHEMAV_CVC_PATTERN_VALID":
        pattern = message.rpartition(" by the pattern '")[2]
        return f"{kind}: {pattern.rstrip().removesuffix(chr(39) + '.')}"
    if expected := re.search(r"Expected is (?:one of )?\( ([\w., -]+) \)\.\s*\Z", message):
        return f"{kind}, expected: {expected[1]}"
    if wanted := re.search(r" type '(xs:\w+)'\.\s*\Z", message):
        return f"{kind}, {wanted[1]}"
    limit = re.search(r"(?:length of '|\(')(-?[0-9][0-9.]*)'\)?\.\s*\Z", message)
    return f"{kind}, {_LIMITS[type_name]} {limit[1]}" if limit and type_name in _LIMITS else kind


def violations_of_json(document: DocumentType[Any], data: object) -> list[tuple[str, str, int]]:
    """What in plain data breaks its JSON Schema: JSON pointer and what is wanted there. Empty when valid."""
    import jsonschema_rs

    validator = _loaded.json.get(document.schema)
    if validator is None:
        schema = cast("dict[str, object]", json.loads((schemas() / document.schema).read_text("utf-8")))
        validator = _loaded.json[document.schema] = jsonschema_rs.Draft202012Validator(schema)
    try:
        if validator.is_valid(data):
            return []
        if _large(data):
            return [("", _UNEXPLAINED, 0)]
        return [found for each in validator.iter_errors(data) for found in _explained(each)]
    except ValueError:  # what msgspec still reads may be too deep for jsonschema-rs
        return [("", "nested too deeply", 0)]


def _large(data: object) -> bool:
    """Whether plain data has so many values that explaining each would take long."""
    inside, count = [data], 0
    while inside and count <= _MOST_VALUES:
        each = inside.pop()
        if isinstance(each, dict):
            each = list(cast("dict[str, object]", each).values())
        if isinstance(each, list):
            values = cast("list[object]", each)
            count += len(values)
            inside += values
    return count > _MOST_VALUES


def _explained(error: jsonschema_rs.ValidationError) -> list[tuple[str, str, int]]:
    """An error in our words; of alternatives, the errors of the one that the value comes closest to."""
    kind = error.kind.as_dict()
    alternatives = cast("list[list[jsonschema_rs.ValidationError]] | None", kind.get("context"))
    if alternatives:
        nearest = max(alternatives, key=lambda errors: (max(len(each.instance_path) for each in errors), -len(errors)))
        return [found for each in nearest for found in _explained(each)]
    path = "".join("/" + str(part).replace("~", "~0").replace("/", "~1") for part in error.instance_path)
    return [(path, _wanted(error.kind.name, kind), 0)]


def _wanted(name: str, kind: dict[str, object]) -> str:
    """What the schema asks for; everything but the names of unknown keys comes from the schema itself."""
    wanted = {
        "required": "the key {property} is missing",
        "type": "must be of type {types}",
        "additionalProperties": "unknown key {unexpected}",
        "minItems": "at least {limit} items required",
        "maxItems": "at most {limit} items allowed",
        "minLength": "at least {limit} characters required",
        "maxLength": "at most {limit} characters allowed",
        "minimum": "at least {limit} required",
        "maximum": "at most {limit} allowed",
        "pattern": "does not match the pattern {pattern}",
        "enum": "not one of {options}",
        "const": "not the only value allowed",
    }.get(name, "breaks the keyword " + name)
    shown = {key: _listed(value) for key, value in kind.items()}
    if name == "additionalProperties":
        # the names come from the sender, who may put anything there
        unknown = cast("list[str]", kind.get("unexpected", []))
        shown["unexpected"] = ", ".join(each if NAME.fullmatch(each) else "?" for each in unknown[:5])
    return wanted.format_map(shown)


def _listed(value: object) -> str:
    values = cast("list[object]", value) if isinstance(value, list) else [value]
    return ", ".join(re.sub(r"[^\x20-\x7e]", "?", str(each))[:80] for each in values)
