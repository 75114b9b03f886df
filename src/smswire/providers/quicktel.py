"""QUICKTEL's XML API: sms_send and sms_status2. Source: https://quicktel.ru/protokol-xml."""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime, tzinfo

from smswire.errors import PayloadError
from smswire.exchange import Refusal, SendRule, StatusRule
from smswire.model import DeliveryState, Message, Receipt, Report, Tracked
from smswire.providers.mapping import item_error, minutes, report_state, unanswered
from smswire.secret import Credentials
from smswire_documents.quicktel import (
    Push,
    Sms,
    SmsReference,
    SmsSendRequest,
    SmsSendResponse,
    SmsStatus,
    SmsStatus2Request,
    SmsStatus2Response,
    User,
)
from smswire_documents.quicktel.codes import MESSAGE_RESULT, REQUEST_RESULT, STATUS, MessageResult
from smswire_documents.quicktel.operations import SMS_SEND, SMS_STATUS2


def item(message: Message, sms_id: str) -> Sms:
    """The provider's own form of a message. Raises `PayloadError`."""
    if not message.sender:
        raise PayloadError("sender", "is required by QUICKTEL")
    if message.send_at is not None:
        raise PayloadError("send_at", "is not offered by QUICKTEL")
    return Sms(
        value=message.text,
        sms_id=sms_id,
        number=message.to,
        source_number=message.sender,
        ttl=minutes(message.valid_for),
    )


def send_request(credentials: Credentials, items: Sequence[Sms]) -> SmsSendRequest:
    """The document that sends: up to 250 messages."""
    return SmsSendRequest(xml_user=_user(credentials), sms=tuple(items))


def status_request(credentials: Credentials, push_ids: Iterable[str]) -> SmsStatus2Request:
    """The document that asks for delivery statuses."""
    return SmsStatus2Request(xml_user=_user(credentials), sms=tuple(SmsReference(push_id=each) for each in push_ids))


def refusal(reply: SmsSendResponse | SmsStatus2Response) -> Refusal | None:
    """A negative res of the whole reply refuses the whole request."""
    if isinstance(reply.res, int) and reply.res < 0:
        return Refusal(reply.res, REQUEST_RESULT.get(reply.res), reply.description, reply)
    return None


def _user(credentials: Credentials) -> User:
    login, password = credentials.login_and_password()
    return User(lgn=login.reveal(), pwd=password.reveal())


def _receipts(messages: Sequence[Message], reply: SmsSendResponse) -> Iterator[Receipt[Push]]:
    pushes = {each.sms_id: each for each in reply.push}
    for message in messages:
        push = pushes.get(message.id or "")
        yield unanswered(message) if push is None else _receipt(message, push)


def _receipt(message: Message, push: Push) -> Receipt[Push]:
    refused = isinstance(push.res, int) and push.res < 0
    accepted = push.res in (MessageResult.SENT, MessageResult.DUPLICATE) and push.push_id
    return Receipt(
        id=push.sms_id,
        gateway_id=push.push_id,
        to=message.to,
        state=DeliveryState.REJECTED if refused else DeliveryState.QUEUED if accepted else DeliveryState.UNKNOWN,
        parts=push.sms_count if isinstance(push.sms_count, int) else None,
        duplicate=push.res == MessageResult.DUPLICATE,
        error=item_error(MESSAGE_RESULT, push.res, push.description) if refused else None,
        raw=push,
    )


def _references(credentials: Credentials, messages: Sequence[Tracked]) -> SmsStatus2Request:
    if any(each.gateway_id is None for each in messages):
        raise PayloadError("status", "QUICKTEL finds a message by its gateway_id, which one of these does not have")
    return status_request(credentials, [each.gateway_id or "" for each in messages])


def _reports(messages: Sequence[Tracked], reply: SmsStatus2Response, zone: tzinfo) -> Iterator[Report[SmsStatus]]:
    statuses = {each.push_id: each for each in reply.sms}
    for message in messages:
        found = statuses.get(message.gateway_id or "")
        state, final = report_state(STATUS, found.status if found else None)
        yield Report(
            id=message.id,
            gateway_id=message.gateway_id,
            to=message.to,
            state=state,
            final=final,
            at=_moment(found, zone) if found else None,
            code=found.status if found else None,
            raw=found,
        )


def _moment(status: SmsStatus, zone: tzinfo) -> datetime | None:
    """Date and time of delivery, which the provider writes without a zone; None while there are none."""
    if not status.delivery_date or not status.delivery_time:
        return None
    try:
        moment = datetime.strptime(f"{status.delivery_date} {status.delivery_time}", "%d.%m.%Y %H:%M:%S")  # noqa: DTZ007
    except ValueError:  # the pattern lets 31.02. through: no such moment, the printed one is in raw
        return None
    return moment.replace(tzinfo=zone)


SEND = SendRule(
    operation=SMS_SEND,
    batch=SMS_SEND.batch or 1,
    new_id=lambda: uuid.uuid4().hex,
    item=item,
    request=send_request,
    refusal=refusal,
    receipts=_receipts,
)
STATUS_OF = StatusRule(
    operation=SMS_STATUS2,
    batch=SMS_STATUS2.batch or 1,
    request=_references,
    refusal=refusal,
    reports=_reports,
)
