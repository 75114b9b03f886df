# copied by: nox -s codegen. Do not edit.

"""Escaping of XML text and attribute values, once and by one rule; illegal characters were refused when built."""

from __future__ import annotations

DECLARATION = '<?xml version="1.0" encoding="UTF-8"?>\n'


def text(value: str) -> str:
    """Escape character data. A carriage return is written as a reference, or the parser would make it a newline."""
    if value.isalnum():
        return value
    if "&" in value:
        value = value.replace("&", "&amp;")
    if "<" in value:
        value = value.replace("<", "&lt;")
    if ">" in value:
        value = value.replace(">", "&gt;")
    if "\r" in value:
        value = value.replace("\r", "&#13;")
    return value


def attribute(value: str) -> str:
    """Escape the value of an attribute in double quotes; white space other than a blank is written as a reference."""
    if value.isalnum():
        return value
    value = text(value)
    if '"' in value:
        value = value.replace('"', "&quot;")
    if not value.isprintable():
        value = value.replace("\t", "&#9;").replace("\n", "&#10;")
    return value
