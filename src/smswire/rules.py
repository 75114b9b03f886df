"""What a provider is to the facade: how its documents are made from messages, and read back into receipts."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import tzinfo
from typing import Generic, TypeVar

from attrs import frozen

from smswire.exchange import Refusal
from smswire.model import Message, Receipt, Report, Tracked
from smswire.secret import Credentials
from smswire_documents._runtime.description import Operation
from smswire_documents._runtime.document import Document

Q = TypeVar("Q")
R = TypeVar("R")
I = TypeVar("I")  # noqa: E741  (an item of a batch)
D = TypeVar("D", bound=Document, covariant=True)


@frozen(kw_only=True)
class SendRule(Generic[I, Q, R, D]):
    """How a provider sends: message to item, items to request, reply to receipts.

    `receipts` gives one for each message, in their order; its state is unknown where the reply does not tell.
    """

    operation: Operation[Q, R]
    batch: int
    item: Callable[[Message], I]
    request: Callable[[Credentials, Sequence[I]], Q]
    refusal: Callable[[R], Refusal | None]
    receipts: Callable[[Sequence[Message], R], Iterable[Receipt[D]]]


@frozen(kw_only=True)
class StatusRule(Generic[I, Q, R, D]):
    """How a provider tells the state of messages: reference to item, items to request, reply to reports."""

    operation: Operation[Q, R]
    batch: int
    item: Callable[[Tracked], I]
    request: Callable[[Credentials, Sequence[I]], Q]
    refusal: Callable[[R], Refusal | None]
    reports: Callable[[Sequence[Tracked], R, tzinfo], Iterable[Report[D]]]
