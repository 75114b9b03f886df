"""Whose account a command uses, and the client made for it. Credentials are never arguments of a command."""

from __future__ import annotations

import os
import sys
from collections.abc import Generator
from contextlib import contextmanager

import click
from attrs import frozen

from smswire.cli.gateways import Session, Settings, client
from smswire.errors import PayloadError
from smswire.model import Capabilities


@frozen(kw_only=True)
class Account:
    """The options that every command with a provider has."""

    provider: str
    url: str | None
    deadline: float
    allow_plaintext: bool

    @property
    def capabilities(self) -> Capabilities:
        """What the provider's client offers; imports it."""
        return client(self.provider).capabilities

    def variable(self, name: str) -> str:
        """The environment variable of a setting."""
        return f"SMSWIRE_{self.provider}_{name}".upper()


@contextmanager
def connected(account: Account) -> Generator[Session, None, None]:
    """An open client, closed at the end. Raises `click.UsageError` without credentials."""
    settings = _settings(account)
    try:
        session = client(account.provider)(**settings)
    except PayloadError as error:
        problem = error.problem.replace("allow_plaintext=True", "--allow-plaintext")
        refused = PayloadError(error.path.replace("Client.base_url", "--url"), problem)
    else:
        try:
            yield session
        finally:
            session.close()
        return
    raise refused


def _settings(account: Account) -> Settings:
    found = {name: os.environ.get(account.variable(name)) or None for name in ("login", "password", "token")}
    missing = [name for name in ("login", "password") if found[name] is None]
    if found["token"] is None and missing:
        if not _asks():
            variables = " and ".join(account.variable(name) for name in missing)
            raise PayloadError("credentials", f"set {variables}, or run on a terminal to be asked")
        for name in missing:
            found[name] = click.prompt(f"{account.provider} {name}", hide_input=True, err=True, type=str)
    return Settings(
        login=found["login"],
        password=found["password"],
        token=found["token"],
        base_url=account.url,
        deadline=account.deadline,
        allow_plaintext=account.allow_plaintext,
    )


def _asks() -> bool:
    return sys.stdin.isatty()
