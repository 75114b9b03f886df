"""What changed between two JSON Schemas, as causes that a person recognises."""

from __future__ import annotations

from smswire.diff.json.changes.walking import changes

__all__ = ["changes"]
