"""The verdict on each keyword, in the drafts that have it: exact, and each refusal shown to the validators."""

from __future__ import annotations

import pytest

from diff.json.comparing import Schema, of_draft, verdicts

OBJECT = {"type": "object"}
CLOSED = {"type": "object", "additionalProperties": False}
A_STRING = {"properties": {"a": {"type": "string"}}}

SAME = ("compatible", "compatible")
NARROWER = ("breaking", "compatible")
WIDER = ("compatible", "breaking")
OTHER = ("breaking", "breaking")

ALL = ("04", "06", "07", "2019-09", "2020-12")
FROM_6 = ALL[1:]
FROM_7 = ALL[2:]
FROM_2019 = ALL[3:]

CASES: list[tuple[tuple[str, ...], Schema, Schema, tuple[str, str]]] = [
    # types
    (ALL, {"type": "string"}, {"type": ["string", "null"]}, WIDER),
    (ALL, {"type": "integer"}, {"type": "number"}, WIDER),
    (ALL, {"type": "integer"}, {"type": "string"}, OTHER),
    (ALL, {}, {"type": ["object", "array", "string", "number", "boolean", "null"]}, SAME),
    (FROM_6, {"type": "integer"}, {"type": "number", "multipleOf": 1}, SAME),
    (("04",), {"type": "integer"}, {"type": "number", "multipleOf": 1}, WIDER),
    (FROM_6, True, {}, SAME),
    (FROM_6, {"type": "string", "const": 1}, False, SAME),
    # listed values
    (ALL, {"enum": ["a", "b"]}, {"enum": ["b", "a", "c"]}, WIDER),
    (FROM_6, {"enum": ["a", 1, None]}, {"type": ["string", "integer", "null"]}, WIDER),
    # in draft-04 1.0 is equal to 1, and no integer
    (("04",), {"enum": ["a", 1, None]}, {"type": ["string", "integer", "null"]}, OTHER),
    (ALL, {"enum": ["a", "bb"]}, {"type": "string", "maxLength": 2}, WIDER),
    (ALL, {"enum": [1, 2]}, {"enum": [1.0, 2.0]}, SAME),
    (ALL, {"enum": [True]}, {"enum": [1]}, OTHER),
    (ALL, {"enum": [True, False]}, {"type": "boolean"}, SAME),
    (ALL, {"enum": [{"a": 1}]}, {"enum": [{"a": 1}, {}]}, WIDER),
    (FROM_6, {"const": "a"}, {"enum": ["a"]}, SAME),
    (FROM_6, {"const": "a"}, {"const": "b"}, OTHER),
    # what texts hold, told by validators or by nobody
    (("06", "07"), {"contentEncoding": "base64"}, {}, WIDER),
    (("06", "07"), {"contentEncoding": "base64"}, {"contentEncoding": "no-such"}, OTHER),
    (("06", "07"), {"contentMediaType": "image/png"}, {"contentMediaType": "image/jpeg"}, OTHER),
    (("06", "07"), {"contentMediaType": "image/png"}, {}, WIDER),
    (("06", "07"), {"type": "integer", "contentMediaType": "image/png"}, {"type": "integer"}, SAME),
    (("06", "07"), {"maxLength": 3, "contentMediaType": "image/png"}, {"contentMediaType": "image/png"}, WIDER),
    (("06", "07"), {"enum": ["a", 1], "contentEncoding": "x"}, {"enum": ["a", 1], "contentEncoding": "y"}, OTHER),
    (
        ("06", "07"),
        {"properties": {"a": {"contentEncoding": "x"}}, "required": ["a"]},
        {"properties": {"a": {"contentEncoding": "y"}}, "required": ["a"]},
        OTHER,
    ),
    (("04", "2019-09", "2020-12"), {"contentMediaType": "image/png"}, {"contentMediaType": "image/jpeg"}, SAME),
    # more than can be shown
    (ALL, {"type": "array", "maxItems": 10**8}, {"type": "array"}, WIDER),
    (ALL, {"type": "string", "maxLength": 2**31 - 1}, {"type": "string"}, WIDER),
    (ALL, {"type": "object", "maxProperties": 10**8}, {"type": "object"}, WIDER),
    (ALL, {"type": "object", "minProperties": 10**8}, {"type": "object"}, WIDER),
    (ALL, {"properties": {"a": {"maxLength": 2**31}}}, {"properties": {"a": {"maxLength": 2**31 + 1}}}, WIDER),
    (ALL, {"items": {"maxItems": 10**8}}, {"items": {"maxItems": 10**9}}, WIDER),
    (FROM_6, {"type": "number", "minimum": 1e-300}, {"type": "number", "exclusiveMinimum": 0}, WIDER),
    # numbers
    (ALL, {"type": "number", "minimum": 1}, {"type": "number", "minimum": 0}, WIDER),
    (FROM_6, {"type": "integer", "minimum": 1, "maximum": 1}, {"enum": [1]}, SAME),
    (ALL, {"type": "integer", "minimum": 0.5}, {"type": "integer", "minimum": 1}, SAME),
    (ALL, {"type": "number", "multipleOf": 6}, {"type": "number", "multipleOf": 4}, OTHER),
    (ALL, {"type": "number", "multipleOf": 0.3}, {"type": "number", "multipleOf": 0.1}, WIDER),
    (ALL, {"allOf": [{"multipleOf": 4}, {"multipleOf": 6}]}, {"multipleOf": 12}, SAME),
    (FROM_6, {"type": "integer", "exclusiveMinimum": 0}, {"type": "integer", "minimum": 1}, SAME),
    (FROM_6, {"type": "number", "exclusiveMinimum": 0}, {"type": "number", "minimum": 0}, WIDER),
    (FROM_6, {"exclusiveMinimum": 1, "exclusiveMaximum": 2, "type": "integer"}, False, SAME),
    (("04",), {"minimum": 0, "exclusiveMinimum": True}, {"minimum": 0}, WIDER),
    # strings
    (ALL, {"type": "string", "minLength": 2}, {"type": "string", "minLength": 1}, WIDER),
    (ALL, {"type": "string", "maxLength": 0}, {"enum": [""]}, SAME),
    (ALL, {"type": "string", "pattern": "^[0-9]{3}$"}, {"type": "string", "pattern": "^[0-9]+$"}, WIDER),
    (ALL, {"type": "string", "pattern": "^[0-9]{3}$"}, {"type": "string", "maxLength": 3}, WIDER),
    (ALL, {"type": "string", "pattern": "a"}, {"type": "string", "pattern": "b"}, OTHER),
    (ALL, {"type": "string", "pattern": "^(a|b)$"}, {"enum": ["a", "b"]}, SAME),
    (ALL, {"type": "string", "pattern": "[a-z]*"}, {"type": "string"}, SAME),
    (ALL, {"type": "string", "pattern": "^(?!x)"}, {"type": "string", "not": {"pattern": "^x"}}, SAME),
    (ALL, {"type": "string", "pattern": "^a*$", "minLength": 2, "maxLength": 3}, {"enum": ["aa", "aaa"]}, SAME),
    # arrays
    (ALL, {"type": "array", "minItems": 1}, {"type": "array"}, WIDER),
    (ALL, {"type": "array", "items": {"type": "integer"}}, {"type": "array", "items": {"type": "number"}}, WIDER),
    (ALL, {"items": {"type": "string"}, "maxItems": 0}, {"items": {"type": "number"}, "maxItems": 0}, SAME),
    (ALL, {"uniqueItems": True}, {}, WIDER),
    (ALL, {"type": "array", "uniqueItems": True, "items": {"enum": [1, 2]}, "minItems": 3}, {"enum": [[0]]}, WIDER),
    (ALL, {"uniqueItems": True, "items": {"type": "boolean"}}, {"maxItems": 2, "items": {"type": "boolean"}}, WIDER),
    (ALL[:4], {"items": [{"type": "string"}], "additionalItems": False}, {"maxItems": 1}, WIDER),
    (ALL[:4], {"items": [{"type": "string"}, {}]}, {"items": [{"type": "string"}]}, SAME),
    (("2020-12",), {"prefixItems": [{"type": "string"}], "items": False}, {"maxItems": 1}, WIDER),
    (FROM_6, {"contains": {"enum": [1]}}, {"minItems": 1}, WIDER),
    (FROM_6, {"type": "array", "contains": {"enum": [1]}}, {"type": "array", "minItems": 1}, WIDER),
    (FROM_6, {"type": "array", "items": False}, {"type": "array", "maxItems": 0}, SAME),
    (FROM_6, {"contains": {"type": "string"}, "items": {"type": "number"}, "type": "array"}, False, SAME),
    (FROM_2019, {"contains": {}, "minContains": 2}, {"minItems": 2}, SAME),
    (FROM_2019, {"contains": {"enum": [1]}, "maxContains": 1}, {"contains": {"enum": [1]}}, WIDER),
    (FROM_2019, {"contains": {"enum": [1]}, "minContains": 0}, {}, SAME),
    # objects
    (ALL, {**OBJECT, **A_STRING}, {**OBJECT, **A_STRING, "required": ["a"]}, NARROWER),
    (ALL, {**OBJECT}, {**OBJECT, **A_STRING}, NARROWER),
    (ALL, {**CLOSED}, {**CLOSED, **A_STRING}, WIDER),
    (ALL, {**CLOSED, **A_STRING}, {**OBJECT, **A_STRING}, WIDER),
    (ALL, {**OBJECT, "additionalProperties": {"type": "string"}}, {**OBJECT, **A_STRING}, WIDER),
    (ALL, {"properties": {"a": {"enum": []}}, "required": ["a"], **OBJECT}, {"enum": [0]}, WIDER),
    (ALL, {**CLOSED, "patternProperties": {"^x-": {}}}, {**CLOSED, "patternProperties": {"^x": {}}}, WIDER),
    (ALL, {**CLOSED, "patternProperties": {"^(a|b)$": {"type": "string"}}}, {**OBJECT, "maxProperties": 2}, WIDER),
    (ALL, {**OBJECT, "minProperties": 1}, {**OBJECT, "required": ["a"]}, NARROWER),
    (ALL, {**CLOSED, **A_STRING, "minProperties": 1}, {**CLOSED, **A_STRING, "required": ["a"]}, SAME),
    (ALL, {**CLOSED, **A_STRING, "minProperties": 2}, {"enum": [0]}, WIDER),
    (FROM_6, {"properties": {"a": False}}, {"not": {"type": "object", "required": ["a"]}}, SAME),
    (FROM_6, {**OBJECT, "propertyNames": {"enum": ["a", "b"]}}, {**OBJECT, "maxProperties": 2}, WIDER),
    (FROM_6, {**OBJECT, "propertyNames": {"pattern": "^x-"}}, {**CLOSED, "patternProperties": {"^x-": {}}}, SAME),
    (FROM_6, {**OBJECT, "propertyNames": False}, {**OBJECT, "maxProperties": 0}, SAME),
    (ALL[:3], {"dependencies": {"a": ["b"]}}, {"dependencies": {"a": ["b", "c"]}}, NARROWER),
    (ALL[:3], {"dependencies": {"a": {"required": ["b"]}}}, {"dependencies": {"a": ["b"]}}, SAME),
    (FROM_2019, {"dependentRequired": {"a": ["b"]}}, {"dependentSchemas": {"a": {"required": ["b"]}}}, SAME),
    (FROM_2019, {**OBJECT, "required": ["a"], "dependentRequired": {"a": ["b"]}}, {"required": ["b"]}, WIDER),
    (FROM_2019, {**OBJECT, **A_STRING, "unevaluatedProperties": False}, {**CLOSED, **A_STRING}, SAME),
    (
        FROM_2019,
        {**OBJECT, "allOf": [A_STRING], "unevaluatedProperties": False},
        {**CLOSED, **A_STRING},
        SAME,
    ),
    (
        FROM_2019,
        {**OBJECT, "anyOf": [{**A_STRING, "required": ["a"]}, {}], "unevaluatedProperties": False},
        {**CLOSED, **A_STRING},
        SAME,
    ),
    # what depends on a property says nothing of an array
    (
        FROM_2019,
        {"type": "array", "items": {"enum": [1]}, "minItems": 1},
        {"dependentSchemas": {"b": {"items": {}}}, "unevaluatedItems": {"minimum": 2}},
        OTHER,
    ),
    # connectives
    (ALL, {"anyOf": [{"type": "string"}, {"type": "null"}]}, {"type": ["string", "null"]}, SAME),
    (ALL, {"oneOf": [{"type": "string"}, {"maxLength": 2}]}, {"not": {"type": "string", "maxLength": 2}}, SAME),
    (ALL, {"not": {"not": {"type": "string"}}}, {"type": "string"}, SAME),
    (ALL, {"allOf": [{"type": "string"}, {"type": "integer"}]}, {"not": {}}, SAME),
    (ALL, {"oneOf": [{}, {}]}, {"not": {}}, SAME),
    (ALL, {"anyOf": [{"minimum": 0}, {"maximum": 0}]}, {}, SAME),
    (ALL, {"type": "integer", "not": {"enum": [0]}, "minimum": 0}, {"type": "integer", "minimum": 1}, SAME),
    (ALL, {"type": "string", "enum": ["a", "b"]}, {"anyOf": [{"enum": ["a"]}, {"enum": ["b", "c"]}]}, WIDER),
    (
        ALL,
        {**OBJECT, "properties": {"a": {"enum": [1, 2]}}, "required": ["a"]},
        {"anyOf": [{"properties": {"a": {"enum": [1]}}}, {"properties": {"a": {"enum": [2]}}}]},
        WIDER,
    ),
    (FROM_7, {"if": {"type": "string"}, "then": {"maxLength": 2}}, {"anyOf": [{"maxLength": 2}]}, SAME),
    (FROM_7, {"if": {"type": "string"}, "else": False}, {"type": "string"}, SAME),
    (FROM_7, {"then": False}, {}, SAME),
    (ALL[:2], {"if": {}, "then": {"not": {}}}, {}, SAME),
]


