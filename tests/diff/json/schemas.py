"""Random schemas, edits of them, and documents: small alphabets, so that what they say meets."""

from __future__ import annotations

import copy
import json
from collections.abc import Callable
from random import Random

from diff.json.comparing import DRAFTS

NAMES = ["a", "b", "c"]
PATTERNS = ["^a", "b$", "^[ab]$", "c", "^x-", "^(?!a)", "a.b", "^(a|b)$"]
TEXTS = ["", "a", "b", "c", "ab", "x-a", "abc", "cb"]
TYPES = ["null", "boolean", "integer", "number", "string", "array", "object"]
DEFINED = ["p", "q"]

Schema = dict[str, object]


def value(random: Random, depth: int = 0) -> object:
    """A document."""
    kind = random.randrange(10 if depth < 2 else 7)
    if kind == 0:
        return None
    if kind == 1:
        return random.choice([True, False])
    if kind < 4:
        return random.choice([0, 1, 2, 3, 5, -1, 10])
    if kind == 4:
        return random.choice([0.5, 1.5, 1.0, 2.5, 0.1])
    if kind < 7:
        return random.choice(TEXTS)
    if kind == 7:
        return [value(random, depth + 1) for _ in range(random.randrange(4))]
    return {name: value(random, depth + 1) for name in random.sample([*NAMES, "x-a", "z"], random.randrange(4))}


class Maker:
    """Makes schemas of one draft."""

    def __init__(self, random: Random, draft: str) -> None:
        self.random = random
        self.draft = draft
        self.keywords = KEYWORDS[draft]

    def document(self) -> Schema:
        """A whole schema, with definitions that refer to each other."""
        root = self.schema(3)
        whole = {"allOf": [root]} if "$ref" in root else dict(root)
        return {"$schema": DRAFTS[self.draft], **whole, "definitions": {name: self.schema(2) for name in DEFINED}}

    def schema(self, depth: int) -> Schema:
        if depth <= 0 or self.random.random() < 0.08:
            return self.random.choice([{}, {"type": self.random.choice(TYPES)}])
        found: Schema = {}
        for _ in range(self.random.choice([1, 1, 2, 2, 3, 4])):
            self.put(found, self.random.choice(self.keywords), depth)
        return found

    def put(self, schema: Schema, keyword: str, depth: int) -> None:
        """Add a keyword to a schema."""
        make = _MAKERS.get(keyword)
        if make is not None:
            schema.update(make(self, depth))
        elif keyword.startswith(("min", "max")) and keyword not in ("minimum", "maximum"):
            schema[keyword] = self.random.randrange(4)
        else:
            schema[keyword] = self.random.choice([0, 1, 2, 1.5, 5])

    def several(self, depth: int) -> list[Schema]:
        return [self.schema(depth - 1) for _ in range(self.random.randrange(1, 4))]

    def name(self) -> str:
        return self.random.choice(NAMES)

    def reference(self) -> Schema:
        return {"$ref": "#" if self.random.random() < 0.2 else f"#/definitions/{self.random.choice(DEFINED)}"}

    def types(self) -> object:
        several = self.random.random() < 0.3
        return self.random.sample(TYPES, self.random.randrange(1, 4)) if several else self.random.choice(TYPES)

    def values(self) -> list[object]:
        found = [value(self.random, 1) for _ in range(self.random.randrange(1, 4))]
        return list({json.dumps(each): each for each in found}.values())


