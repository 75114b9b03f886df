"""What a run over any number of documents found, before anybody formats it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from attrs import frozen

from smswire.diff.model import Finding, Report, Severity


@frozen
class Problem:
    """A document that could not be compared, and why; the text begins with the file."""

    document: str
    text: str


@frozen
class Ignored:
    """A finding that the ignore file takes out, and the reason that it gives."""

    report: Report
    finding: Finding
    reason: str


@frozen(kw_only=True)
class Outcome:
    """All reports of a run, in the documents' order."""

    reports: tuple[Report, ...]
    problems: tuple[Problem, ...] = ()
    ignored: tuple[Ignored, ...] = ()
    notes: tuple[str, ...] = ()
    """What is odd about the ignore file."""
    checkout: Path | None = None
    """The root of the checkout whose revision is compared with, where one is."""

    def severities(self) -> frozenset[Severity]:
        """Every severity that is shown, of what is below another finding too."""
        return frozenset(_severities(finding for _, finding in self.findings()))

    def findings(self) -> Iterator[tuple[Report, Finding]]:
        """Every finding that is not below another one, with its report."""
        for report in self.reports:
            for each in report.findings:
                yield report, each


def _severities(findings: Iterable[Finding]) -> Iterator[Severity]:
    for each in findings:
        yield each.severity
        yield from _severities(each.children)
