"""What jsonschema-rs says of single strings: it is the judge of patterns and formats, too."""

from __future__ import annotations

import re
from functools import lru_cache

import jsonschema_rs

from smswire.diff.json.dialects import Dialect

CLASSES = {
    Dialect.D4: jsonschema_rs.Draft4Validator,
    Dialect.D6: jsonschema_rs.Draft6Validator,
    Dialect.D7: jsonschema_rs.Draft7Validator,
    Dialect.D2019: jsonschema_rs.Draft201909Validator,
    Dialect.D2020: jsonschema_rs.Draft202012Validator,
}

_LOOKAROUND = re.compile(r"\(\?<?[=!]")
_SHORTHAND = re.compile(r"(?<!\\)(?:\\\\)*\\[dwsDWS]")

# no format takes all of these
_ODD = ("", " ", "\0", "%", "{", "é é", "a..b", "(", "zzz zzz", "a~b~")


@lru_cache(maxsize=8192)
def readable(pattern: str, dialect: Dialect) -> bool:
    """Whether a string is a regular expression that validators of the draft take."""
    return _validator(dialect, "pattern", pattern) is not None


@lru_cache(maxsize=512)
def asserts(name: str, dialect: Dialect) -> bool:
    """Whether a format refuses anything under the draft."""
    if not dialect.formats:
        return False
    validator = _validator(dialect, "format", name)
    return validator is not None and not all(validator.is_valid(each) for each in _ODD)


@lru_cache(maxsize=512)
def asserts_content(keyword: str, name: str) -> bool:
    """Whether `contentEncoding` or `contentMediaType` with a value refuses any text."""
    validator = _validator(Dialect.D7, keyword, name)
    return validator is not None and not all(validator.is_valid(each) for each in _ODD)


def matches(pattern: str, text: str) -> bool | None:
    """Whether a pattern is found in a text, None when it is no pattern."""
    validator = _validator(Dialect.D2020, "pattern", pattern)
    return None if validator is None else _valid(validator, text)


def is_read_otherwise(pattern: str) -> bool:
    """Whether validators may read a pattern otherwise than ECMA 262: beside lookarounds `\\w` and its kin take more."""
    return _LOOKAROUND.search(pattern) is not None and _SHORTHAND.search(pattern) is not None


def judging(name: str, dialect: Dialect) -> Dialect:
    """The draft by which a format is judged: drafts that assert it in the same way have one."""
    return Dialect.D6 if name == "hostname" and dialect <= Dialect.D6 else Dialect.D7


def is_format(name: str, text: str, dialect: Dialect) -> bool | None:
    """Whether a text is of a format under a draft."""
    validator = _validator(dialect, "format", name)
    return None if validator is None else _valid(validator, text)


def is_content(encoding: str, media_type: str, text: str) -> bool | None:
    """Whether a text holds what it is said to; an empty name says nothing."""
    names = {"contentEncoding": encoding, "contentMediaType": media_type}
    schema = {name: each for name, each in names.items() if each}
    return _valid(jsonschema_rs.Draft7Validator(schema), text)


@lru_cache(maxsize=8192)
def _validator(dialect: Dialect, keyword: str, value: str) -> jsonschema_rs.Validator | None:
    try:
        return CLASSES[dialect]({keyword: value}, validate_formats=keyword == "format")
    except (jsonschema_rs.ValidationError, ValueError):
        return None


def _valid(validator: jsonschema_rs.Validator, text: str) -> bool | None:
    try:
        return validator.is_valid(text)
    except ValueError:  # a pattern that would backtrack without end
        return None
