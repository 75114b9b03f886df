"""The messages that the demo follows, and how they are shown: redrawn on a terminal, once at the end elsewhere."""

from __future__ import annotations

import sys
from collections.abc import Callable, Generator, Sequence
from contextlib import contextmanager

import click
from rich.console import Group
from rich.live import Live
from rich.table import Table

from smswire.cli.gateways import Session
from smswire.cli.output import moment
from smswire.cli.tables import plain, rich_table
from smswire.model import DeliveryState, Message, Receipt, Report
from smswire_documents._runtime.document import Document

_HEADINGS = ("id", "to", "parts", "state", "at")


class Board:
    """One provider's messages, and the last that is known of each."""

    def __init__(self, session: Session) -> None:
        self.session = session
        self.receipts: tuple[Receipt[Document], ...] = ()
        self._reports: dict[str, Report[Document]] = {}

    def send(self, messages: Sequence[Message]) -> None:
        """Send all of them in one call."""
        self.receipts = self.session.send(messages)

    def poll(self) -> None:
        """Ask for the state of the messages that may still change."""
        moving = self.moving
        for receipt, report in zip(moving, self.session.status(moving), strict=True):
            self._reports[receipt.id] = report

    @property
    def name(self) -> str:
        """The provider's id."""
        return self.session.provider.id

    @property
    def moving(self) -> list[Receipt[Document]]:
        """The messages that were accepted and have no final state yet."""
        return [each for each in self.receipts if each.accepted and not self._final(each)]

    def _final(self, receipt: Receipt[Document]) -> bool:
        report = self._reports.get(receipt.id)
        return report is not None and report.final

    def state(self, receipt: Receipt[Document]) -> DeliveryState:
        """The last that is known of a message."""
        report = self._reports.get(receipt.id)
        return receipt.state if report is None else report.state

    @property
    def rows(self) -> list[list[str]]:
        """The table's rows, in the order of sending."""
        return [self._row(each) for each in self.receipts]

    def _row(self, receipt: Receipt[Document]) -> list[str]:
        report = self._reports.get(receipt.id)
        # of a message that does not go out, some providers count the parts all the same
        parts = str(receipt.parts) if receipt.parts is not None and receipt.accepted else ""
        at = moment(None if report is None else report.at)
        return [receipt.id, receipt.to, parts, str(self.state(receipt)), at]


@contextmanager
def shown(boards: Sequence[Board]) -> Generator[Callable[[], None], None, None]:
    """Give a function that redraws the boards; at the end they stand on the screen, or in the file, once."""
    if not sys.stdout.isatty():
        yield lambda: None
        click.echo("\n\n".join(plain(_HEADINGS, each.rows, title=each.name) for each in boards))
        return
    with Live(auto_refresh=False) as live:
        yield lambda: live.update(Group(*(_table(each) for each in boards)), refresh=True)


def _table(board: Board) -> Table:
    return rich_table(_HEADINGS, board.rows, title=board.name)
