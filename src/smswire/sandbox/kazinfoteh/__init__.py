"""KazInfoTeh in the sandbox: sendMessage and getInfoByID. Source: the provider's portal and its documentation of 2020.

What neither states and a gateway has to decide all the same: a repeated `id` is an item error 201 (the identifier is
wrong), a number without a route one of 200 (unknown). Rows with an error have the attributes of the sister's sample.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping

from lxml import etree

from smswire.documents import Reading, read, xml_input
from smswire.sandbox.gateway import CENTS, Answer, Bench, Incoming, reply
from smswire.sandbox.kazinfoteh.requests import ZONE, Wanted, take_out_recipients, wanted_of
from smswire.sandbox.life import Refusal, State, outcome_of, refusal_of
from smswire.sandbox.moments import BadMoment, later, printed
from smswire.sandbox.store import Draft, Stored
from smswire.segments import estimate
from smswire_documents.kazinfoteh import (
    GetInfoByIdRequest,
    GetInfoByIdResponse,
    MessageResults,
    MsgDefaults,
    MsgReference,
    MsgResult,
    MsgStatus,
    SendMessageRequest,
    SendMessageResponse,
    StatusResults,
)
from smswire_documents.kazinfoteh.codes import RequestError, Status
from smswire_documents.kazinfoteh.operations import GET_INFO_BY_ID, PROVIDER, SEND_MESSAGE

_COMPLETED = "%Y-%m-%dT%H:%M:%S.000"
_MEDIA_TYPE = "application/xml"
_STATUSES: Mapping[State, Status] = {
    State.SCHEDULED: Status.SCHEDULED,
    State.QUEUED: Status.ACCEPTED,
    # no status says that a message is on its way: 101 is called so and means a wrong number
    State.SENT: Status.ACCEPTED,
    State.DELIVERED: Status.DELIVERED,
    State.UNDELIVERABLE: Status.UNDELIVERABLE,
    State.EXPIRED: Status.EXPIRED,
}
_REFUSALS: Mapping[Refusal, Status] = {
    Refusal.BAD_NUMBER: Status.ERROR_RECIPIENT,
    Refusal.FORBIDDEN: Status.ERROR_SENDER,
    Refusal.NO_ROUTE: Status.ERROR_UNKNOWN,
}
_MOVING = (State.SCHEDULED, State.QUEUED, State.SENT)


class Kazinfoteh:
    """The XML API; see `smswire.sandbox.gateway.Gateway`."""

    # at the port itself (the portal) and at /api (2020)
    paths: Mapping[str, Collection[str]] = dict.fromkeys(("", "/", "/api", "/api/"), ("POST",))

    def __init__(self, bench: Bench) -> None:
        self._bench = bench

    def operation(self, incoming: Incoming) -> str | None:
        """What the child of the root element says."""
        try:
            return _operation(xml_input.parse(incoming.body))
        except xml_input.NotXml:
            return None

    def answer(self, incoming: Incoming) -> Answer:
        """Hold a request to its schema, check the account, process it."""
        try:
            root = xml_input.parse(incoming.body)
        except xml_input.NotXml as error:
            return _send_error(RequestError.FORMAT, str(error))
        if _operation(root) == GET_INFO_BY_ID.name:
            asked = read(GET_INFO_BY_ID.request, incoming.body, on_drift="raise")
            if asked.value is None:
                return _status_error(RequestError.FORMAT, _problem(asked))
            return self._status(asked.value)
        # what is neither is held to the request to send
        unfit = take_out_recipients(root)
        sent = read(SEND_MESSAGE.request, etree.tostring(root), on_drift="raise")
        if sent.value is None:
            return _send_error(RequestError.FORMAT, _problem(sent))
        return self._send(sent.value, unfit)

    def refuse(self, incoming: Incoming, code: int | str) -> Answer:
        """A whole-request error; an error of either operation is the same document."""
        del incoming
        return _send_error(int(code))

    def _knows(self, login: str, password: str) -> bool:
        account = self._bench.account
        return (login, password) == (account.login, account.password)

    def _send(self, request: SendMessageRequest, unfit: Collection[int]) -> Answer:
        if not self._knows(request.login, request.password):
            return _send_error(RequestError.AUTHORIZATION)
        default = request.message.default or MsgDefaults()
        try:
            wanted = [wanted_of(each, default, fits=at not in unfit) for at, each in enumerate(request.message.msg)]
        except BadMoment:
            return _send_error(RequestError.FORMAT, "date_beg and date_end: a date of the calendar is required")
        rows = tuple(self._result(each) for each in wanted)
        return _reply_to_send(SendMessageResponse(message=MessageResults(msg=rows)))

    def _result(self, wanted: Wanted) -> MsgResult:
        bench, parts = self._bench, estimate(wanted.text).parts
        to, error = self._checked(wanted, CENTS * parts)
        if to is None or error is not None:
            return MsgResult(value=int(error or Status.ERROR_RECIPIENT), id=wanted.id, sms_id=0, sms_count=parts)
        now = bench.clock.now()
        draft = Draft(
            provider=PROVIDER.id,
            own_id=None if wanted.id is None else str(wanted.id),
            recipient=to,
            text=wanted.text,
            sender=wanted.sender,
            accepted_at=now,
            send_at=later(wanted.send_at, now),
            parts=parts,
            outcome=outcome_of(to),
            kind=wanted.kind,
            cents=CENTS * parts,
        )
        [stored] = bench.store.add([draft])
        status = Status.ACCEPTED if stored.send_at is None else Status.SCHEDULED
        return MsgResult(value=int(status), id=wanted.id, sms_id=int(stored.gateway_id), sms_count=parts)

    def _checked(self, wanted: Wanted, cents: int) -> tuple[str | None, Status | None]:
        """The recipient, and why the message is refused."""
        bench, to = self._bench, wanted.to
        if wanted.id is not None and bench.store.first_by_own_id(PROVIDER.id, str(wanted.id)) is not None:
            return to, Status.ERROR_ID
        if to is None:
            return to, Status.ERROR_RECIPIENT
        if not wanted.text:
            return to, Status.ERROR_LENGTH
        refusal = refusal_of(to)
        if refusal is not None:
            return to, _REFUSALS[refusal]
        return to, Status.ERROR_BILLING if cents > bench.money(PROVIDER.id) else None

    def _status(self, request: GetInfoByIdRequest) -> Answer:
        asked = request.status.msg
        if any(each.id is None and each.sms_id is None for each in asked):
            return _status_error(RequestError.FORMAT, "msg: id or sms_id is required")
        if not self._knows(request.login, request.password):
            return _status_error(RequestError.AUTHORIZATION)
        return _reply_to_status(GetInfoByIdResponse(status=StatusResults(msg=tuple(map(self._row, asked)))))

    def _row(self, asked: MsgReference) -> MsgStatus:
        stored = self._found(asked)
        if stored is None:
            return MsgStatus(value=int(Status.ERROR_ID), id=asked.id, sms_id=asked.sms_id)
        state, since = stored.state(self._bench.clock.now())
        return MsgStatus(
            value=int(_STATUSES[state]),
            id=None if stored.own_id is None else int(stored.own_id),
            sms_id=int(stored.gateway_id),
            sms_count=stored.parts,
            date_completed=None if state in _MOVING else printed(since, _COMPLETED, ZONE),
        )

    def _found(self, asked: MsgReference) -> Stored | None:
        store = self._bench.store
        if asked.sms_id is not None:
            return store.last_by_gateway_id(PROVIDER.id, str(asked.sms_id))
        return store.first_by_own_id(PROVIDER.id, str(asked.id))


def _operation(root: xml_input.Element) -> str | None:
    named = {"message": SEND_MESSAGE.name, "status": GET_INFO_BY_ID.name}
    found = [named[str(each.tag)] for each in root if str(each.tag) in named]
    return found[0] if len(found) == 1 else None


def _reply_to_send(document: SendMessageResponse, problem: str = "") -> Answer:
    return reply(SEND_MESSAGE.response, document, media_type=_MEDIA_TYPE, problem=problem)


def _reply_to_status(document: GetInfoByIdResponse, problem: str = "") -> Answer:
    return reply(GET_INFO_BY_ID.response, document, media_type=_MEDIA_TYPE, problem=problem)


def _send_error(code: int, problem: str = "") -> Answer:
    return _reply_to_send(SendMessageResponse(error=int(code)), problem)


def _status_error(code: int, problem: str = "") -> Answer:
    return _reply_to_status(GetInfoByIdResponse(error=int(code)), problem)


def _problem(reading: Reading[SendMessageRequest] | Reading[GetInfoByIdRequest]) -> str:
    worst = reading.violations[0]
    return f"{worst.path}: {worst.problem}"
