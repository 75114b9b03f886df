"""Emitter of `binders.py`: parsed values, already held to the schema, to frozen objects.

Objects are built past `__post_init__`: a mutable builder with the same slots takes the values by plain stores and
then becomes the frozen class.
"""

from __future__ import annotations

from smswire.schema import Document
from smswire.schema.model import Array, Field, Record, Ref, Scalar, Type, Union
from smswire_codegen.alternatives import alternatives
from smswire_codegen.emit.source import Source
from smswire_codegen.names import RUNTIME, attribute_of, snake
from smswire_codegen.plan import Plan

_FEW = 3
"""Children that are searched for one by one; of more, a single walk makes a dictionary, which is many times as fast."""


def emit(plan: Plan) -> str:
    """The module's text."""
    out = Source(f"Binders of the documents of {plan.provider['title']}: values held to the schema become objects.")
    out.add("from decimal import Decimal", "from typing import Any", "")
    out.add(f"from {RUNTIME}.document import Document, become, items")
    out.add("from . import models as m", "")
    out.add("_new = object.__new__")
    done: set[str] = set()
    for document in plan.documents:
        for record in document.records.values():
            if record.name not in done:
                done.add(record.name)
                _builder(out, record)
                (_xml_record if document.format == "xml" else _plain_record)(out, record)
        _document(out, document)
    return str(out)


def _builder(out: Source, record: Record) -> None:
    out.add("", "")
    with out.indented(f"class _{record.name}(Document):"):
        # the slots of the generated class, so that a change of class is all it takes
        out.add(f"__slots__ = m.{record.name}.__slots__")
        for each in record.fields:
            out.add(f"{attribute_of(each)}: Any")


def _xml_record(out: Source, record: Record) -> None:
    children = record.in_place("element")
    attributes = record.in_place("attribute")
    out.add("", "")
    with out.indented(f"def _{snake(record.name)}(element: Any) -> m.{record.name}:"):
        if any(each.fixed is None for each in attributes):
            out.add("get = element.get")
        many = sum(not each.repeated for each in children) > _FEW
        if many:
            out.add("found = {child.tag: child for child in element}")
        out.add(f"out = _new(_{record.name})")
        for each in record.fields:
            if each.fixed is not None:
                out.add(f"out.{attribute_of(each)} = {each.fixed!r}")
            elif each.place == "attribute":
                _xml_scalar(out, each, f"get({each.name!r})")
            elif each.place == "text":
                _xml_scalar(out, each, 'element.text or ""')
            elif each.repeated:
                source = "element" if len(children) == 1 else f"element.iterchildren({each.name!r})"
                out.add(f"out.{attribute_of(each)} = tuple([{_xml_child(each, 'each')} for each in {source}])")
            elif each.minimum:
                source = f"found[{each.name!r}]" if many else f"element.find({each.name!r})"
                out.add(f"out.{attribute_of(each)} = {_xml_child(each, source)}")
            else:
                out.add(f"child = found.get({each.name!r})" if many else f"child = element.find({each.name!r})")
                out.add(f"out.{attribute_of(each)} = None if child is None else {_xml_child(each, 'child')}")
        out.add(f"return become(out, m.{record.name})")


def _xml_scalar(out: Source, field: Field, source: str) -> None:
    converted = _from_text(field.type, "raw")
    if converted == "raw":
        out.add(f"out.{attribute_of(field)} = {source}")
        return
    out.add(f"raw = {source}")
    out.add(f"out.{attribute_of(field)} = " + (converted if field.minimum else f"None if raw is None else {converted}"))


def _xml_child(field: Field, element: str) -> str:
    if isinstance(field.type, Ref):
        return f"_{snake(field.type.name)}({element})"
    return _from_text(field.type, f'({element}.text or "")')


def _from_text(kind: Type, raw: str) -> str:
    """The expression that turns the text of an XML value into its Python value."""
    if isinstance(kind, Union):
        other = next(each for each in kind.members if isinstance(each, Scalar) and each.base != "string")
        return f'{raw} if {raw} == "" else {_from_text(other, raw)}'
    assert isinstance(kind, Scalar)
    spelled = {"string": raw, "integer": f"int({raw})", "number": f"Decimal({raw}.strip())"}
    return spelled.get(kind.base, f'{raw}.strip() in ("true", "1")')


def _plain_record(out: Source, record: Record) -> None:
    out.add("", "")
    with out.indented(f"def _{snake(record.name)}(data: Any) -> m.{record.name}:"):
        if any(not each.minimum for each in record.fields):
            out.add("get = data.get")
        out.add(f"out = _new(_{record.name})")
        for each in record.fields:
            source = f"data[{each.name!r}]" if each.minimum else f"get({each.name!r})"
            converted = _from_plain(each.type, "raw")
            if converted == "raw":
                out.add(f"out.{attribute_of(each)} = {source}")
            else:
                optional = "" if each.minimum else "None if raw is None else "
                out.add(f"raw = {source}", f"out.{attribute_of(each)} = {optional}{converted}")
        out.add(f"return become(out, m.{record.name})")


def _from_plain(kind: Type, raw: str) -> str:
    if isinstance(kind, Ref):
        return f"_{snake(kind.name)}({raw})"
    if isinstance(kind, Array):
        item = _from_plain(kind.items, "each")
        return f"tuple({raw})" if item == "each" else f"tuple([{item} for each in {raw}])"
    bases = {each.base for each in kind.members if isinstance(each, Scalar)} if isinstance(kind, Union) else {kind.base}
    if "number" not in bases:
        return raw
    return f"{raw} if isinstance({raw}, str) else Decimal({raw})" if "string" in bases else f"Decimal({raw})"


def _document(out: Source, document: Document) -> None:
    root = document.root
    out.add("", "")
    source = "element" if document.format == "xml" else "data"
    with out.indented(f"def bind_{snake(document.class_name)}({source}: Any) -> m.{document.class_name}:"):
        out.add(f'"""Bind a parsed document of {document.name}."""')
        if not isinstance(root, Union):
            out.add(f"return {_from_plain(root, source)}")
            return
        if document.format == "xml":
            for element, member in list(zip(document.elements, root.members, strict=True))[:-1]:
                with out.indented(f"if element.tag == {element!r}:"):
                    out.add(f"return {_from_plain(member, source)}")
            out.add(f"return {_from_plain(root.members[-1], source)}")
            return
        array, records = alternatives(document)
        if array is not None:
            with out.indented("if isinstance(data, list):"):
                out.add(f"return {_from_plain(array, 'items(data)')}")
        for name, keys in records[:-1]:
            with out.indented(f"if {keys[-1]!r} in data:"):
                out.add(f"return _{snake(name)}(data)")
        out.add(f"return _{snake(records[-1][0])}(data)")
