"""Form encoding: plain data to `application/x-www-form-urlencoded` bytes, and back by the types of the schema."""

from __future__ import annotations

import re
from collections.abc import Mapping
from decimal import Decimal
from typing import Any, cast
from urllib.parse import parse_qsl, urlencode

from smswire_documents._runtime.description import DocumentType
from smswire_documents._runtime.errors import PayloadError

_INTEGER = re.compile(r"-?(?:0|[1-9][0-9]{0,999})")
_NUMBER = re.compile(r"-?[0-9]{1,999}(?:\.[0-9]{1,999})?")


class NotForm(ValueError):
    """The bytes are no form; the text quotes nothing."""


def encode(document: DocumentType[Any], data: object, charset: str = "utf-8") -> bytes:
    """Encode a form's plain data; the items of a list are joined by the separator of the schema.

    Raises `PayloadError` for a value with a character that the charset does not have.
    """
    pairs = _pairs(document, data)
    try:
        return urlencode(pairs, encoding=charset).encode("ascii")
    except UnicodeEncodeError:
        unfit = next(key for key, value in pairs if not _carries(charset, value))
    del data, pairs  # they would show in the traceback
    raise PayloadError(f"{document.types[0].__name__}.{unfit}", f"holds a character that {charset} does not have")


def _pairs(document: DocumentType[Any], data: object) -> list[tuple[str, str]]:
    pairs: list[tuple[str, str]] = []
    for key, value in cast("Mapping[str, object]", data).items():
        if isinstance(value, list):
            pairs.append((key, document.lists[key].join(cast("list[str]", value))))
        else:
            pairs.append((key, f"{value:f}" if isinstance(value, Decimal) else str(value)))
    return pairs


def _carries(charset: str, value: str) -> bool:
    try:
        value.encode(charset)
    except UnicodeEncodeError:
        return False
    return True


def decode(document: DocumentType[Any], body: bytes, charset: str = "utf-8") -> dict[str, object]:
    """Decode a form to plain data, each value as the schema types it; what does not fit stays text for the schema
    to refuse. Raises `NotForm`.
    """
    try:
        text = body.decode("ascii")
        pairs = parse_qsl(text, keep_blank_values=True, strict_parsing=bool(text), encoding=charset, errors="strict")
    except ValueError:
        pairs = None
    if pairs is None:
        raise NotForm(f"not a well-formed form in {charset}")
    found: dict[str, object] = {}
    for key, value in pairs:
        if key in found:
            raise NotForm("a key comes twice")
        found[key] = _typed(document, key, value)
    return found


def _typed(document: DocumentType[Any], key: str, value: str) -> object:
    if key in document.lists:
        return value.split(document.lists[key])
    if key in document.integers and _INTEGER.fullmatch(value):
        return int(value)
    if key in document.numbers and _NUMBER.fullmatch(value):
        return Decimal(value)
    return value
