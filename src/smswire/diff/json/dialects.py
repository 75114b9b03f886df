"""The drafts of JSON Schema, and what sets them apart."""

from __future__ import annotations

import re
from enum import IntEnum

from smswire.diff.json.values import Json


class Dialect(IntEnum):
    """A draft, later ones greater."""

    D4 = 4
    D6 = 6
    D7 = 7
    D2019 = 19
    D2020 = 20

    @property
    def uri(self) -> str:
        """The `$schema` of the draft."""
        if self >= Dialect.D2019:
            return f"https://json-schema.org/draft/{_BY_DATE[self]}/schema"
        return f"http://json-schema.org/draft-0{int(self)}/schema#"

    @property
    def siblings(self) -> bool:
        """Whether keywords beside a `$ref` count."""
        return self >= Dialect.D2019

    @property
    def formats(self) -> bool:
        """Whether `format` asserts."""
        return self <= Dialect.D7

    @property
    def contents(self) -> bool:
        """Whether `contentEncoding` and `contentMediaType` assert, as jsonschema-rs has it."""
        return Dialect.D6 <= self <= Dialect.D7

    @property
    def id_keyword(self) -> str:
        return "id" if self is Dialect.D4 else "$id"


_BY_DATE = {Dialect.D2019: "2019-09", Dialect.D2020: "2020-12"}
_KNOWN = re.compile(r"^https?://(?:www\.)?json-schema\.org/(?:draft-0?(\d)|draft/(?:0?(\d)|(2019-09|2020-12)))/")
_LATEST = re.compile(r"^https?://(?:www\.)?json-schema\.org/(?:schema|draft/next/schema|hyper-schema)#?$")


class UnknownDraft(Exception):
    """A draft that is not compared; the text names it."""


def declared(schema: Json) -> Dialect | None:
    """The draft that `$schema` names, None where it names none. Raises `UnknownDraft` for one before draft-04."""
    uri = schema.get("$schema") if isinstance(schema, dict) else None
    if not isinstance(uri, str):
        return None
    if found := _KNOWN.match(uri):
        dated = {each: dialect for dialect, each in _BY_DATE.items()}.get(found[3])
        number = int(found[1] or found[2] or 0)
        if dated is None and number < Dialect.D4:
            raise UnknownDraft(f"is written for draft-0{number}, which is not compared")
        # what draft-05 says is draft-04's
        return dated or (Dialect.D4 if number == 5 else Dialect(number) if number <= 7 else None)
    return Dialect.D2020 if _LATEST.match(uri) else None


def within(schema: Json, outer: Dialect) -> Dialect:
    """The draft of a schema that is part of another: its own, where it is taken in whole with an identifier."""
    try:
        own = declared(schema)
    except UnknownDraft:
        return outer
    if own is None or not isinstance(schema, dict) or own.id_keyword not in schema:
        return outer
    return own
