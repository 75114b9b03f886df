"""POST /xml: texts, each to one subscriber or more."""

from __future__ import annotations

from collections.abc import Mapping

from smswire.sandbox.gateway import CENTS, Bench
from smswire.sandbox.life import Refusal, outcome_of, refusal_of
from smswire.sandbox.moments import later, read_moment
from smswire.sandbox.store import Draft
from smswire.sandbox.webcom.requests import Failures
from smswire.sandbox.webcom.states import ZONE
from smswire.segments import estimate
from smswire_documents.webcom import Abonent, Information, TextMessage, XmlSendRequest
from smswire_documents.webcom.codes import SendResult
from smswire_documents.webcom.operations import PROVIDER

_TO_THE_MINUTE = "%Y-%m-%d %H:%M"
_REFUSALS: Mapping[Refusal, SendResult] = {
    # no sentence says that a number is wrong, only that there is none
    Refusal.BAD_NUMBER: SendResult.NO_PHONE,
    Refusal.FORBIDDEN: SendResult.TEXT_REJECTED,
    Refusal.NO_ROUTE: SendResult.ROUTE_CLOSED,
}


def send(bench: Bench, request: XmlSendRequest, failures: Failures) -> tuple[Information, ...]:
    """What became of each subscriber's message, in their order. Raises `BadMoment` before anything is sent."""
    wanted = [
        (message, abonent, _send_at(abonent), failures.get((at, number)))
        for at, message in enumerate(request.message)
        for number, abonent in enumerate(message.abonent)
    ]
    return tuple(_information(bench, *each) for each in wanted)


def _information(
    bench: Bench, message: TextMessage, abonent: Abonent, send_at: float | None, failed: SendResult | None
) -> Information:
    own_id = abonent.client_id_sms
    first = None if own_id is None else bench.store.first_by_own_id(PROVIDER.id, own_id)
    if first is not None:
        return Information(
            value=SendResult.DUPLICATE,
            number_sms=abonent.number_sms,
            id_sms=int(first.gateway_id),
            parts=first.parts,
        )
    content = _content(message)
    parts = estimate(content).parts
    refusal = refusal_of(abonent.phone)
    failed = failed or _lacking(message) or (None if refusal is None else _REFUSALS[refusal])
    if failed is None and CENTS * parts > bench.money(PROVIDER.id):
        failed = SendResult.INSUFFICIENT_FUNDS
    if failed is not None:
        return Information(value=failed, number_sms=abonent.number_sms)
    now = bench.clock.now()
    draft = Draft(
        provider=PROVIDER.id,
        own_id=own_id,
        recipient=abonent.phone,
        text=content,
        sender=message.sender,
        accepted_at=now,
        send_at=later(send_at, now),
        parts=parts,
        outcome=outcome_of(abonent.phone),
        cents=CENTS * parts,
    )
    [stored] = bench.store.add([draft])
    return Information(
        value=SendResult.ACCEPTED,
        number_sms=abonent.number_sms,
        id_sms=int(stored.gateway_id),
        parts=stored.parts,
    )


def _content(message: TextMessage) -> str:
    return message.text or message.text_viber or message.url or message.name or ""


def _lacking(message: TextMessage) -> SendResult | None:
    """What the kind of a message needs and it does not have."""
    kind = message.type or "sms"
    if kind in ("sms", "flashsms") and not (message.text or message.text_viber):
        return SendResult.NO_TEXT
    if kind == "wappush" and not message.url:
        return SendResult.NO_LINK
    more = (message.phone, message.email, message.position, message.organization, message.address, message.additional)
    if kind == "vcard" and not (message.name and any(more)):
        return SendResult.INCOMPLETE_CARD
    return None


def _send_at(abonent: Abonent) -> float | None:
    """When to send, None for at once. Raises `BadMoment` for a date that is none, of the validity too."""
    if abonent.validity_period is not None:
        seconds = ":%S" if abonent.validity_period.count(":") > 1 else ""
        read_moment(abonent.validity_period, _TO_THE_MINUTE + seconds, ZONE)
    return read_moment(abonent.time_send, _TO_THE_MINUTE, ZONE) if abonent.time_send else None
