"""The facade's operations, written once for every provider over its rules."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import datetime, tzinfo
from typing import Any, TypeVar

from attrs import evolve

from smswire.errors import CallError, NotFound, OutcomeUnknown
from smswire.exchange import Call, Steps
from smswire.model import Capabilities, DeliveryState, Message, Receipt, Report, Tracked, bare_report
from smswire.rules import LookupRule, SendRule, StatusRule
from smswire.telling import item_error, receipt, report, unanswered
from smswire_documents._runtime.description import Operation
from smswire_documents._runtime.document import Document
from smswire_documents._runtime.errors import Outcome, PayloadError

Q = TypeVar("Q")
R = TypeVar("R")
S = TypeVar("S")
T = TypeVar("T")
I = TypeVar("I")  # noqa: E741  (an item of a batch)
D = TypeVar("D", bound=Document)


def send(call: Call, rule: SendRule[I, Q, R, D], messages: Iterable[Message]) -> Steps[tuple[Receipt[D], ...]]:
    """Send messages in as many requests as the provider's batch limit needs; one receipt each, in their order.

    Every message is checked before the first is sent. An error on the way tells of each message whether it was
    answered, is in doubt, or was not sent. A reply that does not tell what became of a message leaves it in doubt.
    """
    wanted = _all(messages, rule.operation, lambda each: isinstance(each, Message))
    items = _each(wanted, rule.operation, lambda each: rule.item(_offered(rule, each), call.zone))
    _distinct(wanted)
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
        found = [rows.get(rule.own(each, place)) for place, each in enumerate(batch, 1)]
        answers = [_answered(rule, each, row, call.began) for each, row in zip(batch, found, strict=True)]
        receipts += [each for each in answers if each.state is not DeliveryState.UNKNOWN]
        doubtful = [each for each, answer in zip(batch, answers, strict=True) if answer.state is DeliveryState.UNKNOWN]
        if doubtful:
            raise _untold(call, rule.operation, receipts, doubtful, later)
    return tuple(receipts)


def status(call: Call, rule: StatusRule[I, Q, R, D], messages: Iterable[Tracked]) -> Steps[tuple[Report[D], ...]]:
    """Ask for the state of messages, in as many requests as needed; one report each, in their order.

    Every reference is checked before the first request. A receipt of a refused message is answered without asking.
    """
    wanted = _all(messages, rule.operation, _is_tracked)
    asked = [each for each in wanted if not _refused(each)]
    items = _each(asked, rule.operation, rule.item)
    answers: dict[int, Report[D]] = {}
    for start in range(0, len(asked), rule.batch):
        batch = asked[start : start + rule.batch]
        request = rule.request(call.credentials, items[start : start + rule.batch])
        try:
            rows = yield from _rows(call, rule, request)
        except CallError as error:
            error.reports = tuple(answers.values())
            raise
        answers |= {id(each): _reported(rule, each, rows.get(rule.own(each)), call.zone) for each in batch}
    return tuple(
        bare_report(each, DeliveryState.REJECTED, final=True) if _refused(each) else answers[id(each)]
        for each in wanted
    )


def resend(call: Call, rule: SendRule[I, Q, R, D], error: CallError) -> Steps[tuple[Receipt[D], ...]]:
    """Find out what became of the messages of a failed send, of a provider that recognises an id: send them again."""
    return send(call, rule, _in_doubt(rule.operation, error))


def look_up(
    call: Call, sent: SendRule[Any, Any, Any, Any], rule: LookupRule[I, Q, R, D], error: CallError
) -> Steps[tuple[Receipt[D], ...]]:
    """Find out what became of the messages of a failed send, by the id that they were sent with.

    An error on the way has the receipts until then, and the other messages in doubt as they were.
    """
    wanted = _in_doubt(sent.operation, error)
    receipts: list[Receipt[D]] = []
    for start in range(0, len(wanted), rule.batch):
        batch = wanted[start : start + rule.batch]
        request = rule.request(call.credentials, _each(batch, rule.operation, rule.item))
        try:
            rows = yield from _rows(call, rule, request)
        except CallError as failed:
            failed.receipts, failed.in_doubt, failed.began = tuple(receipts), wanted[start:], error.began
            raise
        receipts += [_found(rule, each, rows.get(rule.own(each)), error.began) for each in batch]
    return tuple(receipts)


def _rows(call: Call, rule: StatusRule[I, Q, R, D] | LookupRule[I, Q, R, D], request: Q) -> Steps[dict[object, D]]:
    """The rows of a status, by their keys; none where the provider knows none of the messages."""
    try:
        reply = yield from call.exchange(rule.operation, request, rule.refusal)
    except NotFound:
        return {}
    return _by_key(rule.rows(reply), rule.keys)


def _by_key(rows: Iterable[D], keys: Callable[[D], Iterable[object]]) -> dict[object, D]:
    return {key: row for row in rows for key in keys(row)}


def _answered(rule: SendRule[I, Q, R, D], message: Message, row: D | None, began: datetime) -> Receipt[D]:
    if row is None:
        return unanswered(message)
    answer = receipt(message, row, rule.told(message, row), rule.codes)
    # most providers answer a message that has to wait like any other
    waits = message.send_at is not None and message.send_at > began and not answer.duplicate
    return evolve(answer, state=DeliveryState.SCHEDULED) if waits and answer.state is DeliveryState.QUEUED else answer


def _reported(rule: StatusRule[I, Q, R, D], message: Tracked, row: D | None, zone: tzinfo) -> Report[D]:
    if row is None:
        return bare_report(message, DeliveryState.UNKNOWN, final=False)
    return report(message, row, rule.told(row, zone), rule.codes)


def _found(rule: LookupRule[I, Q, R, D], message: Message, row: D | None, began: datetime | None) -> Receipt[D]:
    told = None if row is None else rule.told(message, row, began)
    if row is None or told is None:
        return unanswered(message, item_error(rule.codes, rule.missing, None))
    answer = receipt(message, row, told, rule.codes)
    # whatever an unlisted status says, the provider has the message
    return evolve(answer, state=DeliveryState.QUEUED) if answer.state is DeliveryState.UNKNOWN else answer


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


def _offered(rule: SendRule[Any, Any, Any, Any], message: Message) -> Message:
    """The message, if what it asks for can be said to the provider."""
    for name, offered in (("send_at", rule.scheduled), ("valid_for", rule.validity)):
        if getattr(message, name) is not None and not offered:
            raise PayloadError(name, f"is not offered by {rule.operation.provider}")
    return message


def _in_doubt(operation: Operation[Any, Any], error: CallError) -> tuple[Message, ...]:
    """The messages that `resolve` is to find. Raises `PayloadError` where the error is not of this provider's send."""
    if not isinstance(error, CallError):  # pyright: ignore[reportUnnecessaryIsInstance]
        raise PayloadError("resolve", "the error of a send() is required")
    if error.provider != operation.provider:
        found = error.provider or "no provider"
        raise PayloadError("resolve", f"this error is of {found}, not of {operation.provider}")
    if not error.in_doubt:
        raise PayloadError("resolve", "this error leaves none of the messages of a send() in doubt")
    return error.in_doubt


