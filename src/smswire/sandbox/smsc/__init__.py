"""smsc in the sandbox: send.php, status.php and the history of get.php. Source: https://smsc.kz/api/http/."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from hashlib import md5
from typing import Any, Generic, TypeVar

from smswire.documents import read
from smswire.documents.reading import Spelling
from smswire.sandbox.gateway import Answer, Bench, Incoming
from smswire.sandbox.limits import Windows
from smswire.sandbox.smsc.errors import Refused
from smswire.sandbox.smsc.forms import Raw, raw_form
from smswire.sandbox.smsc.history import history
from smswire.sandbox.smsc.replies import reply_of_history, reply_of_send, reply_of_status
from smswire.sandbox.smsc.send import send
from smswire.sandbox.smsc.status import status
from smswire_documents._runtime.description import DocumentType
from smswire_documents.smsc import GetMessagesRequest, SendRequest, StatusRequest
from smswire_documents.smsc.operations import (
    GET_MESSAGES,
    GET_MESSAGES_TEXT,
    GET_MESSAGES_XML,
    SEND_PHP,
    SEND_XML,
    STATUS_PHP,
)

CROWD = 15
"""So many requests at once are too many; no schema states it."""

_METHODS = ("GET", "POST")

F = TypeVar("F", SendRequest, StatusRequest, GetMessagesRequest)
T = TypeVar("T")


@dataclass(frozen=True, slots=True, kw_only=True)
class _Script(Generic[F, T]):
    """One script. `operations` are the names of its operations by the form of reply (`fmt`) that they ask for."""

    request: DocumentType[F]
    operations: Mapping[int, str]
    process: Callable[[Bench, Windows, F], T | Refused]
    reply: Callable[[T | Refused, Raw], Answer]


_SCRIPTS: Mapping[str, _Script[Any, Any]] = {
    SEND_PHP.path: _Script(
        request=SEND_PHP.request,
        operations={3: SEND_PHP.name, 2: SEND_XML.name},
        process=send,
        reply=reply_of_send,
    ),
    STATUS_PHP.path: _Script(
        request=STATUS_PHP.request,
        operations={3: STATUS_PHP.name},
        process=status,
        reply=reply_of_status,
    ),
    GET_MESSAGES.path: _Script(
        request=GET_MESSAGES.request,
        operations={
            3: GET_MESSAGES.name,
            2: GET_MESSAGES_XML.name,
            1: GET_MESSAGES_TEXT.name,
            0: GET_MESSAGES_TEXT.name,
        },
        process=history,
        reply=reply_of_history,
    ),
}


class Smsc:
    """The HTTP API; see `smswire.sandbox.gateway.Gateway`."""

    paths: Mapping[str, Collection[str]] = dict.fromkeys(_SCRIPTS, _METHODS)

    def __init__(self, bench: Bench) -> None:
        self._bench = bench
        self._windows = Windows()

    def operation(self, incoming: Incoming) -> str | None:
        """The script and the form of reply; get.php has others than the history, which the sandbox does not know."""
        raw, script = raw_form(incoming), _SCRIPTS[incoming.path]
        if incoming.path == GET_MESSAGES.path and raw.value("get_messages") != "1":
            return None
        # a form of reply that is not answered is an error of the script's first operation
        return script.operations.get(raw.fmt, script.operations[3])

    def answer(self, incoming: Incoming) -> Answer:
        """Hold a request to its schema, check the account and the form of reply, process it."""
        raw, script = raw_form(incoming), _SCRIPTS[incoming.path]
        return script.reply(self._result(script, incoming, raw), raw)

    def refuse(self, incoming: Incoming, code: int | str) -> Answer:
        """An error in the form of reply that the request asks for."""
        return _SCRIPTS[incoming.path].reply(Refused(int(code), incoming.path), raw_form(incoming))

    def _result(self, script: _Script[F, T], incoming: Incoming, raw: Raw) -> T | Refused:
        reading = read(script.request, raw.body, on_drift="raise", spelling=Spelling(charsets=(raw.charset,)))
        form = reading.value
        if form is None:
            worst = reading.violations[0]
            return Refused(1, incoming.path, detail=f"{worst.path or '/'}: {worst.problem}")
        if not self._knows(form):
            return Refused(2, incoming.path)
        if raw.fmt not in script.operations:
            forms = " and ".join(str(each) for each in sorted(script.operations))
            return Refused(1, incoming.path, detail=f"the sandbox answers this script in fmt={forms} only")
        if incoming.crowd >= CROWD:
            return Refused(9, incoming.path)
        return script.process(self._bench, self._windows, form)

    def _knows(self, form: F) -> bool:
        account = self._bench.account
        if form.apikey is not None:
            return form.apikey == account.token
        hashed = md5(account.password.encode(), usedforsecurity=False).hexdigest()
        return form.login == account.login and form.psw in (account.password, hashed)
