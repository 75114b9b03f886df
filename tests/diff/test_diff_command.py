"""`smswire diff` as a user runs it: exit codes, formats and settings."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path

import jsonschema_rs
import pytest
from attrs import evolve
from support.cases import ROOT
from support.commands import Result, Run

from diff.command import BROKEN, INFORMED, WARNED
from diff.pairs import OPEN, REFUTED, FakePair, pretend
from smswire.diff.formats import machine
from smswire.diff.model import Change


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
        (FakePair(*BROKEN.changes(), old=OPEN), "error", 1),
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


def test_what_is_below_another_finding_counts(
    diff: Run, monkeypatch: pytest.MonkeyPatch, pair: tuple[Path, Path]
) -> None:
    moved = Change(rule="F008", path="/order/phone", children=BROKEN.changes())
    pretend(monkeypatch, FakePair(moved, old=REFUTED))
    assert diff("--severity", "F008=info", *pair).code == 1
    assert diff("--severity", "F008=info", "--severity", "L403=info", *pair).code == 0


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


@pytest.mark.parametrize("name", ["l403", "L403", "max-length-lowered", "Max-Length-Lowered"])
def test_a_rule_is_known_by_number_and_name(
    diff: Run, monkeypatch: pytest.MonkeyPatch, pair: tuple[Path, Path], name: str
) -> None:
    pretend(monkeypatch, BROKEN)
    assert "L403" not in diff("--severity", f"{name}=off", *pair).out
    assert diff("--explain", name) == diff("--explain", "L403")


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
        ["--timeout", "nan", "a.json", "b.json"],
        ["--timeout", "inf", "a.json", "b.json"],
        ["--list-rules", "--format", "sarif"],
        ["--list-rules", "--format", "markdown"],
        ["--explain", "F002", "--format", "json"],
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


def test_json_of_a_whole_run_holds_to_its_published_schema(diff: Run, tmp_path: Path) -> None:
    texts = {
        "broken.request.json": ('{"type": "string"}', '{"type": "string", "maxLength": 3}'),
        "hidden.request.json": ("true", '{"minLength": 2}'),
        "undecided.request.json": (r'{"pattern": "^(.)\\1$"}', r'{"pattern": "^(.)\\1{1}$"}'),
        "unreadable.request.json": ("true", "{"),
        "gone.response.json": ("true", None),
        "come.response.json": (None, "true"),
    }
    for name, sides in texts.items():
        for side, content in zip(("old", "new"), sides, strict=True):
            (tmp_path / side).mkdir(exist_ok=True)
            if content is not None:
                (tmp_path / side / name).write_text(content, "utf-8")
    ignore = tmp_path / "ignore.toml"
    ignore.write_text(
        '[[ignore]]\nrule = "N70*"\npath = "**"\nreason = "agreed"\n[[ignore]]\nrule = "T201"\nreason = "x"\n', "utf-8"
    )
    arguments = [
        "--format",
        "json",
        "--ignore-file",
        ignore,
        "--severity",
        "L401=off",
        tmp_path / "old",
        tmp_path / "new",
    ]
    result = diff(*arguments)
    assert result.code == 2
    told = json.loads(result.out)
    jsonschema_rs.validator_for(json.loads(machine.schema())).validate(told)
    assert {each["document"]: each["verdict"] for each in told["reports"]} == {
        "broken.request": "breaking",
        "come.response": "compatible",
        "gone.response": "breaking",
        "hidden.request": "breaking",
        "undecided.request": "undecided",
    }
    assert [each["document"] for each in told["problems"]] == ["unreadable.request"]
    assert [each["finding"]["rule"] for each in told["ignored"]] == ["N704", "N703"]
    assert [each.rpartition(": ")[2] for each in told["notes"]] == [
        "entry 2 (rule T201) is about nothing that was found"
    ]
    assert result.err.splitlines()[-1].endswith(told["notes"][0])
    # what was found is known again
    assert json.loads(diff(*arguments).out) == told


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
