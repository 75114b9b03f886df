"""What commands print: exit codes, lines for people on stderr, JSON for machines on stdout."""

from __future__ import annotations

import json
import os
import sys
from datetime import datetime

import click

DONE, FAILED, USAGE, UNKNOWN, INTERRUPTED = 0, 1, 2, 3, 130
"""Exit codes."""


def clean(text: str) -> str:
    """The text without control characters, which a stranger's reply or file could steer a terminal with."""
    return "".join(each if each.isprintable() else "?" for each in text)


def complain(text: str) -> None:
    """One line about what went wrong."""
    click.echo(f"smswire: {clean(text)}", err=True)


def emit(value: object) -> None:
    """One JSON document, in plain ASCII so that no terminal's or pipe's encoding can spoil it."""
    click.echo(json.dumps(value, indent=2))


def emit_line(value: object) -> None:
    """One line of JSON lines."""
    click.echo(json.dumps(value))


def moment(at: datetime | None) -> str:
    """A time as tables show it."""
    return "" if at is None else at.isoformat(sep=" ", timespec="seconds")


def silence() -> None:
    """Nothing takes what is written any more: what is still buffered must not fail once more at exit."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
