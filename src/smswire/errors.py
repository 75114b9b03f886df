"""Every error that smswire raises on purpose.

SmsError                        provider, operation, outcome, client_ids
├── PayloadError                a value breaks its schema or a setting its rule; never sent (also a ValueError)
└── CallError                   a call failed: receipts, in_doubt, unsent
    ├── TransportError          no answer of the provider was read; a read that failed raises it as such
    │   ├── NotSent             nothing reached the provider: sending again is safe
    │   └── OutcomeUnknown      the provider may have accepted the messages: `client.resolve(error)` finds out
    │       └── UnreadableReply the answer to a send broke its schema (also a ReplyError)
    ├── ReplyError              an answer breaks its schema; the bytes are in `body`, not in the text
    │   └── UnreadableReply
    └── ProviderError           the provider refused the whole request: code, name, meaning
        ├── AuthenticationError login, password, key or address refused
        ├── NotFound            none of the messages asked for is known
        ├── InsufficientFunds   no money left
        └── RateLimited         too many requests, by the provider's word or its documented limit

Errors about single messages of a batch are no exceptions: they are in `Receipt.error`.
"""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from smswire_documents._runtime.errors import Outcome as Outcome
from smswire_documents._runtime.errors import PayloadError as PayloadError
from smswire_documents._runtime.errors import SmsError as SmsError

if TYPE_CHECKING:
    from smswire.model import Message, Receipt, Report
    from smswire_documents._runtime.document import Document


class CallError(SmsError):
    """A call failed. A call of several requests may have got some of them through before.

    Every message of a `send` or a `resolve` is in one of three: `receipts` were answered, `in_doubt` may have been
    accepted and are for `client.resolve`, `unsent` were certainly not. `client_ids` are those of the request that
    failed, `began` is when the send did. `reports` are what a `status` had until then, `resume` is where a history goes
    on: pass it as `resume=`.
    """

    receipts: tuple[Receipt[Document], ...] = ()
    in_doubt: tuple[Message, ...] = ()
    unsent: tuple[Message, ...] = ()
    reports: tuple[Report[Document], ...] = ()
    began: datetime | None = None
    resume: str | None = None


class TransportError(CallError):
    """No answer of the provider was read: connection, deadline, HTTP. `reason` says what happened, without data."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason

    def __str__(self) -> str:
        return _located(self, self.reason)


class NotSent(TransportError):
    """Certainly nothing reached the provider. Sending again is safe."""

    outcome = Outcome.NOT_SENT


class OutcomeUnknown(TransportError):
    """The request left and no readable answer came: the provider may have accepted it.

    It is never sent again by itself. `client.resolve(error)` finds out what became of the messages `in_doubt`, by the
    way that the provider documents. (A provider's own document leaves only its `client_ids`.)
    """

    outcome = Outcome.UNKNOWN


class ReplyError(CallError):
    """An answer that breaks its schema, or was no document at all.

    `path` leads to the place and `problem` says what the schema wants there. `body` has the bytes as they came,
    which hold whatever the provider put there: it is in no text of this error.
    """

    def __init__(self, path: str, problem: str, body: bytes = b"") -> None:
        # not super(): UnreadableReply has a second base, whose arguments are others
        CallError.__init__(self, path, problem)
        self.path = path
        self.problem = problem
        self.body = body

    def __str__(self) -> str:
        return _located(self, f"the reply breaks its schema at {self.path or '/'}: {self.problem}")


class UnreadableReply(ReplyError, OutcomeUnknown):
    """The answer to a send that breaks its schema: the messages may have been accepted."""

    outcome = Outcome.UNKNOWN

    def __init__(self, path: str, problem: str, body: bytes = b"") -> None:
        ReplyError.__init__(self, path, problem, body)
        self.reason = problem


class ProviderError(CallError):
    """The provider refused the whole request.

    `code` as it came (None where only words came that no table lists), `name` and `meaning` from the provider's code
    table (None where it lists no such code), `description` the provider's own words, which may quote the request and
    are in no text of this error; `raw` the reply.
    """

    outcome = Outcome.REFUSED

    def __init__(
        self,
        code: int | str | None,
        name: str | None = None,
        meaning: str | None = None,
        description: str | None = None,
        raw: Document | None = None,
    ) -> None:
        super().__init__(code)
        self.code = code
        self.name = name
        self.meaning = meaning
        self.description = description
        self.raw = raw

    def __str__(self) -> str:
        if self.code is None:
            return _located(self, "refused, in words that are in no published table: see description")
        known = f"{self.name} ({self.meaning})" if self.name else "not in the provider's published tables"
        return _located(self, f"refused with code {self.code}: {known}")


class AuthenticationError(ProviderError):
    """Login, password or key is wrong, or the address is not allowed."""


class NotFound(ProviderError):
    """The provider knows none of the messages that it was asked about; `status` and `resolve` tell so of each."""


class InsufficientFunds(ProviderError):
    """The account has not enough money."""


class RateLimited(ProviderError):
    """Too many requests: the provider said so, or the call would pass a limit that the provider documents.

    In the second case `code` is None, `outcome` is not_sent and `retry_after` is the number of seconds after
    which the limit allows the request.
    """

    retry_after: float | None = None

    def __str__(self) -> str:
        if self.code is not None:
            return super().__str__()
        wait = "" if self.retry_after is None else f", allowed again in {self.retry_after:.0f} s"
        return _located(self, f"the provider's documented limit on requests is reached{wait}")


def _located(error: SmsError, text: str) -> str:
    place = ".".join(part for part in (error.provider, error.operation) if part)
    return f"{place}: {text}" if place else text
