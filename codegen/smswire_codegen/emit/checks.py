"""Emitter of `checks.py`: for each record a function that holds a built object to every facet of the schema."""

from __future__ import annotations

import re
from decimal import Decimal

from smswire.schema.model import Array, Document, Field, Record, Ref, Scalar, Type, Union
from smswire_codegen.emit.source import Source
from smswire_codegen.names import RUNTIME, attribute, attribute_of, snake
from smswire_codegen.plan import Plan

_CHECKS = ("boolean", "choice", "instance", "instances", "integer", "items", "number", "one_of", "one_type", "string")


def emit(plan: Plan) -> str:
    """The module's text."""
    out = Source(f"Checks of the documents of {plan.provider['title']}: every limit of the schemas, held on building.")
    out.add("import re", "from decimal import Decimal", "")
    patterns = _Patterns()
    body = Source("")
    for record in plan.records.values():
        _record(body, record, patterns, xml=_is_xml(plan, record))
    for document in plan.documents:
        if rootless(document):
            _document(body, document, patterns)
    used = [each for each in _CHECKS if re.search(rf"\b{each}\(", str(body))]
    out.add(f"from {RUNTIME}.checking import {', '.join(used)}")
    out.add(f"from {RUNTIME}.document import register", "")
    out.add("from . import models as m", "")
    out.add(*patterns.lines(), "", str(body).partition("annotations\n")[2])
    return str(out)


class _Patterns:
    """Each distinct pattern is compiled once, under a name of its own."""

    def __init__(self) -> None:
        self._names: dict[str, tuple[str, str]] = {}

    def name(self, source: str, python: str) -> str:
        return self._names.setdefault(python, (f"_PATTERN_{len(self._names) + 1}", source))[0]

    def lines(self) -> list[str]:
        return [f"{name} = re.compile({python!r}).fullmatch" for python, (name, _) in self._names.items()]


def rootless(document: Document) -> bool:
    """Whether a document's root is an array or one of several types, which no class of its own could check."""
    return not isinstance(document.root, Ref)


def _document(out: Source, document: Document, patterns: _Patterns) -> None:
    name = document.class_name
    out.add("", "")
    with out.indented(f"def check_{snake(name)}(value: m.{name}) -> None:"):
        out.add(f'"""Hold a value to what {document.name} asks of its root."""')
        arrays = [each for each in document.alternatives if isinstance(each, Array)]
        records = [each.name for each in document.alternatives if isinstance(each, Ref)]
        if arrays and records:
            with out.indented("if isinstance(value, tuple):"):
                _value(out, "value", repr(name), arrays[0], patterns, xml=False)
                out.add("return")
        elif arrays:
            _value(out, "value", repr(name), arrays[0], patterns, xml=False)
        if records:
            kinds = [f"m.{each}" for each in records] + ["tuple" for _ in arrays]
            out.add(f"one_type({name!r}, value, {', '.join(kinds)})")


def _is_xml(plan: Plan, record: Record) -> bool:
    return any(each.format == "xml" and record.name in each.records for each in plan.documents)


def _record(out: Source, record: Record, patterns: _Patterns, *, xml: bool) -> None:
    function = f"_check_{snake(record.name)}"
    out.add("", "")
    with out.indented(f"def {function}(self: m.{record.name}) -> None:"):
        checked = [each for each in record.fields if each.fixed is None or each.place == "key"]
        for each in checked:
            _field(out, record, each, patterns, xml=xml)
        for choice in record.choices:
            taken = ", ".join(f"({_names(one.fields)}, {_names(one.required)})" for one in choice.alternatives)
            out.add(f"choice({record.name!r}, self, {taken}, optional={choice.optional!r})")
        if not checked:
            out.add('"""Nothing to check."""')
    hidden = tuple(attribute_of(each) for each in record.fields if each.sensitive)
    out.add("", "", f"register(m.{record.name}, {function}, hidden={hidden!r})")


def _names(fields: tuple[str, ...]) -> str:
    return repr(tuple(attribute(each) for each in fields))


def _field(out: Source, record: Record, field: Field, patterns: _Patterns, *, xml: bool) -> None:
    name = attribute_of(field)
    value, path = f"self.{name}", f"{record.name}.{name}"
    if field.repeated:
        low, high = field.minimum, field.maximum
        if isinstance(field.type, Ref):
            out.add(f"instances({path!r}, {value}, m.{field.type.name}, {low}, {high})")
            return
        out.add(f"items({path!r}, {value}, {low}, {high})")
        _each(out, value, path, field.type, patterns, xml=xml)
    elif field.minimum == 0:
        with out.indented(f"if {value} is not None:"):
            _value(out, value, repr(path), field.type, patterns, xml=xml)
    else:
        _value(out, value, repr(path), field.type, patterns, xml=xml)


def _each(out: Source, value: str, path: str, kind: Type, patterns: _Patterns, *, xml: bool) -> None:
    # a variable of its own for each kind of value, because a type checker takes the type of the first loop for all
    each = f"each_{kind.base}" if isinstance(kind, Scalar) and kind.base != "string" else "each"
    with out.indented(f"for index, {each} in enumerate({value}):"):
        _value(out, each, f'f"{path}[{{index}}]"', kind, patterns, xml=xml)


def _value(out: Source, value: str, path: str, kind: Type, patterns: _Patterns, *, xml: bool) -> None:
    """Emit the check of one value; `path` is Python source, `value` an expression."""
    if isinstance(kind, Ref):
        out.add(f"instance({path}, {value}, m.{kind.name})")
    elif isinstance(kind, Array):
        bare = path.strip("'\"")
        if isinstance(kind.items, Ref):
            out.add(f"instances({path}, {value}, m.{kind.items.name}, {kind.minimum}, {kind.maximum})")
        else:
            out.add(f"items({path}, {value}, {kind.minimum}, {kind.maximum})")
            _each(out, value, bare, kind.items, patterns, xml=xml)
    elif isinstance(kind, Union):
        text = next(each for each in kind.members if isinstance(each, Scalar) and each.base == "string")
        [other] = [each for each in kind.members if each is not text]
        with out.indented(f"if isinstance({value}, str):"):
            _value(out, value, path, text, patterns, xml=xml)
        with out.indented("else:"):
            _value(out, value, path, other, patterns, xml=xml)
    else:
        _scalar(out, value, path, kind, patterns, xml=xml)


def _scalar(out: Source, value: str, path: str, kind: Scalar, patterns: _Patterns, *, xml: bool) -> None:
    facets = kind.facets
    if kind.base == "string":
        lengths = f", {facets.min_length or 0}, {facets.max_length}"
        last = ", xml=True)" if xml else ")"
        for pattern in facets.patterns:
            name = patterns.name(pattern.source, pattern.python)
            out.add(f"string({path}, {value}{lengths}, {name}, {pattern.source!r}{last}")
        if not facets.patterns:
            limited = facets.min_length or facets.max_length is not None
            out.add(f"string({path}, {value}{lengths if limited else ''}{last}")
    elif kind.base == "boolean":
        out.add(f"boolean({path}, {value})")
    else:
        low, high = (_literal(bound, kind.base) for bound in (facets.minimum, facets.maximum))
        bounds = f", {low}, {high}" if (low, high) != ("None", "None") else ""
        out.add(f"{kind.base}({path}, {value}{bounds})")
    if facets.values is not None:
        out.add(f"one_of({path}, {value}, {facets.values!r})")


def _literal(bound: Decimal | None, base: str) -> str:
    if bound is None:
        return "None"
    return str(int(bound)) if base == "integer" else f"Decimal({str(bound)!r})"
