"""Files and folders compared: what belongs together, in which direction, and what could not be compared."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from support.cases import ROOT

from diff.command import write
from diff.pairs import PROVEN, REFUTED, FakePair, pretend
from smswire.diff import ComparisonError, UnresolvedReference, frontend
from smswire.diff.folders import Asked, matched
from smswire.diff.model import Change, Place
from smswire.diff.outcome import Outcome
from smswire.diff.running import Wishes, run

BROKEN = FakePair(Change(rule="T201", path="/x", old_place=Place("old")), old=REFUTED, new=REFUTED)


def names(old: Path, new: Path, asked: Asked = "auto") -> dict[str, tuple[bool, bool, tuple[str, ...]]]:
    return {
        each.name: (each.old is not None, each.new is not None, each.directions) for each in matched(old, new, asked)
    }


def test_documents_are_matched_by_name(tmp_path: Path) -> None:
    old = write(tmp_path / "old", "a/send.request.xsd", "a/gone.response.schema.json", "a/types.xsd", "a/codes.toml")
    new = write(tmp_path / "new", "a/send.request.xsd", "b/come.request.json", "a/types.xsd", ".hidden/x.request.xsd")
    assert names(old, new) == {
        "a/gone.response": (True, False, ("response",)),
        "a/send.request": (True, True, ("request",)),
        "b/come.request": (False, True, ("request",)),
    }


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


def test_files_that_refer_to_each_other_are_all_documents(tmp_path: Path) -> None:
    folder = write(tmp_path, "a.json", text='{"$ref": "b.json"}')
    write(folder, "b.json", text='{"$ref": "a.json"}')
    assert set(names(folder, folder)) == {"a", "b"}


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


def unreadable(path: Path) -> None:
    """Nothing may read it. A user that nothing keeps out is let pass."""
    path.chmod(0)
    if os.access(path, os.R_OK):
        pytest.skip("this user may read anything")


def test_a_file_that_cannot_be_read_is_told_beside_those_that_can(tmp_path: Path) -> None:
    folder = write(tmp_path, "a.json", "b.json")
    (tmp_path / "lost.json").symlink_to("nowhere")
    found = ran(folder, folder)
    assert {each.document for each in found.reports} == {"a", "b"}
    assert [each.text.rpartition("/")[2] for each in found.problems] == ["lost.json: No such file or directory"]
    unreadable(folder / "b.json")
    found = ran(folder, folder)
    assert {each.document for each in found.reports} == {"a"}
    assert [each.text.rpartition("/")[2] for each in found.problems] == [
        "b.json: Permission denied",
        "lost.json: No such file or directory",
    ]


def test_a_folder_that_cannot_be_read_is_an_error(tmp_path: Path) -> None:
    folder = write(tmp_path, "a.json", "below/b.json")
    unreadable(folder / "below")
    try:
        with pytest.raises(ComparisonError, match=r"below: Permission denied"):
            matched(folder, folder, "auto")
    finally:
        (folder / "below").chmod(0o700)


def ran(old: Path, new: Path, **wishes: object) -> Outcome:
    return run(old, new, Wishes(**wishes))  # type: ignore[arg-type]


def test_a_document_that_only_one_side_has_is_told(tmp_path: Path) -> None:
    old = write(tmp_path / "old", "gone.request.json")
    new = write(tmp_path / "new", "come.response.json")
    come, gone = ran(old, new).reports
    assert (gone.verdict, come.verdict) == ("breaking", "compatible")
    assert [(each.rule, each.severity, each.old) for each in gone.findings] == [("N703", "error", "gone.request.json")]
    assert [(each.rule, each.severity, each.new) for each in come.findings] == [("N704", "info", "come.response.json")]
    assert (gone.new, come.old) == ("", "")


def test_both_directions_are_judged_from_one_reading(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    pretend(monkeypatch, FakePair(Change(rule="L403", path="/x"), old=REFUTED, new=PROVEN))
    folder = write(tmp_path, "a.json")
    found = ran(folder, folder).reports
    assert [(each.direction, each.verdict) for each in found] == [("request", "breaking"), ("response", "compatible")]


def test_one_that_cannot_be_read_keeps_no_other_from_being_compared(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    def load(old: Path, new: Path, root: str | None = None) -> FakePair:
        if old.name.startswith("b"):
            raise UnresolvedReference(str(old), 7, "types.json#/x")
        return BROKEN

    monkeypatch.setattr(frontend, "load", load)
    folder = write(tmp_path, "a.request.json", "b.request.json", "c.request.json")
    found = ran(folder, folder)
    assert [each.document for each in found.reports] == ["a.request", "c.request"]
    assert [(each.document, "b.request.json:7: cannot resolve" in each.text) for each in found.problems] == [
        ("b.request", True)
    ]


def test_our_own_schemas_are_as_they_are() -> None:
    for folder in sorted((ROOT / "schemas").iterdir()):
        found = ran(folder, folder)
        assert found.problems == ()
        assert found.reports
        assert {each.verdict for each in found.reports} == {"compatible"}
        assert [each.findings for each in found.reports] == [()] * len(found.reports)


def test_what_is_not_asserted_is_told_all_the_same(tmp_path: Path) -> None:
    for name, form in (("old.json", "date"), ("new.json", "date-time")):
        (tmp_path / name).write_text(f'{{"type": "string", "format": "{form}"}}', "utf-8")
    found = ran(tmp_path / "old.json", tmp_path / "new.json").reports
    assert [each.verdict for each in found] == ["compatible", "compatible"]
    assert [[(told.severity, told.old, told.new) for told in each.findings] for each in found] == [
        [("info", "date", "date-time")]
    ] * 2


@pytest.mark.parametrize(("old", "new", "rule"), [("04", "07", "T202"), ("07", "04", "T203")])
def test_a_draft_that_takes_more_widens(tmp_path: Path, old: str, new: str, rule: str) -> None:
    for name, draft in (("old.json", old), ("new.json", new)):
        (tmp_path / name).write_text(
            f'{{"$schema": "http://json-schema.org/draft-{draft}/schema#", "type": "integer"}}', "utf-8"
        )
    found = ran(tmp_path / "old.json", tmp_path / "new.json").reports
    errors = [each.rule for report in found for each in report.findings if each.severity == "error"]
    assert errors == [rule]
