"""smsc in the sandbox: send.php, status.php and the history of get.php. Source: https://smsc.kz/api/http/."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from hashlib import md5
from typing import TypeVar

from smswire.documents import read
from smswire.sandbox.gateway import Answer, Bench, Incoming, reply
from smswire.sandbox.limits import Windows
from smswire.sandbox.smsc.errors import Refused, plain_error
from smswire.sandbox.smsc.forms import Raw, raw_form
from smswire.sandbox.smsc.history import history
from smswire.sandbox.smsc.send import send
from smswire.sandbox.smsc.status import status
from smswire_documents._runtime.description import Operation
from smswire_documents.smsc import (
    GetMessagesRequest,
    GetMessagesResponse,
    HistoryError,
    SendError,
    SendRequest,
    SendResponse,
    StatusError,
    StatusRequest,
    StatusResponse,
)
from smswire_documents.smsc.operations import GET_MESSAGES, SEND_PHP, STATUS_PHP

CROWD = 15
"""So many requests at once are too many."""

_METHODS = ("GET", "POST")

F = TypeVar("F", SendRequest, StatusRequest, GetMessagesRequest)
R = TypeVar("R")


class Smsc:
    """The HTTP API; see `smswire.sandbox.gateway.Gateway`."""

    paths: Mapping[str, Collection[str]] = {each.path: _METHODS for each in (SEND_PHP, STATUS_PHP, GET_MESSAGES)}

    def __init__(self, bench: Bench) -> None:
        self._bench = bench
        self._windows = Windows()

    def operation(self, incoming: Incoming) -> str | None:
        """The script; get.php has others than the history, which the sandbox does not know."""
        for each in (SEND_PHP, STATUS_PHP):
            if incoming.path == each.path:
                return each.name
        return GET_MESSAGES.name if raw_form(incoming).value("get_messages") == "1" else None

    def answer(self, incoming: Incoming) -> Answer:
        """Hold a request to its schema, check the account and the form of reply, process it."""
        if incoming.path == SEND_PHP.path:
            return self._run(incoming, SEND_PHP, self._send, _send_error)
        if incoming.path == STATUS_PHP.path:
            return self._run(incoming, STATUS_PHP, self._status, _status_error)
        return self._run(incoming, GET_MESSAGES, self._history, _history_error)

    def refuse(self, incoming: Incoming, code: int) -> Answer:
        """An error in the form of reply that the request asks for."""
        raw, refused = raw_form(incoming), Refused(code, incoming.path)
        if incoming.path == SEND_PHP.path:
            return _answer(raw, SEND_PHP, _send_error, refused)
        if incoming.path == STATUS_PHP.path:
            return _answer(raw, STATUS_PHP, _status_error, refused)
        return _answer(raw, GET_MESSAGES, _history_error, refused)

    def _run(
        self,
        incoming: Incoming,
        operation: Operation[F, R],
        process: Callable[[F], R | Refused],
        error: Callable[[Refused], R],
    ) -> Answer:
        raw = raw_form(incoming)
        reading = read(operation.request, raw.body, on_drift="raise", charset=raw.charset)
        form = reading.value
        if form is None:
            worst = reading.violations[0]
            return _answer(
                raw, operation, error, Refused(1, incoming.path, detail=f"{worst.path or '/'}: {worst.problem}")
            )
        if not self._knows(form):
            return _answer(raw, operation, error, Refused(2, incoming.path))
        if form.fmt != 3:
            return _answer(raw, operation, error, Refused(1, incoming.path, detail="the sandbox answers in fmt=3 only"))
        if incoming.crowd >= CROWD:
            return _answer(raw, operation, error, Refused(9, incoming.path))
        return _answer(raw, operation, error, process(form))

    def _knows(self, form: F) -> bool:
        account = self._bench.account
        if form.apikey is not None:
            return form.apikey == account.token
        hashed = md5(account.password.encode(), usedforsecurity=False).hexdigest()
        return form.login == account.login and form.psw in (account.password, hashed)

    def _send(self, form: SendRequest) -> SendResponse | Refused:
        return send(self._bench, self._windows, form)

    def _status(self, form: StatusRequest) -> StatusResponse | Refused:
        return status(self._bench, self._windows, form)

    def _history(self, form: GetMessagesRequest) -> GetMessagesResponse | Refused:
        return history(self._bench, self._windows, form)


def _answer(raw: Raw, operation: Operation[F, R], error: Callable[[Refused], R], result: R | Refused) -> Answer:
    if not isinstance(result, Refused):
        return reply(operation.response, result, raw.charset)
    if raw.fmt != 3:
        return plain_error(result, raw.fmt, raw.charset)
    return reply(operation.response, error(result), raw.charset)


def _send_error(refused: Refused) -> SendResponse:
    return SendError(error=refused.words, error_code=refused.code, id=refused.id)


def _status_error(refused: Refused) -> StatusResponse:
    return StatusError(error=refused.words, error_code=refused.code)


def _history_error(refused: Refused) -> GetMessagesResponse:
    return HistoryError(error=refused.words, error_code=refused.code)
