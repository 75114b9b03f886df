"""What a provider is to the facade: how its documents are made from messages, and what their rows tell of them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import datetime, tzinfo
from typing import Any, Generic, TypeVar

from attrs import Factory, field, frozen

from smswire.exchange import Refusal
from smswire.model import Message, Tracked
from smswire.secret import Credentials
from smswire.telling import Told
from smswire_documents._runtime.description import CodeTable, Operation
from smswire_documents._runtime.document import Document

Q = TypeVar("Q")
R = TypeVar("R")
I = TypeVar("I")  # noqa: E741  (an item of a batch)
D = TypeVar("D", bound=Document)

BATCH = 250
"""Messages of one request to a provider that states no limit: ours, so that no request grows out of hand."""


def _batch(rule: SendRule[Any, Any, Any, Any]) -> int:
    return rule.operation.batch or BATCH


@frozen(kw_only=True)
class SendRule(Generic[I, Q, R, D]):
    """How a provider sends: message to item, items to request, reply to rows, row to what it tells.

    `batch` is how many items a request holds: as many as the schema allows, unless fewer are said here.
    `item` is given the account's time zone. A row is about the message whose `own` is equal to one of the row's `keys`;
    `own` is given the message's place in the request, from 1. `told` tells of a message by the table `codes`; where
    that leaves its state unknown, the message is in doubt. `scheduled` and `validity` say whether `send_at` and
    `valid_for` can be said, `recognises` whether the provider knows an id that it has seen before and sends nothing
    again.
    """

    operation: Operation[Q, R]
    batch: int = field(default=Factory(_batch, takes_self=True))
    item: Callable[[Message, tzinfo], I]
    request: Callable[[Credentials, Sequence[I]], Q]
    refusal: Callable[[R], Refusal | None]
    rows: Callable[[R], Iterable[D]]
    keys: Callable[[D], Iterable[object]]
    own: Callable[[Message, int], object]
    told: Callable[[Message, D], Told]
    codes: CodeTable
    scheduled: bool
    validity: bool
    recognises: bool


@frozen(kw_only=True)
class StatusRule(Generic[I, Q, R, D]):
    """How a provider tells the state of messages: reference to item, items to request, reply to rows, row to report.

    A message without a row is unknown. `by_client_id` says whether a message is found by the client's id.
    """

    operation: Operation[Q, R]
    batch: int = field(default=Factory(_batch, takes_self=True))
    item: Callable[[Tracked], I]
    request: Callable[[Credentials, Sequence[I]], Q]
    refusal: Callable[[R], Refusal | None]
    rows: Callable[[R], Iterable[D]]
    keys: Callable[[D], Iterable[object]]
    own: Callable[[Tracked], object]
    told: Callable[[D, tzinfo], Told]
    codes: CodeTable
    by_client_id: bool


@frozen(kw_only=True)
class LookupRule(Generic[I, Q, R, D]):
    """How a message in doubt is found: by a status, asked for with the id that it was sent with.

    `told` is also given the moment at which the send in doubt began, and tells None of a row that is about another
    message, or says that there is none: the message is then unknown, with `missing` as its code.
    """

    operation: Operation[Q, R]
    batch: int = field(default=Factory(_batch, takes_self=True))
    item: Callable[[Message], I]
    request: Callable[[Credentials, Sequence[I]], Q]
    refusal: Callable[[R], Refusal | None]
    rows: Callable[[R], Iterable[D]]
    keys: Callable[[D], Iterable[object]]
    own: Callable[[Message], object]
    told: Callable[[Message, D, datetime | None], Told | None]
    codes: CodeTable
    missing: int | str
