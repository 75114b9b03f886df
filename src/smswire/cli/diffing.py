"""`smswire diff`: what a change of schemas breaks, and the rules by which it is judged."""

from __future__ import annotations

import sys
from collections.abc import Mapping, Sequence
from contextlib import ExitStack
from pathlib import Path
from typing import Literal, TypeAlias

import click
from attrs import evolve, frozen

from smswire.cli import tables
from smswire.cli.output import DONE, FAILED, USAGE, clean, complain, emit
from smswire.diff import ignoring
from smswire.diff.errors import ComparisonError
from smswire.diff.folders import Asked
from smswire.diff.formats import RENDERERS, text
from smswire.diff.git import revision
from smswire.diff.model import Effect, Place, Profile, Report
from smswire.diff.outcome import Outcome
from smswire.diff.rules import LEVELS, Level, Rule, rules
from smswire.diff.running import Wishes, run

__all__ = ["Asked", "Options", "Profile", "Threshold", "diff", "explain", "list_rules"]

Threshold: TypeAlias = Literal["error", "warn", "info", "never"]


@frozen(kw_only=True)
class Options:
    """What the command line asks for."""

    direction: Asked
    profile: Profile
    fail_on: Threshold
    form: str
    output: str | None
    levels: Sequence[str]
    ignore_file: str | None
    root: str | None
    against: str | None
    witness: bool
    timeout: float


def diff(schemas: Sequence[str], options: Options) -> int:
    """Compare, print and judge."""
    wishes = Wishes(
        direction=options.direction,
        profile=options.profile,
        levels=_levels(options.levels),
        root=options.root,
        timeout=options.timeout,
    )
    try:
        ignored = None if options.ignore_file is None else ignoring.read(Path(options.ignore_file))
        outcome = _outcome(schemas, options.against, wishes)
    except ComparisonError as error:
        complain(f"diff: {error}")
        return USAGE
    if ignored is not None:
        outcome = ignored.applied(outcome)
    if not options.witness:
        outcome = evolve(outcome, reports=tuple(_unwitnessed(each) for each in outcome.reports))
    try:
        _print(outcome, options)
    except OSError as error:
        if options.output is None:
            raise
        complain(f"diff: cannot write {options.output}: {error.strerror}")
        return USAGE
    for problem in outcome.problems:
        complain(f"diff: {problem.text}")
    if options.form != "text":
        for note in outcome.notes:
            complain(f"diff: {note}")
    return USAGE if outcome.problems else _judged(outcome, options.fail_on)


def _outcome(schemas: Sequence[str], against: str | None, wishes: Wishes) -> Outcome:
    with ExitStack() as stack:
        if against is None:
            if len(schemas) != 2:
                raise click.UsageError(
                    "two schemas or folders are expected, OLD and NEW, or one with --against git:REF"
                )
            return run(Path(schemas[0]), Path(schemas[1]), wishes)
        kind, colon, name = against.partition(":")
        if kind != "git" or not colon or not name:
            raise click.UsageError("--against is git:REF, where REF is a commit, a branch or a tag")
        if len(schemas) != 1:
            raise click.UsageError("with --against one schema or folder is expected, NEW")
        new = Path(schemas[0])
        old = stack.enter_context(revision(name, new))

        def placed(place: Place) -> Place:
            return evolve(place, file=old.shown(place.file))

        return evolve(run(old.path, new, wishes, placed=placed), checkout=old.checkout)


def _levels(wished: Sequence[str]) -> Mapping[str, Level]:
    found: dict[str, Level] = {}
    for each in wished:
        name, _, level = each.partition("=")
        rule = _rule(name)
        if rule is None or rule.fatal or level not in _LEVELS:
            raise click.UsageError(f"--severity {each}: it is RULE={'|'.join(LEVELS)}, with a rule of --list-rules")
        found[rule.id] = _LEVELS[level]
    return found


def _rule(name: str) -> Rule | None:
    """A rule by its number or its name, in any case."""
    return next((each for each in rules().values() if name.lower() in (each.id.lower(), each.name)), None)


