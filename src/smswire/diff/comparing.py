"""Two schema files compared, in one direction or both."""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Generator, Mapping, Sequence
from contextlib import contextmanager
from math import inf
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TypeAlias

from attrs import evolve

from smswire.diff import frontend
from smswire.diff.errors import ComparisonError
from smswire.diff.frontend import Pair
from smswire.diff.model import Change, Direction, Inclusion, Place, Profile, Report
from smswire.diff.report import Settings, build
from smswire.diff.rules import LEVELS, Language, Level, rules

Schema: TypeAlias = Path | str | Mapping[str, object] | bool
"""A schema file's path, or a JSON Schema itself."""

SECONDS = 4.0
"""What a comparison may cost."""

_MOMENT = 0.5
_TOO_DEEP = "the schema is nested too deeply"


def compare(
    old: Schema,
    new: Schema,
    *,
    direction: Direction,
    profile: Profile = "strict",
    root: str | None = None,
    timeout: float = SECONDS,
    levels: Mapping[str, Level] | None = None,
) -> Report:
    """Say whether documents stay valid when a schema changes.

    `old` and `new` are files, XSD 1.0 or JSON Schema (draft-04 to 2020-12), or JSON Schemas themselves. Both are in
    one language. What a file refers to is looked for on the disk; nothing is downloaded.

    `direction` "request": whether every document of the old schema is valid under the new one, which its provider
    reads. "response": whether every document of the new schema is valid under the old one, which we read.
    `profile` "tolerant" does not mind what readers ignore that take unknown fields and values.

    `root` chooses the root element, or the part of a JSON Schema by pointer. `timeout` is in seconds, reading
    included: what is not decided by then is `undecided`. `levels` sets the level of rules, error, warn, info or off:
    {"F002": "off"}. It changes what is shown, never the verdict.

    Raises `UnreadableSchema` and `UnresolvedReference`, both a `ComparisonError`; `ValueError` for a direction,
    profile, rule, level or time that there is not; `TypeError` for a mapping that is no JSON; and `ModuleNotFoundError`
    without the packages of smswire[diff].
    """
    _check(direction, profile, levels or {})
    if not 0 < timeout < inf:
        raise ValueError("timeout is a number of seconds above 0")
    settings = Settings(direction=direction, profile=profile, levels=dict(levels or {}))
    with _file(old, "old.json") as old_path, _file(new, "new.json") as new_path:
        names = {str(old_path): _name(old, "old"), str(new_path): _name(new, "new")}

        def placed(place: Place) -> Place:
            return evolve(place, file=names.get(place.file, place.file))

        try:
            [report] = compare_files(old_path, new_path, [settings], root=root, timeout=timeout, placed=placed)
        except ComparisonError as error:
            raise error.renamed(lambda file: names.get(file, file)) from None
    return report


def _check(direction: str, profile: str, levels: Mapping[str, str]) -> None:
    if direction not in ("request", "response"):
        raise ValueError("direction is request or response")
    if profile not in ("strict", "tolerant"):
        raise ValueError("profile is strict or tolerant")
    for rule, level in levels.items():
        if rule not in rules() or rules()[rule].fatal or level not in LEVELS:
            raise ValueError(f"levels are {', '.join(LEVELS)}, for rules like F002")


def _name(schema: Schema, otherwise: str) -> str:
    return str(schema) if isinstance(schema, str | Path) else otherwise


def compare_files(
    old: Path,
    new: Path,
    judged: Sequence[Settings],
    *,
    root: str | None = None,
    timeout: float = SECONDS,
    document: str = "",
    placed: Callable[[Place], Place] = lambda place: place,
) -> tuple[Report, ...]:
    """One report for each of the settings, which share what was read and found. Raises as `compare`."""
    end = time.monotonic() + timeout
    pair = frontend.load(old, new, root)
    inclusions: dict[Direction, Inclusion] = {}
    for left, each in zip(range(len(judged), 0, -1), judged, strict=True):
        inclusions[each.direction] = _included(pair, each.direction, _share(end, left))
    # the verdicts matter more: what they left of the time is for the changes
    changes = _changes(pair, _share(end, 1))
    language: Language = "xsd" if frontend.is_xsd(old) else "json"
    return tuple(
        build(
            changes,
            inclusions[each.direction],
            each,
            language=language,
            old=placed(Place(str(old))).file,
            new=placed(Place(str(new))).file,
            document=document or new.name,
            placed=placed,
        )
        for each in judged
    )


def _share(end: float, questions: int) -> float:
    """When the first of so many questions must be answered, all of them by the end. Each has a moment at least."""
    now = time.monotonic()
    return now + max((end - now) / questions, _MOMENT)


def _included(pair: Pair, direction: Direction, deadline: float) -> Inclusion:
    try:
        return pair.included("old" if direction == "request" else "new", deadline=deadline)
    except RecursionError:
        return Inclusion(holds=None, reasons=(("", _TOO_DEEP),))


def _changes(pair: Pair, deadline: float) -> tuple[Change, ...]:
    try:
        return pair.changes(deadline=deadline)
    except RecursionError:
        return (Change(rule="X900", path="", note=_TOO_DEEP),)


@contextmanager
def _file(schema: Schema, name: str) -> Generator[Path]:
    """A schema as a file."""
    if isinstance(schema, str | Path):
        yield Path(schema)
        return
    with TemporaryDirectory() as folder:
        path = Path(folder, name)
        path.write_text(json.dumps(schema), "utf-8")
        yield path
