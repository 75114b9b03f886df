"""JSON Schema, drafts 04 to 2020-12: what a schema takes, compared as sets of JSON values."""

from __future__ import annotations

from smswire.diff.json.pair import Pair

__all__ = ["Pair"]
