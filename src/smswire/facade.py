"""The facade's operations, written once for every provider over its rules."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import UTC, datetime, tzinfo
from typing import Any, Never, TypeVar

from attrs import evolve

from smswire import given
from smswire.errors import CallError, NotFound, OutcomeUnknown
from smswire.exchange import Call, Steps
from smswire.model import Capabilities, DeliveryState, Message, Receipt, Report, Tracked, bare_report
from smswire.rules import ONLY, LookupRule, SendRule, StatusRule
from smswire.telling import missing, receipt, report, unanswered
from smswire_documents._runtime.description import Operation
from smswire_documents._runtime.document import Document
from smswire_documents._runtime.errors import Outcome

Q = TypeVar("Q")
R = TypeVar("R")
I = TypeVar("I")  # noqa: E741  (an item of a batch)
D = TypeVar("D", bound=Document)


def send(call: Call, rule: SendRule[I, Q, R, D], messages: Iterable[Message]) -> Steps[tuple[Receipt[D], ...]]:
    """Send messages in as many requests as the provider's batch limit needs; one receipt each, in their order.

    Every message is checked before the first is sent. An error on the way tells of each message whether it was
    answered, is in doubt, or was not sent. A reply that does not tell what became of a message leaves it in doubt.
    """
    wanted = given.messages(messages, rule.operation)
    items = given.each(wanted, rule.operation, lambda each: rule.item(given.offered(rule, each), call.zone))
    given.distinct(wanted)
    receipts: list[Receipt[D]] = []
    for start in range(0, len(wanted), rule.batch):
        batch, later = wanted[start : start + rule.batch], wanted[start + rule.batch :]
        try:
            request = rule.request(call.credentials, items[start : start + rule.batch])
            reply = yield from call.exchange(rule.operation, request, rule.refusal, [each.id for each in batch])
        except CallError as error:
            unknown = error.outcome is Outcome.UNKNOWN
            _tell(error, call, receipts, batch if unknown else [], later if unknown else [*batch, *later])
            raise
        rows = _by_key(rule.rows(reply), rule.keys)
        found = [_row(rows, rule.own(each, place)) for place, each in enumerate(batch, 1)]
        answers = [_answered(rule, each, row, call.began) for each, row in zip(batch, found, strict=True)]
        receipts += [each for each in answers if each.state is not DeliveryState.UNKNOWN]
        doubtful = [each for each, answer in zip(batch, answers, strict=True) if answer.state is DeliveryState.UNKNOWN]
        if doubtful:
            raise _untold(call, rule.operation, receipts, doubtful, later)
    return tuple(receipts)


def status(call: Call, rule: StatusRule[I, Q, R, D], messages: Iterable[Tracked]) -> Steps[tuple[Report[D], ...]]:
    """Ask for the state of messages, in as many requests as needed; one report each, in their order.

    Every reference is checked before the first request. A receipt of a refused message, and one by which the provider
    cannot find the message that it accepted, is answered without asking.
    """
    wanted = given.tracked(messages, rule.operation)
    asked = [each for each in wanted if not (_refused(each) or _untraceable(rule, each))]
    items = given.each(asked, rule.operation, rule.item)
    answers: dict[int, Report[D]] = {}
    for start in range(0, len(asked), rule.batch):
        batch = asked[start : start + rule.batch]
        request = rule.request(call.credentials, items[start : start + rule.batch])
        try:
            rows = yield from _rows(call, rule, request)
        except CallError as error:
            error.reports = tuple(answers.values())
            raise
        answers |= {id(each): _reported(rule, each, _row(rows or {}, rule.own(each)), call.zone) for each in batch}
    return tuple(answers.get(id(each)) or _unasked(each) for each in wanted)


def resend(call: Call, rule: SendRule[I, Q, R, D], error: CallError) -> Steps[tuple[Receipt[D], ...]]:
    """Find out what became of the messages of a failed send, of a provider that recognises an id: send them again.

    Whatever this does not settle is in doubt as before: that it was not sent now says nothing of the first time.
    """
    wanted = given.in_doubt(rule.operation, error)
    try:
        return (yield from send(call, rule, wanted))
    except CallError as failed:
        settled = {each.id for each in failed.receipts}
        failed.in_doubt, failed.unsent = tuple(each for each in wanted if each.id not in settled), ()
        failed.client_ids, failed.outcome = tuple(each.id for each in failed.in_doubt), Outcome.UNKNOWN
        failed.began = error.began
        raise


def look_up(
    call: Call, sent: SendRule[Any, Any, Any, Any], rule: LookupRule[I, Q, R, D], error: CallError
) -> Steps[tuple[Receipt[D], ...]]:
    """Find out what became of the messages of a failed send, by the id that they were sent with.

    An error on the way has the receipts until then, and the other messages in doubt as they were. So has one that is
    raised where answers do not tell.
    """
    wanted = given.in_doubt(sent.operation, error)
    receipts: list[Receipt[D]] = []
    untold: list[Message] = []
    for start in range(0, len(wanted), rule.batch):
        batch = wanted[start : start + rule.batch]
        request = rule.request(call.credentials, given.each(batch, rule.operation, rule.item))
        try:
            rows = yield from _rows(call, rule, request)
        except CallError as failed:
            failed.receipts, failed.in_doubt = tuple(receipts), (*untold, *wanted[start:])
            failed.began = error.began
            raise
        for each in batch:
            found = _found(rule, each, rows, error.began)
            if found is None:
                untold.append(each)
            else:
                receipts.append(found)
    if untold:
        unclear = _untold(call, sent.operation, receipts, untold, ())
        unclear.began = error.began
        raise unclear
    return tuple(receipts)


def _rows(
    call: Call, rule: StatusRule[I, Q, R, D] | LookupRule[I, Q, R, D], request: Q
) -> Steps[Mapping[object, Sequence[D]] | None]:
    """The rows of a status, by their keys; None where the provider says that it knows none of the messages."""
    try:
        reply = yield from call.exchange(rule.operation, request, rule.refusal)
    except NotFound:
        return None
    return _by_key(rule.rows(reply), rule.keys)


def _by_key(rows: Iterable[D], keys: Callable[[D], Iterable[object]]) -> dict[object, list[D]]:
    found: dict[object, list[D]] = {}
    for row in rows:
        for key in keys(row):
            found.setdefault(key, []).append(row)
    return found


def _row(rows: Mapping[object, Sequence[D]], own: object) -> D | None:
    """The row about a message. Two that differ tell nothing."""
    found = rows.get(own) or rows.get(ONLY) or ()
    return found[0] if found and all(each == found[0] for each in found) else None


def _answered(rule: SendRule[I, Q, R, D], message: Message, row: D | None, began: datetime) -> Receipt[D]:
    if row is None:
        return unanswered(message)
    answer = receipt(message, row, rule.told(message, row), rule.codes)
    return answer if answer.duplicate else _waiting(answer, message, began)


def _waiting(answer: Receipt[D], message: Message, now: datetime) -> Receipt[D]:
    """Most providers answer a message that has to wait like any other."""
    waits = message.send_at is not None and message.send_at > now and answer.state is DeliveryState.QUEUED
    return evolve(answer, state=DeliveryState.SCHEDULED) if waits else answer


def _reported(rule: StatusRule[I, Q, R, D], message: Tracked, row: D | None, zone: tzinfo) -> Report[D]:
    if row is None:
        return bare_report(message, DeliveryState.UNKNOWN, final=False)
    return report(message, row, rule.told(row, zone), rule.codes)


def _found(
    rule: LookupRule[I, Q, R, D],
    message: Message,
    rows: Mapping[object, Sequence[D]] | None,
    began: datetime | None,
) -> Receipt[D] | None:
    """What a lookup tells of a message; None where it does not."""
    if rows is None:
        return missing(message, None)
    row = _row(rows, rule.own(message))
    told = None if row is None else rule.told(message, row, began)
    if row is None or told is None:
        return None
    if told.code == rule.missing:
        return missing(message, rule.codes.get(rule.missing))
    answer = receipt(message, row, told, rule.codes)
    if answer.state is DeliveryState.UNKNOWN:
        # whatever an unlisted status says, the provider has the message
        answer = evolve(answer, state=DeliveryState.QUEUED)
    return _waiting(answer, message, datetime.now(UTC))


def capabilities(
    sent: SendRule[Any, Any, Any, Any], status: StatusRule[Any, Any, Any, Any], *, history: bool = False
) -> Capabilities:
    """What a client of these rules offers."""
    return Capabilities(
        history=history,
        balance=False,
        scheduled_send=sent.scheduled,
        validity=sent.validity,
        duplicate_detection=sent.recognises,
        status_by_client_id=status.by_client_id,
        max_batch=sent.batch,
        charset="utf-8",
    )


def _tell(
    error: CallError,
    call: Call,
    receipts: Sequence[Receipt[Document]],
    doubtful: Sequence[Message],
    unsent: Sequence[Message],
) -> None:
    error.receipts, error.in_doubt, error.unsent = tuple(receipts), tuple(doubtful), tuple(unsent)
    error.began = call.began


def _untold(
    call: Call,
    operation: Operation[Any, Any],
    receipts: Sequence[Receipt[Document]],
    doubtful: Sequence[Message],
    later: Sequence[Message],
) -> OutcomeUnknown:
    error = OutcomeUnknown(f"the reply does not tell what became of {len(doubtful)} of the messages")
    error.provider, error.operation = operation.provider, operation.name
    error.client_ids = tuple(each.id for each in doubtful)
    _tell(error, call, receipts, doubtful, later)
    return error


def _refused(message: Tracked) -> bool:
    return isinstance(message, Receipt) and message.state is DeliveryState.REJECTED


def _untraceable(rule: StatusRule[I, Q, R, D], message: Tracked) -> bool:
    return isinstance(message, Receipt) and message.gateway_id is None and not rule.by_client_id


def _unasked(message: Tracked) -> Report[Never]:
    refused = _refused(message)
    return bare_report(message, DeliveryState.REJECTED if refused else DeliveryState.UNKNOWN, final=refused)
