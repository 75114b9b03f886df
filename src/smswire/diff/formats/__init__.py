"""A run's outcome written down: for people, for machines, for pull requests and code scanning."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from smswire.diff.formats import github, machine, markdown, sarif, text
from smswire.diff.outcome import Outcome

RENDERERS: Mapping[str, Callable[[Outcome], str]] = {
    "text": text.render,
    "json": machine.render,
    "markdown": markdown.render,
    "github": github.render,
    "sarif": sarif.render,
}
"""Every format by its name."""
