"""Emitter of `text_forms.py`: the forms of replies that have no markup, as the patterns of their rows."""

from __future__ import annotations

import re
from collections.abc import Iterable

from smswire.schema import Document, SchemaError
from smswire.schema.model import Array, Column, Field, Record, Ref, Scalar, TextForm, Union
from smswire_codegen.emit.source import Source
from smswire_codegen.names import RUNTIME, constant
from smswire_codegen.plan import Plan


def emit(plan: Plan) -> str | None:
    """The module's text; None where no document of the provider has such a form."""
    documents = [each for each in plan.documents if each.text_forms]
    if not documents:
        return None
    out = Source(f"Replies of {plan.provider['title']} without markup.")
    out.add(f"from {RUNTIME}.description import TextForm", "")
    for document in documents:
        with out.indented(f"{constant(document.name)} = {{"):
            for name, form in document.text_forms.items():
                _form(out, document, name, form)
        out.add("}")
    return str(out)


def _form(out: Source, document: Document, name: str, form: TextForm) -> None:
    row, error = _row(document, form), _error(document, form)
    place = [each.field for each in form.columns].index(form.free)
    before, free, after = form.columns[:place], form.columns[place], form.columns[place + 1 :]
    head = _label(before[0], comma="") + _value(before[0], row) + _values(before[1:], row)
    # the page of the provider that has such a form prints a blank before the free value where it has no name
    head += _label(free, comma=", ?" if not free.label else ", ")
    told = re.compile(form.error).groupindex
    absent = {each.name: "" for each in error.fields if each.minimum and each.name not in told}
    integers = {each.name for each in (*row.fields, *error.fields) if "integer" in _bases(each)}
    ending = _values(after, row) + r"\r?\Z"
    with out.indented(f"{name!r}: TextForm("):
        out.add(f"head={head!r},", f"free={form.free!r},", f"tail={ending!r},")
        out.add(f"error={form.error!r},", f"integers=frozenset({sorted(integers)!r}),")
        out.add(f"absent={absent!r},")
    out.add("),")


def _row(document: Document, form: TextForm) -> Record:
    """The record that a row is."""
    for each in document.alternatives:
        if isinstance(each, Array) and isinstance(each.items, Ref):
            record = document.records[each.items.name]
            if {column.field for column in form.columns} <= {field.name for field in record.fields}:
                _hold(form, record)
                return record
    raise SchemaError(form.position, "the columns must be fields of the records of an array at the root")


def _hold(form: TextForm, row: Record) -> None:
    """Refuse columns of which no row could be made out."""
    names, labels = [each.field for each in form.columns], {each.label for each in form.columns}
    if len(set(names)) < len(names):
        raise SchemaError(form.position, "each column must be another field")
    if form.free not in names[1:-1]:
        raise SchemaError(form.position, "free must be a column between others")
    if labels != {""} and not all(re.fullmatch(r"\w+", each) for each in labels):
        raise SchemaError(form.position, "each column must have a label of letters, digits and _, or none of them one")
    for each in row.fields:
        if each.name in names and not (each.name.isidentifier() and _is_text(each)):
            raise SchemaError(each.position, "a column must be a string or an integer, and named like a variable")
        if each.name == form.free and "string" not in _bases(each):
            raise SchemaError(each.position, "free must be a string")


def _is_text(field: Field) -> bool:
    members = field.type.members if isinstance(field.type, Union) else (field.type,)
    return all(isinstance(each, Scalar) and each.base in ("string", "integer") for each in members)


def _error(document: Document, form: TextForm) -> Record:
    """The record that an error is, after its pattern was held to it."""
    record = document.records.get(form.error_record)
    if record is None:
        raise SchemaError(form.position, f"no record is called {form.error_record}")
    try:
        told = set(re.compile(form.error).groupindex)
    except re.error as error:
        raise SchemaError(form.position, f"the pattern of an error is none: {error}") from None
    if not told or not told <= {each.name for each in record.fields}:
        raise SchemaError(form.position, "the groups of an error's pattern must be fields of its record")
    for each in record.fields:
        if each.minimum and each.name not in told and "string" not in _bases(each):
            raise SchemaError(each.position, "an error without markup must tell what it requires, but for words")
    return record


def _values(columns: Iterable[Column], row: Record) -> str:
    return "".join(_label(each, comma=", " if each.label else ",") + _value(each, row) for each in columns)


def _label(column: Column, *, comma: str) -> str:
    return f"{comma}{re.escape(column.label)} = " if column.label else comma


def _value(column: Column, row: Record) -> str:
    field = next(each for each in row.fields if each.name == column.field)
    # a value between names ends where the next name begins, one without names at the next comma, the last with its line
    text = r"(?:(?!, \w+ = )[^\r\n])*?" if column.label else r"[^,\r\n]*"
    return f"(?P<{field.name}>{'-?[0-9]*' if _bases(field) == {'integer'} else text})"


def _bases(field: Field) -> set[str]:
    members = field.type.members if isinstance(field.type, Union) else (field.type,)
    return {each.base for each in members if isinstance(each, Scalar)}
