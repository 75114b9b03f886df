"""What a provider's change breaks: two schemas compared, XSD or JSON Schema, and told in one vocabulary.

`compare` reads two schema files and gives a `Report`: the verdict, proven where it can be, and the findings behind it.
It needs the packages of the `[diff]` extra.
"""

from __future__ import annotations

from smswire.diff.comparing import compare
from smswire.diff.errors import ComparisonError, UnreadableSchema, UnresolvedReference
from smswire.diff.model import Finding, Place, Report, Witness

__all__ = [
    "ComparisonError",
    "Finding",
    "Place",
    "Report",
    "UnreadableSchema",
    "UnresolvedReference",
    "Witness",
    "compare",
]
