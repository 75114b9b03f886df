"""QUICKTEL's XML API: sms_send and sms_status2. Source: https://quicktel.ru/protokol-xml."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime, tzinfo

from smswire.errors import PayloadError
from smswire.exchange import Refusal
from smswire.model import DeliveryState, ItemError, Message, Receipt, Report, Tracked
from smswire.providers.mapping import digits, item_error, minutes, report_state, unanswered
from smswire.rules import SendRule, StatusRule
from smswire.secret import Credentials, held
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


def item(message: Message) -> Sms:
    """The provider's own form of a message. Raises `PayloadError`."""
    if not message.sender:
        raise PayloadError("sender", "is required by QUICKTEL")
    if message.send_at is not None:
        raise PayloadError("send_at", "is not offered by QUICKTEL")
    return Sms(
        value=message.text,
        sms_id=message.id,
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
    """A negative res of the whole reply refuses the whole request; a reply with rows tells it of each."""
    rows = reply.push if isinstance(reply, SmsSendResponse) else reply.sms
    if isinstance(reply.res, int) and reply.res < 0 and not rows:
        return Refusal(reply.res, REQUEST_RESULT.get(reply.res), reply.description, reply)
    return None


def _user(credentials: Credentials) -> User:
    login, password = credentials.login_and_password()
    return held(lambda: User(lgn=login.reveal(), pwd=password.reveal()))


def _receipts(messages: Sequence[Message], reply: SmsSendResponse) -> Iterator[Receipt[Push]]:
    pushes = {each.sms_id: each for each in reply.push}
    for message in messages:
        push = pushes.get(message.id)
        yield unanswered(message) if push is None else _receipt(message, push)


def _receipt(message: Message, push: Push) -> Receipt[Push]:
    duplicate = push.res == MessageResult.DUPLICATE
    accepted = push.push_id and (duplicate or push.res == MessageResult.SENT)
    refused = isinstance(push.res, int) and push.res < 0
    error = item_error(MESSAGE_RESULT, push.res, push.description) if refused else None
    if duplicate and push.number and digits(push.number) != digits(message.to):
        # the first message under this id went to somebody else, so this one did not go out
        error = ItemError(code=push.res, name="id_reused", meaning="this id was used before, for another recipient")
    return Receipt(
        id=message.id,
        gateway_id=push.push_id,
        to=message.to,
        state=DeliveryState.REJECTED if error else DeliveryState.QUEUED if accepted else DeliveryState.UNKNOWN,
        parts=push.sms_count if isinstance(push.sms_count, int) else None,
        duplicate=duplicate,
        error=error,
        raw=push,
    )


def _push_id(message: Tracked) -> str:
    if message.gateway_id is None:
        raise PayloadError("gateway_id", "is what QUICKTEL finds a message by")
    return message.gateway_id


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
    item=item,
    request=send_request,
    refusal=refusal,
    receipts=_receipts,
)
STATUS_OF = StatusRule(
    operation=SMS_STATUS2,
    batch=SMS_STATUS2.batch or 1,
    item=_push_id,
    request=status_request,
    refusal=refusal,
    reports=_reports,
)