def _all(values: Iterable[T], operation: Operation[Any, Any], fits: Callable[[object], bool]) -> list[T]:
    if isinstance(values, (str, bytes, Message, Receipt, Report)):
        raise _refusal(operation, "messages", "an iterable of them is required")
    found = list(values)
    for index, each in enumerate(found):
        if not fits(each):
            raise _refusal(operation, f"messages[{index}]", f"not a message: {type(each).__name__}")
    return found


def _is_tracked(value: object) -> bool:
    return all(hasattr(value, name) for name in ("id", "gateway_id", "to"))


def _each(values: Sequence[S], operation: Operation[Any, Any], make: Callable[[S], T]) -> list[T]:
    return [_placed(f"messages[{index}]", operation, make, each) for index, each in enumerate(values)]


def _placed(place: str, operation: Operation[Any, Any], make: Callable[[S], T], value: S) -> T:
    try:
        return make(value)
    except PayloadError as error:
        path, problem = f"{place}.{error.path}", error.problem
    raise _refusal(operation, path, problem)


def _refusal(operation: Operation[Any, Any], path: str, problem: str) -> PayloadError:
    error = PayloadError(path, problem)
    error.provider, error.operation = operation.provider, operation.name
    return error


def _distinct(messages: Sequence[Message]) -> None:
    """The same identifier twice in one call could not be told apart in the reply."""
    seen: dict[str, int] = {}
    for index, each in enumerate(messages):
        first = seen.setdefault(each.id, index)
        if first != index:
            raise PayloadError(f"messages[{index}].id", f"the same as that of messages[{first}]")


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
