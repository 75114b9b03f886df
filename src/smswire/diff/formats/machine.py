"""JSON for machines, in a form with a version and a schema of its own (report.schema.json beside this file)."""

from __future__ import annotations

import json
from importlib.resources import files
from typing import Any

from smswire.diff.advice import advise, changelog
from smswire.diff.model import VERDICTS, Finding, Place, Report, Witness
from smswire.diff.outcome import Ignored, Outcome

VERSION = 1
"""Raised when what a reader relies on goes or means something else; additions leave it."""


def render(outcome: Outcome) -> str:
    """One JSON document in plain ASCII."""
    advice = advise(outcome)
    told = {
        "version": VERSION,
        "verdict": _worst(outcome),
        "reports": [_report(each) for each in outcome.reports],
        "ignored": [_ignored(each) for each in outcome.ignored],
        "problems": [{"document": each.document, "text": each.text} for each in outcome.problems],
        "notes": list(outcome.notes),
        "advice": {"step": advice.step, "because": list(advice.because)},
        "changelog": {section: list(lines) for section, lines in changelog(outcome).items()},
    }
    return json.dumps(told, indent=2) + "\n"


def schema() -> str:
    """The JSON Schema of what `render` gives."""
    return files("smswire.diff.formats").joinpath("report.schema.json").read_text("utf-8")


def _worst(outcome: Outcome) -> str | None:
    found = {each.verdict for each in outcome.reports}
    return next((each for each in VERDICTS if each in found), None)


def _report(report: Report) -> dict[str, Any]:
    return {
        "document": report.document,
        "direction": report.direction,
        "profile": report.profile,
        "old": report.old,
        "new": report.new,
        "verdict": report.verdict,
        "witness": _witness(report.witness),
        "findings": [finding(each) for each in report.findings],
    }


def finding(found: Finding) -> dict[str, Any]:
    """A finding as the JSON form has it."""
    return {
        "rule": found.rule,
        "name": found.name,
        "severity": found.severity,
        "path": found.path,
        "message": found.message,
        "direction": found.direction,
        "effect": found.effect,
        "old": found.old,
        "new": found.new,
        "old_place": _place(found.old_place),
        "new_place": _place(found.new_place),
        "proven": found.proven,
        "witness": _witness(found.witness),
        "fingerprint": found.fingerprint,
        "children": [finding(each) for each in found.children],
    }


def _ignored(ignored: Ignored) -> dict[str, Any]:
    return {"document": ignored.report.document, "reason": ignored.reason, "finding": finding(ignored.finding)}


def _place(place: Place | None) -> dict[str, Any] | None:
    return None if place is None else {"file": place.file, "line": place.line, "column": place.column}


def _witness(witness: Witness | None) -> dict[str, Any] | None:
    return None if witness is None else {"accepted_by": witness.accepted_by, "document": witness.document}
