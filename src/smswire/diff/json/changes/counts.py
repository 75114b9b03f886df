"""How many there may be of something."""

from __future__ import annotations

from smswire.diff.json.changes.drafts import Draft, Finder
from smswire.diff.json.changes.views import View
from smswire.diff.json.locations import Mark


def compare(finder: Finder, path: str, old: View, new: View, low: str, high: str) -> None:
    """Compare the least and the greatest count that two keywords state."""
    for keyword, sign in ((low, 1), (high, -1)):
        was, now = (stated(view, keyword, sign) for view in (old, new))
        told(finder, path, was, now, sign, (old.place_of(keyword), new.place_of(keyword)))


def told(finder: Finder, path: str, was: int | None, now: int | None, sign: int, places: tuple[Mark, Mark]) -> None:
    """Tell of a least (sign 1) or a greatest (-1) count that is another."""
    if was == now or (sign > 0 and (was or 0) == (now or 0)):
        return
    grew = now is None if sign < 0 and (was is None or now is None) else was is None or (now or 0) > was
    raised, lowered = ("C101", "C102") if sign > 0 else ("C104", "C103")
    finder.add(
        Draft(
            rule=raised if grew else lowered,
            path=path,
            old=None if was is None else str(was),
            new=None if now is None else str(now),
            places=places,
        )
    )


def stated(view: View, keyword: str, sign: int) -> int | None:
    """The count that a keyword states, the strictest of several."""
    found = [said.value for said in view.said.get(keyword, ()) if isinstance(said.value, int)]
    return (max(found) if sign > 0 else min(found)) if found else None
