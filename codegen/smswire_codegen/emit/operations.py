"""Emitters of `documents.py` and `operations.py`: the descriptions that the hand-written client works from."""

from __future__ import annotations

from collections.abc import Mapping
from typing import cast

from smswire.schema import Document
from smswire.schema.model import Array, Record, Ref, Scalar
from smswire_codegen.emit import checks, shapes
from smswire_codegen.emit.source import Source
from smswire_codegen.facts import Table
from smswire_codegen.names import RUNTIME, SCHEMAS, constant, snake
from smswire_codegen.plan import Plan


def emit_documents(plan: Plan, *, carried: bool) -> str:
    """The text of `documents.py`; `carried` tells whether the schemas are in the package that it belongs to."""
    out = Source(f"Document types of {plan.provider['title']}.")
    if carried:
        out.add("from pathlib import Path", "")
    out.add(f"from {RUNTIME}.description import DocumentType")
    forms = ", text_forms" if any(each.text_forms for each in plan.documents) else ""
    out.add(f"from . import binders, shapes, writers{forms}")
    out.add("from . import checks as checks", "from . import models as m", "")
    out.add("# checks is imported because they register themselves: no class is ever built unchecked", "")
    if carried:
        out.add(f"_SCHEMAS = Path(__file__).resolve().parent.parent / {SCHEMAS!r}", "")
    for document in plan.documents:
        _document(out, plan, document, "str(_SCHEMAS / {!r})" if carried else "{!r}")
    return str(out)


def _document(out: Source, plan: Plan, document: Document, schema: str) -> None:
    name = snake(document.class_name)
    evidence = ", ".join(sorted(document.evidence))
    kinds = ", ".join(f"m.{each}" for each in sorted(document.records))
    with out.indented(f"{constant(document.name)}: DocumentType[m.{document.class_name}] = DocumentType("):
        out.add(f"name={document.name!r}, provider={plan.id!r}, schema={schema.format(f'{plan.id}/{document.file}')},")
        out.add(f"format={document.format!r}, direction={document.direction!r}, evidence={evidence!r},")
        out.add(f"types=({kinds},), dump=writers.dump_{name}, bind=binders.bind_{name},")
        out.add(f"shape=shapes.{shapes.root(document)},")
        if checks.rootless(document):
            out.add(f"check=checks.check_{name},")
        if shapes.coded(plan, document):
            out.add(f"coded=shapes.coded_{name},")
        if document.text_forms:
            out.add(f"text_forms=text_forms.{constant(document.name)},")
        if document.format == "form" and isinstance(document.root, Ref):
            _form(out, document.records[document.root.name])
    out.add(")")


def _form(out: Source, record: Record) -> None:
    """How the text values of a form are read back: which keys are integers, numbers and lists."""
    for base, argument in (("integer", "integers"), ("number", "numbers")):
        names = [e.name for e in record.fields if isinstance(e.type, Scalar) and e.type.base == base]
        if names:
            out.add(f"{argument}=frozenset({{{', '.join(map(repr, names))}}}),")
    lists = {each.name: each.type.separator for each in record.fields if isinstance(each.type, Array)}
    if lists:
        out.add(f"lists={lists!r},")


def emit_operations(plan: Plan) -> str:
    """The text of `operations.py`."""
    out = Source(f"Operations of {plan.provider['title']}.")
    out.add(f"from {RUNTIME}.description import Limit, Operation, Provider")
    out.add("from . import codes, documents", "from . import models as m", "")
    for name, content in plan.operations.items():
        _operation(out, plan, name, content)
    tables = "".join(f"codes.{table.upper()}, " for table in plan.codes)
    names = "".join(f"{name.upper()}, " for name in plan.operations)
    provider = plan.provider
    with out.indented("PROVIDER = Provider("):
        out.add(f"id={plan.id!r}, title={provider['title']!r}, docs={provider['docs']!r},")
        out.add(f"base_url={provider['base_url']!r}, operations=({names}), codes=({tables}),")
    out.add(")")
    return str(out)


def _operation(out: Source, plan: Plan, name: str, content: Table) -> None:
    request, response = (plan.document(str(content[kind])) for kind in ("request", "response"))
    kinds = f"m.{request.class_name}, m.{response.class_name}"
    with out.indented(f"{name.upper()}: Operation[{kinds}] = Operation("):
        for key in ("doc", "path", "effect", "evidence", "headers"):
            out.add(f"{key}={content[key]!r},")
        out.add(f"name={name!r}, provider={plan.id!r}, batch={_batch(request)},")
        out.add(f"request=documents.{constant(request.name)}, response=documents.{constant(response.name)},")
        for key in ("charset", "not_found", "facts"):
            if key in content:
                out.add(f"{key}={content[key]!r},")
        limits = cast("list[Mapping[str, object]]", content.get("limits", []))
        if limits:
            spelled = (", ".join(f"{key}={value!r}" for key, value in each.items()) for each in limits)
            out.add(f"limits=({''.join(f'Limit({each}),' for each in spelled)}),")
    out.add(")")


def _batch(request: Document) -> int | None:
    """How many items a request holds at most, where it has one kind of item and the schema limits it."""
    if isinstance(request.root, Array):
        return request.root.maximum
    if not isinstance(request.root, Ref):
        return None
    fields = request.records[request.root.name].fields
    limits = [each.maximum for each in fields if each.repeated]
    limits += [each.type.maximum for each in fields if isinstance(each.type, Array)]
    return limits[0] if len(limits) == 1 else None
