"""What looks like several changes and is one, and what is said of it."""

from __future__ import annotations

import pytest

from diff.json.comparing import DRAFTS, Schema, changes, told
from smswire.diff import compare
from smswire.diff.model import Change, Direction

TEXT = {"type": "string"}
NUMBER = {"type": "integer"}
CLOSED = {"additionalProperties": False}
PAIR = [TEXT, NUMBER]


def fields(names: dict[str, Schema], required: list[str] | None = None, **more: object) -> dict[str, object]:
    return {"type": "object", "properties": names, **({"required": required} if required else {}), **more}


def tagged(keyword: str, tag: str, **more: object) -> Schema:
    """Alternatives that a field tells apart."""
    one = fields({tag: {"const": "a"}, "x": TEXT}, [tag, "x"], **more)
    other = fields({tag: {"const": "b"}, "y": NUMBER}, [tag, "y"], **more)
    return {keyword: [one, other]}


def one(old: Schema, new: Schema) -> Change:
    [found] = changes(old, new)
    return found


@pytest.mark.parametrize("keyword", ["oneOf", "anyOf"])
@pytest.mark.parametrize("more", [{}, CLOSED], ids=["open", "closed"])
def test_a_tag_that_was_renamed_in_every_alternative_is_told_once(keyword: str, more: dict[str, object]) -> None:
    change = one(tagged(keyword, "kind", **more), tagged(keyword, "status", **more))
    assert (change.rule, change.path, change.old, change.new) == ("S510", "", "kind", "status")


def test_a_tag_that_was_renamed_in_one_alternative_is_a_field_that_was() -> None:
    old = {"oneOf": [fields({"kind": {"const": "a"}, "x": TEXT}, ["kind"]), TEXT]}
    new = {"oneOf": [fields({"status": {"const": "a"}, "x": TEXT}, ["status"]), TEXT]}
    assert told(old, new) == [("F007", "/kind")]


RESULT = fields({"id": TEXT, "count": NUMBER}, ["id"])
MOVED: list[tuple[Schema, Schema, str, str | None, str]] = [
    (
        fields({"result": RESULT}, ["result"]),
        fields({"results": fields({"result": RESULT}, ["result"])}, ["results"]),
        "/result",
        "/result",
        "/results/result",
    ),
    (
        fields({"apiKey": TEXT, "to": TEXT}, ["apiKey", "to"]),
        fields({"auth": fields({"apiKey": TEXT}), "to": TEXT}, ["auth", "to"]),
        "/apiKey",
        "/apiKey",
        "/auth/apiKey",
    ),
    (
        fields({"next": TEXT, "meta": fields({"page": NUMBER})}),
        fields({"meta": fields({"page": NUMBER, "next": TEXT})}),
        "/next",
        "/next",
        "/meta/next",
    ),
    (
        fields({"id": TEXT, "count": NUMBER, "kept": TEXT}, ["id"]),
        fields({"data": fields({"id": TEXT, "count": NUMBER}), "kept": TEXT}),
        "",
        "/id, /count",
        "/data",
    ),
]


@pytest.mark.parametrize(("old", "new", "path", "was", "now"), MOVED)
def test_a_field_that_is_elsewhere_now_was_moved(
    old: Schema, new: Schema, path: str, was: str | None, now: str
) -> None:
    change = one(old, new)
    assert (change.rule, change.path, change.old, change.new) == ("F008", path, was, now)


@pytest.mark.parametrize(("old", "new", "path", "was", "now"), MOVED)
def test_a_field_that_was_moved_can_be_moved_back(old: Schema, new: Schema, path: str, was: str, now: str) -> None:
    del path, was, now
    assert one(new, old).rule == "F008"


@pytest.mark.parametrize("direction", ["request", "response"])
@pytest.mark.parametrize(("old", "new"), [each[:2] for each in MOVED])
def test_what_was_moved_is_the_only_error(old: Schema, new: Schema, direction: Direction) -> None:
    [finding] = compare(old, new, direction=direction).findings
    assert (finding.rule, finding.severity, finding.proven) == ("F008", "error", True)


