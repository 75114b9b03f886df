"""Fixtures of the tests of the comparison."""

from __future__ import annotations

from pathlib import Path

import pytest
from support.commands import Result, Run

from diff.command import git, write
from smswire.cli import main


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


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """A checkout with one commit, tagged v1, and what has changed since."""
    folder = write(
        tmp_path / "checkout", "schemas/p/send.request.json", "schemas/p/ünïcode.response.json", text='{"minLength": 1}'
    )
    write(folder, "schemas/common.json", "elsewhere.json", "notes.txt", text="{}\n")
    (folder / "schemas" / "p" / "send.request.json").write_text('{"$ref": "..\\/common%2Ejson"}', "utf-8")
    git(folder, "init", "--quiet")
    git(folder, "add", ".")
    git(folder, "commit", "--quiet", "--message", "one")
    git(folder, "tag", "v1")
    write(folder, "schemas/p/send.request.json", "schemas/q/new.request.json", text='{"minLength": 2}')
    return folder
