"""Judges that share no code with smswire: lxml, jsonschema-rs and xsdata, used directly."""

from __future__ import annotations

import functools
import json
import re
from dataclasses import fields, is_dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl

import jsonschema_rs
from lxml import etree
from xsdata.formats.dataclass.parsers import XmlParser
from xsdata.formats.dataclass.parsers.config import ParserConfig

from smswire.schema.model import Ref
from smswire_codegen.names import attribute_of
from support.cases import Case

BIGGEST_EXPONENT = 40
"""The documented limit of a number with a fraction or exponent in JSON."""
_STRICT = ParserConfig(
    fail_on_unknown_properties=True, fail_on_unknown_attributes=True, fail_on_converter_warnings=True
)


def valid(case: Case, body: bytes) -> bool:
    """Whether the formal schema takes the document."""
    try:
        return xml_valid(case, parse_xml(body)) if case.type.format == "xml" else json_valid(case, plain(case, body))
    except (ValueError, SyntaxError, RecursionError):
        return False


def parse_xml(body: bytes) -> Any:
    parser = etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        dtd_validation=False,
        remove_comments=True,
        remove_pis=True,
        huge_tree=False,
    )
    tree = etree.fromstring(body, parser).getroottree()
    if tree.docinfo.doctype:
        raise ValueError("a document type declaration")
    return tree


def xml_valid(case: Case, tree: Any) -> bool:
    return _xsd(case.schema).validate(tree)


@functools.cache
def _xsd(path: Path) -> etree.XMLSchema:
    return etree.XMLSchema(file=str(path))


def by_xsdata(case: Case, body: bytes) -> Any:
    """The document as xsdata's own parser makes it."""
    tree = parse_xml(body)
    kind = case.root(tree.getroot().tag)
    assert isinstance(kind, Ref)
    return XmlParser(config=_STRICT).parse(tree, case.cls(kind.name))


def plain(case: Case, body: bytes) -> Any:
    """The plain data of a JSON document or a form, read with the standard library alone."""
    return _form(case, body) if case.type.format == "form" else parse_json(body)


def parse_json(body: bytes) -> Any:
    return json.loads(
        body.decode("utf-8"), parse_float=_number, parse_constant=_refused, object_pairs_hook=_no_surrogates
    )


def _number(text: str) -> Decimal:
    value = Decimal(text)
    if abs(value.adjusted()) > BIGGEST_EXPONENT:
        raise ValueError("beyond the documented limit")
    return value


def _refused(text: str) -> Any:
    raise ValueError(f"{text} is no JSON")


def _no_surrogates(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    json.dumps(pairs, ensure_ascii=False, default=str).encode("utf-8")
    return dict(pairs)


def _form(case: Case, body: bytes) -> dict[str, Any]:
    """A form: each key once, lists split, canonical numbers read as such where the schema wants one."""
    pairs = parse_qsl(body.decode("ascii"), keep_blank_values=True, strict_parsing=bool(body), errors="strict")
    if len(pairs) != len(dict(pairs)):
        raise ValueError("a key comes twice")
    properties = json_schema(case.schema)["properties"]
    return {key: _typed(text, properties.get(key, {})) for key, text in pairs}


def _typed(text: str, schema: dict[str, Any]) -> Any:
    if schema.get("type") == "array":
        return text.split(schema["x-separator"])
    if schema.get("type") == "integer" and re.fullmatch("-?(0|[1-9][0-9]*)", text):
        return int(text)
    if schema.get("type") == "number" and re.fullmatch(r"-?[0-9]+(\.[0-9]+)?", text):
        return Decimal(text)
    return text


@functools.cache
def json_schema(path: Path) -> dict[str, Any]:
    return json.loads(path.read_text("utf-8"))


def json_valid(case: Case, data: Any) -> bool:
    return _json_validator(case.schema).is_valid(data)


@functools.cache
def _json_validator(path: Path) -> jsonschema_rs.Draft202012Validator:
    return jsonschema_rs.Draft202012Validator(json_schema(path))


def as_plain(case: Case, value: Any) -> Any:
    """A typed document as plain data, by its fields alone."""
    if isinstance(value, tuple):
        return [as_plain(case, each) for each in value]
    if is_dataclass(value):
        record = case.model.records[type(value).__name__]
        pairs = ((each.name, getattr(value, attribute_of(each))) for each in record.fields)
        return {name: as_plain(case, each) for name, each in pairs if each is not None}
    return value


def rebuilt(value: Any) -> Any:
    """The same document built anew by its constructors, so that every check of the classes runs."""
    if isinstance(value, tuple):
        return tuple(rebuilt(each) for each in value)
    if not is_dataclass(value):
        return value
    arguments = {each.name: rebuilt(getattr(value, each.name)) for each in fields(value) if each.init}
    return type(value)(**arguments)
