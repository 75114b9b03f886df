"""Parsing of JSON from a stranger, with exact numbers."""

from __future__ import annotations

from decimal import Decimal
from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import msgspec


class NotJson(ValueError):
    """The bytes are no JSON document; the text quotes nothing."""


def parse(body: bytes) -> object:
    """Parse a whole document; a number with a fraction becomes a `Decimal`. Raises `NotJson`."""
    import msgspec  # takes long to import, and XML does without

    try:
        return _decoder().decode(body)
    except (msgspec.DecodeError, UnicodeDecodeError):
        problem = "not well-formed JSON in UTF-8"
    except RecursionError:
        problem = "nested too deeply"
    raise NotJson(problem)


def _number(text: str) -> int | Decimal:
    """JSON Schema counts 1.0 and 1e3 as integers. An exponent that would fill the memory is refused."""
    value = Decimal(text)
    if abs(value.adjusted()) > 40:
        raise ValueError("a number out of range")
    return int(value) if value == value.to_integral_value() else value


@cache
def _decoder() -> msgspec.json.Decoder[object]:
    import msgspec

    return msgspec.json.Decoder(object, float_hook=_number)
