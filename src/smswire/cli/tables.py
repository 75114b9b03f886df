"""Tables: rich ones on a terminal, plain aligned columns anywhere else."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

import click

from smswire.cli.output import clean

if TYPE_CHECKING:
    from rich.table import Table

Row = Sequence[str]
"""The cells of a row, one for each heading."""


def show(headings: Row, rows: Iterable[Row], *, title: str = "") -> None:
    """Print a table at once."""
    if not sys.stdout.isatty():
        click.echo(plain(headings, rows, title=title))
        return
    from rich.console import Console

    Console().print(rich_table(headings, rows, title=title))


def rich_table(headings: Row, rows: Iterable[Row], *, title: str = "") -> Table:
    """A table for a terminal. Cells are text: what looks like markup in them is shown as it is."""
    from rich import box
    from rich.table import Table
    from rich.text import Text

    table = Table(title=title or None, title_justify="left", title_style="bold", box=box.SIMPLE_HEAD, pad_edge=False)
    for heading in headings:
        table.add_column(heading, overflow="fold")
    for row in rows:
        table.add_row(*(Text(clean(cell)) for cell in row))
    return table


def plain(headings: Row, rows: Iterable[Row], *, title: str = "") -> str:
    """A table for a file or a pipe: no lines, no colours, nothing cut off."""
    lines = [headings, *([clean(cell) for cell in row] for row in rows)]
    widths = [max(map(len, column)) for column in zip(*lines, strict=True)]
    return "\n".join([*([title] if title else []), *(aligned(line, widths) for line in lines)])


def aligned(row: Row, widths: Sequence[int]) -> str:
    """One line of a table. Used alone, it lets a table be printed while its rows still come."""
    return "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip()