_Make = Callable[[Maker, int], Schema]
_MAKERS: dict[str, _Make] = {
    "type": lambda make, _: {"type": make.types()},
    "enum": lambda make, _: {"enum": make.values()},
    "const": lambda make, _: {"const": value(make.random, 1)},
    "bounded": lambda make, _: {"minimum": make.random.randrange(2), "exclusiveMinimum": True},
    "beyond": lambda make, _: {make.random.choice(["exclusiveMinimum", "exclusiveMaximum"]): make.random.randrange(3)},
    "multipleOf": lambda make, _: {"multipleOf": make.random.choice([1, 2, 3, 0.5])},
    "pattern": lambda make, _: {"pattern": make.random.choice(PATTERNS)},
    "format": lambda make, _: {"format": make.random.choice(["date", "email", "ipv4", "uri", "no-such"])},
    "uniqueItems": lambda make, _: {"uniqueItems": True},
    "items": lambda make, depth: {"items": make.schema(depth - 1)},
    "listed": lambda make, depth: {"items": make.several(depth)},
    "prefixItems": lambda make, depth: {"prefixItems": make.several(depth)},
    "additionalItems": lambda make, depth: {"additionalItems": make.random.choice([False, make.schema(depth - 1)])},
    "properties": lambda make, depth: {"properties": {make.name(): make.schema(depth - 1) for _ in range(2)}},
    "patternProperties": lambda make, depth: {
        "patternProperties": {make.random.choice(PATTERNS): make.schema(depth - 1)}
    },
    "required": lambda make, _: {"required": sorted({make.name(), make.name()})},
    "additionalProperties": lambda make, depth: {
        "additionalProperties": make.random.choice([False, False, make.schema(depth - 1)])
    },
    "allOf": lambda make, depth: {"allOf": make.several(depth)},
    "anyOf": lambda make, depth: {"anyOf": make.several(depth)},
    "oneOf": lambda make, depth: {"oneOf": make.several(depth)},
    "not": lambda make, depth: {"not": make.schema(depth - 1)},
    "contains": lambda make, depth: {"contains": make.schema(depth - 1)},
    "counted": lambda make, depth: {
        "contains": make.schema(depth - 1),
        make.random.choice(["minContains", "maxContains"]): make.random.randrange(4),
    },
    "propertyNames": lambda make, depth: {"propertyNames": make.schema(depth - 1)},
    "if": lambda make, depth: {each: make.schema(depth - 1) for each in ("if", "then", "else")},
    "dependencies": lambda make, depth: {
        "dependencies": {make.name(): make.random.choice([[make.name()], make.schema(depth - 1)])}
    },
    "dependentRequired": lambda make, _: {"dependentRequired": {make.name(): [make.name()]}},
    "dependentSchemas": lambda make, depth: {"dependentSchemas": {make.name(): make.schema(depth - 1)}},
    "unevaluatedProperties": lambda make, depth: {
        "unevaluatedProperties": make.random.choice([False, make.schema(depth - 1)])
    },
    "unevaluatedItems": lambda make, depth: {"unevaluatedItems": make.random.choice([False, make.schema(depth - 1)])},
    "$ref": lambda make, _: make.reference(),
}

_EVERYWHERE = [
    *("type", "type", "type", "enum", "minimum", "maximum", "multipleOf", "minLength", "maxLength", "pattern"),
    *("minItems", "maxItems", "uniqueItems", "items", "items", "properties", "properties", "properties"),
    *("required", "required", "additionalProperties", "additionalProperties", "patternProperties"),
    *("minProperties", "maxProperties", "allOf", "anyOf", "anyOf", "oneOf", "oneOf", "not", "$ref"),
]
KEYWORDS: dict[str, list[str]] = {
    "04": [*_EVERYWHERE, "bounded", "listed", "additionalItems", "format", "dependencies"],
    "07": [
        *(*_EVERYWHERE, "const", "contains", "propertyNames", "if", "listed", "additionalItems"),
        *("beyond", "format", "dependencies"),
    ],
    "2020-12": [
        *(*_EVERYWHERE, "const", "contains", "counted", "propertyNames", "if", "prefixItems", "beyond"),
        *("dependentRequired", "dependentSchemas", "unevaluatedProperties", "unevaluatedItems"),
    ],
}


def edited(random: Random, schema: Schema, draft: str) -> Schema:
    """The schema with a few things changed."""
    found = copy.deepcopy(schema)
    places = list(_schemas(found))
    for _ in range(random.randrange(1, 4)):
        place = random.choice(places)
        words = [each for each in place if each not in ("$schema", "definitions", "$ref")]
        choice = random.random()
        if choice < 0.3 and words:
            del place[random.choice(words)]
        elif choice < 0.6 and "$ref" not in place:
            Maker(random, draft).put(place, random.choice(KEYWORDS[draft]), 2)
        else:
            _nudge(random, place)
    for place in places:
        if place.get("exclusiveMinimum") is True and "minimum" not in place:
            del place["exclusiveMinimum"]
    return found


def _nudge(random: Random, place: Schema) -> None:
    """Change the values of keywords by little."""
    for word, what in list(place.items()):
        if word in ("minimum", "maximum") or (word.startswith(("min", "max")) and isinstance(what, int)):
            place[word] = random.randrange(4)
        elif word == "enum" and isinstance(what, list):
            place[word] = what[1:] if len(what) > 1 else [*what, "zz"]
        elif word == "required":
            place[word] = [random.choice(NAMES)]
        elif word in ("anyOf", "oneOf", "allOf") and isinstance(what, list) and len(what) > 1:
            place[word] = what[1:]


def _schemas(schema: object) -> list[Schema]:
    """All schemas within one."""
    if isinstance(schema, list):
        return [inner for each in schema for inner in _schemas(each)]
    if not isinstance(schema, dict):
        return []
    found = [schema] if not set(schema) & {*NAMES, *DEFINED, *PATTERNS} else []
    for word, what in schema.items():
        if word not in ("enum", "const", "required", "type"):
            found += _schemas(what)
    return found
