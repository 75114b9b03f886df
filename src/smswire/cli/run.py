"""How every command ends: its exit code, and one line about what went wrong."""

from __future__ import annotations

import io
import logging
import os
import re
import sys
from collections.abc import Generator, Sequence
from contextlib import contextmanager

import click

from smswire.cli.app import app
from smswire.cli.output import FAILED, INTERRUPTED, USAGE, complain, silence
from smswire.errors import PayloadError, SmsError


def run(arguments: Sequence[str] | None) -> int:
    """Run one command. No error ends in a traceback, and none of ours quotes a phone, a text or a secret."""
    _prepare_streams()
    try:
        with _warned():
            code: object = app.main(args=arguments, prog_name="smswire", standalone_mode=False)
        sys.stdout.flush()
    except ModuleNotFoundError:
        raise  # `main` says which extra brings it
    except Exception as error:
        if os.environ.get("SMSWIRE_TRACEBACK"):
            raise
        return _failed(error)
    return code if isinstance(code, int) else 0


def _failed(error: Exception) -> int:
    """Say what went wrong in a line, and give the exit code."""
    if isinstance(error, click.Abort):
        return INTERRUPTED
    if isinstance(error, click.ClickException):
        shown = click.UsageError(_unquoted(error), error.ctx) if isinstance(error, click.NoSuchOption) else error
        shown.show()
        return error.exit_code
    if isinstance(error, OSError):
        silence()
        if not isinstance(error, BrokenPipeError):
            complain(f"cannot read or write: {error.strerror or type(error).__name__}")
        return FAILED
    if isinstance(error, SmsError):
        complain(str(error))
        return USAGE if isinstance(error, PayloadError) else FAILED
    # a traceback could show a phone, a text or a secret
    complain(f"a mistake in smswire itself, {type(error).__name__}: set SMSWIRE_TRACEBACK=1 to see where")
    return FAILED


def _prepare_streams() -> None:
    """Streams that are closed swallow what is written, and no character is one that cannot be shown."""
    sys.stdin, sys.stdout, sys.stderr = (each or io.StringIO() for each in (sys.stdin, sys.stdout, sys.stderr))
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")


@contextmanager
def _warned() -> Generator[None, None, None]:
    """What a reply adds to its schema is reported to a logger: here it is a line like any other."""
    handler = logging.StreamHandler()
    handler.setFormatter(logging.Formatter("smswire: %(message)s"))
    log = logging.getLogger("smswire")
    log.addHandler(handler)
    try:
        yield
    finally:
        log.removeHandler(handler)


def _unquoted(error: click.NoSuchOption) -> str:
    """A text that begins with dashes is taken for an option: only what looks like one is named."""
    if re.fullmatch(r"--?[a-z][a-z-]{0,19}", error.option_name):
        return f"no such option: {error.option_name}"
    return "no such option; a text that begins with a dash comes after --"
