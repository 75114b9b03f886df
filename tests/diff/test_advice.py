"""Version steps and changelog lines."""

from __future__ import annotations

import pytest

from diff.pairs import OPEN, PROVEN, REFUTED
from smswire.diff.advice import advise, changelog
from smswire.diff.model import Change, Direction, Inclusion
from smswire.diff.outcome import Ignored, Outcome
from smswire.diff.report import Settings, build


def outcome(*changes: Change, holds: Inclusion = REFUTED, direction: Direction = "request") -> Outcome:
    report = build(
        changes, holds, Settings(direction=direction), language="json", old="o", new="n", document="smsc/send"
    )
    return Outcome(reports=(report,))


def change(rule: str, path: str = "/note") -> Change:
    return Change(rule=rule, path=path, new="x")


@pytest.mark.parametrize(
    ("rule", "holds", "direction", "step"),
    [
        ("L403", REFUTED, "request", "major"),
        ("L403", PROVEN, "request", "minor"),
        ("L403", PROVEN, "response", "minor"),
        ("L404", REFUTED, "response", "major"),
        ("F002", REFUTED, "response", "minor"),
        ("F001", REFUTED, "response", "minor"),
        ("F001", REFUTED, "request", "major"),
        ("F003", PROVEN, "response", "major"),
        ("F004", REFUTED, "response", "major"),
        ("F002", PROVEN, "request", "minor"),
        ("V301", REFUTED, "response", "minor"),
        ("V308", PROVEN, "request", "minor"),
        ("D802", PROVEN, "response", "minor"),
        ("D803", PROVEN, "request", "patch"),
        ("D804", PROVEN, "request", "patch"),
        ("D803", OPEN, "request", "major"),
    ],
)
def test_the_step_of_the_version(rule: str, holds: Inclusion, direction: Direction, step: str) -> None:
    found = advise(outcome(change(rule), holds=holds, direction=direction))
    assert found.step == step
    assert found.because
    assert all(each.startswith("smsc/send: ") for each in found.because)


def test_the_worst_decides_and_only_it_is_told() -> None:
    found = advise(outcome(change("F002"), change("L403", "/text")))
    assert found.step == "major"
    assert found.because == ("smsc/send: `/text`: the greatest length was lowered: x",)


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
