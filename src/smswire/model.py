"""The facade's own values, the same for every provider: messages in, receipts and reports out."""

from __future__ import annotations

import re
import uuid
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any, Generic, Never, Protocol

from attrs import Attribute, field, frozen
from typing_extensions import TypeVar

from smswire_documents._runtime.document import Document
from smswire_documents._runtime.errors import PayloadError

# with a default, which typing's own has from Python 3.13 on: a bare Receipt is one of any provider
D = TypeVar("D", bound=Document, covariant=True, default=Document)

_MSISDN = re.compile(r"\+?[0-9]{1,25}")


class DeliveryState(StrEnum):
    """Where a message is. `Report.final` says whether the provider calls its own status final."""

    SCHEDULED = "scheduled"
    QUEUED = "queued"
    SENT = "sent"
    DELIVERED = "delivered"
    READ = "read"
    EXPIRED = "expired"
    UNDELIVERABLE = "undeliverable"
    REJECTED = "rejected"
    UNKNOWN = "unknown"
    """The provider does not know the message, or answered a code that its tables do not list."""

    @property
    def final(self) -> bool:
        """Whether nothing but a read receipt can follow."""
        return self not in _MOVING


_MOVING = (DeliveryState.SCHEDULED, DeliveryState.QUEUED, DeliveryState.SENT, DeliveryState.UNKNOWN)


def _hidden(_: object) -> str:
    return "<hidden>"


def _text(instance: object, attribute: Attribute[Any], value: object) -> None:
    wrong = not isinstance(value, str) and not (value is None and attribute.default is None)
    del value  # a number given as recipient would show in the traceback
    if wrong:
        raise PayloadError(f"{type(instance).__name__}.{attribute.name}", "a string is required")


def _recipient(instance: object, attribute: Attribute[Any], value: object) -> None:
    wrong = not isinstance(value, str) or _MSISDN.fullmatch(value) is None
    del value
    if wrong:
        raise PayloadError(
            f"{type(instance).__name__}.{attribute.name}", "1 to 25 digits as a string, a + allowed before them"
        )


def _lifetime(_: object, __: Attribute[Any], value: object) -> None:
    if value is not None and not (isinstance(value, timedelta) and value > timedelta()):
        raise PayloadError("Message.valid_for", "a timedelta longer than nothing is required")


def _aware(_: object, __: Attribute[Any], value: object) -> None:
    if value is not None and not (isinstance(value, datetime) and value.utcoffset() is not None):
        raise PayloadError("Message.send_at", "a datetime with a time zone is required")


def _not_empty(_: object, __: Attribute[Any], value: object) -> None:
    if not isinstance(value, str) or not value:
        raise PayloadError("Message.id", "a string that is not empty is required")


def _own_or_new(value: str | None) -> str:
    return uuid.uuid4().hex if value is None else value


@frozen(kw_only=True)
class Message:
    """One text to one recipient.

    `to` is an MSISDN or a short number, with or without a leading +; `sender` the sender ID; `id` the caller's own
    identifier, made when the message is where none is given, so that it outlives whatever happens to a send;
    `valid_for` how long delivery is tried; `send_at` when to send, an aware datetime. Sending a message object again
    is sending the same id again. Raises `PayloadError` for a value that is not of this form.
    """

    to: str = field(repr=_hidden, validator=_recipient)
    text: str = field(repr=_hidden, validator=_text)
    sender: str | None = field(default=None, validator=_text)
    id: str = field(default=None, converter=_own_or_new, validator=_not_empty)
    valid_for: timedelta | None = field(default=None, validator=_lifetime)
    send_at: datetime | None = field(default=None, validator=_aware)


@frozen(kw_only=True)
class ItemError:
    """Why the provider refused one message. `description` holds its own words, which may quote the message."""

    code: int | str | None
    name: str | None = None
    meaning: str | None = None
    description: str | None = field(default=None, repr=_hidden)


class Tracked(Protocol):
    """What a status request needs of a message: a `Receipt`, a `Ref`, or anything with these three attributes."""

    @property
    def id(self) -> str | None: ...
    @property
    def gateway_id(self) -> str | None: ...
    @property
    def to(self) -> str | None: ...


@frozen(kw_only=True)
class Ref:
    """A message sent earlier, perhaps by another process: what of it was kept.

    QUICKTEL and Webcom find it by `gateway_id`, KazInfoTeh by `gateway_id` or `id`, smsc by `to` and `id`.
    """

    id: str | None = field(default=None, validator=_text)
    gateway_id: str | None = field(default=None, validator=_text)
    to: str | None = field(default=None, repr=_hidden, validator=_text)


@frozen(kw_only=True)
class Receipt(Generic[D]):
    """What became of one message of a send.

    `state` is queued where the message was accepted, scheduled where it waits for its `send_at`, rejected where it was
    refused, and unknown where the answer tells neither. `error` says why it was refused, or why an accepted one waits.
    `parts` is the number of SMS that the text takes, None where not told; `duplicate` tells that the provider had this
    id already and sent nothing again; `raw` is its own document.
    """

    id: str
    gateway_id: str | None
    to: str = field(repr=_hidden)
    state: DeliveryState
    parts: int | None = None
    duplicate: bool = False
    error: ItemError | None = None
    raw: D | None

    @property
    def accepted(self) -> bool:
        """Whether the provider has taken the message."""
        return self.state not in (DeliveryState.REJECTED, DeliveryState.UNKNOWN)


@frozen(kw_only=True)
class Report(Generic[D]):
    """The delivery report of one message.

    `at` is when the status changed, None where the provider does not tell; `code` is its status as it came, and
    `final` whether it calls that status final.
    """

    id: str | None
    gateway_id: str | None
    to: str | None = field(repr=_hidden)
    state: DeliveryState
    final: bool
    at: datetime | None
    code: int | str | None
    raw: D | None


def bare_report(message: Tracked, state: DeliveryState, *, final: bool) -> Report[Never]:
    """The report of a message that no document of the provider tells of."""
    return Report(
        id=message.id,
        gateway_id=message.gateway_id,
        to=message.to,
        state=state,
        final=final,
        at=None,
        code=None,
        raw=None,
    )


@frozen(kw_only=True)
class Capabilities:
    """What a client offers of its provider's documented API, to be asked before a call.

    `max_batch` is how many messages one request holds; `charset` what it is written in; `duplicate_detection`
    whether a second send with the same id is recognised; `status_by_client_id` whether a message is found by it.
    """

    history: bool
    balance: bool
    scheduled_send: bool
    validity: bool
    duplicate_detection: bool
    status_by_client_id: bool
    max_batch: int
    charset: str