@pytest.mark.parametrize(
    ("draft", "old", "new", "expected"),
    [(draft, old, new, expected) for drafts, old, new, expected in CASES for draft in drafts],
)
def test_the_verdict_is_exact(draft: str, old: Schema, new: Schema, expected: tuple[str, str]) -> None:
    assert verdicts(of_draft(draft, old), of_draft(draft, new), draft=draft) == expected


def events(count: int) -> Schema:
    """One of many events, each with a few actions that are objects of their own."""

    def action(name: str, verb: str) -> Schema:
        fields = {"action": {"enum": [verb]}, name: {"type": "string"}, "sender": {"required": ["login"], **OBJECT}}
        return {"properties": fields, "required": list(fields), **CLOSED}

    names = [f"event-{index}" for index in range(count)]
    return {"oneOf": [{"oneOf": [action(each, verb) for verb in ("created", "edited", "deleted")]} for each in names]}


def test_one_event_more_is_one_form_more() -> None:
    assert verdicts(of_draft("07", events(20)), of_draft("07", events(21)), draft="07") == WIDER


def styled(*names: str, **more: object) -> Schema:
    """An object in which each field allows one of its own, and nothing else is allowed."""
    branches: list[Schema] = [
        {"if": {"required": [name]}, "then": {"properties": {name: True, f"{name}-style": {"type": "string"}}}}
        for name in names
    ]
    prefixed: dict[str, Schema] = {"prefixed": {"patternProperties": {"^x-": True}}}
    return {**OBJECT, "allOf": branches, "dependentSchemas": prefixed, "unevaluatedProperties": False, **more}


