"""`smswire diff` as a user runs it: exit codes, formats, settings, git, and the files that show its use."""

from __future__ import annotations

import json
import re
import shlex
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import click
import pytest
import yaml
from attrs import evolve
from support.cases import ROOT

from diff.pairs import OPEN, PROVEN, REFUTED, FakePair, pretend
from diff.test_runs import checkout, git
from smswire.cli import main
from smswire.cli.app import app
from smswire.diff.model import Change, Place
from smswire.diff.rules import rules

__all__ = ["checkout"]


@dataclass(frozen=True)
class Result:
    code: int
    out: str
    err: str


Run = Callable[..., Result]

BROKEN = FakePair(
    Change(rule="L403", path="/order/note", old="160", new="70", new_place=Place("new.json", 3)),
    old=REFUTED,
    new=PROVEN,
)
WARNED = FakePair(Change(rule="V308", path="/order/ttl", old="60", new="1440"))
INFORMED = FakePair(Change(rule="D803", path="/order"))


@pytest.fixture
def diff(capsys: pytest.CaptureFixture[str]) -> Run:
    def run(*arguments: str | Path) -> Result:
        code = main(["diff", *map(str, arguments)])
        out, err = capsys.readouterr()
        return Result(code, out, err)

    return run


@pytest.fixture
def pair(tmp_path: Path) -> tuple[Path, Path]:
    """Two files, of which a fake front-end knows the rest."""
    for name in ("old.request.json", "new.request.json"):
        (tmp_path / name).write_text("{}", "utf-8")
    return tmp_path / "old.request.json", tmp_path / "new.request.json"


@pytest.mark.parametrize(
    ("found", "threshold", "code"),
    [
        (BROKEN, "error", 1),
        (BROKEN, "never", 0),
        (WARNED, "error", 0),
        (WARNED, "warn", 1),
        (INFORMED, "warn", 0),
        (INFORMED, "info", 1),
        (FakePair(old=OPEN), "error", 0),
        (FakePair(old=OPEN), "warn", 1),
        (FakePair(old=REFUTED), "error", 1),
        (FakePair(), "info", 0),
    ],
)
def test_the_threshold_decides_the_exit_code_and_nothing_else(
    diff: Run, monkeypatch: pytest.MonkeyPatch, pair: tuple[Path, Path], found: FakePair, threshold: str, code: int
) -> None:
    pretend(monkeypatch, found)
    result = diff("--fail-on", threshold, *pair)
    assert result.code == code
    assert result.out == diff(*pair).out
    assert result.err == ""


def test_a_run_that_finds_nothing_says_so(diff: Run, monkeypatch: pytest.MonkeyPatch, pair: tuple[Path, Path]) -> None:
    pretend(monkeypatch, FakePair())
    assert diff(*pair) == Result(0, "1 compatible; 0 errors, 0 warnings, 0 infos\n", "")


@pytest.mark.parametrize("provider", sorted(each.name for each in (ROOT / "schemas").iterdir()))
def test_our_schemas_have_not_changed_from_themselves(diff: Run, provider: str) -> None:
    folder = ROOT / "schemas" / provider
    told = diff(folder, folder)
    assert (told.code, told.err) == (0, "")
    assert re.fullmatch(r"\d+ compatible; 0 errors, 0 warnings, 0 infos\n", told.out)


@pytest.mark.parametrize("form", ["text", "json", "markdown", "github", "sarif"])
def test_the_output_may_go_to_a_file(
    diff: Run, monkeypatch: pytest.MonkeyPatch, pair: tuple[Path, Path], tmp_path: Path, form: str
) -> None:
    pretend(monkeypatch, BROKEN)
    told = diff("--format", form, *pair)
    assert "L403" in told.out
    assert diff("--format", form, "--output", tmp_path / "out", *pair) == Result(1, "", "")
    assert (tmp_path / "out").read_text("utf-8") == told.out
    assert diff("--output", tmp_path / "no" / "folder", *pair).code == 2


