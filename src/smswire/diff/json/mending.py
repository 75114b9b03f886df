"""Keywords whose value is not of their form: mended where what is meant is plain, set aside where it is not.

Validators refuse such a schema as a whole, and so does the comparison, but for what schemas from the wild are full of.
"""

from __future__ import annotations

from typing import TypeAlias

from smswire.diff.json.dialects import Dialect, within
from smswire.diff.json.forms import CHECKS, Ill, SaysNothing, Tolerated, dependency, expression
from smswire.diff.json.keywords import HOLDERS, ILL, Pointer, holder
from smswire.diff.json.values import Json

Problem: TypeAlias = tuple[Pointer, str]
"""Where something is that no validator reads, and what it must be."""

_SCHEMA = "must be a schema"
_REST = "additionalProperties"


def mended(schema: Json, dialect: Dialect) -> tuple[Json, list[Problem]]:
    """A copy that validators of the draft can read, and what keeps them from reading the schema itself.

    What was set aside is in the copy under names of `ILL`.
    """
    mender = _Mender(dialect)
    return mender.schema(schema, ()), mender.problems


class _Mender:
    def __init__(self, dialect: Dialect) -> None:
        self.dialect = dialect
        self.problems: list[Problem] = []

    def schema(self, schema: Json, pointer: Pointer) -> Json:
        if isinstance(schema, bool) and self.dialect is Dialect.D4 and pointer:
            return {} if schema else {"not": {}}
        if not isinstance(schema, dict):
            return schema
        outer = self.dialect
        self.dialect = within(schema, outer) if pointer else outer
        try:
            return self._object(schema, pointer)
        finally:
            self.dialect = outer

    def _object(self, schema: dict[str, Json], pointer: Pointer) -> Json:
        found: dict[str, Json] = {}
        for keyword, value in schema.items():
            try:
                found[keyword] = self._keyword(schema, keyword, value, pointer)
            except SaysNothing:
                continue
            except Tolerated:
                found[ILL + keyword] = value
            except Ill as error:
                self.problems.append(((*pointer, keyword, *error.steps), error.problem))
                found[ILL + keyword] = value
        if ILL + "patternProperties" in found and _REST in found:
            # which properties are the others is not known
            found[ILL + _REST] = found.pop(_REST)
        return found

    def _keyword(self, schema: dict[str, Json], keyword: str, value: Json, pointer: Pointer) -> Json:
        if keyword in HOLDERS:
            how = holder(keyword, value, self.dialect)
            if how == "map":
                return self._map(keyword, value, (*pointer, keyword))
            if how == "schemas":
                return self._list(keyword, value, (*pointer, keyword))
            if how == "schema":
                return self._one(keyword, value, (*pointer, keyword))
            return value
        if check := CHECKS.get(keyword):
            since, until, form = check
            if since <= self.dialect <= until:
                return form(value, schema, self.dialect)
        return value

    def _one(self, keyword: str, value: Json, pointer: Pointer) -> Json:
        if isinstance(value, bool) and keyword.startswith("additional"):
            return value
        if not isinstance(value, dict | bool):
            raise Ill(_SCHEMA)
        return self.schema(value, pointer)

    def _list(self, keyword: str, value: Json, pointer: Pointer) -> Json:
        if not isinstance(value, list):
            raise Ill("must be a list of schemas")
        if keyword == "items" and self.dialect is Dialect.D2020:
            raise Ill("must be one schema from draft 2020-12 on, where prefixItems lists several")
        if not value and keyword in ("allOf", "items", "prefixItems"):
            raise SaysNothing
        if not value:
            raise Ill("must list a schema at least")
        for index, each in enumerate(value):
            if not isinstance(each, dict | bool):
                raise Ill(_SCHEMA, index)
        return [self.schema(each, (*pointer, index)) for index, each in enumerate(value)]

    def _map(self, keyword: str, value: Json, pointer: Pointer) -> Json:
        if not isinstance(value, dict):
            raise Ill("must be an object of schemas")
        if keyword == "patternProperties":
            for text in value:
                expression(text, self.dialect, text)
        found: dict[str, Json] = {}
        for name, each in value.items():
            within: Pointer = (*pointer, name)
            if keyword == "dependencies" and isinstance(each, list):
                found[name] = dependency(each, self.dialect)
            elif isinstance(each, dict | bool):
                found[name] = self.schema(each, within)
            elif keyword in ("$defs", "definitions"):
                continue
            else:
                raise Ill(_SCHEMA, name)
        return found