@pytest.mark.parametrize("draft", FROM_2019)
def test_what_many_conditions_evaluate_is_told_apart(draft: str) -> None:
    names = [f"n{index}" for index in range(10)]
    fewer, all_of_them = (of_draft(draft, styled(*each)) for each in (names[:-1], names))
    assert verdicts(fewer, all_of_them) == WIDER
    assert verdicts(all_of_them, of_draft(draft, styled(*reversed(names)))) == SAME
    lone = of_draft(draft, styled(*names, properties={"n0-style": {"type": "string"}, "x-y": {}}))
    assert verdicts(all_of_them, lone) == WIDER


def test_items_that_conditions_evaluate_are_told_apart() -> None:
    branches = [{"prefixItems": [{"const": index}, {"type": "string"}], "minItems": 2} for index in range(8)]
    pairs = {"type": "array", "anyOf": branches}
    flat = {"prefixItems": [{"enum": list(range(8))}, {"type": "string"}], "items": False, "minItems": 2}
    old = of_draft("2020-12", {**pairs, "unevaluatedItems": False})
    assert verdicts(old, of_draft("2020-12", {"type": "array", **flat})) == SAME
    assert verdicts(old, of_draft("2020-12", {**pairs, "unevaluatedItems": {"type": "null"}})) == WIDER