def test_an_object_with_more_than_what_moved_into_it_is_told_too() -> None:
    new = fields({"auth": fields({"key": TEXT, "mode": NUMBER}, ["mode"])}, ["auth"])
    assert sorted(told(fields({"key": TEXT}, ["key"]), new)) == [("F001", "/auth"), ("F008", "/key")]


def test_a_plain_field_with_two_places_where_it_may_be_is_not_told_as_moved() -> None:
    old = fields({"id": TEXT, "a": fields({}), "b": fields({})}, ["id"])
    new = fields({"a": fields({"id": TEXT}), "b": fields({"id": TEXT})})
    assert sorted(told(old, new)) == [("F002", "/a/id"), ("F002", "/b/id"), ("F004", "/id")]


def test_a_plain_field_is_not_told_as_moved_across() -> None:
    old = fields({"a": fields({"id": TEXT}), "b": fields({})})
    new = fields({"a": fields({}), "b": fields({"id": TEXT})})
    assert sorted(told(old, new)) == [("F002", "/b/id"), ("F003", "/a/id")]


def test_a_plain_field_is_not_told_as_moved_out_of_a_list() -> None:
    old = fields({"all": {"type": "array", "items": fields({"font": TEXT, "size": NUMBER})}})
    new = fields({"all": {"type": "array", "items": fields({"size": NUMBER})}, "font": TEXT})
    assert sorted(told(old, new)) == [("F002", "/font"), ("F003", "/all/*/font")]


def test_an_object_that_was_moved_takes_its_fields_along() -> None:
    old = fields({"a": fields({"x": RESULT})})
    new = fields({"x": RESULT, "b": fields({"a": fields({"x": RESULT})})})
    assert ("F008", "/a") in told(old, new)


@pytest.mark.parametrize(
    ("closed", "old", "new", "rule"),
    [
        (True, "^x-", "^(x|y)-", "O604"),
        (True, "^(x|y)-", "^x-", "O603"),
        (False, "^x-", "^(x|y)-", "O603"),
        (False, "^(x|y)-", "^x-", "O604"),
        (True, "^x-", "^[x]-", "D803"),
    ],
)
def test_a_pattern_of_names_that_takes_more_or_fewer_is_one_change(closed: bool, old: str, new: str, rule: str) -> None:
    rest = CLOSED if closed else {}
    change = one(*({"type": "object", "patternProperties": {each: TEXT}, **rest} for each in (old, new)))
    assert (change.rule, change.path, change.old, change.new) == (rule, "/*", old, new)


def test_a_pattern_of_other_names_is_one_that_went_and_one_that_came() -> None:
    old, new = ({"type": "object", "patternProperties": {each: TEXT}, **CLOSED} for each in ("^x-", "^y-"))
    assert sorted(told(old, new)) == [("O603", "/*"), ("O604", "/*")]


@pytest.mark.parametrize(
    ("old", "new", "rule", "was", "now"),
    [
        ({"prefixItems": PAIR, "items": False}, {"prefixItems": [*PAIR, TEXT], "items": False}, "C104", "2", "3"),
        ({"prefixItems": [*PAIR, TEXT], "items": False}, {"prefixItems": PAIR, "items": False}, "C103", "3", "2"),
        ({"prefixItems": PAIR, "items": False}, {"prefixItems": PAIR}, "C104", "2", None),
        ({"prefixItems": PAIR}, {"prefixItems": PAIR, "items": False}, "C103", None, "2"),
        ({"prefixItems": PAIR, "items": False}, {"prefixItems": PAIR, "maxItems": 5}, "C104", "2", "5"),
        ({"items": TEXT}, {"items": False}, "C103", None, "0"),
    ],
)
def test_how_many_items_there_may_be_is_told_as_a_count(
    old: Schema, new: Schema, rule: str, was: str | None, now: str | None
) -> None:
    change = one(old, new)
    assert (change.rule, change.path, change.old, change.new) == (rule, "", was, now)


