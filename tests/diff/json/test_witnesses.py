"""What shows that a verdict is breaking: a small document, where it is refused, and the rule that comes nearest."""

from __future__ import annotations

import json

import pytest

from diff.json.comparing import Schema, answer, included, read

OBJECT = {"type": "object"}


@pytest.mark.parametrize(
    ("old", "new", "path", "rule"),
    [
        ({}, {"properties": {"a": {"type": "string"}}}, "/a", "T203"),
        ({}, {"properties": {"a": {"properties": {"b": False}}}}, "/a/b", "F010"),
        ({}, {**OBJECT, "required": ["a"]}, "", "T203"),
        (OBJECT, {**OBJECT, "required": ["a"]}, "/a", "F005"),
        (OBJECT, {**OBJECT, "properties": {"b": {}}, "additionalProperties": False}, "/a", "O601"),
        ({"enum": ["a", "b"]}, {"enum": ["a"]}, "", "V302"),
        ({"type": "string"}, {"type": "string", "maxLength": 3}, "", "L403"),
        ({"type": "string"}, {"type": "string", "minLength": 3}, "", "L401"),
        ({"type": "integer"}, {"type": "integer", "minimum": 3}, "", "R411"),
        ({"type": "array"}, {"type": "array", "minItems": 1}, "", "C101"),
        ({"items": {}}, {"items": {"items": {"type": "string"}}}, "/*/*", "T203"),
        (
            {**OBJECT, "properties": {"kind": {"const": "a"}, "n": {"type": "integer"}}, "required": ["kind"]},
            {
                "anyOf": [
                    {"type": "string"},
                    {**OBJECT, "properties": {"kind": {"const": "a"}, "n": {"type": "null"}}, "required": ["kind"]},
                ]
            },
            "/n",
            "T203",
        ),
    ],
)
def test_the_witness_tells_where_it_is_refused_and_why(old: Schema, new: Schema, path: str, rule: str) -> None:
    found = included(old, new)
    assert (found.holds, found.path, found.rule) == (False, path, rule)
    assert found.problem


def kinds(count: int, **changed: Schema) -> Schema:
    """Alternatives that a field tells apart."""
    return {
        "oneOf": [
            {**OBJECT, "properties": {"kind": changed.get(f"k{each}", {"const": f"k{each}"})}, "required": ["kind"]}
            for each in range(count)
        ]
    }


def test_an_overlap_of_many_alternatives_is_told_as_one() -> None:
    pair = read(kinds(60), kinds(60, k5={"enum": ["k5", "k6"]}))
    found = pair.included("old")
    assert (found.holds, found.witness, found.rule) == (False, '{"kind": "k6"}', "S503")
    assert pair.included("new").holds is True


@pytest.mark.parametrize(
    ("old", "new", "rule"),
    [
        ({"type": "string"}, {"type": "string", "contentMediaType": "image/png"}, "T208"),
        ({"type": "array"}, {"type": "array", "maxItems": 10**8}, None),
    ],
)
def test_what_cannot_be_shown_is_told_where_it_is(old: Schema, new: Schema, rule: str | None) -> None:
    draft = {"$schema": "http://json-schema.org/draft-07/schema#"}
    found = included({**draft, "properties": {"a": old}}, {**draft, "properties": {"a": new}})
    assert (found.holds, found.witness, found.path, found.rule) == (False, None, "/a", rule)


def test_what_can_be_shown_is_rather_than_what_cannot() -> None:
    draft = {"$schema": "http://json-schema.org/draft-07/schema#"}
    old = {**draft, "properties": {"a": {"contentEncoding": "x"}, "b": {"type": "string"}}}
    new = {**draft, "properties": {"a": {"contentEncoding": "y"}, "b": {"type": "integer"}}}
    assert included(old, new).witness == '{"b": "a"}'


def test_the_problem_repeats_nothing_of_the_witness() -> None:
    found = included({"enum": ["secret-word", "b"]}, {"enum": ["b"]})
    assert found.witness == '"secret-word"'
    assert "secret" not in found.problem


def test_the_witness_is_small() -> None:
    old = {**OBJECT, "properties": {f"p{each}": {"type": "string"} for each in range(40)}, "required": ["p0"]}
    new = {**old, "required": ["p0", "p1"]}
    found = included(old, new)
    assert found.witness is not None
    assert list(json.loads(found.witness)) == ["p0"]


@pytest.mark.parametrize(
    ("old", "new"),
    [
        # what no automaton decides is tried on the real engine
        ({"type": "string", "pattern": r"^(a|b)\1$"}, {"enum": ["aa"]}),
        ({"type": "string", "pattern": r"\bsms\b"}, {"type": "string", "maxLength": 3}),
        ({"type": "string", "enum": ["x sms y"], "pattern": r"\bsms\b"}, {"type": "string", "maxLength": 3}),
    ],
)
def test_patterns_beyond_automata_are_refuted_or_undecided(old: Schema, new: Schema) -> None:
    pair = read(old, new)
    assert answer(pair, "old", old, new) in ("breaking", "undecided")


def test_a_listed_value_decides_a_pattern_beyond_automata() -> None:
    old = {"enum": ["aa", "bb"]}
    new = {"type": "string", "pattern": r"^(a|b)\1$"}
    pair = read(old, new)
    assert answer(pair, "old", old, new) == "compatible"


def test_the_same_pattern_beyond_automata_cancels() -> None:
    old = {"type": "string", "pattern": r"^(.)\1$", "maxLength": 2}
    new = {"type": "string", "pattern": r"^(.)\1$"}
    assert included(old, new).holds is True


def test_an_unread_pattern_is_said_to_be_why() -> None:
    found = included({"type": "string", "pattern": r"^(a|b|c)\1x$"}, {"type": "string", "pattern": r"^(a|b|c)\1+x$"})
    assert found.holds is None
    assert any("pattern" in reason for _, reason in found.reasons)


def test_a_document_too_long_to_be_written_is_still_refused() -> None:
    long = {"type": "array", "items": {"type": "string", "minLength": 20}, "minItems": 50_000}
    found = included(long, {"type": "array", "items": {"type": "integer"}})
    assert found.holds is False
    assert included(long, {"type": "array", "minItems": 49_999}).holds is True


def test_numbers_are_exact() -> None:
    big = 10**30
    assert included({"type": "integer", "maximum": big}, {"type": "integer", "maximum": big + 1}).holds is True
    assert included({"type": "integer", "maximum": big + 1}, {"type": "integer", "maximum": big}).holds is False
    assert included({"type": "number", "multipleOf": 0.01}, {"type": "number", "multipleOf": 0.0001}).holds is True
    found = included({"type": "number", "minimum": 0.1, "maximum": 0.100001}, {"const": 0.1})
    assert found.holds is False


@pytest.mark.parametrize("names", [["a"], ["a", "b", "aa", "x", ""], [chr(97 + each) for each in range(26)]])
def test_a_field_that_nothing_mentions_gets_a_name_of_its_own(names: list[str]) -> None:
    old = {**OBJECT, "properties": dict.fromkeys(names, {"type": "string"})}
    new = {**old, "additionalProperties": False}
    found = included(old, new)
    assert found.witness is not None
    [name] = json.loads(found.witness)
    assert name not in names
