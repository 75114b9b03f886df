"""Schemas that are broken, deep, looping, or large: an answer or a plain error, soon."""

from __future__ import annotations

import json
import time
from pathlib import Path

import jsonschema_rs
import pytest

from diff.json.comparing import DRAFTS, Schema, changes, read, validator
from smswire.diff.errors import UnreadableSchema
from smswire.diff.json import Pair
from smswire.diff.model import Place


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
        ('{"minimum": 1e99999999999999999999999999}', "beyond all use"),
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


@pytest.mark.parametrize(
    "text",
    [
        '{\n "type": "string"\n "minLength": 1}',
        '{\n "title": "1e999",\n "maximum": 1e999, "x": [1e999]}',
        '{\n "minimum": 1,\n "maximum": NaN}',
        '{\n "minimum": 1,\n "maximum": ' + "9" * 5000 + "}",
    ],
    ids=lambda each: each[-20:],
)
def test_the_line_of_a_mistake_is_told(tmp_path: Path, text: str) -> None:
    with pytest.raises(UnreadableSchema) as caught:
        load(tmp_path, text)
    assert caught.value.line == 3


def test_a_name_that_is_there_twice_is_told_at_its_line(tmp_path: Path) -> None:
    old, new = tmp_path / "old.json", tmp_path / "new.json"
    old.write_text('{\n "$defs": {"type": {}},\n "type": "string",\n "minLength": 1,\n "type": "null"}')
    new.write_text('{"type": "null"}')
    pair = Pair.load(old, new)
    assert pair.included("old").holds is True
    [told] = [each for each in pair.changes() if each.rule == "X900"]
    assert (told.old_place, told.new_place) == (Place(str(old), 5), None)
    assert told.note.startswith("type is there twice")
    [told] = [each for each in Pair.load(new, old).changes() if each.rule == "X900"]
    assert (told.old_place, told.new_place) == (None, Place(str(old), 5))


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ('{"properties": {"a": {"type": "null"}, "a": {"type": "null"}}}', "{}"),
        ('{"type": "null", "type": "string"}', '{"type": "null", "type": "string"}'),
    ],
)
def test_what_is_said_twice_alike_or_on_both_sides_is_no_news(tmp_path: Path, old: str, new: str) -> None:
    for name, text in (("old", old), ("new", new)):
        (tmp_path / name).write_text(text)
    assert "X900" not in {each.rule for each in Pair.load(tmp_path / "old", tmp_path / "new").changes()}


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-32"])
def test_every_unicode_encoding_is_read(tmp_path: Path, encoding: str) -> None:
    pair = load(tmp_path, '{"enum": ["é", "☎"]}'.encode(encoding))
    assert pair.included("old").holds is True


ILL_FORMED: list[dict[str, object]] = [
    {"type": "strin"},
    {"type": ["string", "any"]},
    {"required": [1]},
    {"properties": {"a": "string"}},
    {"properties": []},
    {"items": "string"},
    {"anyOf": []},
    {"anyOf": {"type": "string"}},
    {"anyOf": [1]},
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
    {"$ref": 3},
    {"$id": 3},
    {"exclusiveMinimum": True, "minimum": 1},
    {"exclusiveMinimum": 1},
    {"additionalProperties": "no"},
    {"not": []},
    {"if": 1, "then": 2},
    {"definitions": 3},
    {"dependentRequired": {"a": True}},
    {"minContains": "1"},
    {"type": ["string", "string"]},
    {"$schema": 5},
]
SLOPPY: list[dict[str, object]] = [
    {"required": True},
    {"pattern": "a\\Z"},
    {"pattern": "[\\w-.]"},
    {"patternProperties": {"a\\Z": {}}, "additionalProperties": False},
    {"description": ["several", "lines"]},
    {"required": []},
    {"format": "no-such", "no-such": 1},
    {"enum": [1, 1]},
    {"definitions": {"note": "words"}},
    {"definitions": {"x": {"$schema": DRAFTS["04"], "id": "http://x.example", "minimum": 0, "exclusiveMinimum": True}}},
    {"definitions": {"x": {"$schema": DRAFTS["07"], "$id": "http://x.example", "exclusiveMinimum": 0}}},
]


def with_field(draft: str, schema: dict[str, object], other: str) -> dict[str, object]:
    return {"$schema": DRAFTS[draft], "properties": {"a": schema, "b": {"type": other}}}


@pytest.mark.parametrize("draft", sorted(DRAFTS))
@pytest.mark.parametrize("schema", ILL_FORMED, ids=json.dumps)
def test_what_no_validator_reads_is_refused_at_its_line(tmp_path: Path, draft: str, schema: dict[str, object]) -> None:
    whole = with_field(draft, schema, "string")
    try:
        validator(whole)
    except (ValueError, jsonschema_rs.ValidationError):
        with pytest.raises(UnreadableSchema) as caught:
            load(tmp_path, json.dumps({"title": "x", **whole}).replace('"a": {', '\n"a": {'))
        assert caught.value.line == 2
        assert caught.value.problem.startswith(f"/properties/a/{next(iter(schema))}")
    else:
        assert load(tmp_path, json.dumps(whole)).included("old").holds is True


@pytest.mark.parametrize("draft", ["04", "07", "2020-12"])
@pytest.mark.parametrize("schema", SLOPPY, ids=json.dumps)
def test_what_schemas_are_full_of_keeps_nothing_from_being_compared(draft: str, schema: dict[str, object]) -> None:
    old, new = with_field(draft, schema, "string"), with_field(draft, schema, "integer")
    same = read(old, old)
    assert (same.included("old").holds, same.included("new").holds, same.changes()) == (True, True, ())
    other = read(old, new)
    assert other.included("old").holds is False
    assert ("T201", "/b") in [(each.rule, each.path) for each in other.changes()]


def test_each_of_two_schemas_without_a_draft_may_be_of_its_own() -> None:
    pair = read({"minimum": 1, "exclusiveMinimum": True}, {"exclusiveMinimum": 1})
    assert (pair.old.dialect, pair.new.dialect) == (4, 20)
    assert pair.included("old").holds is True


def test_an_ill_formed_keyword_that_changed_is_never_called_compatible() -> None:
    draft = {"$schema": "http://json-schema.org/draft-07/schema#"}
    found = read({**draft, "pattern": "a\\Z"}, {**draft, "pattern": "b\\Z"}).included("old")
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
