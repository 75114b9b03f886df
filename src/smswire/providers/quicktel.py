"""QUICKTEL's XML API: sms_send and sms_status2. Source: https://quicktel.ru/protokol-xml."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import tzinfo

from smswire.errors import PayloadError
from smswire.exchange import Refusal
from smswire.model import DeliveryState, ItemError, Message, Tracked
from smswire.providers.mapping import digits, local_moment, minutes, sender_of
from smswire.rules import SendRule, StatusRule
from smswire.secret import Credentials, held
from smswire.telling import Told
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


def item(message: Message, _: tzinfo) -> Sms:
    """The provider's own form of a message. Raises `PayloadError`."""
    return Sms(
        value=message.text,
        sms_id=message.id,
        number=message.to,
        source_number=sender_of(message, "QUICKTEL"),
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


def _told(message: Message, push: Push) -> Told:
    duplicate = push.res == MessageResult.DUPLICATE
    accepted = push.push_id and (duplicate or push.res == MessageResult.SENT)
    error = None
    if duplicate and push.number and digits(push.number) != digits(message.to):
        # the first message under this id went to somebody else, so this one did not go out
        error = ItemError(code=push.res, name="id_reused", meaning="this id was used before, for another recipient")
    # an error has no push_id: beside one, a number that no table lists tells nothing
    refused = isinstance(push.res, int) and push.res < 0 and not (push.push_id and MESSAGE_RESULT.get(push.res) is None)
    rejected = error is not None or refused
    return Told(
        code=push.res,
        state=DeliveryState.REJECTED if rejected else DeliveryState.QUEUED if accepted else DeliveryState.UNKNOWN,
        gateway_id=push.push_id,
        parts=push.sms_count if isinstance(push.sms_count, int) else None,
        duplicate=duplicate,
        error=error,
        words=push.description,
    )


def _push_id(message: Tracked) -> str:
    if message.gateway_id is None:
        raise PayloadError("gateway_id", "is what QUICKTEL finds a message by")
    return message.gateway_id


def _status(row: SmsStatus, zone: tzinfo) -> Told:
    # both are empty while the message is on its way
    at = local_moment(f"{row.delivery_date} {row.delivery_time}", "%d.%m.%Y %H:%M:%S", zone)
    return Told(code=row.status, at=at)


# the types are written out: mypy finds no type of a row in a lambda
SEND: SendRule[Sms, SmsSendRequest, SmsSendResponse, Push] = SendRule(
    operation=SMS_SEND,
    item=item,
    request=send_request,
    refusal=refusal,
    rows=lambda reply: reply.push,
    keys=lambda push: (push.sms_id,),
    own=lambda message, _: message.id,
    told=_told,
    codes=MESSAGE_RESULT,
    scheduled=False,
    validity=True,
    recognises=True,
)
STATUS_OF: StatusRule[str, SmsStatus2Request, SmsStatus2Response, SmsStatus] = StatusRule(
    operation=SMS_STATUS2,
    item=_push_id,
    request=status_request,
    refusal=refusal,
    rows=lambda reply: reply.sms,
    keys=lambda row: (row.push_id,),
    own=lambda message: message.gateway_id,
    told=_status,
    codes=STATUS,
    by_client_id=False,
)
