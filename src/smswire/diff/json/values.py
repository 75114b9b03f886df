"""JSON values as the comparison needs them: numbers exact, equality as JSON Schema has it, text as it would be sent."""

from __future__ import annotations

import json
import re
from collections.abc import Hashable, Iterable
from decimal import Decimal, InvalidOperation
from typing import TypeAlias

Json: TypeAlias = "bool | int | Decimal | str | list[Json] | dict[str, Json] | None"
"""A number that is written with a point or an exponent is a Decimal, others are integers."""

Key: TypeAlias = Hashable
"""Two values have the same key iff JSON Schema takes them as equal: 1 and 1.0 are, 1 and true are not."""

TRUE: Key = ("boolean", True)
FALSE: Key = ("boolean", False)

_EXPONENT = 400
_BEYOND = "holds a number beyond all use"
_TOKEN = re.compile(r'"(?:[^"\\]|\\.)*"|[^\s{}\[\],:"]+')
"""A string, or a number or word."""


class NotJson(ValueError):
    """A text that is no JSON, or holds a number beyond all use."""

    def __init__(self, problem: str, line: int = 0) -> None:
        super().__init__(problem)
        self.problem = problem
        self.line = line


def parse(text: str) -> Json:
    """Read a JSON text. Raises `NotJson`; nesting too deep for this Python is one, too."""
    try:
        found: Json = json.loads(text, parse_float=_decimal, parse_constant=_constant)
    except json.JSONDecodeError as error:
        raise NotJson(f"is not JSON: {error.msg}", error.lineno) from None
    except RecursionError:
        raise NotJson("is nested too deeply") from None
    except ValueError as error:
        if isinstance(error, _Number):
            raise NotJson(error.problem, _line(text, error.written)) from None
        raise NotJson("holds a number with too many digits", _line(text)) from None
    return found


class _Number(ValueError):
    """A number that is none, or beyond all use, as it is written."""

    def __init__(self, problem: str, written: str) -> None:
        super().__init__(problem)
        self.problem = problem
        self.written = written


def _line(text: str, written: str | None = None) -> int:
    """The line of a number, of the one with the most digits where none is given."""
    found = {each[0]: each.start() for each in reversed(list(_TOKEN.finditer(text))) if each[0][0] != '"'}
    at = max(found, key=len, default="") if written is None else written
    return text.count("\n", 0, found.get(at, 0)) + 1


def _decimal(text: str) -> Decimal:
    try:
        found = Decimal(text)
    except InvalidOperation:
        raise _Number(_BEYOND, text) from None
    if abs(found.adjusted()) > _EXPONENT:
        raise _Number(_BEYOND, text)
    return found


def _constant(text: str) -> Json:
    raise _Number(f"is not JSON: {text} is no number", text)


def key(value: Json) -> Key:
    """What equal values have in common."""
    if isinstance(value, bool):
        return TRUE if value else FALSE
    if isinstance(value, list):
        return ("array", tuple(key(each) for each in value))
    if isinstance(value, dict):
        return ("object", frozenset((name, key(each)) for name, each in value.items()))
    return value


def text(value: Json) -> str:
    """The value as a JSON text; a Decimal stays recognisable as written with a point."""
    if isinstance(value, bool) or value is None:
        return "true" if value else "null" if value is None else "false"
    if isinstance(value, Decimal):
        return _number(value)
    if isinstance(value, list):
        return "[" + ", ".join(text(each) for each in value) + "]"
    if isinstance(value, dict):
        return "{" + ", ".join(f"{text(name)}: {text(each)}" for name, each in value.items()) + "}"
    return json.dumps(value, ensure_ascii=not _printable(value))


def _number(value: Decimal) -> str:
    if abs(value.adjusted()) > 25:
        return format(value.normalize(), "e")
    plain = format(value.normalize(), "f")
    return plain if "." in plain else plain + ".0"


def _printable(value: Json) -> bool:
    return isinstance(value, str) and value.isprintable()


def short(value: Json, most: int = 60) -> str:
    """The value as a message shows it."""
    spelled = value if isinstance(value, str) and value else text(value)
    return spelled if len(spelled) <= most else spelled[: most - 3] + "..."


def listed(values: Iterable[Json], most: int = 12) -> str:
    """Several values as a message shows them."""
    shown = [short(each) for each in values]
    rest = len(shown) - most
    return ", ".join(shown[:most]) + (f" and {rest} more" if rest > 0 else "")


def size(value: Json) -> int:
    """About how many characters the text of a value has, without making it."""
    known: dict[int, int] = {}

    def measure(each: Json) -> int:
        if isinstance(each, str):
            return len(each) + 2
        if not isinstance(each, list | dict):
            return 5
        if id(each) not in known:
            inner = each.values() if isinstance(each, dict) else each
            known[id(each)] = sum(map(measure, inner)) + sum(map(len, each if isinstance(each, dict) else ()))
        return known[id(each)]

    return measure(value)
