"""Keywords that no validator knows: they do nothing, which their author may not have meant."""

from __future__ import annotations

from collections.abc import Iterable
from difflib import get_close_matches
from functools import lru_cache

from smswire.diff.json.changes.drafts import Draft, Finder
from smswire.diff.json.changes.views import View
from smswire.diff.json.forms import CHECKS
from smswire.diff.json.keywords import HOLDERS, ILL, SILENT
from smswire.diff.json.values import short

_OTHERS = {"const", "$anchor", "$dynamicAnchor", "$dynamicRef", "$recursiveAnchor", "$recursiveRef", "$vocabulary"}
_KNOWN = frozenset({*HOLDERS, *CHECKS, *SILENT, *_OTHERS})
_FEW = 4
_LIKE = 0.8


def compare(finder: Finder, path: str, old: View, new: View) -> None:
    """Tell of names that came and are all but those of keywords."""
    names = [each for each in _unknown(new) if each not in old.said and _meant(each)]
    if names:
        places = (old.place, new.place_of(*names))
        finder.add(Draft(rule="D803", path=path, places=places, note=_told(names)))


def note(old: View, new: View) -> str:
    """What is said of a place where such names came or went."""
    was, now = _unknown(old), _unknown(new)
    return _told([*(each for each in now if each not in was), *(each for each in was if each not in now)])


def _unknown(view: View) -> list[str]:
    return [each for each in view.said if each not in _KNOWN and not each.startswith(ILL)]


@lru_cache(maxsize=1024)
def _meant(name: str) -> str | None:
    """The keyword that is meant, it seems. Who writes `$$` means none."""
    if name.startswith("$$"):
        return None
    return next(iter(get_close_matches(name, _KNOWN, 1, _LIKE)), None)


def _told(names: Iterable[str]) -> str:
    found = [f"{short(each)} is no keyword" + (f" ({meant} is)" if (meant := _meant(each)) else "") for each in names]
    return "; ".join(found[:_FEW])
