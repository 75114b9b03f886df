"""Emitter of `writers.py`: XML documents to bytes, JSON documents and forms to plain data."""

from __future__ import annotations

from smswire.schema import Document
from smswire.schema.model import Array, Field, Record, Ref, Scalar, Type, Union
from smswire_codegen.alternatives import mark, shared
from smswire_codegen.emit.source import Source
from smswire_codegen.names import RUNTIME, attribute, attribute_of, snake
from smswire_codegen.plan import Plan


def emit(plan: Plan) -> str:
    """The module's text."""
    out = Source(f"Writers of the documents of {plan.provider['title']}.")
    formats = {each.format for each in plan.documents}
    if "xml" in formats:
        out.add(f"from {RUNTIME}.xml_text import DECLARATION, attribute, text")
    out.add("from . import models as m", "")
    done: set[str] = set()
    for document in plan.documents:
        for record in document.records.values():
            if record.name not in done:
                done.add(record.name)
                (_xml_record if document.format == "xml" else _plain_record)(out, record)
        (_xml_document if document.format == "xml" else _plain_document)(out, document)
    return str(out)


def _xml_document(out: Source, document: Document) -> None:
    name = snake(document.class_name)
    roots = list(zip(document.elements, document.alternatives, strict=True))
    out.add("", "")
    with out.indented(f"def dump_{name}(document: m.{document.class_name}) -> bytes:"):
        out.add(f'"""Write a document of {document.name}, UTF-8 with its declaration."""')
        for element, kind in roots:
            assert isinstance(kind, Ref)
            written = f"return (DECLARATION + _{snake(kind.name)}({element!r}, document)).encode()"
            if (element, kind) == roots[-1]:
                out.add(written)
            else:
                with out.indented(f"if isinstance(document, m.{kind.name}):"):
                    out.add(written)


def _xml_record(out: Source, record: Record) -> None:
    attributes = record.in_place("attribute")
    elements = record.in_place("element")
    texts = record.in_place("text")
    out.add("", "")
    with out.indented(f"def _{snake(record.name)}(tag: str, value: m.{record.name}) -> str:"):
        given = [each for each in attributes if each.minimum or each.fixed is not None]
        always = "".join(f' {each.name}="{{{_written(each, "attribute")}}}"' for each in given)
        out.add(f"out = f'<{{tag}}{always}'")
        for each in attributes:
            if each not in given:
                with out.indented(f"if value.{attribute_of(each)} is not None:"):
                    out.add(f"out += f' {each.name}=\"{{{_written(each, 'attribute')}}}\"'")
        if texts:
            out.add(f"return f'{{out}}>{{{_written(texts[0], 'text')}}}</{{tag}}>'")
        elif not elements:
            out.add("return out + '/>'")
        else:
            out.add("out += '>'")
            _xml_children(out, record)
            out.add("return f'{out}</{tag}>'")


def _xml_children(out: Source, record: Record) -> None:
    """The children in document order. Where alternatives share a field, its place depends on which is taken."""
    by_name = {each.name: each for each in record.in_place("element")}
    placed: set[str] = set()
    for name, each in by_name.items():
        if name in placed:
            continue
        choice = next((one for one in record.choices if name in shared(one)), None)
        if choice is None:
            _xml_child(out, each)
            continue
        placed |= shared(choice)
        for alternative in choice.alternatives:
            told = mark(record, choice, alternative)
            with out.indented(f"if value.{attribute(told)} is not None:"):
                for field in alternative.fields:
                    _xml_child(out, by_name[field], given=field == told)


def _xml_child(out: Source, field: Field, *, given: bool = False) -> None:
    value = f"value.{attribute_of(field)}"
    name = repr(field.name)
    if isinstance(field.type, Ref):
        function = f"_{snake(field.type.name)}"
        one, many = f"{function}({name}, {value})", f"''.join([{function}({name}, each) for each in {value}])"
    else:
        one = f"f'<{field.name}>{{{_scalar(field.type, value, 'text')}}}</{field.name}>'"
        each = _scalar(field.type, "each", "text")
        many = f"''.join([f'<{field.name}>{{{each}}}</{field.name}>' for each in {value}])"
    if field.repeated:
        out.add(f"out += {many}")
    elif field.minimum or given:
        out.add(f"out += {one}")
    else:
        with out.indented(f"if {value} is not None:"):
            out.add(f"out += {one}")


def _written(field: Field, escape: str) -> str:
    return _scalar(field.type, f"value.{attribute_of(field)}", escape)


def _scalar(kind: Type, value: str, escape: str) -> str:
    """The expression, within an f-string, that writes a scalar."""
    if isinstance(kind, Union):
        if any(isinstance(each, Scalar) and each.base == "number" for each in kind.members):
            return f'{escape}({value} if isinstance({value}, str) else format({value}, "f"))'
        return f"{escape}(str({value}))"
    assert isinstance(kind, Scalar)
    spelled = {"string": f"{escape}({value})", "integer": f"{value}:d", "number": f"{value}:f"}
    return spelled.get(kind.base, f'"true" if {value} else "false"')


def _plain_document(out: Source, document: Document) -> None:
    name, root = snake(document.class_name), document.root
    out.add("", "")
    kind = f"m.{document.class_name}"
    with out.indented(f"def dump_{name}(document: {kind}) -> object:"):
        out.add(f'"""The plain data of a document of {document.name}."""')
        if isinstance(root, Union):
            for member in root.members[:-1]:
                test = f"m.{member.name}" if isinstance(member, Ref) else "tuple"
                with out.indented(f"if isinstance(document, {test}):"):
                    out.add(f"return {_plain(member, 'document')}")
            out.add(f"return {_plain(root.members[-1], 'document')}")
        else:
            out.add(f"return {_plain(root, 'document')}")


def _plain_record(out: Source, record: Record) -> None:
    out.add("", "")
    with out.indented(f"def _{snake(record.name)}(value: m.{record.name}) -> dict[str, object]:"):
        required = [each for each in record.fields if each.minimum]
        always = (f"{each.name!r}: {_plain(each.type, f'value.{attribute_of(each)}')}" for each in required)
        out.add(f"out: dict[str, object] = {{{', '.join(always)}}}")
        for each in record.fields:
            if not each.minimum:
                with out.indented(f"if value.{attribute_of(each)} is not None:"):
                    out.add(f"out[{each.name!r}] = {_plain(each.type, f'value.{attribute_of(each)}')}")
        out.add("return out")


def _plain(kind: Type, value: str) -> str:
    if isinstance(kind, Ref):
        return f"_{snake(kind.name)}({value})"
    if isinstance(kind, Array):
        item = _plain(kind.items, "each")
        return f"list({value})" if item == "each" else f"[{item} for each in {value}]"
    return value
