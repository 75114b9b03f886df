"""SMS-центр (smsc.kz, smsc.ru): the client, and the provider's own typed documents.

>>> from smswire import Message, smsc
>>> with smsc.Client(login="l", password="p", base_url="http://127.0.0.1:8025/smsc") as client:
...     receipts = client.send([Message(to="+77001234567", text="Привет", sender="SHOP", id="order-17")])

Source: https://smsc.kz/api/http/. Evidence and decisions: schemas/smsc/SOURCES.md.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, tzinfo
from typing import ClassVar
from zoneinfo import ZoneInfo

from smswire import facade
from smswire.client import AsyncBaseClient, SyncClient
from smswire.errors import CallError
from smswire.exchange import Call, Steps
from smswire.model import Capabilities, Message, Receipt, Report, Tracked
from smswire.operation import Op, Page, PagedOp
from smswire.providers import smsc as rules
from smswire.providers import smsc_history as history
from smswire_documents._runtime.description import Provider
from smswire_documents.smsc import (
    GetMessagesRequest,
    GetMessagesResponse,
    HistoryError,
    HistoryRecord,
    MessageStatus,
    SendError,
    SendRequest,
    SendResponse,
    Sent,
    SentPhone,
    StatusError,
    StatusRequest,
    StatusResponse,
)
from smswire_documents.smsc.codes import DeliveryError, Status, Type
from smswire_documents.smsc.operations import GET_MESSAGES, PROVIDER, SEND_PHP, STATUS_PHP


def _send(call: Call, messages: Iterable[Message]) -> Steps[tuple[Receipt[Sent | SendError], ...]]:
    """Send messages, one a request because a request has one id; one receipt each, in their order.

    Raises `PayloadError` before anything is sent, else the errors of `smswire.errors`. smsc does not recognise a
    repeated `id`; it refuses an identical request within a minute (`RateLimited`), which we read as the same text to
    the same number [I].
    """
    return facade.send(call, rules.SEND, messages)


def _status(call: Call, messages: Iterable[Tracked]) -> Steps[tuple[Report[MessageStatus], ...]]:
    """Delivery reports of messages by recipient and id, one request each; in their order.

    The provider answers at most 5 requests for one message in a minute; the sixth raises `RateLimited`.
    """
    return facade.status(call, rules.STATUS_OF, messages)


def _history(
    call: Call, place: str | None, since: date, until: date | None = None, resume: str | None = None
) -> Steps[Page[Report[HistoryRecord]]]:
    """The messages sent from `since` to `until` (both included, today when absent), newest first, page by page.

    The provider answers at most half a year and 1000 messages a request, 30 requests an hour: a longer period is read
    in as many as it takes. Where the next would be one too many, `RateLimited` is raised. Its `resume`, as that of any
    error on the way, goes on from there when given as `resume=` later. Raises `PayloadError` for an empty period.
    """
    here = history.beginning(since, until, place or resume, call.zone)
    form = rules.completed(call.credentials, history.form(since, here))
    try:
        reply = yield from call.exchange(GET_MESSAGES, form, rules.history_refusal)
    except CallError as error:
        error.resume = str(here)
        raise
    records = reply if isinstance(reply, tuple) else ()
    reports = [rules.row_report(str(each.id), str(each.id), each.phone, each) for each in records]
    following = history.following(since, here, reply)
    return reports, None if following is None else str(following)


def _resolve(call: Call, error: CallError) -> Steps[tuple[Receipt[MessageStatus], ...]]:
    """Find out what became of the messages of a failed send, by their status under the client's id.

    A receipt with the state unknown and the error not_found means that smsc does not have the message, or does not have
    it yet; nothing documents after how long that is certain. Raises `PayloadError` for an error that is not of smsc's
    `send`, or leaves nothing in doubt.
    """
    receipts: list[Receipt[MessageStatus]] = []
    for message in facade.in_doubt(SEND_PHP, error):
        form = rules.completed(call.credentials, rules.inquiry(message))
        reply = yield from call.exchange(STATUS_PHP, form, rules.status_refusal)
        receipts.append(rules.resolved(message, error.began, reply))
    return tuple(receipts)


def _send_php(call: Call, form: SendRequest) -> Steps[Sent | SendError]:
    """Exchange the provider's own form of send.php. Credentials, fmt and charset are filled in.

    An error about the message itself (codes 6, 7, 8) is returned, any other raised.
    """
    ids = [] if form.id is None else [form.id]
    return call.exchange(SEND_PHP, rules.completed(call.credentials, form), rules.send_refusal, ids)


def _status_php(call: Call, form: StatusRequest) -> Steps[StatusResponse]:
    """Exchange the provider's own form of status.php. Credentials, fmt and charset are filled in."""
    return call.exchange(STATUS_PHP, rules.completed(call.credentials, form), rules.status_refusal)


def _get_messages(call: Call, form: GetMessagesRequest) -> Steps[GetMessagesResponse]:
    """Exchange the provider's own form of get.php: one page of the history. Credentials and fmt are filled in.

    An error "not found" is returned, any other raised.
    """
    return call.exchange(GET_MESSAGES, rules.completed(call.credentials, form), rules.history_refusal)


class _Operations:
    provider: ClassVar[Provider] = PROVIDER
    # says only which day is today: reports take their times from Unix stamps
    default_zone: ClassVar[tzinfo] = ZoneInfo("Asia/Almaty")
    takes_token: ClassVar[bool] = True
    capabilities: ClassVar[Capabilities] = Capabilities(
        history=True,
        balance=False,
        scheduled_send=True,
        validity=True,
        duplicate_detection=False,
        status_by_client_id=True,
        max_batch=rules.SEND.batch,
        charset="utf-8",
    )

    send = Op(_send)
    status = Op(_status)
    history = PagedOp(_history)
    resolve = Op(_resolve)
    send_php = Op(_send_php)
    status_php = Op(_status_php)
    get_messages = Op(_get_messages)


class Client(_Operations, SyncClient):
    """Blocking client of smsc; settings as in `smswire.client.SyncClient`. `token` is the apikey."""


class AsyncClient(_Operations, AsyncBaseClient):
    """Asynchronous client of smsc; settings as in the blocking one."""


__all__ = [
    "AsyncClient",
    "Client",
    "DeliveryError",
    "GetMessagesRequest",
    "GetMessagesResponse",
    "HistoryError",
    "HistoryRecord",
    "MessageStatus",
    "SendError",
    "SendRequest",
    "SendResponse",
    "Sent",
    "SentPhone",
    "Status",
    "StatusError",
    "StatusRequest",
    "StatusResponse",
    "Type",
]
