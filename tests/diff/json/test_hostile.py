"""Schemas that are broken, deep, looping, or large: an answer or a plain error, soon."""

from __future__ import annotations

import json
import time
from pathlib import Path

import pytest

from diff.json.comparing import Schema, changes, read
from smswire.diff.errors import UnreadableSchema
from smswire.diff.json import Pair


def load(tmp_path: Path, text: str | bytes) -> Pair:
    path = tmp_path / "schema.json"
    path.write_bytes(text.encode() if isinstance(text, str) else text)
    return Pair.load(path, path)


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("", "not JSON"),
        ("{", "not JSON"),
        ('{"a": 1,}', "not JSON"),
        ("[]", "no schema"),
        ("3", "no schema"),
        ('{"minimum": NaN}', "no number"),
        ('{"minimum": 1e999999999}', "beyond all use"),
        (b"\xff\xfe\xff", "Unicode"),
        ("[" * 100_000, "nested"),
        ('{"not":' * 20_000 + "{}" + "}" * 20_000, "nested"),
        ('{"$schema": "http://json-schema.org/draft-03/schema#"}', "draft-03"),
    ],
)
def test_what_is_no_schema_is_said_to_be_none(tmp_path: Path, text: str | bytes, problem: str) -> None:
    with pytest.raises(UnreadableSchema, match=problem):
        load(tmp_path, text)


def test_a_missing_file_is_said_to_be_missing(tmp_path: Path) -> None:
    with pytest.raises(UnreadableSchema, match=r"nowhere\.json"):
        Pair.load(tmp_path / "nowhere.json", tmp_path / "nowhere.json")


def test_the_line_of_a_mistake_is_told(tmp_path: Path) -> None:
    with pytest.raises(UnreadableSchema) as caught:
        load(tmp_path, '{\n "type": "string"\n "minLength": 1}')
    assert caught.value.line == 3


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-32"])
def test_every_unicode_encoding_is_read(tmp_path: Path, encoding: str) -> None:
    pair = load(tmp_path, '{"enum": ["é", "☎"]}'.encode(encoding))
    assert pair.included("old").holds is True


ILL_FORMED: list[dict[str, object]] = [
    {"type": "any"},
    {"type": ["string", "any"]},
    {"required": True},
    {"required": [1]},
    {"properties": {"a": "string"}},
    {"properties": []},
    {"items": "string"},
    {"anyOf": []},
    {"anyOf": {"type": "string"}},
    {"minLength": "3"},
    {"minLength": -1},
    {"maximum": "3"},
    {"multipleOf": 0},
    {"pattern": "("},
    {"pattern": 3},
    {"patternProperties": {"(": {}}, "additionalProperties": False},
    {"enum": "a"},
    {"uniqueItems": "yes"},
    {"dependencies": {"a": "b"}},
    {"description": ["several", "lines"]},
    {"format": 3},
    {"$ref": 3},
    {"$id": 3},
    {"exclusiveMinimum": True, "minimum": 1},
    {"additionalProperties": "no"},
    {"not": []},
    {"if": 1, "then": 2},
    {"$defs": 3},
    {"$anchor": 1},
]


@pytest.mark.parametrize("draft", ["draft-04/schema#", "draft-07/schema#"])
@pytest.mark.parametrize("schema", ILL_FORMED, ids=lambda schema: json.dumps(schema))
def test_an_ill_formed_keyword_keeps_nothing_else_from_being_compared(draft: str, schema: dict[str, object]) -> None:
    old = {"$schema": f"http://json-schema.org/{draft}", "properties": {"a": schema, "b": {"type": "string"}}}
    new = {**old, "properties": {"a": schema, "b": {"type": "integer"}}}
    same = read(old, old)
    assert (same.included("old").holds, same.included("new").holds, same.changes()) == (True, True, ())
    other = read(old, new)
    assert other.included("old").holds is False
    assert ("T201", "/b") in [(each.rule, each.path) for each in other.changes()]


def test_an_ill_formed_keyword_that_changed_is_never_called_compatible() -> None:
    draft = {"$schema": "http://json-schema.org/draft-07/schema#"}
    found = read({**draft, "type": "any"}, {**draft, "type": "anything"}).included("old")
    assert found.holds is None
    assert found.reasons


