"""get.php with get_messages=1: the history of sent messages."""

from __future__ import annotations

import math
from datetime import datetime, timedelta
from zlib import crc32

from smswire.sandbox.gateway import Bench
from smswire.sandbox.limits import Rule, Windows
from smswire.sandbox.smsc.errors import Refused
from smswire.sandbox.smsc.rows import ERRORS, NAMES, STATUSES, identity, money, network
from smswire.sandbox.smsc.times import ZONE, BadDate, day, midnight, printed
from smswire.sandbox.store import Stored, digits
from smswire_documents.smsc import GetMessagesRequest, HistoryRecord
from smswire_documents.smsc.codes import DeliveryError, HistoryError, Type
from smswire_documents.smsc.operations import GET_MESSAGES, PROVIDER

LONGEST = timedelta(days=184)
"""Half a year, in whichever half of the year it is; no schema states it, only a span that is less in any half."""


def history(bench: Bench, windows: Windows, form: GetMessagesRequest) -> tuple[HistoryRecord, ...] | Refused:
    """The messages of a period, newest first."""
    now = bench.clock.now()
    try:
        since, until = _period(form, now)
    except BadDate:
        return Refused(
            HistoryError.BAD_PARAMETERS, GET_MESSAGES.path, detail="start and end are at most half a year apart"
        )
    rules = (
        Rule(form if each.identical else GET_MESSAGES.path, each.requests, each.seconds) for each in GET_MESSAGES.limits
    )
    if not windows.admit(now, *rules):
        return Refused(HistoryError.RATE_LIMITED, GET_MESSAGES.path)
    before = None if form.prev_id is None else int(form.prev_id.lstrip("0")[:18] or "0")
    found = bench.store.newest(PROVIDER.id, since=since, until=until, before=before)
    wanted = [each for each in found if _matches(each, form)][: form.cnt or GET_MESSAGES.facts["page"]]
    if not wanted:
        return Refused(HistoryError.NOT_FOUND, GET_MESSAGES.path)
    return tuple(_record(each, now) for each in wanted)


def _period(form: GetMessagesRequest, now: float) -> tuple[float, float]:
    today = datetime.fromtimestamp(now, ZONE).date()
    first = day(form.start) if form.start is not None else None
    last = day(form.end) if form.end is not None else None
    if first is not None and (last or today) - first > LONGEST:
        raise BadDate
    since = -math.inf if first is None else midnight(first)
    return since, math.inf if last is None else midnight(last + timedelta(days=1))


def _matches(stored: Stored, form: GetMessagesRequest) -> bool:
    mail = form.format == 8
    wanted = (form.email if mail else form.phone) or ()
    return (stored.kind == Type.EMAIL) == mail and (
        not wanted or digits(stored.recipient) in {digits(each) for each in wanted}
    )


def _record(stored: Stored, now: float) -> HistoryRecord:
    state, since = stored.state(now)
    status, known = STATUSES[state], network(stored.recipient)
    return HistoryRecord(
        status=int(status),
        last_date=printed(since),
        last_timestamp=int(since),
        err=int(ERRORS.get(state, DeliveryError.NO_ERROR)),
        send_date=printed(stored.begins),
        send_timestamp=int(stored.begins),
        phone=digits(stored.recipient),
        cost=money(stored.cents),
        sender_id=stored.sender,
        status_name=NAMES[status],
        message=stored.text,
        mccmnc=known.mccmnc,
        country=known.country,
        operator=known.operator,
        region="",
        type=stored.kind,
        id=identity(stored.gateway_id),
        int_id=str(stored.number),
        sms_cnt=stored.parts,
        format=stored.kind if stored.kind == Type.EMAIL else 0,
        crc=crc32(stored.text.encode()),
    )
