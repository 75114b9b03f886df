"""A provider's facts beside its schemas, provider.toml and codes.toml, held to the keys that they may have."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import cast

from attrs import frozen

from smswire.schema import SchemaError
from smswire.schema.model import Position

Table = Mapping[str, object]
Keys = Mapping[str, type | tuple[type, ...]]

PROVIDER: Keys = dict.fromkeys(("id", "title", "docs", "base_url"), str) | {"operations": dict}
OPERATION: Keys = dict.fromkeys(("doc", "path", "effect", "evidence", "request", "response"), str) | {"headers": dict}
OPERATION_MAY: Keys = {"charset": str, "not_found": int, "facts": dict, "limits": list}
LIMIT: Keys = {"requests": int, "seconds": int}
LIMIT_MAY: Keys = {"identical": bool}
TABLE: Keys = {"doc": str, "complete": bool, "codes": list}
CODE: Keys = {"code": (int, str)} | dict.fromkeys(("name", "meaning", "evidence"), str)
CODE_MAY: Keys = dict.fromkeys(("wire", "state", "error"), str) | {"final": bool}
_WORDS = {str: "a text", int: "a whole number", bool: "true or false", dict: "a table", list: "a list"}

STATES = ("scheduled", "queued", "sent", "delivered", "read", "expired", "undeliverable", "rejected", "unknown")
"""Every delivery state of the facade."""
ERRORS = (
    "authentication",
    "blocked",
    "insufficient_funds",
    "rate_limited",
    "refused",
    "item",
    "not_found",
    "parameters",
    "date",
)
"""Every kind of error. The first four have exceptions of their own, the others are for the provider's own module."""


def provider(folder: Path) -> Table:
    """What provider.toml states. Raises `SchemaError`, with file and line, for what it lacks or may not have."""
    facts = _Facts.read(folder / "provider.toml")
    facts.hold(facts.content, "the provider", PROVIDER, {})
    if not re.match("https?://.", str(facts.content["base_url"])):
        raise SchemaError(facts.at(), "base_url must begin with https:// or http://")
    for name, operation in cast("Table", facts.content["operations"]).items():
        _operation(facts, name, operation)
    return facts.content


def _operation(facts: _Facts, name: str, content: object) -> None:
    what, header = f"operation {name}", f"operations.{name}"
    operation = facts.hold(content, what, OPERATION, OPERATION_MAY, header)
    facts.named(name, what, header)
    if operation["effect"] not in ("send", "read"):
        raise SchemaError(facts.at(header), f"the effect of {what} must be send or read")
    if not re.match("/|$", str(operation["path"])):
        raise SchemaError(facts.at(header), f"the path of {what} must begin with /, or be empty")
    if not _known(str(operation.get("charset", "utf-8"))):
        raise SchemaError(facts.at(header), f"the charset of {what} is not known")
    for key, kind in (("headers", str), ("facts", int)):
        values = cast("Table", operation.get(key, {}))
        facts.hold(values, f"{key} of {what}", {}, dict.fromkeys(values, kind), header)
    for each in cast("list[object]", operation.get("limits", [])):
        facts.hold(each, f"a limit of {what}", LIMIT, LIMIT_MAY, header)


def codes(folder: Path) -> Mapping[str, Table]:
    """The tables of codes.toml. Raises `SchemaError`, with file and line, for what they lack or may not have."""
    facts = _Facts.read(folder / "codes.toml")
    for name, content in facts.content.items():
        facts.named(name, f"table {name}", name)
        table = facts.hold(content, f"table {name}", TABLE, {}, name)
        _codes(facts, name, [_code(facts, name, each) for each in cast("list[object]", table["codes"])])
    return cast("Mapping[str, Table]", facts.content)


def _code(facts: _Facts, table: str, content: object) -> Table:
    code = facts.hold(content, f"a code of table {table}", CODE, CODE_MAY, table)
    if not re.fullmatch("[a-z][a-z0-9_]*", str(code["name"])):
        raise SchemaError(facts.at(table), f"table {table} has the name {code['name']}, which is not in snake_case")
    for key, allowed in (("state", STATES), ("error", ERRORS)):
        if key in code and code[key] not in allowed:
            problem = f"the {key} of {code['name']} in table {table} must be one of {', '.join(allowed)}"
            raise SchemaError(facts.at(table), problem)
    return code


def _codes(facts: _Facts, table: str, codes: list[Table]) -> None:
    if len({type(each["code"]) for each in codes}) > 1:
        raise SchemaError(facts.at(table), f"the codes of table {table} must be all numbers or all words")
    for what in ("name", "code"):
        values = [str(each.get(what)) for each in codes]
        if twice := {value for value in values if values.count(value) > 1}:
            raise SchemaError(facts.at(table), f"table {table} has the {what} {min(twice)} twice")


@frozen
class _Facts:
    """A TOML file, and the lines on which its tables begin."""

    file: str
    content: Table
    lines: Mapping[str, int]

    @classmethod
    def read(cls, path: Path) -> _Facts:
        try:
            text = path.read_text("utf-8")
            content = tomllib.loads(text)
        except FileNotFoundError:
            raise SchemaError(Position(path.name, 1), "the provider's folder needs this file") from None
        except ValueError as error:
            # UnicodeDecodeError is one as well, and tells no line
            place = re.search(r" \(at line ([0-9]+), column [0-9]+\)$", str(error))
            problem = str(error)[: place.start()] if place else str(error)
            raise SchemaError(Position(path.name, int(place[1]) if place else 1), problem) from None
        headers = (re.match(r"\s*\[([^\[\]]+)\]", line) for line in text.splitlines())
        return cls(path.name, content, {each[1].strip(): line for line, each in enumerate(headers, 1) if each})

    def at(self, table: str = "") -> Position:
        return Position(self.file, self.lines.get(table, 1))

    def named(self, name: str, what: str, header: str) -> None:
        """Refuse a name that gives none in Python."""
        if not re.fullmatch("[a-z][a-z0-9_]*", name):
            raise SchemaError(self.at(header), f"{what} needs a name in snake_case")

    def hold(self, content: object, what: str, must: Keys, may: Keys, header: str = "") -> Table:
        """Refuse a table that lacks a key, has an unknown one, or a value of another type."""
        if not isinstance(content, dict):
            raise SchemaError(self.at(header), f"{what} must be a table")
        table = cast("Table", content)
        for key in must:
            if key not in table:
                raise SchemaError(self.at(header), f"{what} needs {key}")
        for key, value in table.items():
            kinds = {**must, **may}.get(key)
            if kinds is None:
                raise SchemaError(self.at(header), f"{what} has the unknown key {key}")
            allowed = kinds if isinstance(kinds, tuple) else (kinds,)
            # true and false are no numbers, whatever Python says
            if type(value) not in allowed:
                words = " or ".join(_WORDS[each] for each in allowed)
                raise SchemaError(self.at(header), f"{key} of {what} must be {words}")
        return table


def _known(charset: str) -> bool:
    try:
        "".encode(charset)  # what is looked up may turn no text into bytes
    except (LookupError, ValueError):
        return False
    return True
