"""Finding a value that some nodes hold for and others do not, or the proof that there is none."""

from __future__ import annotations

from smswire.diff.json.solving.outcomes import Outcome, OutOfTime
from smswire.diff.json.solving.solver import Solver

__all__ = ["OutOfTime", "Outcome", "Solver"]