_LEVELS: Mapping[str, Level] = {each: each for each in LEVELS}


def _unwitnessed(report: Report) -> Report:
    findings = tuple(evolve(each, witness=None) for each in report.findings)
    return evolve(report, witness=None, findings=findings)


def _print(outcome: Outcome, options: Options) -> None:
    if options.output is not None:
        Path(options.output).write_text(RENDERERS[options.form](outcome), "utf-8")
    elif options.form == "text":
        _show(outcome)
    else:
        click.echo(RENDERERS[options.form](outcome), nl=False)


def _show(outcome: Outcome) -> None:
    """Lines for people, coloured on a terminal."""
    found = [[(style, clean(part)) for style, part in line] for line in text.lines(outcome)]
    if not sys.stdout.isatty():
        for line in found:
            click.echo("".join(part for _, part in line))
        return
    from rich.console import Console
    from rich.text import Text

    console = Console()
    for line in found:
        console.print(Text.assemble(*((part, style) for style, part in line)), soft_wrap=True)


def _judged(outcome: Outcome, threshold: Threshold) -> int:
    if threshold == "never":
        return DONE
    least = LEVELS.index(threshold)
    return FAILED if any(LEVELS.index(each) >= least for each in outcome.severities()) else DONE


def list_rules(*, as_json: bool) -> int:
    """Print every rule with its severities."""
    if as_json:
        emit([_described(each) for each in rules().values()])
        return DONE
    rows = [(each.id, each.name, *_levels_of(each, each.effect), each.title) for each in rules().values()]
    tables.show(("RULE", "NAME", "REQUEST", "RESPONSE", "WHAT"), rows)
    return DONE


def _described(rule: Rule) -> dict[str, object]:
    strict = dict(zip(("request", "response"), _levels_of(rule, rule.effect), strict=True))
    return {
        "id": rule.id,
        "name": rule.name,
        "title": rule.title,
        "effect": rule.effect,
        "severity": {**strict, **{way: level for way, level in rule.severity.items() if "-" in way}},
        "why": rule.why,
        "example": rule.example,
        "soften": rule.soften,
    }


def explain(name: str) -> int:
    """Print what a rule is about."""
    found = _rule(name)
    if found is None:
        raise click.UsageError("there is no such rule; --list-rules shows them")
    lines = [f"{found.id} {found.name}: {found.title}", ""]
    lines += [] if found.fatal else [f"Effect: {_EFFECTS[found.effect]}."]
    lines += [_both_ways(found, found.effect)]
    if found.xsd_effect:
        lines += [f"In XSD: {_EFFECTS[found.xsd_effect]}. {_both_ways(found, found.xsd_effect)}"]
    lines += [f"{_CASES[way]}: {level}." for way, level in found.severity.items() if way in _CASES]
    lines += ["", found.why, "", f"Example: {found.example}", "", f"What the provider can do: {found.soften}"]
    if not found.fatal:
        lines += [f"What you can do: --severity {found.id}={'|'.join(LEVELS)}, or an entry in an --ignore-file."]
    click.echo("\n".join(lines))
    return DONE


def _both_ways(rule: Rule, effect: Effect) -> str:
    return "Requests: {}. Responses: {}.".format(*_levels_of(rule, effect))


def _levels_of(rule: Rule, effect: Effect) -> tuple[str, str]:
    """The levels for requests and for responses, under the profile strict."""
    if rule.fatal:
        return "exit 2", "exit 2"
    return rule.level("request", "strict", effect), rule.level("response", "strict", effect)


_EFFECTS: Mapping[Effect, str] = {
    "narrows": "some documents are no longer valid",
    "widens": "some documents are valid that were not",
    "both": "some documents are no longer valid, and others are that were not",
    "neutral": "the same documents are valid",
    "unknown": "it depends, or is not known",
}


_CASES = {
    f"{kind}-{way}": f"{way.capitalize()}s, {told}"
    for kind, told in (("open", "where any field was allowed before"), ("tolerant", "under the profile tolerant"))
    for way in ("request", "response")
}
