"""`smswire validate`: files against the schemas of all known documents, in lines like a compiler's."""

from __future__ import annotations

import sys
from collections.abc import Collection, Sequence
from pathlib import Path

import click
from attrs import frozen

from smswire.cli.catalogue import AnyDocument, documents
from smswire.cli.matching import check
from smswire.cli.output import DONE, FAILED, USAGE, clean, complain, emit
from smswire.cli.verdict import Verdict
from smswire.documents.reading import MAXIMUM


@frozen
class _Unreadable:
    file: str
    problem: str


def validate(files: Sequence[str], document: str | None, *, as_json: bool) -> int:
    """Check every file; one that cannot be read does not keep the others from being checked."""
    known = documents()
    if document is not None and document not in known:
        raise click.UsageError(f"no document has this name; known are {', '.join(known)}")
    only = None if document is None else known[document]
    results = [_checked(each, known.values(), only) for each in files]
    for each in results:
        if isinstance(each, _Unreadable):
            complain(f"cannot read {each.file}: {each.problem}")
    if as_json:
        emit([_described(each) for each in results])
    else:
        for each in results:
            _print(each)
    if any(isinstance(each, _Unreadable) for each in results):
        return USAGE
    return DONE if all(isinstance(each, Verdict) and each.matches for each in results) else FAILED


def _checked(file: str, known: Collection[AnyDocument], only: AnyDocument | None) -> Verdict | _Unreadable:
    try:
        body = _bytes(file)
    except (OSError, ValueError) as error:
        # ValueError: the name holds a NUL
        return _Unreadable(file, getattr(error, "strerror", None) or "not a file name")
    return check(file, body, known, only)


def _bytes(file: str) -> bytes:
    """A file's bytes, at most one more than a document may have."""
    if file == "-":
        return sys.stdin.buffer.read(MAXIMUM + 1)
    with Path(file).open("rb") as stream:
        return stream.read(MAXIMUM + 1)


def _print(result: Verdict | _Unreadable) -> None:
    if isinstance(result, _Unreadable):
        return
    file = clean(result.file)
    form = "" if result.text_form is None else f" (text form {result.text_form})"
    for name in result.matches:
        click.echo(f"{file}: valid as {name}{form}")
    if result.matches:
        return
    closest = "no known document" if result.closest is None else f"closest is {result.closest}{form}"
    click.echo(f"{file}: not valid, {closest}")
    for each in result.violations:
        click.echo(f"{file}:{each.line}: {clean(each.path)}: {clean(each.problem)}")


def _described(result: Verdict | _Unreadable) -> dict[str, object]:
    if isinstance(result, _Unreadable):
        return {"file": result.file, "valid": False, "unreadable": result.problem}
    return {
        "file": result.file,
        "valid": bool(result.matches),
        "documents": list(result.matches),
        "closest": result.closest,
        "text_form": result.text_form,
        "violations": [{"line": each.line, "path": each.path, "problem": each.problem} for each in result.violations],
    }
