"""One exchange from document to document: retries, deadline, outcome. The only place that decides them.

A send that may have left is never repeated. What certainly did not reach the provider, and any read, is tried
again with a jittered pause, within the deadline and the documented limits.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Callable, Iterable, Mapping
from datetime import UTC, datetime, tzinfo
from typing import TypeVar

from attrs import frozen

from smswire import retry
from smswire.documents import Finding, read, write
from smswire.documents.reading import OnDrift, Spelling
from smswire.errors import (
    AuthenticationError,
    InsufficientFunds,
    NotFound,
    NotSent,
    OutcomeUnknown,
    ProviderError,
    RateLimited,
    ReplyError,
    TransportError,
    UnreadableReply,
)
from smswire.exchange import Failure, Refusal, Reply, Request, Send, Sleep, Steps
from smswire.limits import Limiter
from smswire.secret import Credentials
from smswire_documents._runtime.description import Operation
from smswire_documents._runtime.errors import Outcome, PayloadError, SmsError

Q = TypeVar("Q")
R = TypeVar("R")
E = TypeVar("E", bound=SmsError)

_RESERVE = 0.25
"""Share of the deadline that must be left to begin a further send of one call."""

_TOO_MANY = 429

drift_log = logging.getLogger("smswire.drift")

_REFUSALS: Mapping[str | None, type[ProviderError]] = {
    "authentication": AuthenticationError,
    "blocked": AuthenticationError,
    "insufficient_funds": InsufficientFunds,
    "rate_limited": RateLimited,
}


@frozen
class Drift:
    """What a reply added to its schema: where, of which document, and what kind of thing."""

    provider: str
    operation: str
    document: str
    finding: Finding


@frozen(kw_only=True)
class Settings:
    """The settings of a client that a call needs."""

    base_url: str
    credentials: Credentials
    zone: tzinfo
    deadline: float
    on_drift: OnDrift
    drift_callback: Callable[[Drift], None] | None
    limiter: Limiter
    clock: Callable[[], float]


class EngineCall:
    """One call of a client's method: the deadline begins when it is made."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._until = settings.clock() + settings.deadline
        self._began = datetime.now(UTC)
        self._answered = 0

    @property
    def credentials(self) -> Credentials:
        return self._settings.credentials

    @property
    def zone(self) -> tzinfo:
        return self._settings.zone

    @property
    def began(self) -> datetime:
        return self._began

    def exchange(
        self,
        operation: Operation[Q, R],
        request: Q,
        refusal: Callable[[R], Refusal | None],
        client_ids: Iterable[str] = (),
        *,
        charset: str = "utf-8",
        text_form: str | None = None,
    ) -> Steps[R]:
        """Send one document and read the reply; see `smswire.exchange.Call`."""
        ids = tuple(client_ids)
        answer = yield from self._transmit(operation, self._request(operation, request, charset, ids), ids)
        if answer.status == operation.not_found:
            unknown = NotFound(answer.status, "not_found", "none of the messages asked for is known")
            raise _about(unknown, operation, ids, Outcome.REFUSED)
        wanted = dict.fromkeys((charset, operation.charset))
        spelling = Spelling(charsets=tuple(wanted), declared=answer.charset, text_form=text_form)
        reading = read(operation.response, answer.body, on_drift=self._settings.on_drift, spelling=spelling)
        value = reading.value
        if value is None and answer.status == 200:
            worst = reading.violations[0]
            raise self._broken(operation, ids, worst.path, worst.problem, answer.body)
        refused = None if value is None else refusal(value)
        if value is None or (refused is None and answer.status != 200):
            # a success that its own status denies is no success
            raise self._unanswered(operation, ids, Failure(left=True, reason=f"HTTP status {answer.status}"))
        additions = _each_once((*reading.additions, *_new_codes(operation, value)))
        for finding in additions:
            self._report(Drift(operation.provider, operation.name, operation.response.name, finding))
        if refused is not None:
            raise _about(_refusal(refused), operation, ids, Outcome.REFUSED)
        if additions and self._settings.on_drift == "raise":
            first = additions[0]
            raise self._broken(operation, ids, first.path, f"a {first.kind} that is not known", answer.body)
        return value

    def _request(self, operation: Operation[Q, R], request: Q, charset: str, ids: tuple[str, ...]) -> Request:
        headers = {**operation.headers, "Accept-Encoding": "identity"}
        try:
            body = write(operation.request, request, charset=charset)
        except PayloadError as error:
            broken = PayloadError(error.path, error.problem)
        else:
            return Request(url=self._settings.base_url + operation.path, headers=headers, body=body)
        # raised anew, because the frames of the writers hold the values
        raise _about(broken, operation, ids, Outcome.NOT_SENT)

    def _transmit(self, operation: Operation[Q, R], request: Request, ids: tuple[str, ...]) -> Steps[Reply]:
        settings = self._settings
        failure = Failure(left=False, reason="too little of the deadline was left to send anything")
        for tries in range(1, retry.TRIES + 1):
            if not self._may_begin(operation):
                break
            wait = settings.limiter.reserve(operation.path, operation.limits, request.body)
            if wait is not None:
                if tries > 1:
                    break
                limited = RateLimited(None)
                limited.retry_after = wait
                raise _about(limited, operation, ids, Outcome.NOT_SENT)
            event = yield Send(request, self._remaining())
            if isinstance(event, Reply) and not _unavailable(event):
                self._answered += 1
                return event
            if isinstance(event, Reply):
                failure = Failure(left=True, reason=f"HTTP status {event.status}", again=event.status != _TOO_MANY)
            else:
                assert isinstance(event, Failure)
                failure = event
            if not failure.left:
                settings.limiter.give_back(operation.path, operation.limits, request.body)
            elif operation.effect == "send" or not failure.again:
                break
            pause = retry.pause(tries)
            if tries == retry.TRIES or pause >= self._remaining():
                break
            yield Sleep(pause)
        raise self._unanswered(operation, ids, failure)

    def _remaining(self) -> float:
        return self._until - self._settings.clock()

    def _may_begin(self, operation: Operation[Q, R]) -> bool:
        """Whether there is time for a request. A further send must not be cut short: that leaves messages in doubt."""
        further = operation.effect == "send" and self._answered > 0
        return self._remaining() > (self._settings.deadline * _RESERVE if further else 0)

    def _unanswered(self, operation: Operation[Q, R], ids: tuple[str, ...], failure: Failure) -> SmsError:
        if not failure.left:
            return _about(NotSent(failure.reason), operation, ids, Outcome.NOT_SENT)
        if operation.effect == "send":
            return _about(OutcomeUnknown(failure.reason), operation, ids, Outcome.UNKNOWN)
        return _about(TransportError(failure.reason), operation, ids, Outcome.NOT_SENT)

    def _broken(
        self, operation: Operation[Q, R], ids: tuple[str, ...], path: str, problem: str, body: bytes
    ) -> SmsError:
        if operation.effect == "send":
            return _about(UnreadableReply(path, problem, body), operation, ids, Outcome.UNKNOWN)
        return _about(ReplyError(path, problem, body), operation, ids, Outcome.NOT_SENT)

    def _report(self, drift: Drift) -> None:
        drift_log.warning("%s: the reply adds the %s %s", drift.document, drift.finding.kind, drift.finding.path)
        if self._settings.drift_callback is not None:
            try:
                self._settings.drift_callback(drift)
            except Exception:  # noqa: BLE001 (the caller's own must not hide what became of the messages)
                drift_log.exception("the drift callback failed")


