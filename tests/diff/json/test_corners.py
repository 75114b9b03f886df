"""What is allowed only in a corner: one document that many conditions leave, and where validators differ."""

from __future__ import annotations

import pytest

from diff.json.comparing import Schema, included, of_draft, verdicts

ONE_FIELD = {"type": "object", "maxProperties": 1}
ONE_NULL = {"contains": {"type": "null"}, "minContains": 0, "maxContains": 1}
UNREAD = "(a)(?(1)b|c)"
"""A pattern of other engines."""

REFUSED: list[tuple[str, Schema, Schema]] = [
    # a bar behind a backslash that is escaped itself
    ("a text spelled out", {"type": "string", "pattern": "^(a\\\\|b)$"}, {"enum": ["a\\|b"]}),
    ("no bar at all", {"type": "string", "pattern": "^a\\\\$"}, {"pattern": "^a$"}),
    ("a name spelled out", {"patternProperties": {"^(a\\\\|b)$": False}}, {"patternProperties": {"^(a|b)$": False}}),
    # two equal items, of which just some count
    (
        "equal items that do not count",
        {"type": "array", "items": {"enum": [1, 2]}, "contains": {"const": 1}, "minContains": 0, "maxContains": 1},
        {"uniqueItems": True},
    ),
    ("equal items of any kind", {"type": "array", **ONE_NULL}, {"uniqueItems": True}),
    (
        "too few of equal items",
        {"type": "array", "not": {"uniqueItems": True}},
        {"minContains": 2, "contains": {"exclusiveMaximum": 0.5}},
    ),
    # one name must do for what several could
    (
        "a name that fails two rules",
        ONE_FIELD,
        {"anyOf": [{"propertyNames": {"maxLength": 1}}, {"propertyNames": {"pattern": "^a"}}]},
    ),
    (
        "a name that matches and fails",
        ONE_FIELD,
        {"anyOf": [{"patternProperties": {"^a": {"type": "string"}}}, {"propertyNames": {"maxLength": 3}}]},
    ),
    (
        "another name that fails",
        ONE_FIELD,
        {
            "anyOf": [
                {"properties": {"q": True}, "additionalProperties": False},
                {"propertyNames": {"maxLength": 3}},
            ]
        },
    ),
    (
        "a name that fails many rules",
        ONE_FIELD,
        {"anyOf": [{"propertyNames": {"not": {"pattern": each}}} for each in "abcdefgh"]},
    ),
    # validators read more than ECMA 262 says
    ("where a word begins", {"type": "string", "pattern": "\\<a"}, {"pattern": "<a"}),
    ("a count from nothing", {"type": "string", "pattern": "^(?=.)a{,2}$"}, {"pattern": "\\{,2\\}"}),
    ("letters beside a lookahead", {"type": "string", "pattern": "^(?=.)\\w$"}, {"pattern": "^[A-Za-z0-9_]$"}),
]


@pytest.mark.parametrize(("old", "new"), [each[1:] for each in REFUSED], ids=[each[0] for each in REFUSED])
def test_the_one_document_that_is_refused_is_found(old: Schema, new: Schema) -> None:
    assert verdicts(old, new)[0] == "breaking"


NOT_TOLD: list[tuple[str, Schema, Schema]] = [
    (
        "a class that begins with its closing bracket",
        {"type": "string", "pattern": "^[]a]$"},
        {"pattern": "^a?$"},
    ),
    (
        "many rules for two names",
        {"type": "object", "maxProperties": 2},
        {"anyOf": [{"propertyNames": {"not": {"pattern": each}}} for each in ("^z$", *"abcdef")]},
    ),
    (
        "names beside a pattern that is not read",
        {"patternProperties": {UNREAD: {}}, "properties": {"a": {}, "b": {}}, "additionalProperties": False},
        {"patternProperties": {UNREAD: {}}, "properties": {"a": {}}, "additionalProperties": False},
    ),
    (
        "what is unevaluated beside a pattern that is not read",
        {"patternProperties": {UNREAD: {}}, "allOf": [{"properties": {"b": {}}}], "unevaluatedProperties": False},
        {"patternProperties": {UNREAD: {}}, "unevaluatedProperties": False},
    ),
    (
        "what is unevaluated beside a part with a pattern that is not read",
        {"type": "object", "allOf": [{"patternProperties": {UNREAD: {}}}], "unevaluatedProperties": False},
        {"patternProperties": {UNREAD: {}}, "maxProperties": 0},
    ),
]


@pytest.mark.parametrize(("old", "new"), [each[1:] for each in NOT_TOLD], ids=[each[0] for each in NOT_TOLD])
def test_what_cannot_be_told_is_not_called_compatible(old: Schema, new: Schema) -> None:
    assert included(old, new).holds is None
    assert included(old, old).holds is True


@pytest.mark.parametrize("draft", ["04", "06"])
def test_a_host_name_is_what_its_draft_takes_for_one(draft: str) -> None:
    old, new = (of_draft(each, {"type": "string", "format": "hostname"}) for each in (draft, "07"))
    assert verdicts(old, new) == ("breaking", "compatible")
    assert verdicts(old, of_draft("06", {"format": "hostname"})) == ("compatible", "breaking")


def test_letters_beside_a_lookahead_may_be_of_any_script() -> None:
    fewer, more = ({"type": "string", "pattern": f"^(?!({each})$)[a-z_]\\w*$"} for each in ("if|in", "in"))
    assert verdicts(fewer, more) == ("compatible", "breaking")
    assert verdicts({"type": "string", "pattern": "^(?=.)[\\d\\s]$"}, {"pattern": "^[0-9]$"})[0] == "breaking"


def test_a_rule_for_one_name_is_exact() -> None:
    both = {"anyOf": [{"propertyNames": {"maxLength": 1}}, {"propertyNames": {"minLength": 2}}]}
    assert verdicts(ONE_FIELD, both) == ("compatible", "breaking")
    assert verdicts({**ONE_FIELD, "maxProperties": 2}, both)[0] == "breaking"
