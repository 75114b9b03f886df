"""Files and folders compared, and what could not be."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest
from support.cases import ROOT

from diff.command import write
from diff.pairs import PROVEN, REFUTED, FakePair, pretend
from smswire.diff import ComparisonError, UnresolvedReference, frontend
from smswire.diff.folders import matched
from smswire.diff.model import Change, Place
from smswire.diff.outcome import Outcome
from smswire.diff.running import Wishes, run

BROKEN = FakePair(Change(rule="T201", path="/x", old_place=Place("old")), old=REFUTED, new=REFUTED)


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


def test_definitions_of_which_only_words_changed_are_the_same(tmp_path: Path) -> None:
    for name, title in (("old.json", "a library"), ("new.json", "the library")):
        told = {"$defs": {"a": {"type": "string", "description": title}}, "title": title}
        (tmp_path / name).write_text(json.dumps(told), "utf-8")
    assert [each.verdict for each in ran(tmp_path / "old.json", tmp_path / "new.json").reports] == ["compatible"] * 2


@pytest.mark.parametrize(("old", "new"), [("string", "integer"), ("string", None), (None, "string")])
def test_definitions_by_themselves_are_nothing_to_compare(tmp_path: Path, old: str | None, new: str | None) -> None:
    for name, kind in (("old.json", old), ("new.json", new)):
        told = {} if kind is None else {"$defs": {"a": {"type": kind}}, "title": "a library"}
        (tmp_path / name).write_text(json.dumps(told), "utf-8")
    paths = tmp_path / "old.json", tmp_path / "new.json"
    [problem] = ran(*paths).problems
    assert problem.text.endswith("there is no document to compare: the root takes anything; choose a part with --root")
    if old and new:
        assert {each.verdict for each in ran(*paths, root="a").reports} == {"breaking"}
    # what asserts on one side is compared, and so is what defines nothing
    for text, count in (('{"$defs": {"a": {}}, "type": "object"}', 2), ("true", 0 if new else 2)):
        paths[0].write_text(text, "utf-8")
        assert len(ran(*paths).reports) == count
