"""Schemas that say the same in other words: compatible both ways, and nothing above info is told."""

from __future__ import annotations

import copy
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from diff.json.comparing import Schema, of_draft, read
from diff.json.schemas import KEYWORDS, Maker
from smswire.diff.report import Settings, build

SEEDS = st.integers(0, 2**32)
DRAFTS = st.sampled_from(sorted(KEYWORDS))

ORDER = {
    "$schema": "http://json-schema.org/draft-07/schema#",
    "type": "object",
    "properties": {
        "id": {"type": "integer", "minimum": 1},
        "to": {"$ref": "#/definitions/phone"},
        "parts": {"type": "array", "items": {"$ref": "#/definitions/part"}, "minItems": 1},
    },
    "required": ["id", "to"],
    "additionalProperties": False,
    "definitions": {
        "phone": {"type": "string", "pattern": "^[0-9]{11,15}$"},
        "part": {
            "oneOf": [
                {
                    "type": "object",
                    "properties": {"kind": {"const": "text"}, "text": {"type": "string"}},
                    "required": ["kind"],
                },
                {
                    "type": "object",
                    "properties": {"kind": {"const": "push"}, "link": {"type": "string"}},
                    "required": ["kind"],
                },
                {"type": "null"},
            ]
        },
    },
}


def nothing_is_told(old: Schema, new: Schema) -> None:
    pair = read(old, new)
    found = pair.changes()
    for direction, sub in (("request", "old"), ("response", "new")):
        inclusion = pair.included(sub)
        assert inclusion.holds is True, inclusion
        report = build(found, inclusion, Settings(direction=direction), language="json", old="old", new="new")
        assert report.verdict == "compatible"
        assert [each for each in report.findings if each.severity != "info"] == []


def order(**definitions: object) -> dict[str, object]:
    found = copy.deepcopy(ORDER)
    found["definitions"].update(definitions)  # type: ignore[attr-defined]
    return found


def test_inlining_a_definition() -> None:
    inlined = order()
    inlined["properties"]["to"] = inlined["definitions"]["phone"]  # type: ignore[index]
    nothing_is_told(ORDER, inlined)
    nothing_is_told(inlined, ORDER)


def test_renaming_a_definition() -> None:
    renamed = order(number=ORDER["definitions"]["phone"])  # type: ignore[index]
    renamed["properties"]["to"] = {"$ref": "#/definitions/number"}  # type: ignore[index]
    nothing_is_told(ORDER, renamed)


def test_splitting_a_schema_into_conjuncts() -> None:
    split = order()
    split["properties"]["id"] = {"allOf": [{"type": "integer"}, {"minimum": 1}]}  # type: ignore[index]
    nothing_is_told(ORDER, split)
    nothing_is_told(split, ORDER)


def test_reordering_everything() -> None:
    nothing_is_told(ORDER, reversed_(ORDER))


def reversed_(schema: object) -> dict[str, object]:
    """Fields, required names and alternatives in the opposite order."""

    def back(each: object) -> object:
        if isinstance(each, dict):
            return {name: back(inner) for name, inner in reversed(each.items())}
        if isinstance(each, list):
            return [back(inner) for inner in reversed(each)]
        return each

    found = back(schema)
    assert isinstance(found, dict)
    return found


def annotated(schema: object) -> object:
    """With words on every schema that does not only refer."""
    if isinstance(schema, list):
        return [annotated(each) for each in schema]
    if not isinstance(schema, dict):
        return schema
    found = {
        name: each if name in ("enum", "const", "required", "type") else annotated(each)
        for name, each in schema.items()
    }
    is_schema = {"type", "$ref", "allOf", "anyOf", "oneOf", "enum", "const", "not", "properties"} & set(schema)
    return {**found, "description": "words", "title": "a title", "$comment": "more"} if is_schema else found


