"""SMS-центр (smsc.kz, smsc.ru): the client, and the provider's own typed documents.

>>> from smswire import Message, smsc
>>> with smsc.Client(login="l", password="p", base_url="http://127.0.0.1:8025/smsc") as client:
...     receipts = client.send([Message(to="+77001234567", text="Привет", sender="SHOP", id="order-17")])

Source: https://smsc.kz/api/http/. Evidence and decisions: schemas/smsc/SOURCES.md.
"""

from __future__ import annotations

from datetime import date, tzinfo
from typing import ClassVar, Literal
from zoneinfo import ZoneInfo

from smswire.client import AsyncBaseClient, SyncClient
from smswire.errors import CallError, PayloadError
from smswire.exchange import Call, Steps
from smswire.facade import capabilities
from smswire.methods import looking_up, reporting, sending
from smswire.model import Capabilities, Ref, Report
from smswire.operation import Op, Page, PagedOp
from smswire.providers import smsc as rules
from smswire.providers import smsc_history as history
from smswire.telling import report
from smswire_documents._runtime.description import Provider
from smswire_documents.smsc import (
    GetMessagesRequest,
    GetMessagesResponse,
    GetMessagesXmlResponse,
    GetMessagesXmlResponseList,
    GetMessagesXmlResponseResult,
    HistoryError,
    HistoryRecord,
    HistoryRow,
    MessageStatus,
    SendError,
    SendRequest,
    SendResponse,
    SendXmlResponse,
    Sent,
    SentPhone,
    StatusError,
    StatusRequest,
    StatusResponse,
)
from smswire_documents.smsc.codes import STATUS, DeliveryError, Status, Type
from smswire_documents.smsc.operations import (
    GET_MESSAGES,
    GET_MESSAGES_TEXT,
    GET_MESSAGES_XML,
    PROVIDER,
    SEND_PHP,
    SEND_XML,
    STATUS_PHP,
)


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
    known = [Ref(id=str(each.id), gateway_id=str(each.id), to=each.phone) for each in records]
    reports = [report(ref, row, rules.told_by(row), STATUS) for ref, row in zip(known, records, strict=True)]
    following = history.following(since, here, reply)
    return reports, None if following is None else str(following)


def _send_php(call: Call, form: SendRequest) -> Steps[Sent | SendError]:
    """Exchange the provider's own form of send.php. Credentials and fmt are filled in, and charset=utf-8 if none is.

    An error about the message itself (codes 6, 7, 8) is returned, any other raised.
    """
    form = rules.completed(call.credentials, form)
    return call.exchange(SEND_PHP, form, rules.send_refusal, _ids(form), charset=form.charset or "utf-8")


def _send_xml(call: Call, form: SendRequest) -> Steps[SendXmlResponse]:
    """The same as `send_php`, with a reply in XML (fmt=2)."""
    form = rules.completed(call.credentials, form, fmt=2)
    return call.exchange(SEND_XML, form, rules.send_xml_refusal, _ids(form), charset=form.charset or "utf-8")


def _ids(form: SendRequest) -> list[str]:
    return [] if form.id is None else [form.id]


def _status_php(call: Call, form: StatusRequest) -> Steps[StatusResponse]:
    """Exchange the provider's own form of status.php. Credentials and fmt are filled in, charset=utf-8 if none is."""
    form = rules.completed(call.credentials, form)
    return call.exchange(STATUS_PHP, form, rules.status_refusal, charset=form.charset or "utf-8")


def _get_messages(call: Call, form: GetMessagesRequest) -> Steps[GetMessagesResponse]:
    """Exchange the provider's own form of get.php: one page of the history. Credentials and fmt are filled in.

    An error "not found" is returned, any other raised.
    """
    form = rules.completed(call.credentials, form)
    return call.exchange(GET_MESSAGES, form, rules.history_refusal, charset=form.charset or "utf-8")


def _get_messages_xml(call: Call, form: GetMessagesRequest) -> Steps[GetMessagesXmlResponse]:
    """The same as `get_messages`, with a reply in XML (fmt=2)."""
    form = rules.completed(call.credentials, form, fmt=2)
    return call.exchange(GET_MESSAGES_XML, form, rules.history_xml_refusal, charset=form.charset or "utf-8")


def _get_messages_text(call: Call, form: GetMessagesRequest, fmt: Literal[0, 1]) -> Steps[GetMessagesResponse]:
    """The same as `get_messages`, with a reply without markup: lines of pairs (fmt=0), or commas (fmt=1).

    Lines have no Unix stamps, commas no printed dates and no words for an error. Nothing is quoted: a message with
    commas or line breaks is read where its end can be told, else the reply is refused (`ReplyError`). What cannot be
    noticed: a message that looks like the end of its row and the beginning of another; a reply cut short after a row or
    within its last number; with fmt=1 also a cut after a message with commas enough to be the rest of its row, and a
    comma in any free field before the message (country, operator, region, cost, sender, status name): it shifts the
    others (a sender "SH,OP" reads as the sender "SH" and the status name "OP"). For texts of strangers, and for sender
    IDs with a comma, use one of the other forms.
    """
    if fmt not in (0, 1):
        raise PayloadError("fmt", "0 or 1 is required")
    form = rules.completed(call.credentials, form, fmt=fmt)
    return call.exchange(
        GET_MESSAGES_TEXT,
        form,
        rules.history_refusal,
        charset=form.charset or "utf-8",
        text_form=("line", "commas")[fmt],
    )


class _Operations:
    provider: ClassVar[Provider] = PROVIDER
    # says only which day is today: reports take their times from Unix stamps
    default_zone: ClassVar[tzinfo] = ZoneInfo("Asia/Almaty")
    takes_token: ClassVar[bool] = True
    capabilities: ClassVar[Capabilities] = capabilities(rules.SEND, rules.STATUS_OF, history=True)

    send = sending(
        rules.SEND,
        """A request holds one message, because it has one id. smsc does not recognise a repeated `id`; it refuses an
        identical request within a minute (`RateLimited`), which we read as the same text to the same number [I].""",
    )
    status = reporting(
        rules.STATUS_OF,
        """smsc finds a message by its recipient and its id, one a request, and answers at most 5 requests for one
        message in a minute; the sixth raises `RateLimited`.""",
    )
    history = PagedOp(_history)
    resolve = looking_up(rules.SEND, rules.LOOKUP)
    send_php = Op(_send_php)
    send_xml = Op(_send_xml)
    status_php = Op(_status_php)
    get_messages = Op(_get_messages)
    get_messages_xml = Op(_get_messages_xml)
    get_messages_text = Op(_get_messages_text)


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
    "GetMessagesXmlResponse",
    "GetMessagesXmlResponseList",
    "GetMessagesXmlResponseResult",
    "HistoryError",
    "HistoryRecord",
    "HistoryRow",
    "MessageStatus",
    "SendError",
    "SendRequest",
    "SendResponse",
    "SendXmlResponse",
    "Sent",
    "SentPhone",
    "Status",
    "StatusError",
    "StatusRequest",
    "StatusResponse",
    "Type",
]
