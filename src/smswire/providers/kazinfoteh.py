"""KazInfoTeh's XML API: sendMessage and getInfoByID. Source: the provider's portal and its documentation of 2020."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta, tzinfo

from smswire.errors import PayloadError
from smswire.exchange import Refusal
from smswire.model import DeliveryState, Message, Tracked
from smswire.numbers import e164_digits
from smswire.providers.mapping import expiry, gateway_number, number_of, printed
from smswire.rules import LookupRule, SendRule, StatusRule
from smswire.secret import Credentials, held
from smswire.telling import Told
from smswire_documents.kazinfoteh import (
    GetInfoByIdRequest,
    GetInfoByIdResponse,
    Messages,
    Msg,
    MsgDefaults,
    MsgReference,
    MsgResult,
    MsgStatus,
    SendMessageRequest,
    SendMessageResponse,
    StatusQuery,
)
from smswire_documents.kazinfoteh.codes import REQUEST_ERROR, STATUS, Status
from smswire_documents.kazinfoteh.operations import GET_INFO_BY_ID, SEND_MESSAGE

_FORM, _STEP = "%Y-%m-%d %H:%M:%S", timedelta(seconds=1)


def send_request(
    credentials: Credentials, msg: Iterable[Msg], default: MsgDefaults | None = None
) -> SendMessageRequest:
    """The document that sends one message or many. Raises `PayloadError` for one without a recipient."""
    login, password = credentials.login_and_password()
    message = Messages(msg=tuple(msg), default=default)
    shared = None if default is None else default.recipient
    for index, each in enumerate(message.msg):
        if each.recipient is None and shared is None:
            raise PayloadError(f"Messages.msg[{index}].recipient", "is required here or on default")
    return held(lambda: SendMessageRequest(login=login.reveal(), password=password.reveal(), message=message))


def status_request(credentials: Credentials, msg: Iterable[MsgReference]) -> GetInfoByIdRequest:
    """The document that asks for statuses. Raises `PayloadError` for a message without an identifier."""
    login, password = credentials.login_and_password()
    status = StatusQuery(msg=tuple(msg))
    for index, each in enumerate(status.msg):
        if each.id is None and each.sms_id is None:
            raise PayloadError(f"StatusQuery.msg[{index}]", "id or sms_id is required")
    return held(lambda: GetInfoByIdRequest(login=login.reveal(), password=password.reveal(), status=status))


def refusal(reply: SendMessageResponse | GetInfoByIdResponse) -> Refusal | None:
    """`package/error` refuses the whole request."""
    return None if reply.error is None else Refusal(reply.error, REQUEST_ERROR.get(reply.error), None, reply)


def _item(message: Message, zone: tzinfo) -> Msg:
    return Msg(
        value=message.text,
        id=number_of(message.id),
        recipient=e164_digits(message.to),
        sender=message.sender,
        date_beg=printed("send_at", message.send_at, zone, _FORM, _STEP),
        date_end=printed("valid_for", expiry(message), zone, _FORM, _STEP),
    )


def _own(identifier: str | None) -> str:
    return f"id {number_of(identifier)}"


def _keys(row: MsgResult | MsgStatus) -> tuple[str, str]:
    return f"id {row.id}", f"sms_id {row.sms_id}"


def _told(_: Message, row: MsgResult | MsgStatus) -> Told:
    kind, unlisted = row.value // 100, STATUS.get(row.value) is None
    # 2xx is an item error and 1xx a status, whether listed or not; any other number tells nothing
    state = DeliveryState.REJECTED if kind == 2 else DeliveryState.QUEUED if kind == 1 and unlisted else None
    return Told(code=row.value, state=state, gateway_id=row.sms_id or None, parts=row.sms_count)


def _found(message: Message, row: MsgStatus, _: datetime | None) -> Told | None:
    # an item error here is one of the question; only 201 says that there is no such message
    if row.value // 100 == 2 and row.value != Status.ERROR_ID:
        return None
    return _told(message, row)


def _reference(message: Tracked) -> MsgReference:
    if message.gateway_id is not None:
        return MsgReference(sms_id=gateway_number(message, "KazInfoTeh"))
    return MsgReference(id=number_of(message.id))


def _completed(row: MsgStatus, zone: tzinfo) -> Told:
    try:
        at = datetime.fromisoformat(row.date_completed or "")
    except ValueError:  # absent, or in another form, which is in raw
        return Told(code=row.value)
    return Told(code=row.value, at=at.replace(tzinfo=zone))


def _rows(reply: GetInfoByIdResponse) -> Iterable[MsgStatus]:
    return reply.status.msg if reply.status else ()


SEND = SendRule(
    operation=SEND_MESSAGE,
    item=_item,
    request=send_request,
    refusal=refusal,
    rows=lambda reply: reply.message.msg if reply.message else (),
    keys=_keys,
    own=lambda message, _: _own(message.id),
    told=_told,
    codes=STATUS,
    scheduled=True,
    validity=True,
    recognises=False,
)
STATUS_OF = StatusRule(
    operation=GET_INFO_BY_ID,
    item=_reference,
    request=status_request,
    refusal=refusal,
    rows=_rows,
    keys=_keys,
    own=lambda message: _own(message.id) if message.gateway_id is None else f"sms_id {message.gateway_id}",
    told=_completed,
    codes=STATUS,
    by_client_id=True,
)
LOOKUP = LookupRule(
    operation=GET_INFO_BY_ID,
    # alone, because HTTP 404 does not say which of several messages is not found
    batch=1,
    item=lambda message: MsgReference(id=number_of(message.id)),
    request=status_request,
    refusal=refusal,
    rows=_rows,
    keys=_keys,
    own=lambda message: _own(message.id),
    told=_found,
    codes=STATUS,
    missing=Status.ERROR_ID,
)
