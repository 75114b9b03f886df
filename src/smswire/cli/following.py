"""`smswire status` and `smswire history`: where messages are."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from itertools import islice

import click

from smswire.cli.account import Account, connected
from smswire.cli.gateways import with_history
from smswire.cli.output import DONE, FAILED, USAGE, clean, complain, emit, emit_line, moment
from smswire.cli.tables import aligned, show
from smswire.errors import RateLimited
from smswire.model import Ref, Report
from smswire_documents._runtime.document import Document

_HEADINGS = ("id", "to", "state", "final", "at", "code")
_WIDTHS = (32, 12, 13, 5, 25, 4)


def status(account: Account, ids: Sequence[str], to: Sequence[str], *, by_gateway_id: bool, as_json: bool) -> int:
    """One row for each message asked for."""
    own = account.capabilities.status_by_client_id and not by_gateway_id
    recipients: Sequence[str | None] = [to[0]] * len(ids) if len(to) == 1 else to or [None] * len(ids)
    asked = [
        Ref(id=each if own else None, gateway_id=None if own else each, to=recipient)
        for each, recipient in zip(ids, recipients, strict=True)
    ]
    with connected(account) as session:
        reports = session.status(asked)
    if as_json:
        emit({"provider": account.provider, "reports": [*map(_described, reports)]})
    else:
        show(_HEADINGS, map(_row, reports))
    return DONE


def history(
    account: Account, since: date, until: date | None, limit: int | None, resume: str | None, *, as_json: bool
) -> int:
    """One row for each message, printed as they come."""
    if not account.capabilities.history:
        complain(f"{account.provider} documents no history of messages")
        return USAGE
    with connected(account) as session:
        client = with_history(session)
        assert client is not None
        rows = islice(client.history(since, until, resume), limit)
        try:
            for index, report in enumerate(rows):
                if as_json:
                    emit_line(_described(report))
                    continue
                if index == 0:
                    click.echo(aligned(_HEADINGS, _WIDTHS))
                click.echo(aligned([*map(clean, _row(report))], _WIDTHS))
        except RateLimited as error:
            complain(str(error))
            if error.resume is not None:
                complain(f"to go on later: --resume {error.resume}")
            return FAILED
    return DONE


def _described(report: Report[Document]) -> dict[str, object]:
    return {
        "id": report.id,
        "gateway_id": report.gateway_id,
        "to": report.to,
        "state": str(report.state),
        "final": report.final,
        "at": None if report.at is None else report.at.isoformat(),
        "code": report.code,
    }


def _row(report: Report[Document]) -> list[str]:
    return [
        report.id or report.gateway_id or "",
        report.to or "",
        str(report.state),
        "yes" if report.final else "no",
        moment(report.at),
        "" if report.code is None else str(report.code),
    ]
