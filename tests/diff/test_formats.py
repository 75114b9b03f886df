"""What is printed: every format tells every finding, holds to its own rules, and survives odd texts."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

import jsonschema_rs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from diff.pairs import OPEN, PROVEN
from smswire.diff.formats import RENDERERS, machine, sarif, text
from smswire.diff.model import Change, Direction, Inclusion, Place
from smswire.diff.outcome import Ignored, Outcome, Problem
from smswire.diff.report import Settings, build
from smswire.diff.rules import rules

PLACES = (Place("v1.0:schemas/old file.xsd", 12, 3), Place("schemas/new.xsd", 14))
CHILD = Change(rule="D803", path="/order/x", note="inlined")
CHANGES = (
    Change(rule="V302", path="/order/@kind", old="flash", old_place=PLACES[0], new_place=PLACES[1]),
    Change(
        rule="V308", path="/order/ttl", old="60", new="1440", new_place=Place(str(Path.cwd() / "schemas/a b.xsd"), 2, 5)
    ),
    Change(rule="F008", path="/order/phone", new="/order/to/phone", children=(CHILD,)),
    Change(rule="F002", path="/order/tag", new="tag"),
)
WITNESS = Inclusion(holds=False, witness='<order kind="flash"/>\n', path="/order")


def outcome(holds: Inclusion = WITNESS, direction: Direction = "request", *changes: Change) -> Outcome:
    report = build(
        changes or CHANGES,
        holds,
        Settings(direction=direction),
        language="xsd",
        old="v1.0:schemas/old file.xsd",
        new="schemas/new.xsd",
        document="quicktel/send.request",
    )
    quiet = build(
        [], PROVEN, Settings(direction=direction), language="xsd", old="a", new="b", document="quicktel/quiet"
    )
    return Outcome(reports=(quiet, report))


FULL = Outcome(
    reports=(*outcome().reports, *outcome(OPEN, "response").reports),
    problems=(Problem("x", "x.xsd:3: cannot resolve the reference y.xsd"),),
    ignored=(Ignored(outcome().reports[1], outcome().reports[1].findings[0], "agreed | with them"),),
    notes=("ignore.toml: entry 2 (rule F003) is about nothing that was found",),
)
EMPTY = Outcome(reports=outcome().reports[:1])

odd = st.text(st.characters(exclude_categories=["Cs"]), max_size=30)
places = st.builds(Place, odd.map(lambda name: f"f{name}".replace("\0", "")), st.integers(0, 9), st.integers(0, 9))
odd_changes = st.builds(
    Change,
    rule=st.sampled_from([each.id for each in rules().values() if not each.fatal]),
    path=odd.map("/{}".format),
    old=st.none() | odd,
    new=st.none() | odd,
    old_place=st.none() | places,
    new_place=st.none() | places,
    note=odd,
)
odd_outcomes = st.builds(
    lambda changes, holds, document: outcome(
        Inclusion(holds=holds, witness=None if holds else document, reasons=(("/", document),)), "request", *changes
    ),
    st.lists(odd_changes, min_size=1, max_size=3),
    st.sampled_from([True, False, None]),
    odd,
)


@pytest.mark.parametrize("form", RENDERERS)
def test_every_format_tells_every_finding(form: str) -> None:
    told = RENDERERS[form](FULL)
    for _, finding in FULL.findings():
        assert finding.rule in told
    # github's is for lines of code, and has none for what is left out
    assert ("agreed" in told) is (form != "github")


@pytest.mark.parametrize("form", RENDERERS)
@given(found=odd_outcomes)
def test_every_format_takes_any_text(form: str, found: Outcome) -> None:
    told = RENDERERS[form](found)
    assert told.endswith("\n") or not told
    told.encode("utf-8")


def test_text_says_that_nothing_was_found() -> None:
    assert text.render(EMPTY) == "1 compatible; 0 errors, 0 warnings, 0 infos\n"
    assert text.render(Outcome(reports=())) == ""


@pytest.mark.parametrize("form", ["text", "markdown"])
def test_of_many_reasons_three_are_told(form: str) -> None:
    many = outcome(Inclusion(holds=False), "request", *(Change(rule="L403", path=f"/{each}") for each in "abcde"))
    told = RENDERERS[form](many)
    assert told.count("the greatest length was lowered\n") == 3 + 5
    assert "and 2 more\n" in told


def test_what_could_not_be_compared_is_no_lack_of_differences() -> None:
    lost = Outcome(reports=EMPTY.reports, problems=FULL.problems)
    assert text.render(lost).splitlines()[-1] == "1 compatible, 1 not compared; 0 errors, 0 warnings, 0 infos"
    assert "version: major\n  x: it could not be compared\n" in text.render(lost)
    assert text.render(Outcome(reports=(), problems=FULL.problems)) == ""
    assert "No differences in what could be compared." in RENDERERS["markdown"](lost)


def test_text_tells_the_worst_first() -> None:
    lines = text.render(FULL).splitlines()
    assert lines[0] == "quicktel/send.request (request): BREAKING"
    severities = [line.split()[0] for line in lines if re.match(r"  (error|warn|info) ", line)]
    per_report = [severities[:4], severities[4:]]
    for each in per_report:
        assert each == sorted(each, key=["error", "warn", "info"].index)
    assert lines[1] == "  error F008 field-moved  /order/phone  proven" or "V302" in lines[1]
    assert any("old v1.0:schemas/old file.xsd:12:3, new schemas/new.xsd:14" in line for line in lines)
    assert any('valid under the old schema only: <order kind="flash"/>' in line for line in lines)
    assert any(line.startswith("version: major") for line in lines)
    assert lines[-1].startswith("1 breaking, 1 undecided, 2 compatible, 1 not compared; ")


def test_a_long_witness_is_cut() -> None:
    long = Inclusion(holds=False, witness="x" * 100_000)
    assert re.findall("x{50,}", text.render(outcome(long))) == ["x" * 400]
    assert "x" * 100_000 in machine.render(outcome(long))
    assert "(100000 characters)" in text.render(outcome(long))


JSON_SCHEMA = jsonschema_rs.validator_for(json.loads(machine.schema()))


@pytest.mark.parametrize("found", [FULL, EMPTY, Outcome(reports=())])
def test_json_holds_to_its_published_schema(found: Outcome) -> None:
    JSON_SCHEMA.validate(json.loads(machine.render(found)))


@given(odd_outcomes)
def test_any_json_holds_to_its_published_schema(found: Outcome) -> None:
    JSON_SCHEMA.validate(json.loads(machine.render(found)))


def objects(schema: Any) -> Iterator[dict[str, Any]]:
    if isinstance(schema, dict):
        if "properties" in schema:
            yield schema
        for each in schema.values():
            yield from objects(each)


def test_the_published_schema_leaves_nothing_out() -> None:
    told = json.loads(machine.render(FULL))
    del told["reports"][1]["findings"][0]["fingerprint"]
    assert not JSON_SCHEMA.is_valid(told)
    for each in objects(json.loads(machine.schema())):
        assert each["additionalProperties"] is False
        assert set(each["required"]) == set(each["properties"])


def test_json_tells_the_worst_verdict() -> None:
    assert json.loads(machine.render(FULL))["verdict"] == "breaking"
    assert json.loads(machine.render(outcome(OPEN)))["verdict"] == "undecided"
    assert json.loads(machine.render(EMPTY))["verdict"] == "compatible"
    assert json.loads(machine.render(Outcome(reports=())))["verdict"] is None


@given(odd_outcomes)
def test_markdown_tables_stay_tables(found: Outcome) -> None:
    rows = [line for line in RENDERERS["markdown"](found).splitlines() if line.startswith("| ")]
    assert bool(rows) is any(each.findings for each in found.reports)
    for row in rows:
        assert len(re.findall(r"(?<!\\)(?:\\\\)*\|", row)) == 7, row


def test_markdown_puts_what_breaks_first() -> None:
    told = RENDERERS["markdown"](FULL)
    assert told.index("Requests (we write") < told.index("Replies (the provider")
    table = told[told.index("| |") :].splitlines()[2:]
    assert table[0].startswith("| **error** ")
    assert "**Version step: major**\n\n- quicktel/send.request: `/order/@kind`: values were removed" in told
    assert RENDERERS["markdown"](EMPTY) == "## Schema comparison\n\nNo differences.\n\n"


@given(odd_outcomes)
def test_a_workflow_command_is_one_line(found: Outcome) -> None:
    lines = RENDERERS["github"](found).split("\n")[:-1]
    assert len(lines) == sum(1 for _ in found.findings())
    for line in lines:
        assert re.fullmatch(r"::(error|warning|notice) [^:\r\n]+::[^\r\n]+", line), line


def test_a_workflow_command_points_at_the_new_file() -> None:
    [line] = [each for each in RENDERERS["github"](outcome()).splitlines() if "V302" in each]
    assert line.startswith("::error file=schemas/new.xsd,line=14,title=V302 enum-value-removed (request)::")
    assert "quicktel/send.request /order/@kind: values were removed" in line


def check_sarif(told: dict[str, Any]) -> None:
    """What the standard (SARIF 2.1.0, OASIS) demands of the parts that are used."""
    assert told["version"] == "2.1.0"
    assert urlsplit(told["$schema"]).scheme == "https"
    [run] = told["runs"]
    driver = run["tool"]["driver"]
    assert driver["name"] == "smswire"
    known = [each["id"] for each in driver["rules"]]
    assert len(known) == len(set(known))
    for rule in driver["rules"]:
        assert {"text"} <= set(rule["shortDescription"]) & set(rule["fullDescription"]) & set(rule["help"])
    for result in run["results"]:
        assert known[result["ruleIndex"]] == result["ruleId"]
        assert result["level"] in ("error", "warning", "note")
        assert result["message"]["text"]
        assert set(result["partialFingerprints"]) == {"smswireDiff/v1"}
        for location in (*result["locations"], *result.get("relatedLocations", [])):
            physical = location["physicalLocation"]
            uri = physical["artifactLocation"]["uri"]
            assert re.fullmatch(r"[A-Za-z0-9._~:/?#\[\]@!$&'()*+,;=%-]*", uri), uri
            assert urlsplit(uri).scheme in ("", "file")
            region = physical.get("region", {"startLine": 1})
            assert region["startLine"] >= 1
            assert region.get("startColumn", 1) >= 1
        for suppression in result.get("suppressions", []):
            assert suppression["kind"] in ("inSource", "external")
    for each in run["invocations"]:
        assert isinstance(each["executionSuccessful"], bool)
        assert all(note["level"] in ("error", "warning", "note") for note in each["toolExecutionNotifications"])


def test_sarif_holds_to_the_standard() -> None:
    told = json.loads(sarif.render(FULL))
    check_sarif(told)
    [run] = told["runs"]
    assert [each for each in run["results"] if "suppressions" in each]
    assert run["invocations"][0]["executionSuccessful"] is False
    [removed] = [each for each in run["results"] if each["ruleId"] == "V302" and "suppressions" not in each][:1]
    uri = removed["relatedLocations"][0]["physicalLocation"]["artifactLocation"]["uri"]
    assert unquote(uri) == "schemas/old file.xsd"
    assert removed["relatedLocations"][0]["message"]["text"] == "the old schema, in revision v1.0"
    [changed] = [each for each in run["results"] if each["ruleId"] == "V308"][:1]
    assert changed["locations"][0]["physicalLocation"]["artifactLocation"]["uri"] == "schemas/a%20b.xsd"


def test_sarif_speaks_in_sentences() -> None:
    for each in json.loads(sarif.render(FULL))["runs"][0]["results"]:
        told, _, shown = each["message"]["text"].partition(" Valid under the old schema only: ")
        assert told.endswith(".")
        assert not told.endswith("..")
        assert bool(shown) is each["properties"]["proven"]


@given(odd_outcomes)
def test_any_sarif_holds_to_the_standard(found: Outcome) -> None:
    check_sarif(json.loads(sarif.render(found)))
