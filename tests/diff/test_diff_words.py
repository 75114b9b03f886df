"""What `smswire diff` says of itself: its help and its rules."""

from __future__ import annotations

import json
import re
import shlex

import click
import pytest
from support.commands import Run

from smswire.cli.app import app
from smswire.diff.rules import rules


def test_rules_are_listed(diff: Run) -> None:
    rows = diff("--list-rules").out.splitlines()
    assert [each.split()[0] for each in rows[1:]] == list(rules())
    told = json.loads(diff("--list-rules", "--format", "json").out)
    assert [each["id"] for each in told] == list(rules())
    severities = {each["id"]: each["severity"] for each in told}
    assert severities["F001"] == {"request": "error", "response": "error", "tolerant-response": "info"}
    assert severities["X901"] == {"request": "exit 2", "response": "exit 2"}


@pytest.mark.parametrize("rule", rules().values(), ids=rules())
def test_every_rule_is_explained(diff: Run, rule: object) -> None:
    found = rules()[getattr(rule, "id")]  # noqa: B009
    told = diff("--explain", found.id)
    assert told.code == 0
    assert told == diff("--explain", found.name) == diff("--explain", found.id.lower())
    assert (f"--severity {found.id}=off|info|warn|error," in told.out) is not found.fatal
    for text in (found.title, found.why, found.example, found.soften):
        assert text in told.out


def test_what_a_rule_is_in_xsd_alone_is_explained(diff: Run) -> None:
    told = diff("--explain", "C105").out
    assert "\nRequests: error. Responses: error.\n" in told
    assert "\nIn XSD: some documents are valid that were not. Requests: info. Responses: error.\n" in told


def test_the_help_says_how_to_call_it(diff: Run) -> None:
    told = diff("--help").out
    examples = re.findall(r"^ {4}smswire diff (.*)$", told, re.MULTILINE)
    assert len(examples) == 4
    for each in examples:
        app.commands["diff"].make_context("diff", shlex.split(each))
    flat = " ".join(told.split())
    assert "switched off still count" in flat
    assert "the comparison of a document may take" in flat
    for option in app.commands["diff"].params:
        assert isinstance(option, click.Argument) or (isinstance(option, click.Option) and option.help), option.name


@pytest.mark.parametrize("wished", ["L499=warn", "L403=loud", "L403"])
def test_a_severity_that_there_is_not_is_named_with_those_that_there_are(diff: Run, wished: str) -> None:
    told = diff("--severity", wished, "a.json", "b.json")
    assert told.code == 2
    assert f"--severity {wished}: it is RULE=off|info|warn|error, with a rule of --list-rules" in told.err
