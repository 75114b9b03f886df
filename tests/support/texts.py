"""smsc's history without markup: the files of it, and a writer of it that shares nothing with the reader."""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Callable, Iterator, Mapping
from typing import Any

import pytest
from attrs import frozen

from smswire.documents import Reading, read
from smswire.documents.reading import Spelling
from smswire_documents.smsc import HistoryRecord
from smswire_documents.smsc.documents import GET_MESSAGES_RESPONSE
from support.cases import DOCUMENTS

Row = Mapping[str, Any]
SMSC = DOCUMENTS / "smsc"

FULL: Row = json.loads((SMSC / "get_messages.response.filled.json").read_text("utf-8"))[0]
"""A row that has what every form carries."""


def _printed(form: str, pattern: str) -> list[str]:
    """The names of a row in the order that the provider's page prints."""
    text = (SMSC / f"get_messages.{form}.printed.txt").read_text("utf-8")
    # as its legend does, the page's row says sender where the values are called sender_id
    return [{"sender": "sender_id"}.get(each, each) for each in re.findall(pattern, text)]


_LABELS = _printed("fmt0", r"(\w+) = <")
NAMES = {"line": _printed("fmt0", r"= <(\w+)>"), "commas": _printed("fmt1", r"<(\w+)>")}
"""The keys that a form carries, in its order."""


def in_pairs(row: Row) -> str:
    return ", ".join(f"{label} = {row[name]}" for label, name in zip(_LABELS, NAMES["line"], strict=True))


def in_commas(row: Row, blank: str = " ") -> str:
    return ",".join(f"{blank if name == 'message' else ''}{row[name]}" for name in NAMES["commas"])


WRITERS: Mapping[str, Callable[[Row], str]] = {"line": in_pairs, "commas": in_commas}
every_form = pytest.mark.parametrize("form", WRITERS)

BEGINNING = {form: write({**FULL, "message": "\0"}).partition("\0")[0] for form, write in WRITERS.items()}
"""All of a row before its text."""
ENDING = {form: write({**FULL, "message": "\0"}).partition("\0")[2] for form, write in WRITERS.items()}
"""All of a row after its text."""


@frozen(repr=False)
class Text:
    """A file of texts.toml that is a history, as it is described there."""

    file: str
    form: str
    charset: str
    reads: str
    rows: tuple[Row, ...]
    error: Row

    def __repr__(self) -> str:
        return self.file

    @property
    def body(self) -> bytes:
        return (SMSC / self.file).read_bytes()


def _texts() -> Iterator[Text]:
    for each in tomllib.loads((SMSC / "texts.toml").read_text("utf-8"))["text"]:
        if each["operation"] == "get_messages":
            form = ("line", "commas")[each["fmt"]]
            rows, error = tuple(each.get("rows", ())), each.get("error", {})
            yield Text(each["file"], form, each["charset"], each["reads"], rows, error)


TEXTS = list(_texts())


def parsed(form: str, text: str | bytes, declared: str | None = None) -> Reading[Any]:
    """A reply as a client reads it that has asked for UTF-8."""
    body = text if isinstance(text, bytes) else text.encode()
    spelling = Spelling(charsets=("utf-8", "windows-1251"), declared=declared, text_form=form)
    return read(GET_MESSAGES_RESPONSE, body, on_drift="raise", spelling=spelling)


def refusal(form: str, text: str | bytes) -> tuple[str, int]:
    """Why a reply is refused, and at which line."""
    reading = parsed(form, text)
    assert reading.value is None
    [violation] = reading.violations
    return violation.problem, violation.line


def record(form: str, row: Row) -> HistoryRecord:
    """What a reader must make of a row: an identifier that is written as a number is one, and nothing else changes."""
    carried = {name: row[name] for name in NAMES[form]}
    if re.fullmatch("0|-?[1-9][0-9]*", str(row["id"])):
        carried["id"] = int(row["id"])
    return HistoryRecord(**carried)


def imitates(form: str, message: str) -> bool:
    """Whether a text holds the end of a row, a line break, and the beginning of a row. Says so rather too often."""
    lines = message.split("\n")
    if form == "line":
        ends, begins = [", crc = " in each for each in lines], [each.startswith("Status = ") for each in lines]
    else:
        ends, begins = [each.count(",") >= 6 for each in lines], [each.count(",") >= 12 for each in lines]
    return any(one and other for one, other in zip(ends[:-1], begins[1:], strict=True))


def has_an_edge(form: str, message: str) -> bool:
    """Whether a line of a text could be taken for the end or the beginning of a row. Says so rather too often."""
    if form == "line":
        return any(", crc = " in each or each.startswith("Status = ") for each in message.split("\n"))
    return any(each.count(",") >= 6 for each in message.split("\n"))
