"""What a JSON text is by its first level: a schema, definitions that others refer to, or no schema at all."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import cast

_TYPES = ("null", "boolean", "integer", "number", "string", "array", "object")
_DEFINITIONS = ("$defs", "definitions")
_WORDS = ("title", "description", "$comment")
_OFFICIAL = ("http://json-schema.org/", "https://json-schema.org/")


def is_schema(value: object) -> bool:
    """Whether it is meant as a JSON Schema.

    It is true, false, {}, an object with the `$schema` of a draft, or one with a keyword of JSON Schema whose value has
    the keyword's form. `title`, `description`, `default` and `dependencies`, which other JSON is full of, say nothing.
    """
    found = _object(value)
    if found is None:
        return isinstance(value, bool)
    dialect = found.get("$schema")
    official = isinstance(dialect, str) and dialect.startswith(_OFFICIAL)
    return not found or official or any(name in found and fits(found[name]) for name, fits in _FORMS.items())


def takes_anything(value: object) -> bool:
    """Whether a schema asserts nothing, whatever it defines for others."""
    found = _object(value)
    return value is True if found is None else _ASSERTING.isdisjoint(found)


def defines(value: object) -> bool:
    """Whether a schema has definitions."""
    found = _object(value) or {}
    return any(found.get(name) for name in _DEFINITIONS)


def wordless(value: object) -> object:
    """A schema without the texts that only people read."""
    found = _object(value)
    if found is not None:
        return {name: wordless(each) for name, each in found.items() if name not in _WORDS or not isinstance(each, str)}
    return [wordless(each) for each in _list(value)] or value


def _object(value: object) -> Mapping[str, object] | None:
    return cast("Mapping[str, object]", value) if isinstance(value, dict) else None


def _list(value: object) -> Sequence[object]:
    return cast("Sequence[object]", value) if isinstance(value, list) else ()


def _schema(value: object) -> bool:
    return isinstance(value, dict | bool)


def _schemas(value: object) -> bool:
    found = _list(value)
    return bool(found) and all(_schema(each) for each in found)


def _named(value: object) -> bool:
    found = _object(value)
    return found is not None and all(_schema(each) for each in found.values())


def _items(value: object) -> bool:
    return _schema(value) or _schemas(value)


def _type(value: object) -> bool:
    found = _list(value) or (value,)
    return all(each in _TYPES for each in found)


def _names(value: object) -> bool:
    return isinstance(value, list) and all(isinstance(each, str) for each in _list(cast("object", value)))


def _number(value: object) -> bool:
    return isinstance(value, int | float)


def _is(kind: type) -> Callable[[object], bool]:
    return lambda value: isinstance(value, kind)


_BOUNDS = ("minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "multipleOf")
_COUNTED = ("Length", "Items", "Properties", "Contains")
_FORMS: Mapping[str, Callable[[object], bool]] = {
    "type": _type,
    "required": _names,
    "items": _items,
    "const": lambda _: True,
    "enum": _is(list),
    "dependentRequired": _is(dict),
    "uniqueItems": _is(bool),
    **dict.fromkeys(("$ref", "$dynamicRef", "$recursiveRef", "pattern", "format"), _is(str)),
    **dict.fromkeys((*_DEFINITIONS, "properties", "patternProperties", "dependentSchemas"), _named),
    **dict.fromkeys(("additionalProperties", "unevaluatedProperties", "propertyNames"), _schema),
    **dict.fromkeys(("additionalItems", "unevaluatedItems", "contains", "not", "if"), _schema),
    **dict.fromkeys(("allOf", "anyOf", "oneOf", "prefixItems"), _schemas),
    **dict.fromkeys((*_BOUNDS, *(f"{way}{what}" for way in ("min", "max") for what in _COUNTED)), _number),
}
_ASSERTING = {*_FORMS, "dependencies", "contentEncoding", "contentMediaType"} - {*_DEFINITIONS}
