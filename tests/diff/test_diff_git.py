"""`smswire diff` in a checkout: against a revision, in subfolders, and in a pipeline."""

from __future__ import annotations

import json
import os
import re
import shlex
from pathlib import Path

import click
import pytest
import yaml
from support.cases import ROOT
from support.commands import Run

from diff.command import BROKEN, git, write
from diff.pairs import pretend
from smswire.cli.app import app
from smswire.diff import ComparisonError
from smswire.diff.git import revision


def test_a_revision_is_laid_out_with_what_it_may_refer_to(checkout: Path) -> None:
    with revision("v1", checkout / "schemas" / "p") as old:
        assert sorted(each.name for each in old.path.iterdir()) == ["send.request.json", "ünïcode.response.json"]
        assert "common" in (old.path / "send.request.json").read_text("utf-8")
        assert (old.path.parent / "common.json").read_text("utf-8") == "{}\n"
        for each in ("notes.txt", "elsewhere.json"):
            assert not (old.folder / each).exists()
        assert old.shown(str(old.path / "send.request.json")) == "v1:schemas/p/send.request.json"
        assert old.shown("elsewhere.json") == "elsewhere.json"
        gone = old.folder
    assert not gone.exists()


def test_what_is_referred_to_may_lie_anywhere(checkout: Path) -> None:
    write(checkout, "far/near.xsd", text='<xs:include schemaLocation="http://example.com/x/deep.xsd#"/>')
    write(checkout, "other/deep.xsd", "other/deeper.xsd", text="<a/>")
    write(checkout, "one/main.xsd", text="<xs:import schemaLocation = '..\\\\far\\\\near.xsd'/>")
    git(checkout, "add", ".")
    git(checkout, "commit", "--quiet", "--message", "two")
    with revision("HEAD", checkout / "one") as old:
        found = {each.relative_to(old.folder).as_posix() for each in old.folder.rglob("*") if each.is_file()}
    assert found == {"one/main.xsd", "far/near.xsd", "other/deep.xsd"}


def test_a_link_out_of_the_checkout_is_the_link(checkout: Path, tmp_path: Path) -> None:
    write(tmp_path, "outside.json")
    (checkout / "schemas" / "link.json").symlink_to(tmp_path / "outside.json")
    told = r"v1:schemas/link\.json: is not in that revision"
    with pytest.raises(ComparisonError, match=told), revision("v1", checkout / "schemas" / "link.json"):
        pass


def test_a_single_file_of_any_name_is_found(checkout: Path) -> None:
    with revision("v1", checkout / "notes.txt") as old:
        assert old.path.read_text("utf-8") == "{}\n"


@pytest.mark.parametrize(
    ("name", "path", "told"),
    [
        ("v2", "schemas", "no revision v2"),
        ("--help", "schemas", "no revision --help"),
        ("v1", "schemas/q", "v1:schemas/q: is not in that revision"),
        ("v1", "nowhere/at/all", "is not there"),
    ],
)
def test_what_git_does_not_have_is_an_error(checkout: Path, name: str, path: str, told: str) -> None:
    with pytest.raises(ComparisonError, match=told), revision(name, checkout / path):
        pass


def test_a_shallow_clone_is_said_to_be_one(checkout: Path, tmp_path: Path) -> None:
    first = git(checkout, "rev-parse", "HEAD").strip()
    git(checkout, "commit", "--quiet", "--all", "--message", "two")
    git(tmp_path, "clone", "--quiet", "--depth", "1", checkout.as_uri(), "shallow")
    told = f"no revision {first}, as the clone is shallow: fetch it first"
    with pytest.raises(ComparisonError, match=told), revision(first, tmp_path / "shallow" / "schemas"):
        pass
    with revision("HEAD", tmp_path / "shallow" / "schemas") as new:
        assert (new.path / "p" / "send.request.json").is_file()


def test_outside_a_checkout_there_is_no_revision(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(tmp_path.parent))
    with pytest.raises(ComparisonError, match="not a git repository"), revision("HEAD", tmp_path):
        pass


