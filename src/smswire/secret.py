"""A value that no repr, log or traceback shows."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from attrs import field, frozen

from smswire_documents._runtime.errors import PayloadError

T = TypeVar("T")


class Secret:
    """A password, token or login. `reveal()` is the only way to read it."""

    __slots__ = ("_value",)

    def __init__(self, value: str) -> None:
        self._value = value

    def reveal(self) -> str:
        """The value itself, for the document that is about to be written."""
        return self._value

    def __repr__(self) -> str:
        return "<secret>"

    def __reduce__(self) -> str:
        raise TypeError("a secret is not pickled")


def held(make: Callable[[], T]) -> T:
    """Make a document that holds secrets; its error is raised anew, because the frames of the check hold the values."""
    try:
        return make()
    except PayloadError as error:
        broken = PayloadError(error.path, error.problem)
    raise broken


@frozen(kw_only=True)
class Credentials:
    """What an account authenticates with: login and password, or a token, as the provider documents it."""

    login: Secret | None = field(default=None)
    password: Secret | None = field(default=None)
    token: Secret | None = field(default=None)

    def login_and_password(self) -> tuple[Secret, Secret]:
        """Both, still secret. Raises `PayloadError` where either is missing."""
        if self.login is None or self.password is None:
            raise PayloadError("Client", "login and password are both required")
        return self.login, self.password
