"""Two schema files compared, in one direction or both."""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Generator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TypeAlias

from attrs import evolve

from smswire.diff import frontend
from smswire.diff.frontend import Pair
from smswire.diff.model import Change, Direction, Inclusion, Place, Profile, Report
from smswire.diff.report import Settings, build
from smswire.diff.rules import LEVELS, Language, Level, rules

Schema: TypeAlias = Path | str | Mapping[str, object] | bool
"""A schema file's path, or a JSON Schema itself."""

SECONDS = 4.0
"""What a verdict may cost."""

_MOMENT = 1.0


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

    `direction` "request": whether every document of the old schema is valid under the new one, which its provider
    reads. "response": whether every document of the new schema is valid under the old one, which we read.

    `root` chooses the root element, or the part of a JSON Schema by pointer. `timeout` is in seconds: what is not
    decided by then is `undecided`. `levels` sets the level of rules: {"F002": "off"}.
    Raises `UnreadableSchema` and `UnresolvedReference`, and `ValueError` for a direction, profile or rule that there
    is not.
    """
    _check(direction, profile, levels or {})
    settings = Settings(direction=direction, profile=profile, levels=dict(levels or {}))
    with _file(old, "old.json") as old_path, _file(new, "new.json") as new_path:
        names = {str(old_path): _name(old, "old"), str(new_path): _name(new, "new")}

        def placed(place: Place) -> Place:
            return evolve(place, file=names.get(place.file, place.file))

        [report] = compare_files(old_path, new_path, [settings], root=root, timeout=timeout, placed=placed)
    return report


def _check(direction: str, profile: str, levels: Mapping[str, str]) -> None:
    if direction not in ("request", "response"):
        raise ValueError("direction is request or response")
    if profile not in ("strict", "tolerant"):
        raise ValueError("profile is strict or tolerant")
    for rule, level in levels.items():
        if rule not in rules() or level not in LEVELS:
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
    started = time.monotonic()
    pair = frontend.load(old, new, root)
    inclusions = {each.direction: _included(pair, each.direction, time.monotonic() + timeout) for each in judged}
    # the verdict matters more: what it left of the time is for the changes, or a moment
    changes = _changes(pair, max(started + timeout, time.monotonic() + _MOMENT))
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


def _included(pair: Pair, direction: Direction, deadline: float) -> Inclusion:
    try:
        return pair.included("old" if direction == "request" else "new", deadline=deadline)
    except RecursionError:
        return Inclusion(holds=None, reasons=(("", "the schema is nested too deeply"),))


def _changes(pair: Pair, deadline: float) -> tuple[Change, ...]:
    try:
        return pair.changes(deadline=deadline)
    except RecursionError:
        return (Change(rule="X900", path="", note="the schema is nested too deeply for its changes to be listed"),)


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
