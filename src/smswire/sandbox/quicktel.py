"""QUICKTEL in the sandbox: sms_send and sms_status2. Source: https://quicktel.ru/protokol-xml."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import datetime
from zoneinfo import ZoneInfo

from smswire.documents import Reading, read, xml_input
from smswire.sandbox.gateway import Answer, Bench, Incoming, reply
from smswire.sandbox.life import Refusal, State, outcome_of, refusal_of
from smswire.sandbox.store import Draft, Stored, digits
from smswire.segments import estimate
from smswire_documents.quicktel import (
    Push,
    Sms,
    SmsSendRequest,
    SmsSendResponse,
    SmsStatus,
    SmsStatus2Request,
    SmsStatus2Response,
    User,
)
from smswire_documents.quicktel.codes import MESSAGE_RESULT, STATUS, MessageResult, RequestResult, Status
from smswire_documents.quicktel.operations import PROVIDER, SMS_SEND, SMS_STATUS2

# delivery times are written without a zone; the client reads them as Moscow's
ZONE = ZoneInfo("Europe/Moscow")

_STATUSES: Mapping[State, Status] = {
    State.SCHEDULED: Status.QUEUED,
    State.QUEUED: Status.QUEUED,
    State.SENT: Status.SENT,
    State.DELIVERED: Status.DELIVERED,
    State.UNDELIVERABLE: Status.NOT_DELIVERED,
    State.EXPIRED: Status.NOT_DELIVERED,
}
_REFUSALS: Mapping[Refusal, MessageResult] = {
    Refusal.BAD_NUMBER: MessageResult.BAD_PHONE,
    Refusal.FORBIDDEN: MessageResult.FORBIDDEN,
    Refusal.NO_ROUTE: MessageResult.UNDELIVERABLE,
}
# the page does not print the numbers of whole-request errors; this one is known from another API of the provider
_BAD_REQUEST = int(MessageResult.BAD_PARAMETERS)


class Quicktel:
    """The XML API; see `smswire.sandbox.gateway.Gateway`."""

    paths: Mapping[str, Collection[str]] = {SMS_SEND.path: ("POST",)}

    def __init__(self, bench: Bench) -> None:
        self._bench = bench

    def operation(self, incoming: Incoming) -> str | None:
        """What the root element's `name` says."""
        try:
            name = xml_input.parse(incoming.body).get("name")
        except xml_input.NotXml:
            return None
        return name if name in (SMS_SEND.name, SMS_STATUS2.name) else None

    def answer(self, incoming: Incoming) -> Answer:
        """Hold a request to its schema, check the account, process it."""
        if self.operation(incoming) == SMS_STATUS2.name:
            asked = read(SMS_STATUS2.request, incoming.body, on_drift="raise")
            if asked.value is None:
                return _error(_BAD_REQUEST, _problem(asked))
            return self._status(asked.value) if self._knows(asked.value.xml_user) else _bad_login()
        # what names no operation is held to the request to send, whose violation then tells the wrong name
        sent = read(SMS_SEND.request, incoming.body, on_drift="raise")
        if sent.value is None:
            return _error(_BAD_REQUEST, _problem(sent))
        return self._send(sent.value) if self._knows(sent.value.xml_user) else _bad_login()

    def refuse(self, incoming: Incoming, code: int | str) -> Answer:
        """A whole-request error; an error of either operation is the same document."""
        del incoming
        return _error(int(code), "Refused on request")

    def _knows(self, user: User) -> bool:
        account = self._bench.account
        return (user.lgn, user.pwd) == (account.login, account.password)

    def _send(self, request: SmsSendRequest) -> Answer:
        pushes = tuple(self._push(each) for each in request.sms)
        return reply(SMS_SEND.response, SmsSendResponse(xml_name=SMS_SEND.name, res=0, push=pushes))

    def _push(self, sms: Sms) -> Push:
        bench = self._bench
        first = bench.store.first_by_own_id(PROVIDER.id, sms.sms_id)
        if first is not None:
            return _accepted(first, MessageResult.DUPLICATE)
        number = digits(sms.number)
        refusal = refusal_of(number) if number.isascii() and number.isdecimal() else Refusal.BAD_NUMBER
        if refusal is not None:
            result = _REFUSALS[refusal]
            return Push(sms_id=sms.sms_id, res=int(result), description=MESSAGE_RESULT.codes[result].meaning)
        draft = Draft(
            provider=PROVIDER.id,
            own_id=sms.sms_id,
            recipient=sms.number,
            text=sms.value,
            sender=sms.source_number,
            accepted_at=bench.clock.now(),
            parts=estimate(sms.value).parts,
            outcome=outcome_of(number),
        )
        [stored] = bench.store.add([draft])
        return _accepted(stored, MessageResult.SENT)

    def _status(self, request: SmsStatus2Request) -> Answer:
        rows = tuple(self._row(each.push_id) for each in request.sms)
        return reply(SMS_STATUS2.response, SmsStatus2Response(name=SMS_STATUS2.name, res=0, sms=rows))

    def _row(self, push_id: str) -> SmsStatus:
        bench = self._bench
        stored = bench.store.last_by_gateway_id(PROVIDER.id, push_id)
        if stored is None:
            return SmsStatus(push_id=push_id, status=int(Status.BAD_PUSH_ID), description=_words(Status.BAD_PUSH_ID))
        state, since = stored.state(bench.clock.now())
        status = _STATUSES[state]
        moment = datetime.fromtimestamp(since, ZONE) if state is State.DELIVERED else None
        return SmsStatus(
            push_id=push_id,
            status=int(status),
            number=stored.recipient,
            delivery_date=f"{moment:%d.%m.%Y}" if moment else "",
            delivery_time=f"{moment:%H:%M:%S}" if moment else "",
            description=_words(status),
        )


def _accepted(stored: Stored, result: MessageResult) -> Push:
    return Push(
        sms_id=stored.own_id or "",
        push_id=stored.gateway_id,
        res=int(result),
        number=stored.recipient,
        sms_count=stored.parts,
    )


def _words(status: Status) -> str | None:
    return STATUS.codes[status].wire


def _bad_login() -> Answer:
    return _error(int(RequestResult.BAD_LOGIN), "Wrong login or password")


def _error(code: int, description: str) -> Answer:
    return reply(SMS_SEND.response, SmsSendResponse(res=code, description=description))


def _problem(reading: Reading[SmsSendRequest] | Reading[SmsStatus2Request]) -> str:
    worst = reading.violations[0]
    line = f" (line {worst.line})" if worst.line else ""
    return f"Bad request: {worst.path}{line}: {worst.problem}"
