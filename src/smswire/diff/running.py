"""Every document of two files or folders compared, one report for each direction."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

from attrs import evolve, field, frozen

from smswire.diff.comparing import SECONDS, compare_files
from smswire.diff.errors import ComparisonError, UnreadableSchema, UnresolvedReference
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
    asked = [each for each in (old, new) if not each.is_absolute()]

    def named(place: Place) -> Place:
        shown = placed(place)
        return evolve(shown, file=_relative(shown.file)) if asked else shown

    reports: list[Report] = []
    problems: list[Problem] = []
    for each in matched(old, new, wishes.direction):
        try:
            reports += _reports(each, wishes, named)
        except ComparisonError as error:
            problems.append(Problem(each.name, _told(error, named)))
    return Outcome(reports=tuple(reports), problems=tuple(problems))


def _told(error: ComparisonError, named: Callable[[Place], Place]) -> str:
    if isinstance(error, UnreadableSchema | UnresolvedReference):
        return named(Place(error.file)).file + str(error).removeprefix(error.file)
    return str(error)


def _relative(file: str) -> str:
    """A file that a schema refers to, named from the working folder as those are that a user names so."""
    return os.path.relpath(file) if Path(file).is_absolute() else file


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
    language: Language = "xsd" if path.suffix == ".xsd" else "json"
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
