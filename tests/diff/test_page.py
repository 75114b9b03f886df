"""The page about comparing schemas: its commands run, its ignore file is used, its example prints what it says."""

from __future__ import annotations

import re
import shlex
import shutil
from pathlib import Path

import pytest
from support.commands import Run

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs/comparing-schemas.md").read_text("utf-8")


def blocks(language: str) -> list[str]:
    return re.findall(rf"```{language}\n(.*?)```", PAGE, re.DOTALL)


@pytest.fixture
def reader(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder of somebody who follows the page."""
    shutil.copytree(ROOT / "examples", tmp_path / "examples")
    [accepted] = blocks("toml")
    (tmp_path / "accepted.toml").write_text(accepted, "utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.mark.usefixtures("reader")
def test_its_commands_run_and_its_ignore_file_is_used(diff: Run) -> None:
    lines = [line.removeprefix("$ smswire diff ") for block in blocks("console") for line in block.splitlines()]
    done = {line: diff(*shlex.split(line)) for line in lines}
    assert len(done) == 5
    for line, result in done.items():
        assert result.out, line
        assert result.err == "", line
        assert result.code == 0, line
    [ignoring] = [result.out for line, result in done.items() if "--ignore-file" in line]
    assert "ignored  V301 at /state: we answer" in ignoring


def test_its_example_prints_a_finding(capsys: pytest.CaptureFixture[str]) -> None:
    [example] = blocks("python")
    exec(compile(example, "comparing-schemas.md", "exec"), {})
    assert capsys.readouterr().out.startswith("breaking error L403 ")


def test_what_it_links_to_is_there() -> None:
    for target in re.findall(r"\]\(([^)]+)\)", PAGE):
        assert (ROOT / "docs" / target).exists()