def test_a_severity_may_be_set(diff: Run, monkeypatch: pytest.MonkeyPatch, pair: tuple[Path, Path]) -> None:
    pretend(monkeypatch, BROKEN)
    assert diff("--severity", "L403=warn", *pair).code == 0
    assert diff("--severity", "L403=warn", "--fail-on", "warn", *pair).code == 1
    assert "L403" not in diff("--severity", "L403=off", *pair).out


def test_the_profile_and_the_direction_may_be_chosen(
    diff: Run, monkeypatch: pytest.MonkeyPatch, pair: tuple[Path, Path]
) -> None:
    added = Change(rule="F002", path="/order", new="tag")
    pretend(monkeypatch, FakePair(added, new=REFUTED))
    assert diff(*pair).code == 0
    assert diff("--direction", "response", *pair).code == 1
    assert diff("--direction", "both", *pair).code == 1
    tolerant = diff("--direction", "response", "--profile", "tolerant", *pair)
    assert tolerant.code == 0
    assert "(response, tolerant): compatible" in tolerant.out


def test_witnesses_may_be_left_out(diff: Run, monkeypatch: pytest.MonkeyPatch, pair: tuple[Path, Path]) -> None:
    pretend(monkeypatch, BROKEN)
    assert "valid under the old schema only: <order/>" in diff(*pair).out
    hidden = diff("--no-witness", *pair)
    assert "<order/>" not in hidden.out
    assert "proven" in hidden.out


def test_an_ignore_file_takes_findings_out(
    diff: Run, monkeypatch: pytest.MonkeyPatch, pair: tuple[Path, Path], tmp_path: Path
) -> None:
    pretend(monkeypatch, BROKEN)
    ignore = tmp_path / "ignore.toml"
    ignore.write_text(
        '[[ignore]]\nrule = "L403"\nreason = "agreed"\n[[ignore]]\nrule = "T201"\nreason = "x"\n', "utf-8"
    )
    result = diff("--ignore-file", ignore, *pair)
    assert result.code == 0
    assert "ignored  L403 at /order/note: agreed" in result.out
    assert "entry 2 (rule T201) is about nothing that was found" in result.out
    machine = diff("--ignore-file", ignore, "--format", "json", *pair)
    assert json.loads(machine.out)["ignored"][0]["reason"] == "agreed"
    assert "entry 2" in machine.err
    ignore.write_text("[[ignore]]", "utf-8")
    assert diff("--ignore-file", ignore, *pair).code == 2


@pytest.mark.parametrize(
    "arguments",
    [
        [],
        ["one.json"],
        ["a.json", "b.json", "c.json"],
        ["--against", "git:HEAD"],
        ["--against", "git:HEAD", "a.json", "b.json"],
        ["--against", "HEAD", "a.json"],
        ["--against", "git:", "a.json"],
        ["--severity", "F999=error", "a.json", "b.json"],
        ["--severity", "F002=fatal", "a.json", "b.json"],
        ["--severity", "X901=info", "a.json", "b.json"],
        ["--severity", "F002", "a.json", "b.json"],
        ["--timeout", "0", "a.json", "b.json"],
        ["--direction", "sideways", "a.json", "b.json"],
        ["--explain", "F999"],
    ],
)
def test_usage(diff: Run, arguments: list[str]) -> None:
    result = diff(*arguments)
    assert (result.code, result.out) == (2, "")
    assert "Usage: smswire diff" in result.err


