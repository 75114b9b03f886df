"""Webcom Mobi in the sandbox: send and state in XML, state in JSON. Source: https://apidocs.webcom.mobi/.

Errors of the whole request are worded in English, as on the page of the status request; the reasons of refused
messages in Russian, the only words that are known. What no page states: an identifier that is not known is left out
of a reply, every credential that a request has must be right, and a date that is none is an error of the format.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from typing import TypeVar

from lxml import etree

from smswire.documents import read, xml_input
from smswire.sandbox.gateway import Answer, Bench, Incoming, reply
from smswire.sandbox.moments import BadMoment
from smswire.sandbox.store import Stored
from smswire.sandbox.webcom.requests import credentials_of, mend, set_right
from smswire.sandbox.webcom.sending import send
from smswire.sandbox.webcom.states import json_row, xml_row
from smswire_documents._runtime.description import DocumentType
from smswire_documents.webcom import JsonError, XmlSendResponse, XmlStateResponse
from smswire_documents.webcom.codes import RequestError
from smswire_documents.webcom.operations import JSON_STATE, PROVIDER, XML_SEND, XML_STATE

_BAD = 400
"""The HTTP status under which the provider's pages show an error."""

_OPERATIONS: Mapping[str, str] = {
    XML_SEND.path: XML_SEND.name,
    # as a white-label vendor prints the address
    f"{XML_SEND.path}/": XML_SEND.name,
    XML_STATE.path: XML_STATE.name,
    JSON_STATE.path: JSON_STATE.name,
}

Q = TypeVar("Q")


class _Refused(Exception):
    """An error of the whole request, and what was wrong with it."""

    def __init__(self, words: str, problem: str = "") -> None:
        super().__init__(words)
        self.words = words
        self.problem = problem


class Webcom:
    """The XML and JSON APIs; see `smswire.sandbox.gateway.Gateway`."""

    paths: Mapping[str, Collection[str]] = dict.fromkeys(_OPERATIONS, ("POST",))

    def __init__(self, bench: Bench) -> None:
        self._bench = bench

    def operation(self, incoming: Incoming) -> str:
        """What the path says."""
        return _OPERATIONS[incoming.path]

    def answer(self, incoming: Incoming) -> Answer:
        """Hold a request to its schema, check the account, process it."""
        operation = self.operation(incoming)
        process = {JSON_STATE.name: self._json_state, XML_STATE.name: self._xml_state}.get(operation, self._xml_send)
        if not incoming.body.strip():
            return _error(operation, RequestError.NO_DATA)
        try:
            return process(incoming.body)
        except _Refused as refused:
            return _error(operation, refused.words, refused.problem)

    def refuse(self, incoming: Incoming, code: int | str) -> Answer:
        """An error of the whole request; its code is its words."""
        return _error(self.operation(incoming), str(code))

    def _xml_send(self, body: bytes) -> Answer:
        root = _parsed(body)
        given, failures = set_right(root), mend(root)
        request = _held(XML_SEND.request, etree.tostring(root), RequestError.BAD_XML)
        self._check(given)
        try:
            rows = send(self._bench, request, failures)
        except BadMoment:
            raise _Refused(RequestError.BAD_XML, "abonent: a date of the calendar is required") from None
        return reply(XML_SEND.response, XmlSendResponse(information=rows))

    def _xml_state(self, body: bytes) -> Answer:
        root = _parsed(body)
        given = set_right(root)
        request = _held(XML_STATE.request, etree.tostring(root), RequestError.BAD_XML)
        self._check(given)
        now = self._bench.clock.now()
        rows = tuple(xml_row(each, now) for each in self._known(request.get_state.id_sms))
        return reply(XML_STATE.response, XmlStateResponse(state=rows))

    def _json_state(self, body: bytes) -> Answer:
        request = _held(JSON_STATE.request, body, RequestError.BAD_JSON)
        for each in request:
            self._check(credentials_of(each))
        now = self._bench.clock.now()
        rows = tuple(
            json_row(stored, now, detail=each.detail == 1) for each in request for stored in self._known([each.id_sms])
        )
        return reply(JSON_STATE.response, rows)

    def _known(self, ids: Iterable[int]) -> list[Stored]:
        """The messages of these identifiers, without those that are not known."""
        found = (self._bench.store.last_by_gateway_id(PROVIDER.id, str(each)) for each in ids)
        return [each for each in found if each is not None]

    def _check(self, given: Mapping[str, str]) -> None:
        account = self._bench.account
        right = {"login": account.login, "password": account.password, "token": account.token}
        enough = "token" in given or {"login", "password"} <= given.keys()
        if not enough or any(right[name] != value for name, value in given.items()):
            raise _Refused(RequestError.BAD_LOGIN)


def _parsed(body: bytes) -> xml_input.Element:
    try:
        return xml_input.parse(body)
    except xml_input.NotXml as error:
        raise _Refused(RequestError.BAD_XML, str(error)) from None


def _held(document: DocumentType[Q], body: bytes, words: str) -> Q:
    reading = read(document, body, on_drift="raise")
    if reading.value is None:
        worst = reading.violations[0]
        raise _Refused(words, f"{worst.path or '/'}: {worst.problem}")
    return reading.value


def _error(operation: str, words: str, problem: str = "") -> Answer:
    if operation == JSON_STATE.name:
        return reply(JSON_STATE.response, JsonError(error=words), status=_BAD, problem=problem)
    if operation == XML_STATE.name:
        return reply(XML_STATE.response, XmlStateResponse(error=words), status=_BAD, problem=problem)
    return reply(XML_SEND.response, XmlSendResponse(error=words), status=_BAD, problem=problem)
