"""Keywords whose value is not of their form: mended where what is meant is plain, set aside where it is not.

Validators refuse such a schema as a whole. Schemas from the wild are full of it, and the rest of them can be compared.
"""

from __future__ import annotations

from typing import TypeAlias

from smswire.diff.json import engines
from smswire.diff.json.dialects import Dialect
from smswire.diff.json.forms import CHECKS, Ill, SaysNothing, dependency
from smswire.diff.json.keywords import HOLDERS, ILL, Pointer, holder
from smswire.diff.json.values import Json

Problem: TypeAlias = tuple[Pointer, Json]
"""Where a keyword was set aside, and its value."""


def mended(schema: Json, dialect: Dialect) -> tuple[Json, list[Problem]]:
    """A copy that validators of the draft can read, and what was set aside for it under names of `ILL`."""
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
        found: dict[str, Json] = {}
        for keyword, value in schema.items():
            try:
                found[keyword] = self._keyword(schema, keyword, value, pointer)
            except SaysNothing:
                continue
            except Ill:
                self.problems.append(((*pointer, keyword), value))
                found[ILL + keyword] = value
        self._names(found)
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
            raise Ill
        return self.schema(value, pointer)

    def _list(self, keyword: str, value: Json, pointer: Pointer) -> Json:
        if not isinstance(value, list) or (keyword == "items" and self.dialect is Dialect.D2020):
            raise Ill
        if not value and keyword in ("allOf", "items", "prefixItems"):
            raise SaysNothing
        if not value or not all(isinstance(each, dict | bool) for each in value):
            raise Ill
        return [self.schema(each, (*pointer, index)) for index, each in enumerate(value)]

    def _map(self, keyword: str, value: Json, pointer: Pointer) -> Json:
        if not isinstance(value, dict):
            raise Ill
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
                raise Ill
        return found

    def _names(self, schema: dict[str, Json]) -> None:
        """Set `patternProperties` aside when a name is no regular expression, and what depends on its names."""
        patterns = schema.get("patternProperties")
        if isinstance(patterns, dict) and not all(engines.readable(each, self.dialect) for each in patterns):
            for keyword in ("patternProperties", "additionalProperties", "unevaluatedProperties"):
                if keyword in schema:
                    schema[ILL + keyword] = schema.pop(keyword)
                    self.problems.append(((), schema[ILL + keyword]))
