"""status.php: the status of one message, or of several."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from smswire.sandbox.gateway import Bench
from smswire.sandbox.limits import Rule, Windows
from smswire.sandbox.smsc.errors import Refused
from smswire.sandbox.smsc.rows import ERRORS, NAMES, STATUSES, identity, money, network
from smswire.sandbox.smsc.times import printed
from smswire.sandbox.store import Stored, digits
from smswire_documents.smsc import MessageStatus, StatusRequest, StatusResponse
from smswire_documents.smsc.codes import DeliveryError, Status, StatusError
from smswire_documents.smsc.operations import PROVIDER, STATUS_PHP


def status(bench: Bench, windows: Windows, form: StatusRequest) -> StatusResponse | Refused:
    """An object for one message; an array for several, and for one whose lists end with a comma."""
    phones, ids = list(form.phone), list(form.id)
    listed = len(ids) > 1
    if listed and not phones[-1] and not ids[-1]:
        del phones[-1], ids[-1]
    if len(phones) != len(ids) or not all(phones) or not all(ids):
        return Refused(StatusError.BAD_PARAMETERS, STATUS_PHP.path, detail="phone and id are lists in the same order")
    if not windows.admit(bench.clock.now(), *_rules(phones, ids)):
        return Refused(StatusError.RATE_LIMITED, STATUS_PHP.path)
    rows = [_row(bench, phone, own_id, form.all or 0) for phone, own_id in zip(phones, ids, strict=True)]
    if not listed:
        return rows[0]
    named = zip(rows, phones, ids, strict=True)
    return tuple(replace(row, phone=digits(phone), id=identity(own_id)) for row, phone, own_id in named)


def _rules(phones: Sequence[str], ids: Sequence[str]) -> list[Rule]:
    """A request for several messages counts on its own: once a minute, which no schema states."""
    if len(ids) > 1:
        return [Rule((STATUS_PHP.path, "several"), 1, 60)]
    return [
        Rule((STATUS_PHP.path, digits(phones[0]), ids[0]), each.requests, each.seconds) for each in STATUS_PHP.limits
    ]


def _row(bench: Bench, phone: str, own_id: str, detail: int) -> MessageStatus:
    stored = bench.store.last_by_gateway_id(PROVIDER.id, own_id, phone)
    if stored is None:
        return MessageStatus(status=int(Status.NOT_FOUND), last_date="", last_timestamp=0, flag=0, err=0)
    state, since = stored.state(bench.clock.now())
    row = MessageStatus(
        status=int(STATUSES[state]),
        last_date=printed(since),
        last_timestamp=int(since),
        flag=stored.kind,
        err=int(ERRORS.get(state, DeliveryError.NO_ERROR)),
    )
    if detail:
        row = _with_message(row, stored)
    return _with_network(row, stored) if detail == 2 else row


def _with_message(row: MessageStatus, stored: Stored) -> MessageStatus:
    return replace(
        row,
        send_date=printed(stored.begins),
        send_timestamp=int(stored.begins),
        phone=digits(stored.recipient),
        cost=money(stored.cents),
        sender_id=stored.sender,
        status_name=NAMES[Status(row.status)],
        message=stored.text,
        comment="",
        type=stored.kind,
    )


def _with_network(row: MessageStatus, stored: Stored) -> MessageStatus:
    known = network(stored.recipient)
    return replace(row, country=known.country, operator=known.operator, operator_orig=known.operator, region="")
