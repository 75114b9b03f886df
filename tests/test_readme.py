"""Every command and every example of the README runs."""

from __future__ import annotations

import os
import re
import shlex
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from smswire.sandbox import Sandbox

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text("utf-8")
COMMANDS = [
    line.removeprefix("$ ").partition("  #")[0].strip()
    for block in re.findall(r"```console\n(.*?)```", README, re.DOTALL)
    for line in block.splitlines()
]
EXAMPLES = re.findall(r"```python\n(.*?)```", README, re.DOTALL)

# what this file does not run itself, and where it is run instead
ELSEWHERE = {
    'python -m pip install ".[all]" && smswire demo': "tests/cli/test_sandbox.py",
    "smswire sandbox --port 8025": "tests/cli/test_sandbox.py",
    "python -m pip install nox && nox": ".ci/run",
}


@pytest.fixture
def box() -> Iterator[Sandbox]:
    with Sandbox(speed=100) as box:
        yield box


def _address(box: Sandbox) -> str:
    return box.url("quicktel").removesuffix("/quicktel")


def test_commands_of_the_command_line_run_in_their_order(box: Sandbox) -> None:
    environment = dict(os.environ)
    ran = []
    for command in COMMANDS:
        if command in ELSEWHERE:
            continue
        words = shlex.split(command.replace("http://127.0.0.1:8025", _address(box)))
        if words[0] == "export":
            environment |= dict(word.split("=", 1) for word in words[1:])
            continue
        assert words[0] == "smswire", f"nothing runs {command!r}"
        done = subprocess.run(
            [sys.executable, "-m", *words], env=environment, cwd=ROOT, capture_output=True, text=True, timeout=60
        )
        assert (done.returncode, done.stderr) == (0, ""), command
        assert done.stdout.strip(), command
        ran.append(words[1])
    assert {"send", "status", "history", "validate", "providers"} <= set(ran)
    assert [each.to for each in box.messages()] == ["+79001234567", "+77001234567"]


@pytest.mark.parametrize("command", ELSEWHERE)
def test_commands_run_elsewhere_are_in_the_readme_and_there(command: str) -> None:
    assert command in COMMANDS
    place = ROOT / ELSEWHERE[command]
    if place.suffix == ".py":
        assert command.rpartition("smswire ")[2].split()[0] in place.read_text("utf-8")
    else:
        assert command in place.read_text("utf-8")


def test_example_runs(box: Sandbox, capsys: pytest.CaptureFixture[str]) -> None:
    code = EXAMPLES[0].replace("http://127.0.0.1:8025", _address(box))
    exec(compile(code, "README.md", "exec"), namespace := {})
    namespace["client"].close()
    assert "order-17 queued 1 None" in capsys.readouterr().out


def test_example_passes_mypy(tmp_path: Path) -> None:
    (tmp_path / "example.py").write_text(EXAMPLES[0], "utf-8")
    command = [sys.executable, "-m", "mypy", "--strict", "--cache-dir", str(tmp_path / "cache"), "example.py"]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, timeout=120)
    assert done.returncode == 0, done.stdout


def test_example_of_a_users_test_passes(tmp_path: Path) -> None:
    (tmp_path / "test_order.py").write_text(EXAMPLES[1], "utf-8")
    done = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", str(tmp_path)],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert done.returncode == 0, done.stdout
    assert "1 passed" in done.stdout
