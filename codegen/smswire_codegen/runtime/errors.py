"""The root of smswire's errors, and the error of a document that breaks its schema.

They stand here because a generated document raises them when it is built; `smswire.errors` has the whole tree.
"""

from __future__ import annotations

from enum import StrEnum


class Outcome(StrEnum):
    """What is known about the messages of a call that failed."""

    NOT_SENT = "not_sent"
    """Nothing of the request reached the provider, or the call sends no messages."""
    REFUSED = "refused"
    """The provider answered that it refused the whole request."""
    UNKNOWN = "unknown"
    """The provider may have accepted the messages."""


class SmsError(Exception):
    """Base of every error that smswire raises on purpose.

    `provider` and `operation` are empty where none was involved yet. `client_ids` are the identifiers of the
    messages that the outcome is about.
    """

    provider: str = ""
    operation: str = ""
    outcome: Outcome = Outcome.NOT_SENT
    client_ids: tuple[str, ...] = ()


class PayloadError(SmsError, ValueError):
    """A value breaks a limit of the schema. It was never sent.

    `path` leads from the object being built to the value, `problem` says the limit; neither quotes the value.
    """

    def __init__(self, path: str, problem: str) -> None:
        super().__init__(path, problem)
        self.path = path
        self.problem = problem

    def __str__(self) -> str:
        return f"{self.path}: {self.problem}"

    def within(self, place: str) -> PayloadError:
        """The same error as seen from an enclosing object or batch: `place` is put before the path."""
        return PayloadError(f"{place}.{self.path}", self.problem)
