"""The ignore file: what it takes out, and what is odd about it."""

from __future__ import annotations

from pathlib import Path

import pytest

from diff.pairs import REFUTED
from smswire.diff import ComparisonError
from smswire.diff.ignoring import read
from smswire.diff.model import Change
from smswire.diff.outcome import Outcome
from smswire.diff.report import Settings, build

CHANGES = [
    Change(rule="L403", path="/messages/*/note", old="160", new="70"),
    Change(rule="F005", path="/messages/*/to/phone"),
    Change(rule="F005", path="/sender"),
]
REPORT = build(
    CHANGES, REFUTED, Settings(direction="request"), language="json", old="old", new="new", document="smsc/send.request"
)
OUTCOME = Outcome(reports=(REPORT,))


def applied(folder: Path, text: str) -> Outcome:
    path = folder / "ignore.toml"
    path.write_text(text, "utf-8")
    return read(path).applied(OUTCOME)


def paths(outcome: Outcome) -> list[str]:
    return sorted(each.path for _, each in outcome.findings())


@pytest.mark.parametrize(
    ("entry", "left"),
    [
        ('rule = "L403"', 2),
        ('rule = "F005"', 1),
        ('rule = "F*"', 1),
        ('path = "/messages/*/note"', 2),
        ('path = "/messages/*"', 3),
        ('path = "/messages/**"', 1),
        ('path = "/*"', 2),
        ('rule = "F005"\npath = "/sender"', 2),
        ('rule = "F005"\ndocument = "smsc/*"', 1),
        ('rule = "F005"\ndocument = "quicktel/*"', 3),
        ('rule = "F005"\ndirection = "request"', 1),
        ('rule = "F005"\ndirection = "response"', 3),
        (f'fingerprint = "{REPORT.findings[0].fingerprint}"', 2),
    ],
)
def test_an_entry_takes_what_it_names(tmp_path: Path, entry: str, left: int) -> None:
    found = applied(tmp_path, f'[[ignore]]\n{entry}\nreason = "agreed"')
    assert len(paths(found)) == left
    assert len(found.ignored) == len(CHANGES) - left
    assert {each.reason for each in found.ignored} == ({"agreed"} if found.ignored else set())
    assert bool(found.notes) is (left == 3)


def test_the_verdict_stays_what_it_is(tmp_path: Path) -> None:
    found = applied(tmp_path, '[[ignore]]\npath = "**"\nrule = "**"\nreason = "all of it"')
    assert paths(found) == []
    assert found.reports[0].verdict == "breaking"


def test_unused_and_unknown_entries_are_noted(tmp_path: Path) -> None:
    text = "".join(f'[[ignore]]\nrule = "{rule}"\nreason = "x"\n' for rule in ("L403", "L403", "L499", "T201"))
    notes = applied(tmp_path, text).notes
    assert [each.partition(": ")[2] for each in notes] == [
        "entry 3 (rule L499) names a rule that there is not",
        "entry 4 (rule T201) is about nothing that was found",
    ]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("ignore = 1", "holds [[ignore]] entries"),
        ("[other]", "holds [[ignore]] entries"),
        ("ignore = [1]", "entry 1 is not a table"),
        ('[[ignore]]\nrule = 5\nreason = "x"', "entry 1 is not a table of texts"),
        ('[[ignore]]\nrules = "F002"\nreason = "x"', "entry 1 has the key rules; known are reason, rule"),
        ('[[ignore]]\nrule = "F002"', "entry 1 gives no reason"),
        ('[[ignore]]\nrule = "F002"\nreason = " "', "entry 1 gives no reason"),
        ('[[ignore]]\nreason = "x"', "entry 1 would ignore everything"),
        ("[[ignore", "is not TOML"),
    ],
)
def test_what_cannot_be_understood_is_an_error(tmp_path: Path, text: str, told: str) -> None:
    with pytest.raises(ComparisonError) as caught:
        applied(tmp_path, text)
    assert told in str(caught.value)
    assert str(caught.value).startswith(str(tmp_path))


def test_a_file_in_another_encoding_is_an_error(tmp_path: Path) -> None:
    path = tmp_path / "ignore.toml"
    path.write_text("# причина", "utf-16")
    with pytest.raises(ComparisonError, match=r"ignore\.toml: is not text in UTF-8"):
        read(path)


def test_a_file_that_is_not_there_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(ComparisonError, match="No such file"):
        read(tmp_path / "nothing.toml")