def test_what_cannot_be_compared_is_exit_2(diff: Run, tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    for arguments, told in (
        ((tmp_path / "empty", tmp_path / "empty"), "nothing to compare"),
        ((tmp_path / "a.json", tmp_path / "b.json"), "is not there"),
        (("--against", "git:HEAD", tmp_path / "empty"), "smswire: diff: "),
    ):
        result = diff(*arguments)
        assert (result.code, result.out) == (2, "")
        assert told in result.err
        assert result.err.startswith("smswire: diff: ")


def test_a_git_revision_is_compared_with(diff: Run, checkout: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    pretend(monkeypatch, BROKEN)
    monkeypatch.chdir(checkout)
    result = diff("--against", "git:v1", "--format", "json", "schemas")
    told = json.loads(result.out)
    assert result.code == 1
    assert {each["document"]: (each["old"], each["new"]) for each in told["reports"]} == {
        "p/send.request": ("v1:schemas/p/send.request.json", "schemas/p/send.request.json"),
        "p/ünïcode.response": ("v1:schemas/p/ünïcode.response.json", "schemas/p/ünïcode.response.json"),
        "q/new.request": ("", "schemas/q/new.request.json"),
    }
    assert "smswire-diff-" not in result.out


@pytest.mark.parametrize("form", ["text", "json", "markdown", "github", "sarif"])
def test_files_that_are_referred_to_are_named_from_the_working_folder(
    diff: Run, checkout: Path, monkeypatch: pytest.MonkeyPatch, form: str
) -> None:
    monkeypatch.chdir(checkout)
    main, part = checkout / "schemas" / "r.request.json", checkout / "schemas" / "sub" / "defs.json"
    part.parent.mkdir()
    main.write_text('{"$ref": "sub/defs.json"}', "utf-8")
    part.write_text('{"type": "string", "maxLength": 9}', "utf-8")
    git(checkout, "add", ".")
    git(checkout, "commit", "--quiet", "--message", "two")
    part.write_text('{"type": "string", "maxLength": 8}', "utf-8")
    told = diff("--against", "git:HEAD", "--format", form, "schemas/r.request.json").out
    assert str(checkout) not in told
    assert "schemas/sub/defs.json" in told
    if form == "sarif":
        [found] = json.loads(told)["runs"][0]["results"]
        [related] = found["relatedLocations"]
        for each in (found["locations"][0], related):
            assert (checkout / each["physicalLocation"]["artifactLocation"]["uri"]) == part
        assert related["message"]["text"] == "the old schema, in revision HEAD"


def test_what_a_revision_refers_to_in_vain_is_named_as_git_does(
    diff: Run, checkout: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(checkout)
    schema = checkout / "schemas" / "r.request.json"
    schema.write_text('{"$ref": "nowhere.json"}', "utf-8")
    git(checkout, "add", ".")
    git(checkout, "commit", "--quiet", "--message", "two")
    result = diff("--against", "git:HEAD", "schemas/r.request.json")
    assert (result.code, result.out) == (2, "")
    assert result.err.startswith("smswire: diff: HEAD:schemas/r.request.json:1: cannot resolve")


@pytest.mark.parametrize("profile", ["strict", "tolerant"])
@pytest.mark.parametrize("found", [BROKEN, WARNED])
def test_the_advice_is_the_same_however_a_finding_is_taken_out(
    diff: Run,
    monkeypatch: pytest.MonkeyPatch,
    pair: tuple[Path, Path],
    tmp_path: Path,
    found: FakePair,
    profile: str,
) -> None:
    pretend(monkeypatch, found)
    rule = found.changes()[0].rule
    ignore = tmp_path / "ignore.toml"
    ignore.write_text(f'[[ignore]]\nrule = "{rule}"\nreason = "agreed"', "utf-8")
    advices: list[object] = []
    for more in ([], ["--severity", f"{rule}=off"], ["--severity", f"{rule}=info"], ["--ignore-file", str(ignore)]):
        told = json.loads(diff("--profile", profile, *more, "--format", "json", *pair).out)
        advices.append((told["advice"], *told["changelog"]))
        text = diff("--profile", profile, *more, *pair).out
        assert f"version: {told['advice']['step']}\n" in text
    assert advices == advices[:1] * 4
    assert told["advice"]["step"] == ("major" if found is BROKEN else "minor")


BLOCK = """
import sys
class Block:
    def find_spec(self, name, path=None, target=None):
        if name.partition(".")[0] == "elementpath":
            raise ModuleNotFoundError(f"No module named {name!r}", name=name)
sys.meta_path.insert(0, Block())
from smswire.cli import main
sys.exit(main(sys.argv[1:]))
"""
BLOCKS = """<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema"><xs:element name="e"><xs:simpleType>
<xs:restriction base="xs:string"><xs:pattern value="\\p{{IsCyrillic}}{}"/></xs:restriction>
</xs:simpleType></xs:element></xs:schema>"""


def test_a_missing_extra_is_named(tmp_path: Path) -> None:
    for name, more in (("old.xsd", "*"), ("new.xsd", "+")):
        (tmp_path / name).write_text(BLOCKS.format(more), "utf-8")
    done = subprocess.run(
        [sys.executable, "-c", BLOCK, "diff", str(tmp_path / "old.xsd"), str(tmp_path / "new.xsd")],
        capture_output=True,
        text=True,
        timeout=30,
    )
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr == 'smswire: elementpath is missing: python -m pip install "smswire[diff]"\n'


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
    assert told == diff("--explain", found.name)
    for text in (found.title, found.why, found.example, found.soften):
        assert text in told.out


def test_a_terminal_gets_colours(diff: Run, monkeypatch: pytest.MonkeyPatch, pair: tuple[Path, Path]) -> None:
    pretend(monkeypatch, BROKEN)
    plain = diff(*pair).out
    monkeypatch.setattr("sys.stdout.isatty", lambda: True)
    monkeypatch.setenv("FORCE_COLOR", "1")
    monkeypatch.setenv("TERM", "xterm-256color")
    coloured = diff(*pair).out
    assert "\x1b[" in coloured
    assert re.sub(r"\x1b\[[0-9;]*m", "", coloured) == plain


def test_what_a_schema_says_cannot_steer_a_terminal(
    diff: Run, monkeypatch: pytest.MonkeyPatch, pair: tuple[Path, Path]
) -> None:
    steering = "\x1b[2J[bold]"
    pretend(
        monkeypatch,
        FakePair(Change(rule="V301", path=f"/{steering}", new=steering), new=evolve(REFUTED, witness=steering)),
    )
    for terminal in (False, True):
        monkeypatch.setattr("sys.stdout.isatty", lambda shown=terminal: shown)
        told = diff("--direction", "both", *pair).out
        assert "\x1b[2J" not in told
        assert "[bold]" in told


WORKFLOW = ROOT / "examples" / "ci" / "schema-diff.yml"


def test_the_example_workflow_runs_commands_that_there_are(monkeypatch: pytest.MonkeyPatch) -> None:
    workflow = yaml.safe_load(WORKFLOW.read_text("utf-8"))
    assert set(workflow["jobs"]) == {"diff"}
    steps = workflow["jobs"]["diff"]["steps"]
    commands = [step["run"].partition(" >>")[0] for step in steps if step.get("run", "").startswith("smswire")]
    assert len(commands) == 3
    command = app.commands["diff"]
    known = {option for each in command.params if isinstance(each, click.Option) for option in each.opts}
    for each in commands:
        words = shlex.split(each.replace("$BASE", "main").replace("$SCHEMAS", "schemas"))
        assert words[:2] == ["smswire", "diff"]
        context = command.make_context("diff", words[2:])
        assert context.params["schemas"] == ("schemas",)
        assert context.params["against"] == "git:main"
        assert {word for word in words if word.startswith("--")} <= known
    # an expression in a command would run what a branch's name says
    assert not any("${{" in step.get("run", "") for step in steps)
    assert all(re.fullmatch(r"[\w-]+/[\w/-]+@v\d+", step["uses"]) for step in steps if "uses" in step)
    assert steps[0]["with"]["fetch-depth"] == 0


def test_the_example_workflow_works_on_a_pull_request(
    diff: Run, checkout: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pretend(monkeypatch, BROKEN)
    monkeypatch.chdir(checkout)
    base = git(checkout, "rev-parse", "HEAD").strip()
    steps = yaml.safe_load(WORKFLOW.read_text("utf-8"))["jobs"]["diff"]["steps"]
    codes = []
    for step in steps:
        if step.get("run", "").startswith("smswire"):
            command = step["run"].partition(" >>")[0].replace("$BASE", base).replace("$SCHEMAS", "schemas")
            codes.append(diff(*shlex.split(command)[2:]).code)
    assert codes == [0, 0, 1]
    assert json.loads((checkout / "schema-diff.sarif").read_text("utf-8"))["version"] == "2.1.0"
