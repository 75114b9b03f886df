"""smsc.kz's HTTP API with fmt=3: send.php, status.php, and the history of get.php. Source: https://smsc.kz/api/http/."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import datetime, timedelta, tzinfo
from typing import TypeVar

from smswire.errors import PayloadError
from smswire.exchange import Refusal
from smswire.model import DeliveryState, Message, Receipt, Report, Tracked, bare_report
from smswire.providers.mapping import item_error, minutes, moment, report_state, unanswered
from smswire.rules import SendRule, StatusRule
from smswire.secret import Credentials, held
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

_SKEW = timedelta(minutes=5)
"""How far the provider's clock may be from ours."""

Form = TypeVar("Form", SendRequest, StatusRequest, GetMessagesRequest)


def completed(credentials: Credentials, form: Form) -> Form:
    """The form with the account's credentials, and with the form of reply that the schemas describe."""
    token = credentials.token
    if token is not None:
        return held(lambda: replace(form, apikey=token.reveal(), fmt=3, charset="utf-8"))
    login, password = credentials.login_and_password()
    return held(lambda: replace(form, login=login.reveal(), psw=password.reveal(), fmt=3, charset="utf-8"))


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


def _item(message: Message) -> SendRequest:
    valid = minutes(message.valid_for)
    if valid is not None and valid > SEND_PHP.facts["valid_hours"] * 60:
        raise PayloadError("valid_for", f"at most {SEND_PHP.facts['valid_hours']} hours are allowed by smsc")
    return SendRequest(
        phones=(message.to,),
        mes=message.text,
        id=message.id,
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
            id=message.id,
            gateway_id=None if reply.id is None else str(reply.id),
            to=message.to,
            state=DeliveryState.REJECTED,
            error=item_error(SEND_ERROR, reply.error_code, reply.error),
            raw=reply,
        )
    elif reply.id is None or not _same(message.id, str(reply.id)) or reply.cnt < 1:
        # an accepted message has the identifier that it was given, and at least one part
        yield unanswered(message)
    else:
        yield Receipt(
            id=message.id,
            gateway_id=str(reply.id),
            to=message.to,
            state=DeliveryState.SCHEDULED if message.send_at is not None else DeliveryState.QUEUED,
            parts=reply.cnt,
            raw=reply,
        )


def _same(given: str, answered: str) -> bool:
    """Whether an identifier came back; one of digits may have become a number."""
    return given == answered or (given.isdigit() and given.lstrip("0") == answered)


def _status_form(message: Tracked) -> StatusRequest:
    known = message.gateway_id or message.id
    if message.to is None or known is None:
        raise PayloadError("to", "smsc finds a message by its recipient and its identifier, both are required")
    return StatusRequest(phone=(message.to,), id=(known,))


def _status_request(credentials: Credentials, items: Sequence[StatusRequest]) -> StatusRequest:
    return completed(credentials, items[0])


def _reports(messages: Sequence[Tracked], reply: StatusResponse, _: tzinfo) -> Iterator[Report[MessageStatus]]:
    [message] = messages
    found = reply[0] if isinstance(reply, tuple) and reply else reply
    if isinstance(found, MessageStatus):
        yield row_report(message.id, message.gateway_id, message.to, found)
    else:
        yield bare_report(message, DeliveryState.UNKNOWN, final=False)


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


def inquiry(message: Message) -> StatusRequest:
    """The form that looks up a message whose send had no readable answer: its status, and when it was sent."""
    return StatusRequest(phone=(message.to,), id=(message.id,), all=1)


def resolved(message: Message, began: datetime | None, reply: StatusResponse) -> Receipt[MessageStatus]:
    """What a status says about a message whose send had no readable answer.

    An identifier need not be unique: a message under it that was sent before the send in doubt began is another one.
    """
    found = reply[0] if isinstance(reply, tuple) and reply else reply
    row = found if isinstance(found, MessageStatus) else None
    missing = row is None or row.status == Status.NOT_FOUND or _older(row, began)
    state = DeliveryState.UNKNOWN if row is None else report_state(STATUS, row.status)[0]
    if not missing and state is DeliveryState.UNKNOWN:
        state = DeliveryState.QUEUED  # whatever an unlisted status says, the provider has the message
    return Receipt(
        id=message.id,
        gateway_id=None if missing else message.id,
        to=message.to,
        state=DeliveryState.UNKNOWN if missing else state,
        parts=None if missing or row is None else row.sms_cnt,
        error=item_error(STATUS, Status.NOT_FOUND, None) if missing else None,
        raw=row,
    )


def _older(row: MessageStatus, began: datetime | None) -> bool:
    sent = moment(row.send_timestamp)
    return sent is not None and began is not None and sent < began - _SKEW


SEND = SendRule(
    operation=SEND_PHP,
    # a request has one id and one text, so each message is a request of its own
    batch=1,
    item=_item,
    request=_request,
    refusal=send_refusal,
    receipts=_receipts,
)
STATUS_OF = StatusRule(
    operation=STATUS_PHP,
    # the documents of several messages are known from client code only, and may be asked for once a minute
    batch=1,
    item=_status_form,
    request=_status_request,
    refusal=status_refusal,
    reports=_reports,
)