def _unavailable(reply: Reply) -> bool:
    return reply.status >= 500 or reply.status == _TOO_MANY


def _new_codes(operation: Operation[Q, R], value: R) -> Iterable[Finding]:
    """Codes that no table lists; an empty one says nothing new."""
    if operation.response.coded is not None:
        for path, table, code in operation.response.coded(value):
            if code not in (None, "") and table.get(code) is None:
                yield Finding("code", path)


def _each_once(findings: Iterable[Finding]) -> list[Finding]:
    """What was added to a thousand rows alike is said once, where it came first."""
    first: dict[tuple[str, str], Finding] = {}
    for each in findings:
        first.setdefault((each.kind, re.sub(r"\[[0-9]+\]|/[0-9]+(?=/|$)", "", each.path)), each)
    return list(first.values())


def _refusal(refused: Refusal) -> ProviderError:
    known = refused.known
    kind = _REFUSALS.get(known.error if known else None, ProviderError)
    name, meaning = (known.name, known.meaning) if known else (None, None)
    return kind(refused.code, name, meaning, refused.description, refused.raw)


def _about(error: E, operation: Operation[Q, R], ids: tuple[str, ...], outcome: Outcome) -> E:
    error.provider, error.operation = operation.provider, operation.name
    error.outcome, error.client_ids = outcome, ids
    return error