FORMATS = [
    ("date", {"type": "string", "pattern": "^[0-9]{4}-[0-9]{2}-[0-9]{2}$"}, NARROWER),
    ("date", {"type": "string", "maxLength": 9}, OTHER),
    ("email", {"type": "string", "minLength": 3}, NARROWER),
    ("ipv4", {"type": "string", "format": "date"}, OTHER),
    ("no-such-format", {"type": "string"}, SAME),
]


@pytest.mark.parametrize("draft", ["04", "06", "07"])
@pytest.mark.parametrize(("name", "other", "expected"), FORMATS)
def test_formats_assert_up_to_draft_07(draft: str, name: str, other: Schema, expected: tuple[str, str]) -> None:
    # the other schema is the wider one
    wider = {NARROWER: ("compatible", "breaking")}.get(expected, expected)
    old = of_draft(draft, {"type": "string", "format": name})
    assert verdicts(old, of_draft(draft, other), draft=draft) == wider


@pytest.mark.parametrize("draft", FROM_2019)
def test_formats_are_annotations_from_2019_09(draft: str) -> None:
    old, new = of_draft(draft, {"format": "email"}), of_draft(draft, {"format": "date"})
    assert verdicts(old, new, draft=draft) == SAME


def test_siblings_of_a_reference_count_from_2019_09() -> None:
    old = {"$ref": "#/definitions/x", "maxLength": 2, "definitions": {"x": {"type": "string"}}}
    new = {"$ref": "#/definitions/x", "maxLength": 3, "definitions": {"x": {"type": "string"}}}
    assert verdicts(of_draft("07", old), of_draft("07", new)) == SAME
    assert verdicts(of_draft("2019-09", old), of_draft("2019-09", new)) == WIDER
