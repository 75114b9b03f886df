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
from smswire.cli.output import FAILED, INTERRUPTED, USAGE, complain
from smswire.errors import PayloadError, SmsError


def run(arguments: Sequence[str] | None) -> int:
    """Run one command. No error of ours ends in a traceback, and none quotes a phone, a text or a secret."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")
    try:
        with _warned():
            code: object = app.main(args=arguments, prog_name="smswire", standalone_mode=False)
        sys.stdout.flush()
    except click.NoSuchOption as error:
        click.UsageError(_unquoted(error), error.ctx).show()
        return USAGE
    except click.ClickException as error:
        error.show()
        return error.exit_code
    except click.Abort:
        return INTERRUPTED
    except BrokenPipeError:
        _silence()
        return FAILED
    except PayloadError as error:
        complain(str(error))
        return USAGE
    except SmsError as error:
        complain(str(error))
        return FAILED
    return code if isinstance(code, int) else 0


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


def _silence() -> None:
    """The reader of a pipe is gone: what is still buffered must not fail once more at exit."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
