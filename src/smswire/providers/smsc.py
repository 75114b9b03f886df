"""smsc.kz's HTTP API: send.php, status.php, and the history of get.php. Source: https://smsc.kz/api/http/."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime, timedelta, tzinfo
from math import ceil
from typing import Literal, TypeVar

from smswire.errors import PayloadError
from smswire.exchange import Refusal
from smswire.model import DeliveryState, Message, Tracked
from smswire.providers.mapping import digits, minutes, moment
from smswire.rules import ONLY, LookupRule, SendRule, StatusRule
from smswire.secret import Credentials, held
from smswire.telling import Told
from smswire_documents._runtime.description import Code
from smswire_documents.smsc import (
    GetMessagesRequest,
    GetMessagesResponse,
    GetMessagesXmlResponse,
    GetMessagesXmlResponseList,
    HistoryError,
    HistoryRecord,
    MessageStatus,
    SendError,
    SendRequest,
    SendResponse,
    SendXmlResponse,
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


def completed(credentials: Credentials, form: Form, fmt: Literal[0, 1, 2, 3] = 3) -> Form:
    """The form with the account's credentials and the form of reply, in UTF-8 unless it asks for another charset."""
    charset, token = form.charset or "utf-8", credentials.token
    if token is not None:
        return held(lambda: replace(form, apikey=token.reveal(), fmt=fmt, charset=charset))
    login, password = credentials.login_and_password()
    return held(lambda: replace(form, login=login.reveal(), psw=password.reveal(), fmt=fmt, charset=charset))


def send_refusal(reply: SendResponse) -> Refusal | None:
    """An error of the account or the request; errors about the one message belong into its receipt."""
    if isinstance(reply, SendError) and not _about_message(reply):
        return _refusal(reply, SEND_ERROR.get(reply.error_code))
    return None


def send_xml_refusal(reply: SendXmlResponse) -> Refusal | None:
    """The same of a reply in XML."""
    known = SEND_ERROR.get(reply.error_code)
    if reply.error_code is None or (known is not None and known.error == "item"):
        return None
    return Refusal(reply.error_code, known, reply.error, reply)


def status_refusal(reply: StatusResponse) -> Refusal | None:
    """Any error of status.php; a message that is not found is none."""
    return _refusal(reply, STATUS_ERROR.get(reply.error_code)) if isinstance(reply, StatusError) else None


def history_refusal(reply: GetMessagesResponse) -> Refusal | None:
    """Any error of get.php but "not found", which is an empty history."""
    if not isinstance(reply, HistoryError):
        return None
    known = HISTORY_ERROR.get(reply.error_code)
    return None if known is not None and known.error == "not_found" else _refusal(reply, known)


def history_xml_refusal(reply: GetMessagesXmlResponse) -> Refusal | None:
    """The same of a reply in XML."""
    if isinstance(reply, GetMessagesXmlResponseList):
        return None
    known = HISTORY_ERROR.get(reply.error_code)
    not_found = known is not None and known.error == "not_found"
    return None if not_found else Refusal(reply.error_code, known, reply.error, reply)


def _refusal(reply: SendError | StatusError | HistoryError, known: Code | None) -> Refusal:
    return Refusal(reply.error_code, known, reply.error, reply)


def _about_message(reply: SendError) -> bool:
    known = SEND_ERROR.get(reply.error_code)
    return known is not None and known.error == "item"


def _item(message: Message, _: tzinfo) -> SendRequest:
    valid = minutes(message.valid_for)
    if valid is not None and valid > SEND_PHP.facts["valid_hours"] * 60:
        raise PayloadError("valid_for", f"at most {SEND_PHP.facts['valid_hours']} hours are allowed by smsc")
    return SendRequest(
        phones=(message.to,),
        mes=message.text,
        id=message.id,
        sender=message.sender,
        valid=None if valid is None else f"{valid // 60:02}:{valid % 60:02}",
        # never earlier than asked for
        time=None if message.send_at is None else f"0{ceil(message.send_at.timestamp())}",
    )


def _request(credentials: Credentials, items: Sequence[SendRequest]) -> SendRequest:
    return completed(credentials, items[0])


def _sent(message: Message, reply: Sent | SendError) -> Told:
    if isinstance(reply, SendError):
        return Told(code=reply.error_code, state=DeliveryState.REJECTED, words=reply.error)
    if reply.id is None or _identity(message.id) != _identity(str(reply.id)) or reply.cnt < 1:
        # an accepted message has the identifier that it was given, and at least one part
        return Told(code=None)
    return Told(code=None, state=DeliveryState.QUEUED, gateway_id=reply.id, parts=reply.cnt)


def _identity(identifier: str) -> str:
    """An identifier as it is compared: one of digits may have become a number on its way."""
    return identifier.lstrip("0") or "0" if identifier.isdigit() else identifier


def _status_form(message: Tracked) -> StatusRequest:
    known = message.gateway_id or message.id
    if message.to is None or known is None:
        raise PayloadError("to", "smsc finds a message by its recipient and its identifier, both are required")
    return StatusRequest(phone=(message.to,), id=(known,))


def _status_request(credentials: Credentials, items: Sequence[StatusRequest]) -> StatusRequest:
    return completed(credentials, items[0])


def _rows(reply: StatusResponse) -> Iterable[MessageStatus]:
    """The rows of a reply: one, or an array of them."""
    rows = reply if isinstance(reply, tuple) else (reply,)
    return [each for each in rows if isinstance(each, MessageStatus)]


def _keys(row: MessageStatus) -> tuple[object]:
    """By the identifier that a row names, if it does."""
    return (ONLY if row.id is None else _identity(str(row.id)),)


def _found(message: Message, row: MessageStatus, began: datetime | None) -> Told | None:
    # an identifier need not be unique: what went to another number, or was sent before, is another message
    if (row.phone and digits(row.phone) != digits(message.to)) or _older(row, began):
        return None
    return Told(code=row.status, gateway_id=message.id, parts=row.sms_cnt)


def told_by(row: MessageStatus | HistoryRecord) -> Told:
    """What a row of a status or of the history tells."""
    return Told(code=row.status, at=moment(row.last_timestamp))


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
    rows=lambda reply: (reply,),
    keys=lambda _: (ONLY,),
    own=lambda message, _: message.id,
    told=_sent,
    codes=SEND_ERROR,
    scheduled=True,
    validity=True,
    recognises=False,
)
STATUS_OF = StatusRule(
    operation=STATUS_PHP,
    # the documents of several messages are known from client code only, and may be asked for once a minute
    batch=1,
    item=_status_form,
    request=_status_request,
    refusal=status_refusal,
    rows=_rows,
    keys=_keys,
    own=lambda message: _identity(message.gateway_id or message.id or ""),
    told=lambda row, _: told_by(row),
    codes=STATUS,
    by_client_id=True,
)
LOOKUP = LookupRule(
    operation=STATUS_PHP,
    batch=1,
    # all=1 also tells when a message was sent
    item=lambda message: StatusRequest(phone=(message.to,), id=(message.id,), all=1),
    request=_status_request,
    refusal=status_refusal,
    rows=_rows,
    keys=_keys,
    own=lambda message: _identity(message.id),
    told=_found,
    codes=STATUS,
    missing=Status.NOT_FOUND,
)
