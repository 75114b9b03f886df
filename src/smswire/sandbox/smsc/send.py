"""send.php: one text to one or more recipients."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from smswire.sandbox.gateway import CENTS, Bench
from smswire.sandbox.life import Refusal, outcome_of, refusal_of
from smswire.sandbox.limits import Rule, Windows
from smswire.sandbox.smsc.errors import Refused
from smswire.sandbox.smsc.rows import identity, money, network
from smswire.sandbox.smsc.times import BadDate, send_at
from smswire.sandbox.store import Draft, digits
from smswire.segments import estimate
from smswire_documents.smsc import SendRequest, Sent, SentPhone
from smswire_documents.smsc.codes import DeliveryError, SendError, Status, Type
from smswire_documents.smsc.operations import PROVIDER, SEND_PHP

_ERRORS: Mapping[Refusal, SendError] = {
    Refusal.BAD_NUMBER: SendError.BAD_PHONE,
    Refusal.FORBIDDEN: SendError.FORBIDDEN,
    Refusal.NO_ROUTE: SendError.UNDELIVERABLE,
}
_REASONS: Mapping[SendError, tuple[Status, DeliveryError]] = {
    SendError.BAD_PHONE: (Status.WRONG_NUMBER, DeliveryError.BAD_NUMBER_FORMAT),
    SendError.FORBIDDEN: (Status.FORBIDDEN, DeliveryError.FORBIDDEN_BY_SETTINGS),
    SendError.UNDELIVERABLE: (Status.UNAVAILABLE_NUMBER, DeliveryError.NO_ROUTE),
}
_NUMBER = re.compile(r"\+?[0-9]{1,20}|G[A-Za-z0-9]+")


@dataclass(frozen=True, slots=True)
class _Recipient:
    phone: str
    error: SendError | None


def send(bench: Bench, windows: Windows, form: SendRequest) -> Sent | Refused:
    """Accept a message, or with cost=1 only price it."""
    now, priced = bench.clock.now(), form.cost == 1
    name = None if form.id is None else identity(form.id)
    if not form.mes and form.hlr is None and form.ping is None:
        return Refused(SendError.BAD_PARAMETERS, SEND_PHP.path, detail="/mes: must not be empty")
    try:
        moment = send_at(form.time, form.tz, now)
    except BadDate:
        return Refused(SendError.BAD_DATE, SEND_PHP.path)
    # the identifier does not make a request another one; how many are too many, no schema states
    identical = ("send.php", priced, form.phones, form.mes, form.sender)
    if not windows.admit(now, Rule(identical, 5 if priced else 1, 60)):
        return Refused(SendError.RATE_LIMITED, SEND_PHP.path)
    recipients = [_Recipient(each, _error(each, form)) for each in form.phones]
    good = [each.phone for each in recipients if each.error is None]
    if not good:
        return Refused(recipients[0].error or SendError.BAD_PHONE, SEND_PHP.path, name)
    parts = min(estimate(form.mes).parts, form.maxsms or 1000)
    cost = CENTS * parts * len(good)
    balance = bench.money(PROVIDER.id)
    if not priced and cost > balance:
        return Refused(SendError.INSUFFICIENT_FUNDS, SEND_PHP.path, name)
    reply = Sent(
        cnt=parts * len(good), cost=money(cost) if form.cost else None, phones=_phones(recipients, parts, form)
    )
    if priced:
        return reply
    given = _accept(bench, form, good, parts, now, moment)
    return replace(reply, id=identity(given), balance=money(balance - cost) if form.cost == 3 else None)


def _accept(
    bench: Bench, form: SendRequest, phones: Sequence[str], parts: int, now: float, moment: float | None
) -> str:
    """Store one message for each recipient, all under one identifier; returns it."""
    drafts = [
        Draft(
            provider=PROVIDER.id,
            own_id=form.id,
            gateway_id=form.id,
            recipient=each,
            text=form.mes,
            sender=form.sender or "",
            accepted_at=now,
            send_at=moment,
            parts=parts,
            outcome=outcome_of(each),
            kind=_kind(form),
            cents=CENTS * parts,
        )
        for each in phones
    ]
    [first] = bench.store.add(drafts[:1])
    bench.store.add(replace(each, gateway_id=first.gateway_id) for each in drafts[1:])
    return first.gateway_id


def _error(phone: str, form: SendRequest) -> SendError | None:
    refusal = refusal_of(phone)
    if refusal is not None:
        return _ERRORS[refusal]
    elsewhere = form.mail or form.soc or form.tg or form.viber or form.whatsapp  # their recipients are no numbers
    return None if elsewhere or _NUMBER.fullmatch(phone) else SendError.BAD_PHONE


def _phones(recipients: Sequence[_Recipient], parts: int, form: SendRequest) -> tuple[SentPhone, ...] | None:
    """The list of all recipients with op=1, of the refused ones with err=1."""
    if not form.op and not form.err:
        return None
    return tuple(_phone(each, parts) for each in recipients if form.op or each.error is not None)


def _phone(recipient: _Recipient, parts: int) -> SentPhone:
    status, error = _REASONS.get(recipient.error, _FINE) if recipient.error is not None else _FINE
    return SentPhone(
        phone=digits(recipient.phone),
        mccmnc=network(recipient.phone).mccmnc,
        cost=money(0 if recipient.error else CENTS * parts),
        status=str(int(status)),
        error=str(int(error)),
    )


_FINE = (Status.WAITING, DeliveryError.NO_ERROR)


def _kind(form: SendRequest) -> int:
    flags = {
        Type.FLASH: form.flash,
        Type.BINARY: form.bin,
        Type.WAP_PUSH: form.push,
        Type.HLR: form.hlr,
        Type.PING: form.ping,
        Type.MMS: form.mms,
        Type.CALL: form.call,
        Type.EMAIL: form.mail,
        Type.VIBER: form.viber,
        Type.SOCIAL: form.soc,
    }
    return int(next((kind for kind, flag in flags.items() if flag), Type.SMS))
