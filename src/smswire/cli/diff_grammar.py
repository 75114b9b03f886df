"""The grammar of `smswire diff`. The work is imported when it is called."""

from __future__ import annotations

from math import isfinite
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from smswire.cli.diffing import Asked, Profile, Threshold


def _finite(context: click.Context, parameter: click.Parameter, value: float) -> float:
    if not isfinite(value):
        raise click.BadParameter("it is a number of seconds", context, parameter)
    return value


@click.command()
@click.option(
    "--direction",
    type=click.Choice(["request", "response", "both", "auto"]),
    default="auto",
    show_default=True,
    help='Who reads it. "auto" goes by the name, NAME.request.* or NAME.response.*, and is both where'
    " that does not say.",
)
@click.option(
    "--profile",
    type=click.Choice(["strict", "tolerant"]),
    default="strict",
    show_default=True,
    help='Whether readers refuse what they do not know, or are "tolerant" of it.',
)
@click.option(
    "--fail-on",
    type=click.Choice(["error", "warn", "info", "never"]),
    default="error",
    show_default=True,
    help="The least severity that makes the exit code 1. It changes nothing of what is printed.",
)
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "json", "markdown", "github", "sarif"]),
    default="text",
    show_default=True,
    help="For people, programs, pull requests, annotations of GitHub Actions, code scanning.",
)
@click.option("--output", metavar="FILE", help="Write there instead of to the standard output.")
@click.option(
    "--severity",
    "levels",
    multiple=True,
    metavar="RULE=LEVEL",
    help="Show what a rule finds as error, warn, info, or not at all: off. May be given several times.",
)
@click.option(
    "--ignore-file",
    metavar="FILE",
    help="TOML of accepted findings: [[ignore]] entries of a reason and the rule, path, document, direction or"
    ' fingerprint, where "*" is any part of a step and "**" any steps.',
)
@click.option("--root", metavar="NAME", help="Only this root element, or this part of a JSON Schema, by pointer.")
@click.option(
    "--against",
    metavar="git:REF",
    help="Compare NEW, which is in a git checkout, with what a commit, branch or tag has in its place.",
)
@click.option("--witness/--no-witness", default=True, help="Show documents that only one side accepts.")
@click.option(
    "--timeout",
    type=click.FloatRange(min=0, min_open=True),
    callback=_finite,
    metavar="SECONDS",
    default=4.0,
    show_default=True,
    help="What the comparison of a document may take. What is not known by then is undecided.",
)
@click.option("--list-rules", is_flag=True, help="List the rules, with --format json too, and stop.")
@click.option("--explain", metavar="RULE", help="Explain a rule, for example F002, and stop.")
@click.argument("schemas", nargs=-1, metavar="OLD NEW")
def diff(
    *,
    schemas: tuple[str, ...],
    direction: Asked,
    profile: Profile,
    fail_on: Threshold,
    form: str,
    output: str | None,
    levels: tuple[str, ...],
    ignore_file: str | None,
    root: str | None,
    against: str | None,
    witness: bool,
    timeout: float,
    list_rules: bool,
    explain: str | None,
) -> int:
    """Say what breaks when a schema changes from OLD to NEW: two files, or two folders by the names of their files.

    XSD 1.0 or JSON Schema. A request is what we write and the provider reads: all old ones must be valid under NEW. A
    response is what the provider writes and we read: all new ones must have been valid under OLD. "compatible" and
    "breaking" are proven; where there is no proof, the verdict is "undecided", and a warning says why.

    The step of the version that is advised is for a library made from the schemas. Findings that are ignored or
    switched off still count for it.

    Exit codes: 0 nothing at or above --fail-on, 1 findings, 2 a schema cannot be read or nothing was compared.

    \b
    Examples:
      smswire diff old.xsd new.xsd --direction request
      smswire diff old new --severity F002=info --ignore-file accepted.toml
      smswire diff schemas --against git:v1.2 --format markdown
      smswire diff --explain F002
    """
    from smswire.cli import diffing

    if list_rules:
        if form not in ("text", "json"):
            raise click.UsageError("--list-rules is printed as text or json")
        return diffing.list_rules(as_json=form == "json")
    if explain is not None:
        if form != "text":
            raise click.UsageError("--explain is printed as text")
        return diffing.explain(explain)
    options = diffing.Options(
        direction=direction,
        profile=profile,
        fail_on=fail_on,
        form=form,
        output=output,
        levels=levels,
        ignore_file=ignore_file,
        root=root,
        against=against,
        witness=witness,
        timeout=timeout,
    )
    return diffing.diff(schemas, options)
