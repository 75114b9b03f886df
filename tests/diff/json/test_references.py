"""References: within a file, to identifiers and anchors, to files beside the schema, and nowhere else."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from diff.json.comparing import Schema, of_draft, read, verdicts
from smswire.diff.errors import UnreadableSchema, UnresolvedReference
from smswire.diff.json import Pair

SAME = ("compatible", "compatible")
NARROWER = ("breaking", "compatible")
OTHER = ("breaking", "breaking")
TEXT = {"type": "string"}
CODE = {"type": "string", "maxLength": 4}


def holds(pair: Pair) -> tuple[bool | None, bool | None]:
    return pair.included("old").holds, pair.included("new").holds


def write(folder: Path, files: dict[str, object]) -> Path:
    """Write schema files; gives the first."""
    for name, content in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(content if isinstance(content, str) else json.dumps(content), "utf-8")
    return folder / next(iter(files))


@pytest.mark.parametrize("draft", ["04", "06", "07", "2019-09", "2020-12"])
@pytest.mark.parametrize("keyword", ["definitions", "$defs"])
@pytest.mark.parametrize("name", ["x", "a/b", "a~b", "50%", "Ünï", "a b"])
def test_definitions_are_what_they_stand_for(draft: str, keyword: str, name: str) -> None:
    steps = name.replace("~", "~0").replace("/", "~1").replace("%", "%25").replace(" ", "%20")
    referring = {"properties": {"p": {"$ref": f"#/{keyword}/{steps}"}}, keyword: {name: CODE}}
    assert read(of_draft(draft, referring), of_draft(draft, {"properties": {"p": CODE}})).included("old").holds
    wider = {"properties": {"p": TEXT}}
    pair = read(of_draft(draft, wider), of_draft(draft, referring))
    assert holds(pair) == (False, True)


@pytest.mark.parametrize(
    ("draft", "schema"),
    [
        ("04", {"id": "http://x.example/s.json", "definitions": {"c": {"id": "c.json", **CODE}}, "$ref": "c.json"}),
        ("04", {"definitions": {"c": {"id": "#c", **CODE}}, "allOf": [{"$ref": "#c"}]}),
        ("07", {"definitions": {"c": {"$id": "#c", **CODE}}, "allOf": [{"$ref": "#c"}]}),
        ("07", {"$id": "http://x.example/s.json", "definitions": {"c": CODE}, "$ref": "#/definitions/c"}),
        ("07", {"$id": "urn:x:s", "definitions": {"c": CODE}, "allOf": [{"$ref": "#/definitions/c"}]}),
        ("2019-09", {"$defs": {"c": {"$anchor": "c", **CODE}}, "$ref": "#c"}),
        ("2020-12", {"$id": "http://x.example/s", "$defs": {"c": {"$id": "c", **CODE}}, "$ref": "/c"}),
        (
            "2020-12",
            {"$id": "http://x.example/s", "$defs": {"c": {"$id": "c", "$defs": {"d": CODE}}}, "$ref": "c#/$defs/d"},
        ),
        ("2020-12", {"x-kept-here": {"c": CODE}, "$ref": "#/x-kept-here/c"}),
        ("2020-12", {"$defs": {"c": {"$dynamicAnchor": "c", **CODE}}, "$dynamicRef": "#c"}),
    ],
)
def test_identifiers_and_anchors_are_found(draft: str, schema: Schema) -> None:
    assert verdicts(of_draft(draft, CODE), of_draft(draft, schema), draft=draft) == SAME


@pytest.mark.parametrize(
    ("identifier", "reference"),
    [
        (None, "common.json#/definitions/code"),
        (None, "./sub/common.json#/definitions/code"),
        ("http://x.example/schemas/order.json", "common.json#/definitions/code"),
        ("http://x.example/schemas/order.json", "sub/common.json#/definitions/code"),
        ("http://x.example/schemas/order.json", "http://x.example/schemas/sub/common.json#/definitions/code"),
        ("http://x.example/schemas/order.json", "http://elsewhere.example/common.json#/definitions/code"),
        ("http://x.example/schemas/order.json", "common#/definitions/code"),
        (None, "http://named.example/#/definitions/code"),
    ],
)
def test_files_are_found_beside_the_schema(tmp_path: Path, identifier: str | None, reference: str) -> None:
    common = {"$id": "http://named.example/", "definitions": {"code": {"$ref": "#/definitions/text"}, "text": CODE}}
    for side, content in (("old", common), ("new", {**common, "definitions": {"code": TEXT}})):
        schema = {"$schema": "http://json-schema.org/draft-07/schema#", "properties": {"code": {"$ref": reference}}}
        named = schema if identifier is None else {**schema, "$id": identifier}
        write(tmp_path / side, {"order.json": named, "common.json": content, "sub/common.json": content})
    pair = Pair.load(tmp_path / "old/order.json", tmp_path / "new/order.json")
    assert holds(pair) == (True, False)
    assert pair.included("new").witness is not None


def test_a_file_of_the_same_name_is_not_one_from_elsewhere(tmp_path: Path) -> None:
    beside = {"$id": "http://x.example/definitions/order.json", **CODE}
    root = {"$id": "http://x.example/definitions/orders.json", "$ref": "http://x.example/bindings/order.json"}
    path = write(tmp_path, {"orders.json": root, "order.json": beside})
    with pytest.raises(UnresolvedReference, match="bindings/order"):
        Pair.load(path, path)
    write(tmp_path, {"order.json": {**beside, "$id": "http://mirror.example/bindings/order.json"}})
    assert Pair.load(path, path).included("old").holds


def test_files_that_refer_to_each_other(tmp_path: Path) -> None:
    for side, least in (("old", 0), ("new", 1)):
        node = {"properties": {"next": {"$ref": "list.json"}, "size": {"type": "integer", "minimum": least}}}
        write(tmp_path / side, {"list.json": {"items": {"$ref": "node.json"}}, "node.json": node})
    assert holds(Pair.load(tmp_path / "old/list.json", tmp_path / "new/list.json")) == (False, True)


def test_a_file_of_another_draft_keeps_its_draft(tmp_path: Path) -> None:
    old = {"$schema": "http://json-schema.org/draft-04/schema#", "minimum": 1, "exclusiveMinimum": True}
    root = {"$schema": "https://json-schema.org/draft/2020-12/schema", "$ref": "bound.json"}
    mine = write(tmp_path / "old", {"root.json": root, "bound.json": old})
    theirs = write(tmp_path / "new", {"root.json": {"$schema": root["$schema"], "exclusiveMinimum": 1}})
    assert holds(Pair.load(mine, theirs)) == (True, True)


@pytest.mark.parametrize("reference", ["missing.json", "http://x.example/missing.json", "#/definitions/none", "#none"])
def test_what_leads_nowhere_is_said_with_its_line(tmp_path: Path, reference: str) -> None:
    text = f'{{\n "properties": {{\n  "a": {{"$ref": "{reference}"}}\n }}\n}}'
    path = write(tmp_path, {"order.json": text})
    with pytest.raises(UnresolvedReference) as caught:
        Pair.load(path, path)
    assert (caught.value.line, caught.value.reference) == (3, reference)


def test_what_leads_nowhere_and_is_not_needed_is_no_matter() -> None:
    schema = {"definitions": {"unused": {"$ref": "missing.json"}}, "type": "string"}
    assert holds(read(schema, TEXT)) == (True, True)


def test_nothing_is_fetched(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    import socket

    def refuse(*_: object, **__: object) -> None:
        raise AssertionError("a connection was tried")

    monkeypatch.setattr(socket.socket, "connect", refuse)
    schema = {"definitions": {"unused": {"$ref": "http://127.0.0.1:9/x.json"}}, "type": "string"}
    path = write(tmp_path, {"order.json": schema})
    assert Pair.load(path, path).included("old").holds
    assert Pair.load(path, write(tmp_path / "new", {"order.json": CODE})).included("old").holds is False


@pytest.mark.parametrize(
    ("root", "expected"),
    [("#/definitions/a", (True, True)), ("/definitions/b", (False, True)), ("b", (False, True)), ("", (False, True))],
)
def test_a_root_can_be_chosen(root: str, expected: tuple[bool, bool]) -> None:
    old = {"definitions": {"a": TEXT, "b": TEXT}, "properties": {"b": {"$ref": "#/definitions/b"}}}
    new = {"definitions": {"a": TEXT, "b": CODE}, "properties": {"b": {"$ref": "#/definitions/b"}}}
    pair = read(old, new, root)
    assert holds(pair) == expected
    assert expected[0] or pair.included("old").witness is not None


def test_a_root_that_is_not_there_is_an_error() -> None:
    with pytest.raises(UnreadableSchema, match="nowhere"):
        read(TEXT, TEXT, "nowhere")


def test_the_outermost_dynamic_anchor_is_meant() -> None:
    tree = {
        "$id": "http://x.example/tree",
        "$dynamicAnchor": "node",
        "type": "object",
        "properties": {"children": {"type": "array", "items": {"$dynamicRef": "#node"}}},
    }
    strict = {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": "http://x.example/strict",
        "$dynamicAnchor": "node",
        "$ref": "tree",
        "unevaluatedProperties": False,
        "$defs": {"tree": tree},
    }
    loose = {**strict, "unevaluatedProperties": True}
    assert verdicts(strict, loose) == ("compatible", "breaking")


def test_the_outermost_recursive_anchor_is_meant() -> None:
    tree = {
        "$id": "http://x.example/tree",
        "$recursiveAnchor": True,
        "type": "object",
        "properties": {"children": {"type": "array", "items": {"$recursiveRef": "#"}}},
    }
    strict = {
        "$schema": "https://json-schema.org/draft/2019-09/schema",
        "$id": "http://x.example/strict",
        "$recursiveAnchor": True,
        "$ref": "tree",
        "required": ["id"],
        "$defs": {"tree": tree},
    }
    assert verdicts(strict, {**strict, "required": []}) == ("compatible", "breaking")


@pytest.mark.parametrize("draft", ["04", "06", "07"])
@pytest.mark.parametrize("scheme", ["http", "https"])
def test_a_published_meta_schema_is_known(draft: str, scheme: str) -> None:
    uri = f"{scheme}://json-schema.org/draft-{draft}/schema#"
    text_or_schema = of_draft(draft, {"oneOf": [TEXT, {"$ref": uri}]})
    text_or_typed = of_draft(draft, {"oneOf": [TEXT, {"allOf": [{"$ref": uri}, {"required": ["type"]}]}]})
    parts = of_draft(draft, {"oneOf": [TEXT, {"$ref": f"{uri}/definitions/schemaArray"}, {"$ref": uri}]})
    assert holds(read(text_or_schema, text_or_typed)) == (False, True)
    assert holds(read(parts, text_or_schema)) == (False, True)


def test_a_meta_schema_of_another_draft_is_of_that_draft() -> None:
    schema = of_draft("07", {"$ref": "http://json-schema.org/draft-04/schema#"})
    flagged = of_draft("07", {"properties": {"exclusiveMinimum": {"type": "boolean"}}})
    assert holds(read(schema, flagged)) == (True, False)


def test_what_bears_the_name_of_a_meta_schema_is_not_it() -> None:
    uri = "http://json-schema.org/draft-07/schema"
    referring: dict[str, object] = {"properties": {"p": {"$ref": f"{uri}#"}}}
    bundled = of_draft("07", {**referring, "definitions": {"m": {"$id": uri, "type": "object"}}})
    assert verdicts(of_draft("07", referring), bundled, draft="07") == SAME
    own = of_draft("07", {**referring, "$id": uri, "type": "object"})
    assert verdicts(own, of_draft("07", {"properties": {"p": {"type": "boolean"}}}), draft="07") == OTHER
