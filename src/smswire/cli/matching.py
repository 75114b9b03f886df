"""Which known document a stranger's bytes are: the ones they are valid as, or the one they come closest to."""

from __future__ import annotations

from collections.abc import Collection
from pathlib import Path
from typing import Literal, TypeAlias

from attrs import evolve

from smswire.cli.catalogue import AnyDocument
from smswire.cli.closeness import familiar, strangers
from smswire.cli.texts import check_text, is_text
from smswire.cli.verdict import Verdict
from smswire.documents import Violation, forms, json_input, read, xml_input
from smswire.schema.positions import lines_by_pointer

Format: TypeAlias = Literal["xml", "json", "form"]

_SUFFIXES: dict[str, Format] = {".xml": "xml", ".json": "json", ".form": "form"}
_BEFORE_CONTENT = b"\x00\xef\xbb\xbf\xff\xfe \t\r\n"


def check(file: str, body: bytes, known: Collection[AnyDocument], only: AnyDocument | None) -> Verdict:
    """Hold the bytes to every document of their format, or to `only` one. What a document adds is a violation."""
    texts = [each for each in (known if only is None else [only]) if each.text_forms]
    if texts and is_text(file, body, texts):
        return check_text(file, body, texts)
    kind = only.format if only is not None else _format(file, body)
    if kind is None:
        problem = "neither XML nor JSON nor a form, nor a text form that is known" if body.strip() else "nothing in it"
        return Verdict(file=file, violations=(Violation("/", problem, 1),))
    if kind == "form":
        # editors end a file with a line break, which would become part of the last value
        body = body.rstrip(b"\r\n")
    candidates = [only] if only is not None else [each for each in known if each.format == kind]
    if kind == "xml" and only is None:
        root = _root(body)
        roots = {element for each in candidates for element in each.elements}
        if root is not None and root not in roots:
            problem = f"the root element is none of {', '.join(sorted(roots))}"
            return Verdict(file=file, violations=(Violation("/", problem, 1),))
        candidates = [each for each in candidates if root is None or root in each.elements]
    readings = [(each, read(each, body, on_drift="raise")) for each in candidates]
    matches = tuple(document.name for document, reading in readings if not reading.violations)
    if matches:
        return Verdict(file=file, matches=matches)
    try:
        ranked = [(strangers(document, body), len(reading.violations)) for document, reading in readings]
    except (xml_input.NotXml, json_input.NotJson, forms.NotForm):
        return Verdict(file=file, violations=_placed(kind, body, readings[0][1].violations))
    if only is None and not any(familiar(document, body) for document in candidates):
        return Verdict(file=file, violations=(Violation("/", "no known document has any of these keys", 1),))
    document, reading = readings[ranked.index(min(ranked))]
    return Verdict(file=file, closest=document.name, violations=_placed(kind, body, reading.violations))


def _format(file: str, body: bytes) -> Format | None:
    if not body.strip(_BEFORE_CONTENT):
        return None
    named = _SUFFIXES.get(Path(file).suffix.lower())
    if named is not None:
        return named
    first = body.lstrip(_BEFORE_CONTENT)[:1]
    if first == b"<":
        return "xml"
    if first in (b"{", b"["):
        return "json"
    return "form" if b"=" in body else None


def _root(body: bytes) -> str | None:
    """The name of the root element; None where the bytes are no document."""
    try:
        return str(xml_input.parse(body).tag)
    except xml_input.NotXml:
        return None


def _placed(kind: Format, body: bytes, violations: tuple[Violation, ...]) -> tuple[Violation, ...]:
    """The violations with their lines, which only XML's come with."""
    lines = _lines(body) if kind == "json" else {}
    return tuple(evolve(each, path=each.path or "/", line=each.line or _line(lines, each.path)) for each in violations)


def _lines(body: bytes) -> dict[str, int]:
    try:
        json_input.parse(body)
        return lines_by_pointer(body.decode("utf-8"))
    except ValueError:
        return {}


def _line(lines: dict[str, int], path: str) -> int:
    """The line of a pointer, or of the nearest enclosing value that has one."""
    while path and path not in lines:
        path = path.rpartition("/")[0]
    return lines.get(path, 1)
