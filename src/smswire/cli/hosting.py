"""`smswire sandbox`: the embedded gateways in the foreground."""

from __future__ import annotations

import os
import sqlite3

import click

from smswire.cli.output import DONE, FAILED, complain
from smswire.sandbox import serve

_DEFAULT = "demo"


def host_sandbox(host: str, port: int, speed: float, database: str) -> int:
    """Serve until interrupted, which is the ordinary end."""
    login, password, token = (
        os.environ.get(f"SMSWIRE_SANDBOX_{name}") or _DEFAULT for name in ("LOGIN", "PASSWORD", "TOKEN")
    )
    usual = {login, password, token} == {_DEFAULT}
    click.echo(f"login, password and token: {_DEFAULT if usual else 'as SMSWIRE_SANDBOX_... say'}")
    try:
        serve(
            host,
            port,
            speed=speed,
            login=login,
            password=password,
            token=token,
            database=database,
            announce=click.echo,
        )
    except ValueError as error:
        raise click.UsageError(str(error)) from None
    except OSError as error:
        complain(f"sandbox: cannot listen on {host}, port {port}: {error.strerror}")
        return FAILED
    except sqlite3.Error as error:
        complain(f"sandbox: cannot use the database: {error}")
        return FAILED
    return DONE
