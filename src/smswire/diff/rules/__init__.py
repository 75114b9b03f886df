"""Every rule as data: what a kind of change does to documents, and how much it matters in each direction.

The files beside this one hold the rules. A severity follows from the effect on the set of valid documents: what
narrows it breaks requests (the provider reads them), what widens it breaks replies (we read them). `severity` in the
files says what differs from that: for `request` and `response`, for fields of an open object (`open-...`), and under
the profile of tolerant readers (`tolerant-...`). A `steady` rule has these severities whatever the effect is.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import lru_cache
from importlib.resources import files
from typing import Any, Literal, TypeAlias

from attrs import field, frozen

from smswire.diff.model import Direction, Effect, Profile, Severity

Level: TypeAlias = Severity | Literal["off"]
"""A severity, or that a rule is not shown at all."""

Language: TypeAlias = Literal["xsd", "json"]

LEVELS: tuple[Level, ...] = ("off", "info", "warn", "error")
"""Every level, the least first."""

_BREAKS: Mapping[Direction, tuple[Effect, ...]] = {"request": ("narrows", "both"), "response": ("widens", "both")}


@frozen(kw_only=True)
class Rule:
    """A kind of change. `why` says whom it breaks, `soften` what a provider could do instead."""

    id: str
    name: str
    title: str
    effect: Effect
    section: str
    """The section of a changelog that it belongs to."""
    why: str
    example: str
    soften: str
    title_added: str | None = None
    """The title where there was nothing before, and `title_removed` where there is nothing now."""
    title_removed: str | None = None
    open_effect: Effect | None = None
    xsd_effect: Effect | None = None
    json_effect: Effect | None = None
    severity: Mapping[str, Level] = field(factory=dict[str, Level], hash=False)
    says: Mapping[str, str] = field(factory=dict[str, str], hash=False)
    steady: bool = False
    """It has its severities whatever a change of its kind does: only a proof makes it worse."""
    fatal: bool = False
    """It is no finding: the comparison ends."""

    def effect_in(self, language: Language, *, open: bool = False) -> Effect:  # noqa: A002  (the word of the rules)
        """What the change does in a language, in an object that takes any field (`open`) or not."""
        own = self.xsd_effect if language == "xsd" else self.json_effect
        return (self.open_effect if open else None) or own or self.effect

    def level(self, direction: Direction, profile: Profile, effect: Effect, *, open: bool = False) -> Level:  # noqa: A002
        """How much the change matters in a direction, given what it does."""
        # what does something else than the rule says is judged by what it does
        usual = effect in (self.effect, self.open_effect, self.xsd_effect, self.json_effect)
        keys = [f"tolerant-{direction}"] if profile == "tolerant" else []
        if open and self.open_effect:
            keys.append(f"open-{direction}")
        else:
            keys.append(direction)
        if usual or self.steady:
            for key in keys:
                if key in self.severity:
                    return self.severity[key]
        return severity_of(effect, direction)


def severity_of(effect: Effect, direction: Direction) -> Level:
    """The severity that follows from an effect alone."""
    if effect == "unknown":
        return "warn"
    return "error" if breaks(effect, direction) else "info"


def breaks(effect: Effect, direction: Direction) -> bool:
    """Whether an effect takes documents away (request) or adds some (response)."""
    return effect in _BREAKS[direction]


@lru_cache(maxsize=1)
def rules() -> Mapping[str, Rule]:
    """Every rule by its id, in the order of the files' families."""
    found: dict[str, Rule] = {}
    for name in ("fields", "types", "facets", "structure", "names"):
        text = files("smswire.diff.rules").joinpath(f"{name}.toml").read_text("utf-8")
        for key, row in tomllib.loads(text).items():
            found[key] = _rule(key, row)
    return found


def _rule(key: str, row: Mapping[str, Any]) -> Rule:
    return Rule(id=key, **{name.replace("-", "_"): value for name, value in row.items()})
