"""Emitter of `checks.py`: for each record a function that holds a built object to every facet of the schema."""

from __future__ import annotations

from decimal import Decimal

from smswire.schema.model import Array, Field, Record, Ref, Scalar, Type, Union
from smswire_codegen.emit.source import Source
from smswire_codegen.names import RUNTIME, snake
from smswire_codegen.plan import Plan


def emit(plan: Plan) -> str:
    """The module's text."""
    out = Source(f"Checks of the documents of {plan.provider['title']}: every limit of the schemas, held on building.")
    out.add("import re", "from decimal import Decimal", "")
    out.add(f"from {RUNTIME}.checking import boolean, instance, instances, integer, items, number, one_of, string")
    out.add(f"from {RUNTIME}.document import register", "")
    out.add("from . import models as m", "")
    patterns = _Patterns()
    body = Source("")
    for record in plan.records.values():
        _record(body, record, patterns, xml=_is_xml(plan, record))
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


def _is_xml(plan: Plan, record: Record) -> bool:
    return any(each.format == "xml" and record.name in each.records for each in plan.documents)


def _record(out: Source, record: Record, patterns: _Patterns, *, xml: bool) -> None:
    function = f"_check_{snake(record.name)}"
    out.add("", "")
    with out.indented(f"def {function}(self: m.{record.name}) -> None:"):
        checked = [each for each in record.fields if each.fixed is None or each.place == "key"]
        for each in checked:
            _field(out, record, each, patterns, xml=xml)
        if not checked:
            out.add('"""Nothing to check."""')
    hidden = tuple(each.name for each in record.fields if each.sensitive)
    out.add("", "", f"register(m.{record.name}, {function}, hidden={hidden!r})")


def _field(out: Source, record: Record, field: Field, patterns: _Patterns, *, xml: bool) -> None:
    value, path = f"self.{field.name}", f"{record.name}.{field.name}"
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
