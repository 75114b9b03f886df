"""Webcom Mobi's XML and JSON APIs: send and state. Source: https://apidocs.webcom.mobi/."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import timedelta, tzinfo
from itertools import count
from typing import Literal

from smswire.errors import PayloadError
from smswire.exchange import Refusal
from smswire.model import DeliveryState, Message
from smswire.numbers import e164_digits
from smswire.providers.mapping import expiry, gateway_number, local_moment, number_of, printed, sender_of
from smswire.rules import SendRule, StatusRule
from smswire.secret import Credentials, held
from smswire.telling import Told
from smswire_documents._runtime.checking import instances
from smswire_documents.webcom import (
    Abonent,
    Information,
    JsonError,
    JsonStateQuery,
    JsonStateRequest,
    JsonStateResponse,
    SecretValue,
    Security,
    State,
    StateQuery,
    TextMessage,
    XmlSendRequest,
    XmlSendResponse,
    XmlStateRequest,
    XmlStateResponse,
)
from smswire_documents.webcom.codes import REQUEST_ERROR, SEND_RESULT, STATUS, SendResult
from smswire_documents.webcom.operations import XML_SEND, XML_STATE

_FORM, _STEP = "%Y-%m-%d %H:%M", timedelta(minutes=1)


def send_request(credentials: Credentials, messages: Iterable[TextMessage]) -> XmlSendRequest:
    """The document that sends; each subscriber of it without a number gets one that no other has."""
    message = tuple(messages)
    instances("messages", message, TextMessage)
    given = [each.number_sms for one in message for each in one.abonent if each.number_sms is not None]
    taken = set(given)
    if len(taken) < len(given):
        raise PayloadError("Abonent.number_sms", "two subscribers of one request have the same number")
    free = (number for number in count(1) if number not in taken)
    numbered = (
        tuple(each if each.number_sms is not None else replace(each, number_sms=next(free)) for each in one.abonent)
        for one in message
    )
    return XmlSendRequest(
        security=_security(credentials),
        message=tuple(replace(one, abonent=abonents) for one, abonents in zip(message, numbered, strict=True)),
    )


def state_request(credentials: Credentials, ids: Iterable[int]) -> XmlStateRequest:
    """The XML document that asks for statuses."""
    return XmlStateRequest(security=_security(credentials), get_state=StateQuery(id_sms=tuple(ids)))


def json_request(credentials: Credentials, ids: Iterable[int], detail: Literal[0, 1]) -> JsonStateRequest:
    """The JSON document that asks for statuses; each of its elements holds the credentials."""
    return tuple(_query(credentials, each, detail) for each in ids)


def _query(credentials: Credentials, number: int, detail: Literal[0, 1]) -> JsonStateQuery:
    token = credentials.token
    if token is not None:
        return held(lambda: JsonStateQuery(token=token.reveal(), id_sms=number, detail=detail))
    login, password = credentials.login_and_password()
    return held(lambda: JsonStateQuery(login=login.reveal(), password=password.reveal(), id_sms=number, detail=detail))


def refusal(reply: XmlSendResponse | XmlStateResponse) -> Refusal | None:
    """`response/error` refuses the whole request."""
    return None if reply.error is None else _refusal(reply.error, reply)


def json_refusal(reply: JsonStateResponse) -> Refusal | None:
    """An object instead of an array refuses the whole request."""
    return _refusal(reply.error, reply) if isinstance(reply, JsonError) else None


def _refusal(words: str, raw: XmlSendResponse | XmlStateResponse | JsonError) -> Refusal:
    # words that no table lists may quote the request, so they are no code
    known = REQUEST_ERROR.get(words.strip())
    return Refusal(known.code if known else None, known, words, raw)


def _security(credentials: Credentials) -> Security:
    token = credentials.token
    if token is not None:
        return held(lambda: Security(token=SecretValue(value=token.reveal())))
    login, password = credentials.login_and_password()
    return held(
        lambda: Security(login=SecretValue(value=login.reveal()), password=SecretValue(value=password.reveal()))
    )


def _item(message: Message, zone: tzinfo) -> TextMessage:
    abonent = Abonent(
        phone=e164_digits(message.to),
        client_id_sms=str(number_of(message.id)),
        time_send=printed("send_at", message.send_at, zone, _FORM, _STEP),
        validity_period=printed("valid_for", expiry(message), zone, _FORM, _STEP),
    )
    return TextMessage(type="sms", sender=sender_of(message, "Webcom"), text=message.text, abonent=(abonent,))


def _told(_: Message, row: Information) -> Told:
    # words that no table lists may quote the message, so they are no code; what is not accepted is refused, unless the
    # provider has given it an identifier, which it does not on a failure
    known = SEND_RESULT.get(row.value.strip())
    unlisted = DeliveryState.REJECTED if row.id_sms is None else DeliveryState.UNKNOWN
    return Told(
        code=known.code if known else None,
        state=None if known else unlisted,
        gateway_id=row.id_sms,
        parts=row.parts,
        duplicate=known is not None and known.code == SendResult.DUPLICATE,
        words=row.value,
    )


# the types are written out: mypy finds no type of a row in a lambda
SEND: SendRule[TextMessage, XmlSendRequest, XmlSendResponse, Information] = SendRule(
    operation=XML_SEND,
    item=_item,
    request=send_request,
    refusal=refusal,
    rows=lambda reply: reply.information,
    keys=lambda row: (row.number_sms,),
    own=lambda _, place: place,
    told=_told,
    codes=SEND_RESULT,
    scheduled=True,
    validity=True,
    recognises=True,
)
STATUS_OF: StatusRule[int, XmlStateRequest, XmlStateResponse, State] = StatusRule(
    operation=XML_STATE,
    item=lambda message: gateway_number(message, "Webcom"),
    request=state_request,
    refusal=refusal,
    rows=lambda reply: reply.state,
    keys=lambda row: (str(row.id_sms),),
    own=lambda message: message.gateway_id,
    told=lambda row, zone: Told(code=row.value.strip(), at=local_moment(row.time, "%Y-%m-%d %H:%M:%S", zone)),
    codes=STATUS,
    by_client_id=False,
)
