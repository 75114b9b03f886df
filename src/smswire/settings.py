"""A client's settings: what was passed or the environment holds, checked before anything is sent."""

from __future__ import annotations

import os
import time
from collections.abc import Callable
from datetime import UTC, tzinfo
from ipaddress import ip_address
from typing import ClassVar, get_args
from urllib.parse import urlsplit

from smswire.documents.reading import OnDrift
from smswire.engine import Drift, EngineCall, Settings
from smswire.exchange import Call
from smswire.limits import Limiter
from smswire.model import Capabilities
from smswire.secret import Credentials, Secret
from smswire_documents._runtime.description import Provider
from smswire_documents._runtime.errors import PayloadError

_LONGEST = 86_400

DEADLINE = 30.0
"""Seconds that a call may take, unless the client is given another number."""


class Configured:
    """What both clients are configured with."""

    provider: ClassVar[Provider]
    capabilities: ClassVar[Capabilities]
    default_zone: ClassVar[tzinfo] = UTC
    takes_token: ClassVar[bool] = False

    _settings: Settings
    _closed = False

    def _configure(
        self,
        credentials: Credentials,
        address: Secret,
        deadline: float,
        zone: tzinfo | None,
        on_drift: OnDrift,
        drift_callback: Callable[[Drift], None] | None,
        allow_plaintext: bool,  # noqa: FBT001
    ) -> None:
        if credentials.token is not None and (credentials.login or credentials.password):
            raise PayloadError("Client", "either login and password are required, or a token, not both")
        if credentials.token is None and (credentials.login is None or credentials.password is None):
            names = " and ".join(self._variable(each) for each in ("login", "password"))
            raise PayloadError("Client", f"login and password are required: pass them or set {names}")
        if credentials.token is not None and not self.takes_token:
            raise PayloadError("Client.token", f"{self.provider.id} documents no token: pass login and password")
        if isinstance(deadline, bool) or not (isinstance(deadline, (int, float)) and 0 < deadline <= _LONGEST):  # pyright: ignore[reportUnnecessaryIsInstance]
            raise PayloadError("Client.deadline", f"must be more than 0 and at most {_LONGEST} seconds")
        if zone is not None and not isinstance(zone, tzinfo):  # pyright: ignore[reportUnnecessaryIsInstance]
            raise PayloadError("Client.zone", "a tzinfo is required, for example zoneinfo.ZoneInfo('Asia/Almaty')")
        if on_drift not in get_args(OnDrift):
            raise PayloadError("Client.on_drift", f"one of {', '.join(get_args(OnDrift))} is required")
        if drift_callback is not None and not callable(drift_callback):
            raise PayloadError("Client.drift_callback", "a function is required")
        if problem := _problem(address.reveal(), allow_plaintext):
            raise PayloadError("Client.base_url", problem)
        self._settings = Settings(
            base_url=address.reveal().rstrip("/"),
            credentials=credentials,
            zone=zone or self.default_zone,
            deadline=deadline,
            on_drift=on_drift,
            drift_callback=drift_callback,
            limiter=Limiter(time.monotonic),
            clock=time.monotonic,
        )

    def _credentials(self, login: str | None, password: str | None, token: str | None) -> Credentials:
        """What was passed or, where nothing was, what the environment holds: never a mixture of two accounts."""
        passed = {"login": login, "password": password, "token": token}
        if all(each is None for each in passed.values()):
            passed = {name: os.environ.get(self._variable(name)) or None for name in passed}
        given = {name: value for name, value in passed.items() if value is not None}
        wrong = [name for name, value in given.items() if not isinstance(value, str) or not value]  # pyright: ignore[reportUnnecessaryIsInstance]
        if wrong:
            del login, password, token  # no traceback shows them
            passed.clear()
            given.clear()
            raise PayloadError(f"Client.{wrong[0]}", "a string that is not empty is required")
        return Credentials(**{name: Secret(value) for name, value in given.items()})

    def _address(self, base_url: str | None) -> Secret:
        """The address, which is secret until it is known to hold no password."""
        found = os.environ.get(self._variable("url"), self.provider.base_url) if base_url is None else base_url
        if not isinstance(found, str) or not found:  # pyright: ignore[reportUnnecessaryIsInstance]
            unset = f"pass an address, or unset {self._variable('url')}"
            raise PayloadError("Client.base_url", f"is empty, or no string: {unset}")
        return Secret(found)

    def _variable(self, name: str) -> str:
        return f"SMSWIRE_{self.provider.id}_{name}".upper()

    def new_call(self) -> Call:
        """Begin a call: its deadline runs from now. Raises `RuntimeError` once the client is closed."""
        if self._closed:
            raise RuntimeError("this client is closed")
        return EngineCall(self._settings)

    def __repr__(self) -> str:
        # a setting that is refused leaves a client without any
        place = f" at {self._settings.base_url}" if hasattr(self, "_settings") else ""
        return f"<{self.provider.id} {type(self).__name__}{place}>"


def _problem(url: str, allow_plaintext: bool) -> str | None:  # noqa: FBT001
    """What is wrong with an address, if anything."""
    try:
        parts = urlsplit(url)
        host, _ = parts.hostname or "", parts.port
        host.encode("idna")
    except ValueError:
        return "is no URL"
    if parts.scheme not in ("http", "https") or not host or parts.username is not None or {"?", "#"} & set(url):
        return "must be http(s)://host[:port][/path], without user, password, query or fragment"
    if parts.scheme == "http" and not allow_plaintext and not _loopback(host):
        return f"http://{host} would carry the password in plain text: pass an https address, or allow_plaintext=True"
    return None


def _loopback(host: str) -> bool:
    try:
        return host == "localhost" or ip_address(host).is_loopback
    except ValueError:
        return False
