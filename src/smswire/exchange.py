"""The vocabulary between operations, engine and drivers: what is asked of the network, and what came of it.

Operations are generators: they yield a `Send` or a `Sleep` and are given a `Reply` or a `Failure`. Nothing in
them does I/O, so the same operation serves the synchronous and the asynchronous client.
"""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterable, Mapping
from datetime import datetime, tzinfo
from typing import Protocol, TypeAlias, TypeVar

from attrs import field, frozen

from smswire.secret import Credentials
from smswire_documents._runtime.description import Code, Operation
from smswire_documents._runtime.document import Document

Q = TypeVar("Q")
R = TypeVar("R")


def _size(body: bytes) -> str:
    return f"<{len(body)} bytes>"


@frozen(kw_only=True)
class Request:
    """One HTTP request; the body is in no repr."""

    url: str
    headers: Mapping[str, str]
    body: bytes = field(repr=_size)
    method: str = "POST"


@frozen
class Send:
    """Send a request and read the whole answer within `timeout` seconds."""

    request: Request
    timeout: float


@frozen
class Sleep:
    """Wait so many seconds."""

    seconds: float


@frozen
class Reply:
    """A whole HTTP answer, whatever its status; the body is in no repr. `charset` is what its header declares."""

    status: int
    body: bytes = field(repr=_size)
    charset: str | None = None


@frozen
class Failure:
    """No whole answer came. `left` tells whether the provider may have the request; `reason` quotes no data.

    `again` tells whether another try could do better, where one is allowed at all.
    """

    left: bool
    reason: str
    again: bool = True


Effect: TypeAlias = Send | Sleep
Event: TypeAlias = Reply | Failure | None
Steps: TypeAlias = Generator[Effect, Event, R]


@frozen
class Refusal:
    """A whole-request error as a reply tells it: its code, None where it has words only, which are in no repr."""

    code: int | str | None
    known: Code | None
    description: str | None = field(repr=False)
    raw: Document


class Call(Protocol):
    """What an operation is given: the account's settings, and the way to make one exchange."""

    @property
    def credentials(self) -> Credentials: ...
    @property
    def zone(self) -> tzinfo: ...
    @property
    def began(self) -> datetime: ...

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
        """Send one document and read the reply. Raises the errors of `smswire.errors`.

        `charset` is what the request is written in, and asks the reply to be in. `text_form` is the name of the form
        without markup in which the reply comes.
        """
        ...