def test_annotating_everything() -> None:
    found = annotated(ORDER)
    assert isinstance(found, dict)
    nothing_is_told(ORDER, found)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ({"type": ["string", "null"]}, {"anyOf": [{"type": "null"}, {"type": "string"}]}),
        ({"enum": ["a", "b"]}, {"oneOf": [{"const": "a", "title": "A"}, {"const": "b", "title": "B"}]}),
        ({"type": "string", "enum": ["a"]}, {"const": "a"}),
        ({"anyOf": [{"type": "string"}, {"type": "null"}]}, {"oneOf": [{"type": "string"}, {"type": "null"}]}),
        ({"type": "integer", "minimum": 1}, {"type": "integer", "exclusiveMinimum": 0}),
        ({"properties": {"a": {}}}, {}),
        ({"allOf": [{"type": "string"}]}, {"type": "string"}),
        ({"type": "array", "items": {}}, {"type": "array"}),
        ({"type": "string", "pattern": "^(a|b)$"}, {"type": "string", "enum": ["a", "b"]}),
        (
            {"type": "object", "patternProperties": {"^a$": {"type": "null"}}},
            {"type": "object", "properties": {"a": {"type": "null"}}},
        ),
        ({"not": {"not": {"type": "string"}}}, {"type": "string"}),
        ({"if": {"type": "string"}, "then": {"maxLength": 3}}, {"maxLength": 3}),
    ],
)
def test_saying_it_otherwise(old: Schema, new: Schema) -> None:
    for draft in ("07", "2020-12"):
        nothing_is_told(of_draft(draft, old), of_draft(draft, new))
        nothing_is_told(of_draft(draft, new), of_draft(draft, old))


TEXT = {"type": "string"}
RECORD = {"type": "object", "properties": {"a": TEXT}, "required": ["a"]}


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ({"type": ["string", "null"], "maxLength": 5}, {"anyOf": [{**TEXT, "maxLength": 5}, {"type": "null"}]}),
        ({"type": ["string", "null"], "maxLength": 5}, {"oneOf": [{"type": "null"}, {**TEXT, "maxLength": 5}]}),
        ({**RECORD, "type": ["object", "null"]}, {"anyOf": [RECORD, {"type": "null"}]}),
        (
            {"type": ["string", "integer"], "maxLength": 5, "minimum": 3},
            {"anyOf": [{**TEXT, "maxLength": 5}, {"type": "integer", "minimum": 3}]},
        ),
        ({"anyOf": [{"enum": ["a"]}, {"type": "null"}]}, {"type": ["string", "null"], "enum": ["a", None]}),
        ({**TEXT, "minLength": 1, "maxLength": 3}, {**TEXT, "pattern": "^[\\s\\S]{1,3}$"}),
        ({**TEXT, "minLength": 2, "pattern": "^[a-z]+$"}, {**TEXT, "pattern": "^[a-z]{2,}$"}),
        ({**TEXT, "not": {"enum": [""]}}, {**TEXT, "minLength": 1}),
        ({"type": "integer", "minimum": 1, "maximum": 3}, {"enum": [1, 2, 3]}),
        ({"type": "number", "multipleOf": 1}, {"type": "integer"}),
        ({"type": "array", "minItems": 1}, {"type": "array", "contains": {}}),
        ({"type": "array", "items": TEXT, "maxItems": 0}, {"type": "array", "items": False}),
        (
            {**RECORD, "required": [], "anyOf": [{"required": ["a"]}, {"required": ["b"]}]},
            {"anyOf": [RECORD, {**RECORD, "required": ["b"]}]},
        ),
    ],
)
def test_a_rewrite_is_told_once_at_most(old: Schema, new: Schema) -> None:
    for one, other in ((old, new), (new, old)):
        nothing_is_told(one, other)
        assert [each.rule for each in read(one, other).changes()] in ([], ["D803"])


def test_what_a_rewrite_leaves_alone_may_be_annotated_otherwise() -> None:
    old = {"type": "object", "properties": {"a": {**TEXT, "default": "x"}}, "minProperties": 1, "maxProperties": 0}
    new = {"type": "object", "properties": {"a": {**TEXT, "default": "y"}}, "not": {}}
    assert {(each.rule, each.path) for each in read(old, new).changes()} == {("D803", ""), ("V308", "/a")}


@given(SEEDS, DRAFTS)
def test_random_schemas_with_definitions_renamed_and_words_added(seed: int, draft: str) -> None:
    schema = Maker(Random(seed), draft).document()

    def renamed(each: object) -> object:
        if isinstance(each, list):
            return [renamed(inner) for inner in each]
        if not isinstance(each, dict):
            return each
        names = {"#/definitions/p": "#/definitions/first", "#/definitions/q": "#/definitions/second"}
        return {
            name: names.get(str(inner), inner) if name == "$ref" else renamed(inner) for name, inner in each.items()
        }

    definitions = schema["definitions"]
    assert isinstance(definitions, dict)
    moved = renamed({**schema, "definitions": {"first": definitions["p"], "second": definitions["q"]}})
    assert isinstance(moved, dict)
    pair = read(schema, moved)
    # a schema that contradicts itself in a circle has no meaning to keep
    if "refers to itself" not in str([pair.included(sub).reasons for sub in ("old", "new")]):
        assert pair.included("old").holds is True
        assert pair.included("new").holds is True
        assert {each.rule for each in pair.changes() if each.effect != "unknown"} <= {"D801", "D803", "D804"}
