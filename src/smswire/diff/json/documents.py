"""Schema files: read once, mended, with the line of every place in them."""

from __future__ import annotations

import json
from functools import cached_property
from pathlib import Path

from attrs import define, field

from smswire.diff.errors import UnreadableSchema
from smswire.diff.json import mending, values
from smswire.diff.json.dialects import Dialect, UnknownDraft, declared
from smswire.diff.json.keywords import Pointer, spelled
from smswire.diff.json.mending import Problem
from smswire.diff.json.values import Json
from smswire.diff.model import Place
from smswire.schema.positions import lines_by_pointer

_BYTES = 64_000_000


@define(eq=False, slots=False)
class Document:
    """One file. `schema` is the mended copy that everything else works on."""

    path: Path
    raw: Json
    text: str = field(repr=False)
    dialect: Dialect
    schema: Json = field(init=False, repr=False)
    problems: list[Problem] = field(init=False)

    def __attrs_post_init__(self) -> None:
        self.schema, self.problems = mending.mended(self.raw, self.dialect)

    def check(self) -> None:
        """Raise `UnreadableSchema` for the first thing that keeps every validator from reading the schema."""
        for pointer, problem in self.problems[:1]:
            raise UnreadableSchema(str(self.path), self.line(pointer), f"{spelled(pointer)} {problem}")

    def place(self, pointer: Pointer) -> Place:
        """Where a place in the schema is written."""
        return Place(str(self.path), self.line(pointer))

    def line(self, pointer: Pointer) -> int:
        """The line of a place, of the nearest one around it that is known."""
        while pointer and spelled(pointer) not in self._lines:
            pointer = pointer[:-1]
        return self._lines.get(spelled(pointer), 1)

    @cached_property
    def _lines(self) -> dict[str, int]:
        return lines_by_pointer(self.text)


def read(path: Path) -> tuple[str, Json]:
    """The text of a schema file and what it says. Raises `UnreadableSchema`."""
    try:
        with path.open("rb") as stream:
            data = stream.read(_BYTES + 1)
    except OSError as error:
        raise UnreadableSchema(str(path), 0, error.strerror or "cannot be read") from None
    if len(data) > _BYTES:
        raise UnreadableSchema(str(path), 0, "is larger than 64 MB")
    try:
        text = data.decode(json.detect_encoding(data)).removeprefix("\ufeff")
        schema = values.parse(text)
    except UnicodeDecodeError:
        raise UnreadableSchema(str(path), 0, "is not text in a Unicode encoding") from None
    except values.NotJson as error:
        raise UnreadableSchema(str(path), error.line, error.problem) from None
    if not isinstance(schema, dict | bool):
        raise UnreadableSchema(str(path), 1, "is no schema: a schema is an object, true or false")
    return text, schema


def draft(path: Path, schema: Json) -> Dialect | None:
    """The draft that a schema declares. Raises `UnreadableSchema` for one that is too old to be compared."""
    try:
        return declared(schema)
    except UnknownDraft as error:
        raise UnreadableSchema(str(path), 1, str(error)) from None


def undeclared(schemas: list[Json]) -> Dialect:
    """The draft of schemas that declare none: the latest under which the most keywords have their form."""
    drafts = (Dialect.D2020, Dialect.D2019, Dialect.D7, Dialect.D4)
    return min(drafts, key=lambda draft: sum(len(mending.mended(each, draft)[1]) for each in schemas))