def test_without_git_there_is_no_revision(checkout: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")
    with pytest.raises(ComparisonError, match="git is not installed"), revision("v1", checkout):
        pass


def test_a_git_revision_is_compared_with(diff: Run, checkout: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    pretend(monkeypatch, BROKEN)
    monkeypatch.chdir(checkout)
    result = diff("--against", "git:v1", "--format", "json", "schemas")
    told = json.loads(result.out)
    assert result.code == 1
    assert {each["document"]: (each["old"], each["new"]) for each in told["reports"]} == {
        "common": ("v1:schemas/common.json", "schemas/common.json"),
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


@pytest.mark.parametrize("below", [".", "schemas", "schemas/p"])
@pytest.mark.parametrize("form", ["github", "sarif"])
def test_code_scanning_is_given_files_from_the_root_of_the_repository(
    diff: Run, checkout: Path, monkeypatch: pytest.MonkeyPatch, form: str, below: str
) -> None:
    monkeypatch.chdir(checkout / below)
    schema = checkout / "schemas" / "p" / "send.request.json"
    schema.write_text('{"type": "string"}', "utf-8")
    named = [str(schema), os.path.relpath(schema)]
    for each in named:
        told = diff("--against", "git:v1", "--format", form, each).out
        if form == "github":
            assert set(re.findall("file=([^,]+)", told)) == {"schemas/p/send.request.json"}
        else:
            [run] = json.loads(told)["runs"]
            assert set(run["originalUriBaseIds"]) == {"%SRCROOT%"}
            found = re.findall(r'"artifactLocation": ({[^}]*})', told)
            assert [json.loads(one) for one in found] == [
                {"uri": "schemas/p/send.request.json", "uriBaseId": "%SRCROOT%"}
            ] * len(found)
            assert len(found) >= 2


@pytest.mark.parametrize("form", ["github", "sarif"])
def test_code_scanning_is_given_one_root_from_outside_of_the_repository(
    diff: Run, checkout: Path, monkeypatch: pytest.MonkeyPatch, form: str
) -> None:
    monkeypatch.chdir(checkout.parent)
    (checkout / "schemas" / "p" / "send.request.json").write_text('{"type": "string"}', "utf-8")
    told = diff("--against", "git:v1", "--format", form, "checkout/schemas/p/send.request.json").out
    found = re.findall('file=([^,]+)|"uri": "([^"]+)"', told)
    assert {named or uri for named, uri in found} == {"schemas/p/send.request.json"}


@pytest.mark.parametrize("form", ["github", "sarif"])
def test_a_colon_in_a_folder_is_no_revision(
    diff: Run, checkout: Path, monkeypatch: pytest.MonkeyPatch, form: str
) -> None:
    monkeypatch.chdir(checkout)
    for folder, text in (("v1:old", "true"), ("v1:new", '{"type": "string"}')):
        write(checkout, f"{folder}/a.request.json", text=text)
    told = diff("--format", form, "v1:old", "v1:new").out
    assert ("file=v1%3Anew/a.request.json," if form == "github" else '"uri": "v1%3Anew/a.request.json"') in told
    if form == "sarif":
        [related] = json.loads(told)["runs"][0]["results"][0]["relatedLocations"]
        assert related["physicalLocation"]["artifactLocation"]["uri"] == "v1%3Aold/a.request.json"
        assert related["message"]["text"] == "the old schema"


def test_a_file_outside_of_the_repository_is_named_in_full(
    diff: Run, checkout: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(checkout)
    old = tmp_path / "old one.json"
    old.write_text('{"type": "string"}', "utf-8")
    told = json.loads(diff("--format", "sarif", old, "schemas/p/send.request.json").out)
    related = told["runs"][0]["results"][0]["relatedLocations"][0]["physicalLocation"]["artifactLocation"]
    assert related == {"uri": old.as_uri()}


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
