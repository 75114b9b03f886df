"""The grammar of the command line: commands, arguments and options. The work is imported when it is called."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, datetime
from functools import wraps
from pathlib import Path
from urllib.parse import urlsplit

import click

from smswire.cli.account import Account
from smswire.cli.diff_grammar import diff
from smswire.cli.gateways import GATEWAYS
from smswire_documents import PROVIDERS


def _moment(_: click.Context, __: click.Parameter, value: str | None) -> datetime | None:
    try:
        found = None if value is None else datetime.fromisoformat(value)
    except ValueError:
        raise click.BadParameter("not an ISO 8601 date and time") from None
    if found is not None and found.tzinfo is None:
        raise click.BadParameter("needs a time zone, for example 2026-01-31T09:00+03:00")
    return found


def _day(_: click.Context, __: click.Parameter, value: str | None) -> date | None:
    try:
        return None if value is None else date.fromisoformat(value)
    except ValueError:
        raise click.BadParameter("not a date like 2026-01-31") from None


def _url(_: click.Context, __: click.Parameter, value: str | None) -> str | None:
    try:
        urlsplit(value or "")
    except ValueError:
        raise click.BadParameter("not a URL") from None
    return value


def _account(command: Callable[..., int]) -> Callable[..., int]:
    """Add the options of an `Account`, which the command is given as `account`."""

    @click.option("--provider", type=click.Choice(GATEWAYS), required=True)
    @click.option("--url", callback=_url, help="The provider's address, if not SMSWIRE_<PROVIDER>_URL or its own.")
    @click.option("--deadline", type=_SECONDS, default=30.0, show_default=True, help="Seconds that a call may take.")
    @click.option("--allow-plaintext", is_flag=True, help="Let the password go over plain http.")
    @wraps(command)
    def with_account(*, provider: str, url: str | None, deadline: float, allow_plaintext: bool, **rest: object) -> int:
        account = Account(provider=provider, url=url, deadline=deadline, allow_plaintext=allow_plaintext)
        return command(account=account, **rest)

    return with_account


_SECONDS = click.FloatRange(min=0, min_open=True)
_json = click.option("--json", "as_json", is_flag=True, help="Print JSON, for machines.")


@click.group(context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(package_name="smswire", message="%(prog)s %(version)s")
def app() -> None:
    """Send SMS through typed gateways, and hold their documents to the schemas.

    Credentials come from SMSWIRE_<PROVIDER>_LOGIN and _PASSWORD, or _TOKEN; on a terminal what is missing is asked for.
    Exit codes: 0 done, 1 refused or failed, 2 usage, 3 sent with an unknown outcome, 130 interrupted.
    """


@app.command()
@_account
@click.option("--to", multiple=True, required=True, metavar="PHONE", help="The recipient. May be given several times.")
@click.option("--sender", help="The sender ID.")
@click.option("--id", "own_id", help="Your identifier of the message. Only with one --to.")
@click.option("--valid-for", type=click.IntRange(1, 525_600), metavar="MINUTES", help="How long delivery is tried.")
@click.option("--send-at", callback=_moment, metavar="DATETIME", help="When to send, ISO 8601 with a time zone.")
@_json
@click.argument("text", nargs=-1, required=True, metavar="TEXT")
def send(
    *,
    account: Account,
    to: tuple[str, ...],
    sender: str | None,
    own_id: str | None,
    valid_for: int | None,
    send_at: datetime | None,
    as_json: bool,
    text: Sequence[str],
) -> int:
    """Send TEXT, in quotes, to one or more recipients.

    Exit codes: 0 all were accepted, 1 some were refused or certainly not sent, 2 usage, 3 some may have been accepted:
    do not send again before you know, by what is printed then. 130 interrupted, which tells what may have been
    accepted too.
    """
    # click's own complaint about a second argument would quote it
    if len(text) > 1:
        raise click.UsageError(f"one TEXT is expected, {len(text)} arguments were given: put the text in quotes")
    if own_id is not None and len(to) > 1:
        raise click.UsageError("--id names one message: give one --to with it")
    from smswire.cli import sending

    messages = sending.messages(to, text[0], sender, own_id, valid_for, send_at)
    return sending.send(account, messages, as_json=as_json)


@app.command()
@_account
@click.option("--to", multiple=True, metavar="PHONE", help="The recipient: one for all IDs, or one for each.")
@click.option("--gateway-id", "by_gateway_id", is_flag=True, help="The IDs are the gateway's, where it takes both.")
@_json
@click.argument("ids", nargs=-1, required=True, metavar="ID...")
def status(
    *,
    account: Account,
    to: tuple[str, ...],
    by_gateway_id: bool,
    as_json: bool,
    ids: tuple[str, ...],
) -> int:
    """Show where messages are.

    QUICKTEL and Webcom find a message by its gateway id, KazInfoTeh by your own id or with --gateway-id by the
    gateway's. smsc finds it by --to and an id, the gateway's or your own.
    """
    if len(to) not in (0, 1, len(ids)):
        raise click.UsageError("give --to once for all IDs, or once for each")
    from smswire.cli import following

    return following.status(account, ids, to, by_gateway_id=by_gateway_id, as_json=as_json)


@app.command()
@_account
@click.option("--from", "since", callback=_day, required=True, metavar="DATE", help="The first day.")
@click.option("--to", "until", callback=_day, metavar="DATE", help="The last day; today when absent.")
@click.option("--limit", type=click.IntRange(min=1), help="Stop after so many messages.")
@click.option("--resume", metavar="PLACE", help="Go on where an earlier history was stopped by a limit.")
@_json
def history(
    *,
    account: Account,
    since: date,
    until: date | None,
    limit: int | None,
    resume: str | None,
    as_json: bool,
) -> int:
    """List messages sent before, newest first. --json prints JSON lines."""
    from smswire.cli import following

    return following.history(account, since, until, limit, resume, as_json=as_json)


@app.command()
@click.option("--as", "document", metavar="DOCUMENT", help="Only this one, for example quicktel/sms_send.response.")
@_json
@click.argument("files", nargs=-1, required=True, metavar="FILE...")
def validate(*, document: str | None, as_json: bool, files: tuple[str, ...]) -> int:
    """Hold files to the schemas of all known documents, replies without markup that have one included.

    FILE may be - for the standard input. Exit codes: 0 each file is valid as at least one document, 1 violations or
    no document knows it, 2 unreadable.
    """
    from smswire.cli import validating

    return validating.validate(files, document, as_json=as_json)


app.add_command(diff)


@app.command()
@click.argument("provider", required=False, type=click.Choice(PROVIDERS))
@_json
def providers(*, provider: str | None, as_json: bool) -> int:
    """List the providers, or show one with its codes."""
    from smswire.cli import describing

    return describing.describe(provider, as_json=as_json)


@app.command()
@click.option(
    "--schemas",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    required=True,
    help="A folder with a folder for each provider.",
)
@click.option("--out", type=click.Path(path_type=Path), required=True, help="The package: a folder, yours to name.")
def generate(*, schemas: Path, out: Path) -> int:
    """Generate a typed package of the schemas of your own providers.

    It carries its schemas, and needs smswire to run. Run again, it is brought up to date; files that this command did
    not write stay as they are.
    """
    from smswire.cli import generating

    return generating.generate(schemas, out)


@app.command()
@click.option("--host", default="127.0.0.1", show_default=True, help="A loopback address.")
@click.option("--port", type=click.IntRange(0, 65535), default=8025, show_default=True, help="0 picks a free one.")
@click.option("--speed", type=click.FloatRange(min=0), default=1.0, show_default=True, help="Sandbox seconds a second.")
@click.option("--database", default=":memory:", show_default=True, metavar="FILE", help="Where messages are kept.")
def sandbox(*, host: str, port: int, speed: float, database: str) -> int:
    """Serve every provider's protocol on this machine, until interrupted.

    Clients authenticate with SMSWIRE_SANDBOX_LOGIN, _PASSWORD and _TOKEN, each "demo" where not set.
    """
    from smswire.cli import hosting

    return hosting.host_sandbox(host, port, speed, database)


@app.command("demo")
def run_demo() -> int:
    """Show the main job against the embedded sandbox, in about ten seconds."""
    from smswire.cli import demo

    return demo.demo()
