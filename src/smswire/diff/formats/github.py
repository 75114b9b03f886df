"""Workflow commands of GitHub Actions, which put findings beside the lines of a pull request."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from smswire.diff.formats.checkout import inside
from smswire.diff.model import Finding, Place, Report
from smswire.diff.outcome import Outcome

_COMMANDS = {"error": "error", "warn": "warning", "info": "notice"}


def render(outcome: Outcome) -> str:
    """One command for each finding, problem and note."""
    return "".join(f"{each}\n" for each in _commands(outcome))


def _commands(outcome: Outcome) -> Iterator[str]:
    for each in outcome.problems:
        yield f"::error title=schema not compared::{_data(each.text)}"
    for report, finding in outcome.findings():
        yield _command(report, finding, outcome.checkout)
    for note in outcome.notes:
        yield f"::warning title=ignore file::{_data(note)}"


def _command(report: Report, finding: Finding, checkout: Path | None) -> str:
    place = finding.new_place or Place(report.new)
    told = [f"file={_property(inside(place.file, checkout) or place.file)}"] if place.file else []
    told += [f"line={place.line}"] if place.line else []
    told += [f"col={place.column}"] if place.column else []
    told.append(f"title={_property(f'{finding.rule} {finding.name} ({report.direction})')}")
    text = (
        f"{report.document} {finding.path}: {finding.message}"
        if finding.path
        else f"{report.document}: {finding.message}"
    )
    if finding.witness:
        text += f"\nvalid under the {finding.witness.accepted_by} schema only: {finding.witness.document}"
    return f"::{_COMMANDS[finding.severity]} {','.join(told)}::{_data(text)}"


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
