"""Rules that tell the same change seen from its two ends: what one takes away, the other adds."""

from __future__ import annotations

from collections.abc import Mapping

from smswire.diff.model import Direction

NARROWED_AND_WIDENED = (
    ("F003", "F002"),
    ("F005", "F006"),
    ("F010", "F002"),
    ("C101", "C102"),
    ("C103", "C104"),
    ("C107", "C108"),
    ("T203", "T202"),
    ("T205", "T204"),
    ("T206", "T207"),
    ("V302", "V301"),
    ("V303", "V304"),
    ("V306", "V307"),
    ("L401", "L402"),
    ("L403", "L404"),
    ("R411", "R412"),
    ("R413", "R414"),
    ("R415", "R416"),
    ("P421", "P422"),
    ("P425", "P426"),
    ("S502", "S501"),
    ("S506", "S505"),
    ("S507", "S508"),
    ("S512", "S511"),
    ("O601", "O602"),
    ("O603", "O604"),
)
"""Each rule of what narrows, with the rule of what widens the same."""

_FACING: Mapping[Direction, Mapping[str, str]] = {
    # several may narrow what one widens: the first is meant
    "request": {widened: narrowed for narrowed, widened in reversed(NARROWED_AND_WIDENED)},
    "response": dict(NARROWED_AND_WIDENED),
}


def facing(rule: str, direction: Direction) -> str:
    """The rule by which a document that one side alone accepts is told: the old one's narrowed, the new one's widened.

    A validator says why it refuses, whichever side it is of. What only the new side accepts has come, so that "too
    long" for the old one means that the greatest length was raised.
    """
    return _FACING[direction].get(rule, rule)
