"""Two XSD schemas, read and ready to be compared."""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from math import inf
from pathlib import Path
from random import Random

from smswire.diff.errors import UnreadableSchema
from smswire.diff.model import Change, Place
from smswire.diff.model import Inclusion as Answer
from smswire.diff.model import Side as SideName
from smswire.diff.xsd import schema
from smswire.diff.xsd.changes.walk import Walk
from smswire.diff.xsd.components import Element
from smswire.diff.xsd.inclusion import Inclusion
from smswire.diff.xsd.instances import Instances
from smswire.diff.xsd.questions import Problem
from smswire.diff.xsd.refusals import refusal
from smswire.diff.xsd.shortest import NoDocument
from smswire.diff.xsd.showing import tell
from smswire.diff.xsd.sides import Side
from smswire.diff.xsd.validators import Validator
from smswire.diff.xsd.varied import Varied, smaller

_SECONDS = 4.0
_TRYING = 0.5
"""Seconds for random documents."""

_SEED = 1
_SHARE = 0.6
"""Of the time, for finding what is wrong; the rest is for showing it."""


class Pair:
    """An old and a new schema. Nothing but `load` raises."""

    def __init__(self, old: Path, new: Path, root: str | None = None) -> None:
        self._root = root
        self._sides: dict[SideName, Side] = {"old": _side(old), "new": _side(new)}
        self._validators: dict[SideName, Validator] = {
            "old": Validator(old, broken=bool(self._sides["old"].schema.broken)),
            "new": Validator(new, broken=bool(self._sides["new"].schema.broken)),
        }
        for side, validator in self._validators.items():
            refused = refusal(self._sides[side].schema, validator.complaints())
            if refused is not None:
                raise refused
        if not any(self._roots(each) for each in self._sides.values()):
            wanted = "has no global element" if root is None else f"has no global element {root}"
            raise UnreadableSchema(str(new), 0, f"{wanted}, and neither has the other: there is no document to compare")

    @classmethod
    def load(cls, old: Path, new: Path, root: str | None = None) -> Pair:
        """Read two schema files. `root` names the root element, "name" or "{namespace}name".

        Raises `UnreadableSchema` and `UnresolvedReference`.
        """
        return cls(old, new, root)

    def included(self, sub: SideName, *, deadline: float | None = None) -> Answer:
        """Whether every document of one side is valid under the other."""
        until = time.monotonic() + _SECONDS if deadline is None else deadline
        sup: SideName = "new" if sub == "old" else "old"
        now = time.monotonic()
        run = Inclusion(self._sides[sub], self._sides[sup], now + _SHARE * (until - now))
        for each in dict.fromkeys(each for side in self._sides.values() for each in side.schema.library.ignored):
            run.doubt(None, f"{each} of XSD 1.1 is not compared")
        try:
            holds = run.compare(self._roots(self._sides[sub]))
        except RecursionError:
            return Answer(holds=None, reasons=(("/", "the schemas are nested too deeply"),))
        if holds:
            return Answer(holds=True)
        return self._shown(run, sub, sup, until)

    def _shown(self, run: Inclusion, sub: SideName, sup: SideName, until: float) -> Answer:
        """The answer with a witness that both validators confirm, where one is found."""
        instances = Instances(self._sides[sub], run.words)
        contradicted = False
        for problem in [*run.problems, *run.doubts]:
            for document in _documents(instances, problem):
                if time.monotonic() > until:
                    break
                if self._validators[sub].accepts(document) is True:
                    accepted = self._validators[sup].accepts(document)
                    if accepted is False:
                        return _refuted(problem, sub, document)
                    contradicted = contradicted or (
                        accepted is True
                        and problem.shown
                        and problem in run.problems
                        and self._validators[sup].otherwise(document) is not False
                    )
        reasons = tuple(run.reasons)
        if contradicted:
            return Answer(holds=None, reasons=(*reasons, ("/", "the validator takes what the comparison refuses")))
        if not run.problems and self._same():
            return Answer(holds=True)
        found = self._stumbled(sub, sup, min(until, time.monotonic() + _TRYING))
        if run.problems:
            return _refuted(run.problems[0], sub, found)
        if found is None:
            return Answer(holds=None, reasons=reasons)
        # of several doubts it may be any
        return Answer(holds=False, witness=found, path=reasons[0][0] if len(reasons) == 1 else "")

    def _stumbled(self, sub: SideName, sup: SideName, until: float) -> str | None:
        """A witness among random documents, where nothing but doubts are left."""
        mine, theirs = self._validators[sub], self._validators[sup]
        roots = [each for each in self._roots(self._sides[sub]) if self._sides[sub].size(each) < inf]
        if not roots or mine.accepts("<a/>") is None or theirs.accepts("<a/>") is None:
            return None

        def wanted(document: str) -> bool:
            return mine.accepts(document) is True and theirs.accepts(document) is False

        documents = Varied(self._sides[sub], Random(_SEED))  # noqa: S311 - the same documents each time
        while time.monotonic() < until:
            try:
                document = documents.document(roots)
            except NoDocument:
                continue
            if wanted(document):
                return smaller(document, wanted, until)
        return None

    def _same(self) -> bool:
        """Whether both schemas say the same, word for word, but for annotations."""
        old, new = (self._sides[each].schema.library.sources for each in ("old", "new"))
        return len(old) == len(new) and all(
            mine.namespace == theirs.namespace and mine.spelled() == theirs.spelled()
            for mine, theirs in zip(old, new, strict=True)
        )

    def _roots(self, side: Side) -> Sequence[Element]:
        found = list(side.schema.elements())
        return found if self._root is None else [each for each in found if self._root in _spelled(each)]

    def changes(self, *, deadline: float | None = None) -> tuple[Change, ...]:
        """What changed from old to new, one change per cause, whatever the direction."""
        until = time.monotonic() + _SECONDS if deadline is None else deadline
        old, new = self._sides["old"], self._sides["new"]
        try:
            return Walk(old, new, until).run(self._roots(old), self._roots(new))
        except RecursionError:
            place = Place(new.schema.file)
            return (Change(rule="X900", path="/", note="the schemas are nested too deeply", new_place=place),)


def _documents(instances: Instances, problem: Problem) -> Iterator[str]:
    for value in problem.values or (None,):
        try:
            yield instances.document(problem, value)
        except NoDocument:
            continue


def _refuted(problem: Problem, sub: SideName, document: str | None) -> Answer:
    told = tell(problem, sub)
    return Answer(holds=False, witness=document, path=told.path, problem=told.problem, rule=told.rule)


def _side(path: Path) -> Side:
    try:
        return Side(schema.load(path))
    except RecursionError:
        raise UnreadableSchema(str(path), 0, "is nested too deeply") from None


def _spelled(element: Element) -> tuple[str, str]:
    return element.name[1], f"{{{element.name[0]}}}{element.name[1]}"
