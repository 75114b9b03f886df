"""Files without markup: which of them are replies in a text form that a document has, and what is wrong with them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from attrs import evolve

from smswire.cli.catalogue import AnyDocument, charset_of
from smswire.cli.verdict import Verdict
from smswire.documents import Violation, read
from smswire.documents.reading import MAXIMUM, Spelling
from smswire_documents._runtime.description import TextForm

_MARKUP = (b"<", b"{", b"[")
_MARK = b"\xef\xbb\xbf"
_FORM = re.compile(rb"[^\s=&]+=")


def is_text(file: str, body: bytes, known: Sequence[AnyDocument]) -> bool:
    """Whether a file is to be read as one of the text forms of the documents.

    It is when it begins as one does, and with the name .txt also when it looks like nothing else.
    """
    start, suffix = body.removeprefix(_MARK).lstrip(), Path(file).suffix.lower()
    if not start or len(body) > MAXIMUM or suffix in (".xml", ".json", ".form") or start.startswith(_MARKUP):
        return False
    return any(_begun(known, body)) or (suffix == ".txt" and _FORM.match(start) is None)


def check_text(file: str, body: bytes, known: Sequence[AnyDocument]) -> Verdict:
    """Hold a file to the text forms that it begins as."""
    begun = list(_begun(known, body))
    if not begun:
        forms = "; ".join(f"{each.name} ({', '.join(each.text_forms)})" for each in known)
        problem = f"it begins as no text form that can be validated; these can: {forms}"
        return Verdict(file=file, violations=(Violation("/", problem, 1),))
    # no two forms that are known begin alike; where some do, the one with the fewest violations is meant
    verdicts = [_held(file, body.removeprefix(_MARK), document, name) for document, name in begun]
    return min(verdicts, key=lambda each: len(each.violations))


def _held(file: str, body: bytes, document: AnyDocument, name: str) -> Verdict:
    spelling = Spelling(charsets=_charsets(document), text_form=name)
    violations = read(document, body, on_drift="raise", spelling=spelling).violations
    if not violations:
        return Verdict(file=file, matches=(document.name,), text_form=name)
    placed = tuple(evolve(each, line=each.line or 1) for each in violations)
    return Verdict(file=file, closest=document.name, text_form=name, violations=placed)


def _begun(known: Iterable[AnyDocument], body: bytes) -> Iterator[tuple[AnyDocument, str]]:
    for document in known:
        text = _decoded(body.removeprefix(_MARK), _charsets(document))
        for name, form in document.text_forms.items():
            if text is not None and _begins(form, text):
                yield document, name


def _begins(form: TextForm, text: str) -> bool:
    error = re.fullmatch(form.error, text.rstrip("\r\n"), re.DOTALL)
    return error is not None or re.match(form.head, text) is not None


def _charsets(document: AnyDocument) -> tuple[str, ...]:
    return ("utf-8", charset_of(document))


def _decoded(body: bytes, charsets: Iterable[str]) -> str | None:
    for charset in charsets:
        try:
            return body.decode(charset)
        except UnicodeDecodeError:
            continue
    return None
