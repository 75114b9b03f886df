"""Schemas that refer to themselves: what holds at every depth is proven, what fails at one is shown."""

from __future__ import annotations

import json

from diff.json.comparing import Schema, changes, read, verdicts
from smswire.diff.json import Pair

SAME = ("compatible", "compatible")


def tree(value: Schema, name: str = "node", **more: object) -> Schema:
    """A tree of values."""
    children = {"type": "array", "items": {"$ref": f"#/$defs/{name}"}}
    node = {"type": "object", "properties": {"value": value, "children": children}, **more}
    return {"$ref": f"#/$defs/{name}", "$defs": {name: node}}


def test_a_tree_is_narrower_at_every_depth() -> None:
    assert verdicts(tree({"type": "integer"}), tree({"type": "number"})) == ("compatible", "breaking")


def test_what_fails_only_further_in_is_found() -> None:
    narrow = {"type": "object", "properties": {"children": {"type": "array", "items": {"type": "object"}}}}
    pair = read(narrow, tree({"type": "string"}))
    found = pair.included("old")
    assert found.holds is False
    assert found.witness is not None
    assert "value" in json.loads(found.witness)


def test_a_recursive_definition_may_have_another_name() -> None:
    pair = read(tree({"type": "integer"}), tree({"type": "integer"}, "other"))
    assert pair.old.node is pair.new.node
    assert all(each.rule in ("D803", "D804") for each in pair.changes())


def test_unfolding_once_changes_nothing() -> None:
    node = tree({"type": "integer"})
    unfolded = {
        "type": "object",
        "properties": {"value": {"type": "integer"}, "children": {"type": "array", "items": {"$ref": "#/$defs/node"}}},
        "$defs": node["$defs"],  # type: ignore[index]
    }
    assert verdicts(node, unfolded) == SAME


def test_an_endless_need_is_met_by_nothing() -> None:
    endless = {
        "$ref": "#/$defs/n",
        "$defs": {"n": {"type": "object", "properties": {"n": {"$ref": "#/$defs/n"}}, "required": ["n"]}},
    }
    assert verdicts(endless, {"type": "string"}) == ("compatible", "breaking")
    assert verdicts({"type": "string"}, endless) == ("breaking", "compatible")


def test_a_proof_on_an_assumption_that_fails_is_forgotten() -> None:
    # whether `a` has values is asked while that is asked of `b`, and the other way round
    def schema(leaf: Schema) -> Schema:
        return {
            "$ref": "#/$defs/a",
            "$defs": {
                "a": {"anyOf": [{"type": "array", "items": {"$ref": "#/$defs/b"}, "minItems": 1}, leaf]},
                "b": {"type": "object", "properties": {"a": {"$ref": "#/$defs/a"}}, "required": ["a"]},
            },
        }

    assert verdicts(schema({"type": "integer"}), schema({"type": "number"})) == ("compatible", "breaking")
    assert verdicts(schema(False), {"not": {}}) == SAME


def test_two_schemas_that_need_each_other() -> None:
    def schema(most: int) -> Schema:
        return {
            "$ref": "#/definitions/even",
            "definitions": {
                "even": {"type": "object", "properties": {"next": {"$ref": "#/definitions/odd"}}},
                "odd": {
                    "type": "object",
                    "properties": {
                        "next": {"$ref": "#/definitions/even"},
                        "name": {"type": "string", "maxLength": most},
                    },
                },
            },
        }

    assert verdicts(schema(3), schema(4)) == ("compatible", "breaking")
    assert [(each.rule, each.path) for each in changes(schema(3), schema(4))] == [("L404", "/next/name")]


def test_a_schema_that_is_only_itself_says_nothing() -> None:
    for loop in ({"$ref": "#"}, {"allOf": [{"$ref": "#"}]}, {"anyOf": [{"$ref": "#"}, {"type": "string"}]}):
        assert verdicts(loop, {}) == SAME


def test_a_loop_through_definitions_ends() -> None:
    loop = {"$ref": "#/$defs/a", "$defs": {"a": {"$ref": "#/$defs/b"}, "b": {"$ref": "#/$defs/a"}}}
    assert verdicts(loop, loop) == SAME
    assert verdicts(loop, {"type": "string"}) == ("breaking", "compatible")


def test_an_unchanged_recursive_schema_is_one_node_in_both() -> None:
    big: dict[str, object] = {
        f"d{each}": {
            "type": "object",
            "properties": {"next": {"$ref": f"#/$defs/d{(each + 1) % 50}"}, "n": {"type": "integer"}},
        }
        for each in range(50)
    }
    old = {"properties": {"a": {"$ref": "#/$defs/d0"}, "b": {"type": "string"}}, "$defs": big}
    pair: Pair = read(old, {**old, "properties": {"a": {"$ref": "#/$defs/d0"}, "b": {"type": "integer"}}})
    assert pair.included("old").holds is False
    assert [each.path for each in pair.changes()] == ["/b"]
