"""Regular expressions of XSD and JSON Schema, translated for `re.fullmatch`.

Both dialects differ from Python's where it hurts: XSD anchors by itself and has character-class subtraction;
JSON Schema searches, and its `$` does not stand before a final newline as Python's does.
"""

from __future__ import annotations

import re

from smswire.schema.model import Pattern, Position, SchemaError


def from_xsd(source: str, position: Position) -> Pattern:
    """Translate an XSD pattern. Raises `SchemaError` for one that is no XSD regular expression."""
    from elementpath.regex import RegexError, translate_pattern  # heavy, and only XSD needs it

    try:
        python = translate_pattern(source, back_references=False, lazy_quantifiers=False, anchors=False)
    except RegexError as error:
        raise SchemaError(position, f"pattern is not an XSD regular expression: {error}") from None
    # the translation brings its own anchors, which fullmatch makes superfluous
    return _compiled(source, "(?:" + python.removeprefix("^(?:").removesuffix(")$(?!\\n\\Z)") + ")", position)


def from_json(source: str, position: Position) -> Pattern:
    """Translate a pattern of JSON Schema (ECMA 262), which must be anchored at both ends.

    Classes that differ between the dialects (`\\d`, `\\w`, `\\s`, `\\b`, `\\p`) are refused: write the characters out.
    """
    if not (source.startswith("^") and source.endswith("$")) or source.endswith("\\$"):
        raise SchemaError(position, "pattern must be anchored, ^...$: an unanchored one is searched for, not matched")
    bare = re.sub(r"\[[^\]]*\]", "", re.sub(r"\\.", "", source))
    while (inner := re.sub(r"\([^()]*\)", "", bare)) != bare:
        bare = inner
    if "|" in bare:
        raise SchemaError(position, "pattern must be anchored as a whole: put its alternatives in brackets, ^(...)$")
    if found := re.search(r"\\[dDwWsSbBpPcux]|\(\?|(?<!\\)\.(?![^\[]*\])", source):
        raise SchemaError(position, f"pattern uses {found[0]}, which regular expression dialects read differently")
    return _compiled(source, f"(?:{source[1:-1]})", position)


def _compiled(source: str, python: str, position: Position) -> Pattern:
    try:
        re.compile(python)
    except re.error:
        raise SchemaError(position, "pattern cannot be translated for Python") from None
    return Pattern(source, python)
