"""The checks that generated code calls on each field: right type, within the limits, or `PayloadError`."""

from __future__ import annotations

import re
from collections.abc import Callable
from decimal import Decimal
from typing import cast

from .errors import PayloadError

Match = Callable[[str], "re.Match[str] | None"]

# what XML 1.0 cannot carry in any spelling, lone surrogates included; compiled when first used, for it takes long
_NOT_XML = "[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]"
_SURROGATE = "[\ud800-\udfff]"


def string(
    path: str,
    value: object,
    minimum: int = 0,
    maximum: int | None = None,
    match: Match | None = None,
    pattern: str = "",
    *,
    xml: bool = False,
) -> None:
    """Check a string; lengths are in characters, `pattern` is the source that `match` was compiled from."""
    if not isinstance(value, str):
        raise wrong_type(path, "a string", value)
    length = len(value)
    if length < minimum or (maximum is not None and length > maximum):
        raise PayloadError(path, f"{_counted(length, 'character')}, {_range(minimum or None, maximum)}")
    # isprintable is a cheap yes for nearly every text
    if not value.isprintable() and re.search(_NOT_XML if xml else _SURROGATE, value):
        raise PayloadError(path, "holds a character that the document cannot carry (a control or a lone surrogate)")
    if match is not None and match(value) is None:
        raise PayloadError(path, f"does not match the pattern {pattern}")


def integer(path: str, value: object, minimum: int | None = None, maximum: int | None = None) -> None:
    """Check an integer; a bool is none."""
    if not isinstance(value, int) or isinstance(value, bool):
        raise wrong_type(path, "an integer", value)
    if (minimum is not None and value < minimum) or (maximum is not None and value > maximum):
        raise PayloadError(path, f"out of range, {_range(minimum, maximum)}")


def number(path: str, value: object, minimum: Decimal | None = None, maximum: Decimal | None = None) -> None:
    """Check a decimal number: a finite `Decimal` or an int."""
    if isinstance(value, bool) or not isinstance(value, (Decimal, int)):
        raise wrong_type(path, "a Decimal", value)
    if not Decimal(value).is_finite():
        raise PayloadError(path, "is not a finite number")
    if (minimum is not None and value < minimum) or (maximum is not None and value > maximum):
        raise PayloadError(path, f"out of range, {_range(minimum, maximum)}")


def boolean(path: str, value: object) -> None:
    """Check a bool."""
    if not isinstance(value, bool):
        raise wrong_type(path, "a bool", value)


def one_of(path: str, value: object, allowed: tuple[object, ...]) -> None:
    """Check a value that the schema enumerates; 1, True and 1.0 are different values."""
    if not any(value == each and isinstance(value, bool) == isinstance(each, bool) for each in allowed):
        raise PayloadError(path, "not one of " + ", ".join(map(repr, allowed)))


def instance(path: str, value: object, cls: type) -> None:
    """Check an enclosed document."""
    if not isinstance(value, cls):
        raise wrong_type(path, cls.__name__, value)


def items(path: str, value: object, minimum: int = 0, maximum: int | None = None) -> tuple[object, ...]:
    """Check that a value is a tuple of an allowed length, and return it; its items are checked by the caller."""
    if not isinstance(value, tuple):
        raise wrong_type(path, "a tuple", value)
    found = cast("tuple[object, ...]", value)
    length = len(found)
    if length < minimum or (maximum is not None and length > maximum):
        raise PayloadError(path, f"{_counted(length, 'item')}, {_range(minimum or None, maximum)}")
    return found


def instances(path: str, value: object, cls: type, minimum: int = 0, maximum: int | None = None) -> None:
    """Check a tuple of enclosed documents."""
    for index, each in enumerate(items(path, value, minimum, maximum)):
        if not isinstance(each, cls):
            raise wrong_type(f"{path}[{index}]", cls.__name__, each)


def choice(path: str, value: object, *alternatives: tuple[tuple[str, ...], tuple[str, ...]], optional: bool) -> None:
    """Check that the fields of one alternative are set, and none of another. An alternative is the names of its fields,
    and of those among them that it requires; `optional` allows that none is taken.
    """
    names = {name for fields, _ in alternatives for name in fields}
    present = {name for name in names if getattr(value, name) not in (None, ())}
    if not present and optional:
        return
    if not any(present <= set(fields) and present.issuperset(required) for fields, required in alternatives):
        allowed = ", or ".join(" and ".join(required or fields) for fields, required in alternatives)
        raise PayloadError(path, f"alternatives: {'at most' if optional else 'exactly'} one is allowed of {allowed}")


def one_type(path: str, value: object, *classes: type) -> None:
    """Check that a value is of one of several classes."""
    if not isinstance(value, classes):
        raise wrong_type(path, " or ".join(each.__name__ for each in classes), value)


def wrong_type(path: str, wanted: str, value: object) -> PayloadError:
    """The error of a value of another type; it names the type found, never the value."""
    return PayloadError(path, f"{wanted} is required, not {type(value).__name__}")


def _counted(count: int, what: str) -> str:
    return f"{count} {what}" + ("" if count == 1 else "s")


def _range(minimum: Decimal | int | None, maximum: Decimal | int | None) -> str:
    if minimum is None:
        return f"at most {maximum} allowed"
    if maximum is None:
        return f"at least {minimum} required"
    return f"exactly {minimum} required" if minimum == maximum else f"from {minimum} to {maximum} allowed"
