"""smsc.kz's HTTP API with fmt=3: send.php, status.php, and the history of get.php. Source: https://smsc.kz/api/http/."""

from __future__ import annotations

import uuid
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import tzinfo
from typing import TypeVar

from smswire.errors import PayloadError
from smswire.exchange import Refusal, SendRule, StatusRule
from smswire.model import DeliveryState, Message, Receipt, Ref, Report, Tracked
from smswire.providers.mapping import item_error, minutes, moment, report_state, unanswered
from smswire.secret import Credentials
from smswire_documents._runtime.description import Code
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
    StatusError,
    StatusRequest,
    StatusResponse,
)
from smswire_documents.smsc.codes import HISTORY_ERROR, SEND_ERROR, STATUS, STATUS_ERROR, Status
from smswire_documents.smsc.operations import SEND_PHP, STATUS_PHP

Form = TypeVar("Form", SendRequest, StatusRequest, GetMessagesRequest)


def completed(credentials: Credentials, form: Form) -> Form:
    """The form with the account's credentials, and with the form of reply that the schemas describe."""
    if credentials.token is not None:
        return replace(form, apikey=credentials.token.reveal(), fmt=3, charset="utf-8")
    login, password = credentials.login_and_password()
    return replace(form, login=login.reveal(), psw=password.reveal(), fmt=3, charset="utf-8")


def send_refusal(reply: SendResponse) -> Refusal | None:
    """An error of the account or the request; errors about the one message belong into its receipt."""
    if isinstance(reply, SendError) and not _about_message(reply):
        return _refusal(reply, SEND_ERROR.get(reply.error_code))
    return None


def status_refusal(reply: StatusResponse) -> Refusal | None:
    """Any error of status.php; a message that is not found is none."""
    return _refusal(reply, STATUS_ERROR.get(reply.error_code)) if isinstance(reply, StatusError) else None


def history_refusal(reply: GetMessagesResponse) -> Refusal | None:
    """Any error of get.php but "not found", which is an empty history."""
    if not isinstance(reply, HistoryError):
        return None
    known = HISTORY_ERROR.get(reply.error_code)
    return None if known is not None and known.error == "not_found" else _refusal(reply, known)


def _refusal(reply: SendError | StatusError | HistoryError, known: Code | None) -> Refusal:
    return Refusal(reply.error_code, known, reply.error, reply)


def _about_message(reply: SendError) -> bool:
    known = SEND_ERROR.get(reply.error_code)
    return known is not None and known.error == "item"


def _item(message: Message, own_id: str) -> SendRequest:
    valid = minutes(message.valid_for)
    if valid is not None and valid > 24 * 60:
        raise PayloadError("valid_for", "at most 24 hours are allowed by smsc")
    return SendRequest(
        phones=(message.to,),
        mes=message.text,
        id=own_id,
        sender=message.sender,
        valid=None if valid is None else f"{valid // 60:02}:{valid % 60:02}",
        time=None if message.send_at is None else f"0{int(message.send_at.timestamp())}",
    )


def _request(credentials: Credentials, items: Sequence[SendRequest]) -> SendRequest:
    return completed(credentials, items[0])


def _receipts(messages: Sequence[Message], reply: SendResponse) -> Iterator[Receipt[Sent | SendError]]:
    [message] = messages
    if isinstance(reply, SendError):
        yield Receipt(
            id=message.id or "",
            gateway_id=None if reply.id is None else str(reply.id),
            to=message.to,
            state=DeliveryState.REJECTED,
            error=item_error(SEND_ERROR, reply.error_code, reply.error),
            raw=reply,
        )
    elif reply.id is None:
        yield unanswered(message)
    else:
        yield Receipt(
            id=message.id or "",
            gateway_id=str(reply.id),
            to=message.to,
            state=DeliveryState.SCHEDULED if message.send_at is not None else DeliveryState.QUEUED,
            parts=reply.cnt,
            raw=reply,
        )


def _status_request(credentials: Credentials, messages: Sequence[Tracked]) -> StatusRequest:
    [message] = messages
    known = message.gateway_id or message.id
    if message.to is None or known is None:
        raise PayloadError("status", "smsc finds a message by its recipient and its identifier, both are required")
    return completed(credentials, StatusRequest(phone=(message.to,), id=(known,)))


def _reports(messages: Sequence[Tracked], reply: StatusResponse, _: tzinfo) -> Iterator[Report[MessageStatus]]:
    [message] = messages
    found = reply[0] if isinstance(reply, tuple) and reply else reply
    if isinstance(found, MessageStatus):
        yield row_report(message.id, message.gateway_id, message.to, found)
    else:
        yield Report(
            id=message.id,
            gateway_id=message.gateway_id,
            to=message.to,
            state=DeliveryState.UNKNOWN,
            final=False,
            at=None,
            code=None,
            raw=None,
        )


Row = TypeVar("Row", MessageStatus, HistoryRecord)


def row_report(own_id: str | None, gateway_id: str | None, to: str | None, row: Row) -> Report[Row]:
    state, final = report_state(STATUS, row.status)
    return Report(
        id=own_id,
        gateway_id=gateway_id,
        to=to,
        state=state,
        final=final,
        at=moment(row.last_timestamp),
        code=row.status,
        raw=row,
    )


def sent_as(message: Message) -> Ref:
    """The reference under which a message whose send had no readable answer is looked up."""
    return Ref(id=message.id, to=message.to)


def resolved(message: Message, report: Report[MessageStatus]) -> Receipt[MessageStatus]:
    """What a status says about a message whose send had no readable answer."""
    missing = report.code == Status.NOT_FOUND
    return Receipt(
        id=message.id or "",
        gateway_id=None if missing else message.id,
        to=message.to,
        state=report.state,
        error=item_error(STATUS, Status.NOT_FOUND, None) if missing else None,
        raw=report.raw,
    )


SEND = SendRule(
    operation=SEND_PHP,
    # a request has one id and one text, so each message is a request of its own
    batch=1,
    new_id=lambda: uuid.uuid4().hex,
    item=_item,
    request=_request,
    refusal=send_refusal,
    receipts=_receipts,
)
STATUS_OF = StatusRule(
    operation=STATUS_PHP,
    # the documents of several messages are known from client code only, and may be asked for once a minute
    batch=1,
    request=_status_request,
    refusal=status_refusal,
    reports=_reports,
)