def test_items_that_no_document_has_change_nothing() -> None:
    old, new = ({"type": "array", "maxItems": 0, "items": each} for each in PAIR)
    assert told(old, new) == [("D803", "")]
    assert sorted(told(fields({"a": old, "b": TEXT}), fields({"a": new, "b": NUMBER}))) == [
        ("D803", "/a"),
        ("T201", "/b"),
    ]


def test_items_that_a_greatest_count_leaves_are_compared() -> None:
    old, new = ({"type": "array", "maxItems": 3, "prefixItems": [TEXT], "items": each} for each in PAIR)
    assert told(old, new) == [("T201", "/*")]


def condition(value: str, field: str, otherwise: str) -> Schema:
    return {
        "if": fields({"a": {"const": value}}, ["a"]),
        "then": {"required": [field]},
        "else": {"required": [otherwise]},
    }


@pytest.mark.parametrize(
    ("new", "note"),
    [
        (condition("y", "b", "d"), "the condition itself"),
        (condition("x", "c", "d"), "what follows from the condition"),
        (condition("x", "b", "c"), "what follows from the condition"),
        (condition("y", "c", "d"), "the condition itself and what follows from it"),
    ],
)
def test_the_part_of_a_condition_that_changed_is_said(new: Schema, note: str) -> None:
    change = one(condition("x", "b", "d"), new)
    assert (change.rule, change.note) == ("S509", note)


@pytest.mark.parametrize(
    ("old", "new", "was", "now"),
    [
        (fields({"status": TEXT}, ["status"]), fields({}), "status: string", None),
        (fields({"status": TEXT}), fields({}), "status: string", None),
        (fields({}), fields({"status": TEXT}, ["status"]), None, "status: string"),
        (NUMBER, {**NUMBER, "multipleOf": 60}, None, "multiples of 60"),
        ({**NUMBER, "multipleOf": 60}, {**NUMBER, "multipleOf": 7}, "multiples of 60", "multiples of 7"),
    ],
)
def test_what_was_there_and_is_now_is_named(old: Schema, new: Schema, was: str | None, now: str | None) -> None:
    change = one(old, new)
    assert (change.old, change.new) == (was, now)


@pytest.mark.parametrize(
    ("old", "new", "note"),
    [
        (TEXT, {**TEXT, "maxLenght": 5}, "maxLenght is no keyword (maxLength is)"),
        ({**TEXT, "maxLenght": 5}, TEXT, "maxLenght is no keyword (maxLength is)"),
        (TEXT, {**TEXT, "x-order": 5}, "x-order is no keyword"),
        (TEXT, {**TEXT, "$$description": "a"}, "$$description is no keyword"),
    ],
)
def test_what_is_no_keyword_is_said_to_be_none(old: Schema, new: Schema, note: str) -> None:
    change = one(old, new)
    assert (change.rule, change.note) == ("D803", note)


def test_a_keyword_that_is_misspelled_now_is_told_beside_what_it_did() -> None:
    found = {each.rule: each.note for each in changes({**TEXT, "maxLength": 5}, {**TEXT, "maxLenght": 5})}
    assert found == {"L404": "", "D803": "maxLenght is no keyword (maxLength is)"}


@pytest.mark.parametrize(("old", "new", "rule"), [("2020-12", "07", "P425"), ("07", "2020-12", "P426")])
def test_a_format_that_only_one_draft_asserts_is_told_at_its_lines(old: str, new: str, rule: str) -> None:
    schema = fields({"a": {**TEXT, "format": "email"}})
    [change] = changes({"$schema": DRAFTS[old], **schema}, {"$schema": DRAFTS[new], **schema})
    assert (change.rule, change.path) == (rule, "/a")
    assert change.old_place is not None
    assert change.new_place is not None
    assert (change.old_place.line, change.new_place.line) == (7, 7)


def test_a_format_of_listed_values_is_told() -> None:
    draft = {"$schema": DRAFTS["07"], "enum": ["a", "b@example.org"]}
    assert told(draft, {**draft, "format": "email"}) == [("P425", "")]
