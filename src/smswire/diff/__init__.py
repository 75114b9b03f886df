"""What a provider's change breaks: two schemas compared, XSD or JSON Schema, and told in one vocabulary.

`compare` reads two schema files and gives a `Report`: the verdict, proven where it can be, and the findings behind it.
It needs the packages of the `[diff]` extra.
"""

from __future__ import annotations

from smswire.diff.comparing import Schema, compare
from smswire.diff.errors import ComparisonError, UnreadableSchema, UnresolvedReference
from smswire.diff.model import Direction, Finding, Place, Profile, Report, Witness
from smswire.diff.rules import Level

__all__ = [
    "ComparisonError",
    "Direction",
    "Finding",
    "Level",
    "Place",
    "Profile",
    "Report",
    "Schema",
    "UnreadableSchema",
    "UnresolvedReference",
    "Witness",
    "compare",
]