@pytest.mark.parametrize(
    ("schema", "dialect"),
    [
        ({"items": [{"type": "string"}], "additionalItems": False}, 19),
        ({"minimum": 1, "exclusiveMinimum": True}, 4),
        ({"prefixItems": [{}], "items": False}, 20),
        ({}, 20),
    ],
)
def test_without_a_draft_it_is_the_latest_in_which_keywords_have_their_form(schema: Schema, dialect: int) -> None:
    pair = read(schema, {})
    assert pair.old.dialect == pair.new.dialect == dialect
    assert pair.included("old").holds is True


def deep(depth: int, innermost: str) -> Schema:
    found: Schema = {"type": innermost}
    for _ in range(depth):
        found = {"properties": {"a": found}}
    return found


def test_a_deep_schema_is_compared() -> None:
    pair = read(deep(60, "string"), deep(60, "integer"))
    assert pair.included("old").holds is False
    assert [each.rule for each in pair.changes()] == ["T201"]


@pytest.mark.parametrize("depth", [150, 400])
def test_a_deeper_one_gets_an_answer_or_a_plain_error(depth: int) -> None:
    try:
        pair = read(deep(depth, "string"), deep(depth, "integer"))
        assert pair.included("old").holds is not True
        assert pair.changes()
    except UnreadableSchema as error:
        assert error.problem == "is nested too deeply"


def test_many_ways_to_refer_to_itself_end() -> None:
    names = [f"d{each}" for each in range(20)]
    tangle = {"anyOf": [{"$ref": f"#/$defs/{name}"} for name in names]}
    old = {"$ref": "#/$defs/d0", "$defs": {name: {**tangle, "maxLength": index} for index, name in enumerate(names)}}
    started = time.monotonic()
    read(old, {"type": "string"}).included("old", deadline=time.monotonic() + 1)
    assert time.monotonic() - started < 4


def test_the_deadline_is_kept() -> None:
    # each of many choices can be taken in two ways
    def puzzle(size: int) -> Schema:
        names = [f"p{each}" for each in range(size)]
        pairs = [
            {"anyOf": [{"properties": {one: {"const": 1}}}, {"properties": {other: {"const": 2}}}]}
            for one in names
            for other in names
            if one != other
        ]
        return {
            "type": "object",
            "required": names,
            "allOf": pairs,
            "properties": {each: {"enum": [1, 2, 3]} for each in names},
        }

    old = puzzle(14)
    new = {"not": {**puzzle(14), "minProperties": 15, "maxProperties": 20}}
    started = time.monotonic()
    read(old, new).included("old", deadline=time.monotonic() + 0.5)
    assert time.monotonic() - started < 3


def large(definitions: int, *, changed: bool) -> dict[str, object]:
    """A schema of many records that refer to each other, recursively, and have alternatives."""
    found: dict[str, object] = {}
    for each in range(definitions):
        fields: dict[str, object] = {
            f"field{index}": {"type": "string", "maxLength": 10 + index, "description": "words " * 12}
            for index in range(18)
        }
        fields["next"] = {"$ref": f"#/definitions/d{(each * 7 + 1) % definitions}"}
        fields["kind"] = {"enum": [f"k{each}"]}
        fields["choice"] = {"oneOf": [{"$ref": f"#/definitions/d{(each + 3) % definitions}"}, {"type": "null"}]}
        found[f"d{each}"] = {"type": "object", "properties": fields, "required": ["kind"]}
    if changed:
        record = found[f"d{definitions // 2}"]
        assert isinstance(record, dict)
        record["properties"]["field3"]["maxLength"] = 5
    return {
        "$schema": "http://json-schema.org/draft-07/schema#",
        "anyOf": [{"$ref": f"#/definitions/d{each}"} for each in range(0, definitions, 9)],
        "definitions": found,
    }


def test_two_megabytes_are_compared() -> None:
    old, new = large(760, changed=False), large(760, changed=True)
    assert len(json.dumps(old)) > 2_000_000
    pair, late = read(old, new), time.monotonic() + 120
    assert pair.included("old", deadline=late).holds is False
    assert pair.included("new", deadline=late).holds is True
    assert [each.rule for each in pair.changes()] == ["L403"]


def test_hundreds_of_alternatives_are_told_apart() -> None:
    def union(count: int, most: int) -> Schema:
        return {
            "anyOf": [
                {
                    "type": "object",
                    "properties": {"kind": {"const": f"k{each}"}, "text": {"type": "string", "maxLength": most}},
                    "required": ["kind"],
                }
                for each in range(count)
            ]
        }

    pair = read(union(200, 5), union(210, 6))
    assert pair.included("old").holds is True
    assert pair.included("new").holds is False
    assert {each.rule for each in changes(union(20, 5), union(22, 6))} == {"L404", "S501"}
