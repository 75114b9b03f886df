"""SARIF 2.1.0, for code scanning."""

from __future__ import annotations

import json
from importlib.metadata import version
from pathlib import Path
from typing import Any
from urllib.parse import quote

from smswire.diff.formats.checkout import inside, split
from smswire.diff.model import Finding, Place, Report
from smswire.diff.outcome import Ignored, Outcome
from smswire.diff.rules import Rule, rules

SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"
ROOT = "%SRCROOT%"
_LEVELS = {"error": "error", "warn": "warning", "info": "note"}


def render(outcome: Outcome) -> str:
    """One run. What is ignored is there too, as suppressed."""
    found = [_result(report, each, outcome.checkout) for report, each in outcome.findings()]
    found += [_suppressed(each, outcome.checkout) for each in outcome.ignored]
    known = list(rules())
    used = sorted({each["ruleId"] for each in found}, key=known.index)
    for each in found:
        each["ruleIndex"] = used.index(each["ruleId"])
    driver = {
        "name": "smswire",
        "version": version("smswire"),
        "rules": [_rule(rules()[each]) for each in used],
    }
    problems = [{"level": "error", "message": {"text": each.text}} for each in outcome.problems]
    notes = [{"level": "warning", "message": {"text": each}} for each in outcome.notes]
    invocation = {"executionSuccessful": not problems, "toolExecutionNotifications": [*problems, *notes]}
    run = {
        "tool": {"driver": driver},
        "invocations": [invocation],
        "originalUriBaseIds": {ROOT: {"description": {"text": "The root of the repository."}}},
        "columnKind": "unicodeCodePoints",
        "results": found,
    }
    return json.dumps({"$schema": SCHEMA, "version": "2.1.0", "runs": [run]}, indent=2) + "\n"


def _rule(rule: Rule) -> dict[str, Any]:
    return {
        "id": rule.id,
        "name": "".join(each.capitalize() for each in rule.name.split("-")),
        "shortDescription": {"text": rule.title},
        "fullDescription": {"text": rule.why},
        "help": {"text": f"{rule.why}\n\nExample: {rule.example}\n\nTo soften it: {rule.soften}"},
    }


def _result(report: Report, finding: Finding, checkout: Path | None) -> dict[str, Any]:
    place = finding.new_place or Place(report.new or report.old)
    text = f"{finding.path}: {finding.message}." if finding.path else f"{finding.message}."
    if finding.witness:
        text += f" Valid under the {finding.witness.accepted_by} schema only: {finding.witness.document}"
    where = {"fullyQualifiedName": finding.path or "/"}
    found: dict[str, Any] = {
        "ruleId": finding.rule,
        "level": _LEVELS[finding.severity],
        "message": {"text": text},
        "locations": [{**_location(place, checkout), "logicalLocations": [where]}],
        "partialFingerprints": {"smswireDiff/v1": finding.fingerprint},
        "properties": {"document": report.document, "direction": report.direction, "proven": finding.proven},
    }
    if finding.old_place:
        found["relatedLocations"] = [_related(finding.old_place, checkout)]
    return found


def _suppressed(ignored: Ignored, checkout: Path | None) -> dict[str, Any]:
    suppression = {"kind": "external", "justification": ignored.reason}
    return {**_result(ignored.report, ignored.finding, checkout), "suppressions": [suppression]}


def _related(place: Place, checkout: Path | None) -> dict[str, Any]:
    revision, _ = split(place.file)
    text = f"the old schema, in revision {revision}" if revision else "the old schema"
    return {**_location(place, checkout), "message": {"text": text}}


def _location(place: Place, checkout: Path | None) -> dict[str, Any]:
    physical: dict[str, Any] = {"artifactLocation": _artifact(place.file, checkout)}
    if place.line:
        column = {"startColumn": place.column} if place.column else {}
        physical["region"] = {"startLine": place.line, **column}
    return {"physicalLocation": physical}


def _artifact(file: str, checkout: Path | None) -> dict[str, str]:
    path = inside(file, checkout)
    return {"uri": Path(file).resolve().as_uri()} if path is None else {"uri": quote(path), "uriBaseId": ROOT}
