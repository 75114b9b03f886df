"""The facade's operations, written once for every provider over its rules."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Any, TypeVar

from smswire.errors import CallError, OutcomeUnknown
from smswire.exchange import Call, Steps
from smswire.model import DeliveryState, Message, Receipt, Report, Tracked, bare_report
from smswire.rules import SendRule, StatusRule
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
    items = _each(wanted, rule.operation, rule.item)
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
        answers = list(rule.receipts(batch, reply))
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
            reply = yield from call.exchange(rule.operation, request, rule.refusal)
        except CallError as error:
            error.reports = tuple(answers.values())
            raise
        reports = rule.reports(batch, reply, call.zone)
        answers |= {id(each): report for each, report in zip(batch, reports, strict=True)}
    return tuple(
        bare_report(each, DeliveryState.REJECTED, final=True) if _refused(each) else answers[id(each)]
        for each in wanted
    )


def in_doubt(operation: Operation[Any, Any], error: CallError) -> tuple[Message, ...]:
    """The messages that `resolve` is to find. Raises `PayloadError` where the error is not of this provider's send."""
    if not isinstance(error, CallError):  # pyright: ignore[reportUnnecessaryIsInstance]
        raise PayloadError("resolve", "the error of a send() is required")
    if error.provider != operation.provider:
        found = error.provider or "no provider"
        raise PayloadError("resolve", f"this error is of {found}, not of {operation.provider}")
    if error.outcome is not Outcome.UNKNOWN or not error.in_doubt:
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
