"""The facade's operations, written once for every provider over its rules."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import TypeVar

from attrs import evolve

from smswire.errors import CallError
from smswire.exchange import Call, SendRule, StatusRule, Steps
from smswire.model import Message, Receipt, Report, Tracked
from smswire_documents._runtime.description import Operation
from smswire_documents._runtime.document import Document
from smswire_documents._runtime.errors import PayloadError

Q = TypeVar("Q")
R = TypeVar("R")
I = TypeVar("I")  # noqa: E741  (an item of a batch)
T = TypeVar("T")
D = TypeVar("D", bound=Document)


def send(call: Call, rule: SendRule[I, Q, R, D], messages: Iterable[Message]) -> Steps[tuple[Receipt[D], ...]]:
    """Send messages in as many requests as the provider's batch limit needs; one receipt each, in their order.

    Every message is checked before the first is sent. An error on the way carries the receipts so far, the
    messages in doubt and the identifiers of those not sent.
    """
    named = [each if each.id is not None else evolve(each, id=rule.new_id()) for each in messages]
    items = [_placed(index, rule.operation, rule.item, each) for index, each in enumerate(named)]
    _distinct(named)
    receipts: list[Receipt[D]] = []
    for start in range(0, len(named), rule.batch):
        batch = named[start : start + rule.batch]
        try:
            request = rule.request(call.credentials, items[start : start + rule.batch])
            reply = yield from call.exchange(rule.operation, request, rule.refusal, [each.id or "" for each in batch])
        except CallError as error:
            error.receipts = tuple(receipts)
            error.in_doubt = tuple(batch)
            error.unsent_ids = tuple(each.id or "" for each in named[start + rule.batch :])
            raise
        receipts += rule.receipts(batch, reply)
    return tuple(receipts)


def status(call: Call, rule: StatusRule[Q, R, D], messages: Iterable[Tracked]) -> Steps[tuple[Report[D], ...]]:
    """Ask for the state of messages, in as many requests as needed; one report each, in their order."""
    wanted = list(messages)
    reports: list[Report[D]] = []
    for start in range(0, len(wanted), rule.batch):
        batch = wanted[start : start + rule.batch]
        request = rule.request(call.credentials, batch)
        reply = yield from call.exchange(rule.operation, request, rule.refusal)
        reports += rule.reports(batch, reply, call.zone)
    return tuple(reports)


def _placed(index: int, operation: Operation[Q, R], make: Callable[[Message, str], T], message: Message) -> T:
    try:
        return make(message, message.id or "")
    except PayloadError as error:
        broken = error
    placed = broken.within(f"messages[{index}]")
    placed.provider, placed.operation = operation.provider, operation.name
    raise placed


def _distinct(messages: Sequence[Message]) -> None:
    """The same identifier twice in one call could not be told apart in the reply."""
    seen: dict[str | None, int] = {}
    for index, each in enumerate(messages):
        first = seen.setdefault(each.id, index)
        if first != index:
            raise PayloadError(f"messages[{index}].id", f"the same as that of messages[{first}]")
