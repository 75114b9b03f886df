"""Version steps and changelog lines."""

from __future__ import annotations

import pytest
from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st

from diff.pairs import OPEN, PROVEN, REFUTED
from diff.test_reports import changes, inclusions
from smswire.diff.advice import advise, changelog
from smswire.diff.formats import RENDERERS
from smswire.diff.model import Change, Direction, Inclusion
from smswire.diff.outcome import Ignored, Outcome
from smswire.diff.report import Settings, build
from smswire.diff.rules import Level

DIRECTIONS: tuple[Direction, ...] = ("request", "response")


def outcome(
    *changes: Change,
    holds: Inclusion = REFUTED,
    direction: Direction = "request",
    levels: dict[str, Level] | None = None,
) -> Outcome:
    settings = Settings(direction=direction, levels=levels or {})
    report = build(changes, holds, settings, language="json", old="o", new="n", document="smsc/send")
    return Outcome(reports=(report,))


def change(rule: str, path: str = "/note") -> Change:
    return Change(rule=rule, path=path, new="x")


SHOWN = evolve(REFUTED, path="/note")
ELSEWHERE = evolve(REFUTED, path="/elsewhere")


@pytest.mark.parametrize(
    ("rule", "holds", "request_", "response"),
    [
        ("L403", SHOWN, "major", "major"),
        ("L403", ELSEWHERE, "major", "major"),
        ("L403", PROVEN, "minor", "minor"),
        ("L404", SHOWN, "major", "major"),
        ("L404", OPEN, "major", "major"),
        ("F001", SHOWN, "major", "minor"),
        ("F002", SHOWN, "major", "minor"),
        ("F002", PROVEN, "minor", "minor"),
        ("F002", ELSEWHERE, "major", "major"),
        ("F003", PROVEN, "minor", "major"),
        ("F004", SHOWN, "major", "major"),
        ("V301", SHOWN, "major", "minor"),
        ("P427", SHOWN, "major", "major"),
        ("S509", PROVEN, "minor", "minor"),
        ("N704", PROVEN, "minor", "minor"),
        ("N704", SHOWN, "major", "major"),
        ("V308", PROVEN, "minor", "minor"),
        ("D802", PROVEN, "minor", "minor"),
        ("D801", PROVEN, "patch", "patch"),
        ("T209", PROVEN, "patch", "patch"),
        ("D803", PROVEN, "patch", "patch"),
        ("D804", PROVEN, "patch", "patch"),
        ("D804", SHOWN, "major", "major"),
        ("D803", OPEN, "major", "major"),
    ],
)
def test_the_step_of_the_version(rule: str, holds: Inclusion, request_: str, response: str) -> None:
    for direction, step in (("request", request_), ("response", response)):
        found = advise(outcome(change(rule), holds=holds, direction=direction))
        assert (direction, found.step) == (direction, step)
        assert found.because
        assert all(each.startswith("smsc/send: ") for each in found.because)


@given(st.lists(changes, max_size=4), inclusions, st.sampled_from(["off", "info", "error"]))
def test_what_breaks_is_major_whatever_a_user_set(found: list[Change], holds: Inclusion, wished: Level) -> None:
    for direction in DIRECTIONS:
        told = outcome(*found, holds=holds, direction=direction)
        lowered = outcome(
            *found, holds=holds, direction=direction, levels=dict.fromkeys((each.rule for each in found), wished)
        )
        [report] = told.reports
        felt = report.verdict if direction == "request" else report.tolerant
        assert advise(told).step == advise(lowered).step
        assert felt == "compatible" or advise(told).step == "major"
        marked = " ".join(line for lines in changelog(told).values() for line in lines)
        assert "**Breaking:**" not in marked or felt == "breaking"
        assert "**Possibly breaking:**" not in marked or felt == "undecided"


def test_what_only_strict_readers_mind_is_said_to_be_so() -> None:
    found = advise(outcome(change("F002"), holds=SHOWN, direction="response"))
    told = "smsc/send: `/note`: an optional field was added: x"
    assert found.because == (f"{told} (only readers that refuse what they do not know break)",)
    assert changelog(outcome(change("F002"), holds=SHOWN, direction="response")) == {"Added": (told,)}


@pytest.mark.parametrize("form", ["text", "markdown"])
def test_a_lesser_step_than_the_verdict_is_explained(form: str) -> None:
    clause = "minor (breaking only for readers that refuse what they do not know)"
    told = outcome(change("F002"), holds=SHOWN, direction="response")
    assert told.reports[0].verdict == "breaking"
    assert clause in RENDERERS[form](told)
    for other in (outcome(change("L404"), holds=SHOWN, direction="response"), outcome(change("F002"), holds=PROVEN)):
        assert "refuse what they do not know)" not in RENDERERS[form](other)


def test_what_is_undecided_is_major_and_says_why() -> None:
    found = advise(outcome(change("L403"), holds=OPEN))
    assert (found.step, found.because) == (
        "major",
        (
            "smsc/send: `/note`: a greatest length was set: x",
            "smsc/send: it could not be decided whether requests stay valid",
        ),
    )
    assert changelog(outcome(change("L403"), change("V308", "/ttl"), holds=OPEN)) == {
        "Changed": (
            "**Possibly breaking:** smsc/send: `/note`: a greatest length was set: x",
            "smsc/send: `/ttl`: a default was added: x",
        )
    }


def test_the_worst_decides_and_only_it_is_told() -> None:
    found = advise(outcome(change("F002"), change("L403", "/text")))
    assert found.step == "major"
    assert found.because == ("smsc/send: `/text`: a greatest length was set: x",)


def test_nothing_found_asks_for_nothing() -> None:
    assert advise(outcome(holds=PROVEN)).step == "none"
    assert changelog(outcome(holds=PROVEN)) == {}


def test_lines_go_into_their_sections_the_breaking_first() -> None:
    found = changelog(outcome(change("F002", "/a"), change("F004", "/b"), change("V308", "/c"), change("L403", "/d")))
    assert list(found) == ["Added", "Changed", "Removed"]
    assert found["Added"] == ("smsc/send: `/a`: an optional field was added: x",)
    assert found["Removed"] == ("**Breaking:** smsc/send: `/b`: a required field was removed: x",)
    assert [each.partition(" ")[0] for each in found["Changed"]] == ["**Breaking:**", "smsc/send:"]


def test_a_change_that_both_directions_show_is_one_line() -> None:
    twice = Outcome(
        reports=(
            *outcome(change("L404"), holds=PROVEN).reports,
            *outcome(change("L404"), direction="response").reports,
        )
    )
    assert changelog(twice) == {"Changed": ("**Breaking:** smsc/send: `/note`: the greatest length was raised: x",)}


def test_what_users_do_not_see_is_no_line() -> None:
    assert changelog(outcome(change("D803"), holds=OPEN)) == {}


def test_what_is_ignored_counts() -> None:
    [report] = outcome(change("L403")).reports
    hidden = Outcome(reports=(), ignored=(Ignored(report, report.findings[0], "agreed"),))
    assert advise(hidden).step == "major"
    assert list(changelog(hidden)) == ["Changed"]
