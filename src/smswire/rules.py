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

ONLY = object()
"""Key of a row that names no message: it is about the only one of its request."""

BATCH = 250
"""Messages of one request to a provider that states no limit: ours, so that no request grows out of hand."""


def _batch(rule: Rule[Any, Any, Any, Any]) -> int:
    return rule.operation.batch or BATCH


@frozen(kw_only=True)
class Rule(Generic[I, Q, R, D]):
    """One exchange with a provider about some messages: items to request, reply to rows, row to the message's keys.

    `batch` is how many items a request holds: as many as the schema allows, unless fewer are said here. A row is about
    the message whose `own` key is one of the row's `keys`. Codes of rows are those of the table `codes`.
    """

    operation: Operation[Q, R]
    batch: int = field(default=Factory(_batch, takes_self=True))
    request: Callable[[Credentials, Sequence[I]], Q]
    refusal: Callable[[R], Refusal | None]
    rows: Callable[[R], Iterable[D]]
    keys: Callable[[D], Iterable[object]]
    codes: CodeTable


@frozen(kw_only=True)
class SendRule(Rule[I, Q, R, D]):
    """How a provider sends: message to item, row to what it tells.

    `item` is given the account's time zone, `own` the message's place in the request, from 1. Where `told` leaves the
    state of a message unknown, it is in doubt. `scheduled` and `validity` say whether `send_at` and `valid_for` can be
    said, `recognises` whether the provider knows an id that it has seen before and sends nothing again.
    """

    item: Callable[[Message, tzinfo], I]
    own: Callable[[Message, int], object]
    told: Callable[[Message, D], Told]
    scheduled: bool
    validity: bool
    recognises: bool


@frozen(kw_only=True)
class StatusRule(Rule[I, Q, R, D]):
    """How a provider tells the state of messages: reference to item, row to what it tells in the account's time zone.

    A message without a row is unknown. `by_client_id` says whether a message is found by the client's id.
    """

    item: Callable[[Tracked], I]
    own: Callable[[Tracked], object]
    told: Callable[[D, tzinfo], Told]
    by_client_id: bool


@frozen(kw_only=True)
class LookupRule(Rule[I, Q, R, D]):
    """How a message in doubt is found: by a status, asked for with the id that it was sent with.

    `told` is also given the moment at which the send in doubt began, and tells None of a row that may be about another
    message, which then stays in doubt. `missing` is the code of a message that the provider does not have.
    """

    item: Callable[[Message], I]
    own: Callable[[Message], object]
    told: Callable[[Message, D, datetime | None], Told | None]
    missing: int | str
