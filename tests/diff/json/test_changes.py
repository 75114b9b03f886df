"""What changed, as causes: one rule per cause, at its path in documents, with its lines in both files."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from diff.json.comparing import Schema, changes, read, told
from smswire.diff.json import Pair
from smswire.diff.model import Change
from smswire.diff.rules import rules

OBJECT = {"type": "object"}
CLOSED = {"type": "object", "additionalProperties": False}
TEXT = {"type": "string"}
NUMBER = {"type": "integer"}


def fields(names: dict[str, Schema], required: list[str] | None = None, **more: object) -> dict[str, object]:
    return {**OBJECT, "properties": names, **({"required": required} if required else {}), **more}


CASES: list[tuple[Schema, Schema, list[tuple[str, str]]]] = [
    # fields
    (fields({"a": TEXT}), fields({"a": TEXT, "b": NUMBER}, ["b"]), [("F001", "/b")]),
    (fields({"a": TEXT}), fields({"a": TEXT, "b": NUMBER}), [("F002", "/b")]),
    (fields({"a": TEXT, "b": NUMBER}), fields({"a": TEXT}), [("F003", "/b")]),
    (fields({"a": TEXT, "b": NUMBER}, ["b"]), fields({"a": TEXT}), [("F004", "/b")]),
    (fields({"a": TEXT}), fields({"a": TEXT}, ["a"]), [("F005", "/a")]),
    (fields({"a": TEXT}, ["a"]), fields({"a": TEXT}), [("F006", "/a")]),
    (fields({"a": TEXT}), fields({"a": False}), [("F010", "/a")]),
    (fields({"a": TEXT}), fields({"a": {"allOf": [TEXT, NUMBER]}}), [("T203", "/a")]),
    (
        fields({"sender": {**TEXT, "maxLength": 11}}),
        fields({"sender_id": {**TEXT, "maxLength": 11}}),
        [("F007", "/sender")],
    ),
    (
        fields({"phone": fields({"number": TEXT, "kind": {"enum": ["a"]}}), "contact": OBJECT}),
        fields({"contact": fields({"phone": fields({"number": TEXT, "kind": {"enum": ["a"]}})})}),
        [("F008", "/phone")],
    ),
    (fields({"a": TEXT}), fields({"b": NUMBER}), [("F002", "/b"), ("F003", "/a")]),
    # what is not named is still what it was said to be
    ({**OBJECT, "additionalProperties": TEXT}, fields({"a": TEXT}, additionalProperties=TEXT), []),
    ({**OBJECT, "additionalProperties": TEXT}, fields({"a": NUMBER}, additionalProperties=TEXT), [("T201", "/a")]),
    ({**CLOSED, "patternProperties": {"^x": TEXT}}, {**CLOSED, "patternProperties": {"^x": NUMBER}}, [("T201", "/*")]),
    # counts
    ({"type": "array", "minItems": 1}, {"type": "array", "minItems": 2}, [("C101", "")]),
    ({"type": "array", "minItems": 2}, {"type": "array"}, [("C102", "")]),
    ({"type": "array", "maxItems": 5}, {"type": "array", "maxItems": 2}, [("C103", "")]),
    ({"type": "array", "maxItems": 5}, {"type": "array"}, [("C104", "")]),
    ({**OBJECT, "minProperties": 1}, {**OBJECT, "minProperties": 2}, [("C101", "")]),
    (TEXT, {"type": "array", "items": TEXT}, [("C105", "")]),
    ({"type": "array", "items": TEXT}, TEXT, [("C106", "")]),
    ({"type": "array"}, {"type": "array", "uniqueItems": True}, [("C107", "")]),
    ({"type": "array", "uniqueItems": True}, {"type": "array", "uniqueItems": False}, [("C108", "")]),
    # types
    (TEXT, NUMBER, [("T201", "")]),
    (NUMBER, {"type": "number"}, [("T202", "")]),
    ({"type": ["string", "integer"]}, TEXT, [("T203", "")]),
    (TEXT, {"type": ["string", "null"]}, [("T204", "")]),
    ({"anyOf": [TEXT, {"type": "null"}]}, TEXT, [("T205", "")]),
    ({}, TEXT, [("T206", "")]),
    (TEXT, {}, [("T207", "")]),
    # listed values
    ({"enum": ["a"]}, {"enum": ["a", "b"]}, [("V301", "")]),
    ({"enum": ["a", "b"]}, {"enum": ["a"]}, [("V302", "")]),
    (TEXT, {**TEXT, "enum": ["a", "b"]}, [("V303", "")]),
    ({**TEXT, "enum": ["a", "b"]}, TEXT, [("V304", "")]),
    ({"const": "a"}, {"const": "b"}, [("V305", "")]),
    (TEXT, {**TEXT, "const": "b"}, [("V306", "")]),
    ({**TEXT, "const": "b"}, TEXT, [("V307", "")]),
    ({**TEXT, "default": "b"}, {**TEXT, "default": "c"}, [("V308", "")]),
    ({"enum": ["a"]}, {"enum": ["a", None]}, [("T204", "")]),
    ({}, {"enum": ["a", "b"]}, [("V303", "")]),
    ({"const": "a"}, {}, [("V307", "")]),
    ({"enum": ["a"]}, NUMBER, [("T201", "")]),
    (TEXT, {"enum": ["a", None]}, [("T204", ""), ("V303", "")]),
    ({"oneOf": [{"const": 1, "title": "one"}]}, {"oneOf": [{"const": 1}, {"const": 2}]}, [("V301", "")]),
    (fields({"version": {"const": "1"}}), fields({"version": {"const": "2"}}), [("N705", "/version")]),
    # lengths, bounds, patterns, formats
    (TEXT, {**TEXT, "minLength": 1}, [("L401", "")]),
    ({**TEXT, "minLength": 2}, {**TEXT, "minLength": 1}, [("L402", "")]),
    (TEXT, {**TEXT, "maxLength": 1}, [("L403", "")]),
    ({**TEXT, "maxLength": 2}, {**TEXT, "maxLength": 3}, [("L404", "")]),
    (NUMBER, {**NUMBER, "minimum": 0}, [("R411", "")]),
    ({**NUMBER, "exclusiveMinimum": 2}, {**NUMBER, "minimum": 2}, [("R412", "")]),
    (NUMBER, {**NUMBER, "maximum": 0}, [("R413", "")]),
    ({**NUMBER, "maximum": 2}, {**NUMBER, "maximum": 3}, [("R414", "")]),
    (NUMBER, {**NUMBER, "multipleOf": 5}, [("R415", "")]),
    ({**NUMBER, "multipleOf": 10}, {**NUMBER, "multipleOf": 5}, [("R416", "")]),
    ({**TEXT, "pattern": "^[0-9]+$"}, {**TEXT, "pattern": "^[0-9]{3}$"}, [("P421", "")]),
    ({**TEXT, "pattern": "^[0-9]{3}$"}, {**TEXT, "pattern": "^[0-9]+$"}, [("P422", "")]),
    ({**TEXT, "pattern": "^[0-9]+$"}, {**TEXT, "pattern": "^[a-z]+$"}, [("P423", "")]),
    (TEXT, {**TEXT, "format": "email"}, [("P425", "")]),
    ({**TEXT, "format": "email"}, TEXT, [("P426", "")]),
    ({**TEXT, "format": "email"}, {**TEXT, "format": "date"}, [("T208", "")]),
    (
        {**TEXT, "contentMediaType": "image/png", "contentEncoding": "base64"},
        {**TEXT, "contentMediaType": "image/jpeg", "contentEncoding": "base64"},
        [("T208", "")],
    ),
    # where patterns differ, a bound may say nothing more
    ({"type": ["string", "null"], "minLength": 1}, {"type": ["string", "null"], "pattern": ".+"}, [("P421", "")]),
    (
        {"type": ["string", "null"], "minLength": 1},
        {"anyOf": [{**TEXT, "pattern": ".+"}, {"enum": [None]}]},
        [("P421", "")],
    ),
    (
        {"anyOf": [TEXT, {"type": "null"}], "not": {"enum": [""]}},
        {"type": ["null", "string"], "pattern": ".+"},
        [("D803", ""), ("P421", "")],
    ),
    # alternatives, order, conditions
    ({"anyOf": [TEXT, {"type": "null"}]}, {"anyOf": [NUMBER, {"type": "null"}]}, [("T201", "")]),
    ({"type": ["string", "integer"]}, {"anyOf": [{**TEXT, "maxLength": 3}, NUMBER]}, [("S507", "")]),
    (TEXT, {"anyOf": [TEXT, NUMBER]}, [("S501", "")]),
    ({"anyOf": [TEXT, NUMBER]}, {"anyOf": [TEXT]}, [("S502", "")]),
    ({"anyOf": [TEXT, {**TEXT, "maxLength": 1}]}, {"oneOf": [TEXT, {**TEXT, "maxLength": 1}]}, [("S503", "")]),
    ({"prefixItems": [TEXT, NUMBER]}, {"prefixItems": [NUMBER, TEXT]}, [("S504", "")]),
    ({}, {"not": {"const": 1}}, [("S507", "")]),
    ({"not": {"const": 1}}, {}, [("S508", "")]),
    ({"dependentRequired": {"a": ["b"]}}, {"dependentRequired": {"a": ["b", "c"]}}, [("S507", "/a")]),
    ({}, {"if": TEXT, "then": {"maxLength": 3}}, [("S507", "")]),
    ({"if": TEXT, "then": {"maxLength": 3}}, {"if": TEXT, "then": {"maxLength": 2}}, [("S509", "")]),
    (
        {"oneOf": [fields({"kind": {"const": "a"}, "n": NUMBER}), fields({"kind": {"const": "b"}, "n": NUMBER})]},
        {"oneOf": [fields({"kind": {"const": "b"}, "n": NUMBER}), fields({"kind": {"const": "a"}, "n": TEXT})]},
        [("T201", "/n")],
    ),
    # unknown fields
    (OBJECT, CLOSED, [("O601", "")]),
    (CLOSED, OBJECT, [("O602", "")]),
    (OBJECT, {**OBJECT, "additionalProperties": TEXT}, [("O603", "/*")]),
    ({**OBJECT, "additionalProperties": TEXT}, OBJECT, [("O604", "/*")]),
    (OBJECT, {**OBJECT, "propertyNames": {"maxLength": 3}}, [("O603", "")]),
    # further in
    ({"items": fields({"a": TEXT})}, {"items": fields({"a": NUMBER})}, [("T201", "/*/a")]),
    ({"prefixItems": [TEXT, TEXT]}, {"prefixItems": [TEXT, NUMBER]}, [("T201", "/1")]),
    # annotations
    (TEXT, {**TEXT, "deprecated": True}, [("D802", "")]),
]


@pytest.mark.parametrize(("old", "new", "expected"), CASES)
def test_one_cause_is_told_once_by_its_rule(old: Schema, new: Schema, expected: list[tuple[str, str]]) -> None:
    assert sorted(told(old, new)) == sorted(expected)


@pytest.mark.parametrize(("old", "new", "expected"), [each for each in CASES if len(each[2]) == 1])
def test_the_other_way_round_the_opposite_is_told(old: Schema, new: Schema, expected: list[tuple[str, str]]) -> None:
    there, back = ({rule for rule, _ in found} for found in (expected, told(new, old)))
    opposed = {each for each, rule in rules().items() if rule.effect in ("narrows", "widens")} - {"S509"}
    assert not there & back & opposed


def test_documentation_is_told_apart() -> None:
    found = changes({**TEXT, "description": "a"}, {**TEXT, "description": "b"}, silent=True)
    assert [each.rule for each in found] == ["D801"]


def test_another_draft_and_identifier_are_told() -> None:
    old = {"$schema": "http://json-schema.org/draft-07/schema#", "$id": "http://x.example/1", **TEXT}
    new = {"$schema": "https://json-schema.org/draft/2020-12/schema", "$id": "http://x.example/2", **TEXT}
    assert [each.rule for each in changes(old, new, silent=True)] == ["D804", "D804"]


def test_places_are_lines_of_both_files(tmp_path: Path) -> None:
    old, new = tmp_path / "old.json", tmp_path / "new.json"
    old.write_text('{\n "properties": {\n  "a": {\n   "type": "string",\n   "maxLength": 5\n  }\n }\n}')
    new.write_text('{\n "title": "x",\n "properties": {\n\n  "a": {"type": "string",\n\n   "maxLength": 4}\n }\n}')
    [change] = [each for each in Pair.load(old, new).changes() if each.rule == "L403"]
    assert change.old_place is not None
    assert change.new_place is not None
    assert (change.old_place.file, change.old_place.line) == (str(old), 5)
    assert (change.new_place.file, change.new_place.line) == (str(new), 7)


def test_a_place_in_another_file_names_that_file(tmp_path: Path) -> None:
    for side, kind in (("old", "string"), ("new", "integer")):
        folder = tmp_path / side
        folder.mkdir()
        (folder / "main.json").write_text('{"properties": {"a": {"$ref": "types.json#/$defs/a"}}}')
        (folder / "types.json").write_text(f'{{"$defs": {{\n"a": {{\n"type": "{kind}"}}}}}}')
    [change] = Pair.load(tmp_path / "old/main.json", tmp_path / "new/main.json").changes()
    assert (change.rule, change.path) == ("T201", "/a")
    assert change.new_place is not None
    assert (Path(change.new_place.file).name, change.new_place.line) == ("types.json", 3)


def test_a_definition_used_often_is_told_once_at_the_shortest_path() -> None:
    def schema(most: int) -> Schema:
        return fields(
            {"deep": fields({"er": {"$ref": "#/$defs/t"}}), "a": {"$ref": "#/$defs/t"}, "b": {"$ref": "#/$defs/t"}},
            **{"$defs": {"t": {**TEXT, "maxLength": most}}},
        )

    assert told(schema(3), schema(4)) == [("L404", "/a")]


def test_one_insertion_hides_nothing_further_in() -> None:
    old = fields({"a": fields({"x": {"type": "array", "items": fields({"y": TEXT})}})})
    new = fields(
        {"new": TEXT, "a": fields({"w": TEXT, "x": {"type": "array", "items": fields({"y": NUMBER, "z": TEXT})}})}
    )
    assert sorted(told(old, new)) == [("F002", "/a/w"), ("F002", "/a/x/*/z"), ("F002", "/new"), ("T201", "/a/x/*/y")]


def one(old: Schema, new: Schema) -> Change:
    [found] = changes(old, new)
    return found


@pytest.mark.parametrize(
    ("old", "new", "is_open", "effect"),
    [
        (fields({}), fields({"a": TEXT}), True, "narrows"),
        (fields({}), fields({"a": {}}), True, "neutral"),
        ({**CLOSED}, {**CLOSED, "properties": {"a": TEXT}}, False, None),
        (fields({"a": TEXT}), fields({}), True, "widens"),
        ({**CLOSED, "properties": {"a": TEXT}}, {**CLOSED}, False, None),
    ],
)
def test_fields_of_open_objects_have_another_effect(
    old: Schema, new: Schema, is_open: bool, effect: str | None
) -> None:
    change = one(old, new)
    assert (change.open, change.effect) == (is_open, effect)


def test_values_and_types_are_shown_in_words() -> None:
    change = one({"enum": ["a", 1, None]}, {"enum": ["a", 1, None, *range(2, 30)]})
    assert change.new is not None
    assert change.new.startswith("2, 3, 4")
    assert change.new.endswith("and 16 more")
    change = one({"type": ["null", "string"]}, {"type": ["number", "null", "array"]})
    assert (change.old, change.new) == ("string or null", "number or array or null")


@pytest.mark.parametrize(
    ("old", "new", "rule"),
    [
        (TEXT, {**TEXT, "pattern": "[a-z]*"}, "D803"),
        ({**TEXT, "pattern": "[a-z]*"}, {**TEXT, "pattern": "^[a-z]*$"}, "P421"),
        ({**TEXT, "pattern": "[0-9]"}, {**TEXT, "pattern": "x?"}, "P422"),
    ],
)
def test_a_pattern_that_is_found_in_every_string_is_said_to_be(old: Schema, new: Schema, rule: str) -> None:
    change = one(old, new)
    assert change.rule == rule
    assert change.note.endswith("is not anchored: it matches in every string")


def test_a_pattern_that_is_not_anchored_and_asks_for_something_is_no_surprise() -> None:
    assert one(TEXT, {**TEXT, "pattern": "[0-9]"}).note == ""


def test_every_rule_that_is_told_is_known() -> None:
    for old, new, _ in CASES:
        for each in read(old, new).changes():
            assert each.rule in rules()
            assert not rules()[each.rule].fatal


def test_changes_are_the_same_every_time() -> None:
    old = fields({chr(97 + each): {**TEXT, "maxLength": each} for each in range(20)})
    new = fields({chr(97 + each): {**TEXT, "maxLength": each + 1} for each in range(20)})
    first, second = (json.dumps([str(each.path) for each in changes(old, new)]) for _ in range(2))
    assert first == second
