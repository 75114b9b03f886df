"""Every document of two files or folders compared, one report for each direction."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path

from attrs import evolve, field, frozen

from smswire.diff import frontend
from smswire.diff.comparing import SECONDS, compare_files
from smswire.diff.errors import ComparisonError
from smswire.diff.folders import Asked, Matched, matched
from smswire.diff.model import Change, Inclusion, Place, Profile, Report
from smswire.diff.outcome import Outcome, Problem
from smswire.diff.report import Settings, build
from smswire.diff.rules import Language, Level


@frozen(kw_only=True)
class Wishes:
    """What a user asks of a run."""

    direction: Asked = "auto"
    profile: Profile = "strict"
    levels: Mapping[str, Level] = field(factory=dict[str, Level])
    root: str | None = None
    timeout: float = SECONDS


def run(old: Path, new: Path, wishes: Wishes, *, placed: Callable[[Place], Place] = lambda place: place) -> Outcome:
    """Compare two files, or two folders. A document that cannot be read does not keep others from being compared.

    `placed` renames places for people. Raises `ComparisonError` when there is nothing to compare.
    """

    def named(place: Place) -> Place:
        shown = placed(place)
        return evolve(shown, file=_as_asked(shown.file, (old, new)))

    reports: list[Report] = []
    problems: list[Problem] = []
    for each in matched(old, new, wishes.direction):
        try:
            reports += _reports(each, wishes, named)
        except ComparisonError as error:
            problems.append(Problem(each.name, str(error.renamed(lambda file: named(Place(file)).file))))
    return Outcome(reports=tuple(reports), problems=tuple(problems))


def _as_asked(file: str, asked: Iterable[Path]) -> str:
    """A file that a schema refers to, named from the working folder unless users named all others in full."""
    path = Path(file)
    if not path.is_absolute() or path in asked or all(each.is_absolute() for each in asked):
        return file
    return os.path.relpath(file)


def _reports(document: Matched, wishes: Wishes, placed: Callable[[Place], Place]) -> Iterator[Report]:
    judged = [Settings(direction=each, profile=wishes.profile, levels=wishes.levels) for each in document.directions]
    if document.old is not None and document.new is not None:
        yield from compare_files(
            document.old,
            document.new,
            judged,
            root=wishes.root,
            timeout=wishes.timeout,
            document=document.name,
            placed=placed,
        )
        return
    for each in judged:
        yield _alone(document, each, placed)


def _alone(document: Matched, settings: Settings, placed: Callable[[Place], Place]) -> Report:
    """The report of a document that only one side has."""
    gone, come = document.old, document.new
    path = gone or come
    assert path is not None
    file = placed(Place(str(path))).file
    language: Language = "xsd" if frontend.is_xsd(path) else "json"
    return build(
        [
            Change(
                rule="N704" if gone is None else "N703",
                path="",
                old=None if gone is None else gone.name,
                new=None if come is None else come.name,
                old_place=None if gone is None else Place(str(gone)),
                new_place=None if come is None else Place(str(come)),
            )
        ],
        Inclusion(holds=gone is None),
        settings,
        language=language,
        old="" if gone is None else file,
        new="" if come is None else file,
        document=document.name,
        placed=placed,
    )
