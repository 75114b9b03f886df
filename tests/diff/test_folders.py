"""Which files of folders are documents, what belongs together, and in which direction."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from diff.command import write
from smswire.diff import ComparisonError
from smswire.diff.folders import Asked, matched


def names(old: Path, new: Path, asked: Asked = "auto") -> dict[str, tuple[bool, bool, tuple[str, ...]]]:
    return {
        each.name: (each.old is not None, each.new is not None, each.directions) for each in matched(old, new, asked)
    }


BOTH = ("request", "response")


def test_documents_are_matched_by_name(tmp_path: Path) -> None:
    old = write(tmp_path / "old", "a/send.request.xsd", "a/gone.response.schema.json", "a/plain.xsd", "a/codes.toml")
    new = write(tmp_path / "new", "a/send.request.xsd", "b/come.request.json", "a/plain.xsd", ".hidden/x.request.xsd")
    assert names(old, new) == {
        "a/gone.response": (True, False, ("response",)),
        "a/plain": (True, True, BOTH),
        "a/send.request": (True, True, ("request",)),
        "b/come.request": (False, True, ("request",)),
    }


@pytest.mark.parametrize("special", ["n/sub/send.request.xsd", "z.schema.json", "send.response.schema.json"])
@pytest.mark.parametrize("side", ["old", "new", "both"])
def test_no_file_keeps_others_from_being_compared(tmp_path: Path, special: str, side: str) -> None:
    plain = ("a.json", "b.XSD", "n/c.xsd")
    old = write(tmp_path / "old", *plain, *([special] if side != "new" else []))
    new = write(tmp_path / "new", *plain, *([special] if side != "old" else []))
    found = names(old, new)
    assert {each: found[each] for each in ("a", "b", "n/c")} == dict.fromkeys(("a", "b", "n/c"), (True, True, BOTH))
    assert len(found) == 4


def test_a_file_is_one_document_by_any_suffix(tmp_path: Path) -> None:
    old = write(tmp_path / "old", "status.response.schema.json")
    new = write(tmp_path / "new", "status.response.json")
    assert names(old, new) == names(new, old) == {"status.response": (True, True, ("response",))}
    # unless one side has both
    write(new, "status.response.schema.json", "status.response.xsd")
    assert names(old, new) == {
        "status.response.xsd": (False, True, ("response",)),
        "status.response.json": (False, True, ("response",)),
        "status.response.schema.json": (True, True, ("response",)),
    }


def test_a_document_of_one_side_is_one_of_both(tmp_path: Path) -> None:
    old = write(tmp_path / "old", "types.json", text='{"type": "string"}')
    new = write(tmp_path / "new", "types.json", text='{"title": "no schema any more"}')
    write(new, "order.json", text='{"$ref": "types.json"}')
    assert names(old, new) == {"order": (False, True, BOTH), "types": (True, True, BOTH)}


@pytest.mark.parametrize(
    "text",
    [
        "[]",
        "1",
        "null",
        '"text"',
        '{"name": "x", "version": "1.0.0", "type": "module", "dependencies": {}, "files": ["a"]}',
        '{"$schema": "https://json.schemastore.org/tsconfig", "compilerOptions": {}, "include": ["a"]}',
        '{"openapi": "3.0.0", "paths": {}, "components": {"schemas": {"a": {"$ref": "#/a"}}}}',
        '{"items": [], "total": 0}',
        '{"type": "order", "required": true, "minimum": "1"}',
    ],
)
def test_other_json_is_no_document(tmp_path: Path, text: str) -> None:
    folder = write(tmp_path, "schema.json")
    write(folder, "other.json", "sample.response.json", text=text)
    assert set(names(folder, folder)) == {"schema"}
    # a name may say that it is one all the same
    write(folder, "named.schema.json", text=text)
    assert set(names(folder, folder)) == {"schema", "named"}


@pytest.mark.parametrize(
    "text",
    [
        "true",
        '{"$schema": "http://json-schema.org/draft-07/schema#"}',
        '{"type": ["null", "object"]}',
        '{"properties": {"a": {"type": "strin"}}}',
        '{"items": [{"type": "string"}]}',
        '{"items": {}}',
        '{"maxLength": 9}',
        '{"pattern": "^a"}',
        '{"anyOf": [true]}',
        "{no JSON",
        "[" * 100_000,
    ],
)
def test_schemas_and_what_cannot_be_read_are_documents(tmp_path: Path, text: str) -> None:
    folder = write(tmp_path, "it.json", text=text)
    assert set(names(folder, folder)) == {"it"}


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        ("auto", {"a.request": ("request",), "b.response": ("response",)}),
        ("both", {"a.request": ("request", "response"), "b.response": ("request", "response")}),
        ("request", {"a.request": ("request",), "b.response": ("request",)}),
        ("response", {"a.request": ("response",), "b.response": ("response",)}),
    ],
)
def test_the_direction_is_the_names_or_the_users(
    tmp_path: Path, asked: Asked, expected: dict[str, tuple[str, ...]]
) -> None:
    folder = write(tmp_path / "old", "a.request.json", "b.response.json")
    assert {name: row[2] for name, row in names(folder, folder, asked).items()} == expected


def test_files_that_do_not_say_their_direction_are_judged_in_both(tmp_path: Path) -> None:
    folder = write(tmp_path / "old", "order.xsd")
    assert names(folder, folder) == {"order": (True, True, ("request", "response"))}
    assert names(folder / "order.xsd", folder / "order.xsd") == {"order": (True, True, ("request", "response"))}


def test_what_others_refer_to_is_a_part_of_them(tmp_path: Path) -> None:
    folder = write(tmp_path / "old", "types.xsd", "common.json")
    write(folder, "order.xsd", text='<xs:include schemaLocation="types.xsd"/>')
    write(folder, "reply.json", text='{"$ref": "http://example.com/schemas/common.json#/$defs/phone"}')
    assert set(names(folder, folder)) == {"order", "reply"}


def test_what_asserts_more_than_others_need_of_it_is_a_document(tmp_path: Path) -> None:
    folder = write(tmp_path, "order.json", text='{"type": "object", "$defs": {"id": {"type": "string"}}}')
    write(folder, "reply.json", text='{"$ref": "order.json#/$defs/id"}')
    assert set(names(folder, folder)) == {"order", "reply"}
    write(folder, "reply.json", text='{"$ref": "order.json"}')
    assert set(names(folder, folder)) == {"reply"}


def test_what_says_its_direction_is_a_document_whatever_refers_to_it(tmp_path: Path) -> None:
    folder = write(tmp_path, "send.request.xsd")
    write(folder, "all.xsd", text='<xs:include schemaLocation="send.request.xsd"/>')
    assert names(folder, folder) == {"all": (True, True, BOTH), "send.request": (True, True, ("request",))}


def test_definitions_alone_are_no_document(tmp_path: Path) -> None:
    folder = write(tmp_path, "common.json", "library.schema.json", text='{"$defs": {"a": {"$ref": "part.json"}}}')
    with pytest.raises(ComparisonError, match="nothing to compare"):
        matched(folder, folder, "auto")
    write(folder, "part.json", text='{"type": "string"}')
    assert set(names(folder, folder)) == {"part"}


def test_files_that_refer_to_each_other_are_all_documents(tmp_path: Path) -> None:
    folder = write(tmp_path, "a.json", text='{"$ref": "b.json"}')
    write(folder, "b.json", text='{"$ref": "a.json"}')
    assert set(names(folder, folder)) == {"a", "b"}
    write(folder, "c.json")
    assert set(names(folder, folder)) == {"a", "b", "c"}


def test_nothing_to_compare_is_an_error(tmp_path: Path) -> None:
    empty, other = write(tmp_path / "empty"), write(tmp_path / "other", "readme.txt")
    file = write(tmp_path / "files", "a.json") / "a.json"
    for old, new, told in (
        (empty, other, "nothing to compare"),
        (empty, file, "a folder with a folder"),
        (tmp_path / "nowhere", file, "nowhere: is not there"),
    ):
        with pytest.raises(ComparisonError, match=told):
            matched(old, new, "auto")


@pytest.mark.parametrize("kind", ["pipe", "device"])
def test_what_is_no_file_is_not_waited_for(tmp_path: Path, kind: str) -> None:
    odd = Path(os.devnull)
    if kind == "pipe":
        odd = tmp_path / "pipe.json"
        os.mkfifo(odd)
    with pytest.raises(ComparisonError, match="is neither a file nor a folder"):
        matched(odd, odd, "auto")


def test_links_in_a_circle_and_names_that_no_file_has_are_told_of_later(tmp_path: Path) -> None:
    write(tmp_path, "a.json", text='{"$ref": "no%00name.json"}')
    for name, target in (("b.json", "c.json"), ("c.json", "b.json")):
        (tmp_path / name).symlink_to(target)
    assert set(names(tmp_path, tmp_path)) == {"a", "b", "c"}
