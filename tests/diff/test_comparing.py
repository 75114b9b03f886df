"""`compare`: what it asks of a front-end, takes and refuses, and how it shares out its time."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from diff.pairs import PROVEN, REFUTED, FakePair, pretend
from smswire.diff import UnreadableSchema, UnresolvedReference, compare, frontend
from smswire.diff.comparing import compare_files
from smswire.diff.model import Change, Direction, Inclusion, Side
from smswire.diff.report import Settings

NARROWED = Change(rule="L403", path="/order/note", old="160", new="70")
BOTH: tuple[Direction, ...] = ("request", "response")


def test_compare_asks_the_side_that_the_direction_names(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    pretend(monkeypatch, FakePair(NARROWED, old=REFUTED, new=PROVEN))
    old, new = tmp_path / "old.json", tmp_path / "new.json"
    assert compare(old, new, direction="request").verdict == "breaking"
    assert compare(str(old), str(new), direction="response").verdict == "compatible"
    assert compare(old, new, direction="response").new == str(new)


def test_compare_takes_a_json_schema_itself(monkeypatch: pytest.MonkeyPatch) -> None:
    read: list[str] = []

    def load(old: Path, new: Path, root: str | None = None) -> FakePair:
        read.extend(each.read_text("utf-8") for each in (old, new))
        return FakePair()

    monkeypatch.setattr(frontend, "load", load)
    made = compare({"type": "string"}, True, direction="request")
    assert read == ['{"type": "string"}', "true"]
    assert (made.old, made.new) == ("old", "new")


@pytest.mark.parametrize(
    "odd",
    [
        {"direction": "both"},
        {"profile": "lenient"},
        {"levels": {"F999": "off"}},
        {"levels": {"F002": "fatal"}},
        {"levels": {"X901": "off"}},
    ],
)
def test_what_cannot_be_asked_is_an_error(monkeypatch: pytest.MonkeyPatch, odd: dict[str, object]) -> None:
    pretend(monkeypatch, FakePair())
    asked: dict[str, object] = {"direction": "request", **odd}
    with pytest.raises(ValueError, match=r"direction is|profile is|levels are"):
        compare(True, True, **asked)  # type: ignore[arg-type]


def test_what_is_nested_too_deeply_is_undecided(monkeypatch: pytest.MonkeyPatch) -> None:
    class Deep(FakePair):
        def included(self, sub: Side, *, deadline: float | None = None) -> Inclusion:
            raise RecursionError

        def changes(self, *, deadline: float | None = None) -> tuple[Change, ...]:
            raise RecursionError

    pretend(monkeypatch, Deep())
    made = compare(True, True, direction="request")
    assert made.verdict == "undecided"
    assert [each.rule for each in made.findings] == ["X900"]


def test_an_error_about_a_schema_given_itself_names_its_side() -> None:
    with pytest.raises(UnresolvedReference, match=r"^new:1: cannot resolve the reference x\.json$") as unresolved:
        compare(True, {"$ref": "x.json"}, direction="request")
    assert (unresolved.value.file, unresolved.value.reference) == ("new", "x.json")
    with pytest.raises(UnreadableSchema, match=r"^old:1: /type must be") as unreadable:
        compare({"type": "text"}, True, direction="request")
    assert (unreadable.value.file, unreadable.value.line) == ("old", 1)


@pytest.mark.parametrize("timeout", [-1, 0, float("nan"), float("inf")])
def test_a_time_that_is_none_is_refused(timeout: float) -> None:
    with pytest.raises(ValueError, match="timeout is a number of seconds above 0"):
        compare(True, True, direction="request", timeout=timeout)


def test_languages_are_not_mixed(tmp_path: Path) -> None:
    for name in ("a.xsd", "b.json"):
        (tmp_path / name).write_text("{}", "utf-8")
    with pytest.raises(UnreadableSchema, match=r"b\.json: is not in the language of a\.xsd"):
        compare(tmp_path / "a.xsd", tmp_path / "b.json", direction="request")


@pytest.mark.parametrize(
    ("name", "content", "xsd"),
    [("a.xsd", "", True), ("a.json", "<", False), ("a.schema", "\ufeff <?xml", True), ("a", "{}", False)],
)
def test_the_language_is_known_by_name_or_content(tmp_path: Path, name: str, content: str, xsd: bool) -> None:
    (tmp_path / name).write_text(content, "utf-8")
    assert frontend.is_xsd(tmp_path / name) is xsd


def test_a_file_that_is_not_there_is_unreadable(tmp_path: Path) -> None:
    with pytest.raises(UnreadableSchema, match="No such file"):
        frontend.is_xsd(tmp_path / "nothing")


@pytest.mark.parametrize(("timeout", "shares"), [(40.0, (20, 40, 40)), (0.001, (0.5, 0.5, 0.5))])
def test_the_time_is_shared_and_each_question_has_a_moment(
    monkeypatch: pytest.MonkeyPatch, timeout: float, shares: tuple[float, ...]
) -> None:
    given: list[float] = []

    class Timed(FakePair):
        def included(self, sub: Side, *, deadline: float | None = None) -> Inclusion:
            given.append(deadline or 0)
            return PROVEN

        def changes(self, *, deadline: float | None = None) -> tuple[Change, ...]:
            given.append(deadline or 0)
            return ()

    pretend(monkeypatch, Timed())
    started = time.monotonic()
    compare_files(Path("a.xsd"), Path("b.xsd"), [Settings(direction=each) for each in BOTH], timeout=timeout)
    assert [until - started for until in given] == pytest.approx(shares, abs=0.4)
