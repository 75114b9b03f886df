"""Emitter of `shapes.py`: what each element and object may hold, and where a reply carries codes."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import count

from smswire.schema import Document
from smswire.schema.model import Array, Field, Record, Ref, Type, Union
from smswire_codegen.alternatives import alternatives
from smswire_codegen.emit.source import Source
from smswire_codegen.names import RUNTIME, attribute_of, snake
from smswire_codegen.plan import Plan


def emit(plan: Plan) -> str:
    """The module's text."""
    out = Source(f"Shapes of the documents of {plan.provider['title']}, and the places of their codes.")
    out.add("from collections.abc import Iterator", "")
    out.add(f"from {RUNTIME}.description import Choice, Coded, Items, Roots, Shape")
    out.add("from . import codes", "from . import models as m", "")
    done: set[str] = set()
    for document in plan.documents:
        for record in _inner_first(document, document.root):
            if record.name not in done:
                done.add(record.name)
                _shape(out, record)
        if document.format == "xml":
            roots = zip(document.elements, document.alternatives, strict=True)
            spelled = ", ".join(f"{element!r}: {_node(kind)}" for element, kind in roots)
            out.add(f"{root(document)} = Roots({{{spelled}}})")
        elif isinstance(document.root, Union):
            _choice(out, document)
        elif isinstance(document.root, Array):
            out.add(f"{_constant(document.class_name)} = {_node(document.root)}")
    for document in plan.documents:
        if coded(plan, document):
            _coded(out, plan, document)
    return str(out)


def root(document: Document) -> str:
    """The expression, within this module, of a document's shape."""
    if document.format == "xml":
        return f"ROOTS_OF_{_constant(document.class_name)}"
    return _node(document.root) if isinstance(document.root, Ref) else _constant(document.class_name)


def coded(plan: Plan, document: Document) -> bool:
    """Whether a document carries codes of a table that the provider prints whole."""
    return any(_complete(plan, each) for _, each in document.fields())


def _complete(plan: Plan, field: Field) -> bool:
    return field.codes is not None and plan.codes[field.codes]["complete"] is True


def _inner_first(document: Document, kind: Type) -> Iterator[Record]:
    if isinstance(kind, Ref):
        record = document.records[kind.name]
        for each in record.fields:
            yield from _inner_first(document, each.type)
        yield record
    elif isinstance(kind, Array):
        yield from _inner_first(document, kind.items)
    elif isinstance(kind, Union):
        for member in kind.members:
            yield from _inner_first(document, member)


def _node(kind: Type) -> str:
    if isinstance(kind, Ref):
        return _constant(kind.name)
    if isinstance(kind, Array) and isinstance(kind.items, Ref):
        return f"Items({_node(kind.items)})"
    return "None"


def _constant(name: str) -> str:
    return snake(name).upper()


def _shape(out: Source, record: Record) -> None:
    attributes = ", ".join(repr(each.name) for each in record.in_place("attribute"))
    children = ", ".join(
        f"{each.name!r}: {_node(each.type)}" for each in record.fields if each.place in ("element", "key")
    )
    arguments = [f"attributes=frozenset({{{attributes}}})"] if attributes else []
    arguments += [f"children={{{children}}}"] if children else []
    arguments += ["text=True"] if record.in_place("text") else []
    out.add(f"{_constant(record.name)} = Shape({', '.join(arguments)})")


def _choice(out: Source, document: Document) -> None:
    array, records = alternatives(document)
    keys = ", ".join(f"({key!r}, {_constant(name)})" for name, own in records for key in own)
    first = "None" if array is None else _node(array)
    out.add(f"{_constant(document.class_name)} = Choice({first}, ({keys},))")


def _coded(out: Source, plan: Plan, document: Document) -> None:
    out.add("", "")
    with out.indented(f"def coded_{snake(document.class_name)}(document: m.{document.class_name}) -> Iterator[Coded]:"):
        out.add(f'"""The codes of a document of {document.name}, each with its path and its table."""')
        starts = [f"/{each}" for each in document.elements] or [""] * len(document.alternatives)
        loops = count()
        *others, last = zip(starts, document.alternatives, strict=True)
        for start, member in others:
            test = f"m.{member.name}" if isinstance(member, Ref) else "tuple"
            with out.indented(f"if isinstance(document, {test}):"):
                _codes_of(out, plan, document, member, "document", start, loops)
                out.add("return")
        _codes_of(out, plan, document, last[1], "document", last[0], loops)


def _holds_codes(plan: Plan, document: Document, kind: Type) -> bool:
    if isinstance(kind, Array):
        return _holds_codes(plan, document, kind.items)
    if not isinstance(kind, Ref):
        return False
    fields = document.records[kind.name].fields
    return any(_complete(plan, each) or _holds_codes(plan, document, each.type) for each in fields)


def _codes_of(
    out: Source, plan: Plan, document: Document, kind: Type, value: str, path: str, loops: Iterator[int]
) -> None:
    """Emit the codes found in one value. Each loop has names of its own, as its items have a type of their own."""
    if not _holds_codes(plan, document, kind):
        return
    if isinstance(kind, Array):
        number = next(loops) or ""
        with out.indented(f"for index{number}, each{number} in enumerate({value}):"):
            here = f"{path}[{{index{number} + 1}}]" if document.format == "xml" else f"{path}/{{index{number}}}"
            _codes_of(out, plan, document, kind.items, f"each{number}", here, loops)
        return
    assert isinstance(kind, Ref)
    for each in document.records[kind.name].fields:
        here = path if each.place == "text" else f"{path}/{'@' if each.place == 'attribute' else ''}{each.name}"
        source = f"{value}.{attribute_of(each)}"
        if _complete(plan, each):
            assert each.codes is not None
            out.add(f'yield f"{here}", codes.{each.codes.upper()}, {source}')
        elif each.repeated or each.minimum:
            _codes_of(out, plan, document, Array(each.type) if each.repeated else each.type, source, here, loops)
        elif _holds_codes(plan, document, each.type):
            with out.indented(f"if {source} is not None:"):
                _codes_of(out, plan, document, each.type, source, here, loops)
