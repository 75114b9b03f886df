"""The command itself: help, lazy imports, missing extras, usage errors, pipes, interruption."""

from __future__ import annotations

import importlib
import subprocess
import sys
from types import ModuleType

import pytest
from support.commands import Run

from smswire.cli.gateways import GATEWAYS, Settings, client, with_history

HEAVY = ("httpx", "rich", "xmlschema", "starlette", "uvicorn", "referencing", "lxml", "jsonschema_rs")


@pytest.mark.parametrize("module", ["smswire", "smswire.cli"])
def test_help_names_every_command(process: Run, module: str) -> None:
    result = process("--help", module=module)
    assert result.code == 0
    for command in ("send", "status", "history", "validate", "providers", "sandbox", "demo"):
        assert f"\n  {command} " in result.out
    assert result.err == ""


def test_help_imports_nothing_heavy(process: Run) -> None:
    code = (
        "import sys; from smswire.cli import main\n"
        "for each in ([], ['send'], ['validate'], ['sandbox'], ['demo']): main([*each, '--help'])\n"
        f"print('loaded:', [each for each in {HEAVY!r} if each in sys.modules])"
    )
    assert process(code=code).out.endswith("loaded: []\n")


def test_version(smswire: Run) -> None:
    result = smswire("--version")
    assert result.code == 0
    assert result.out.startswith("smswire ")


BLOCK = """
import sys
class Block:
    def find_spec(self, name, path=None, target=None):
        if name.partition(".")[0] == sys.argv[1]:
            raise ModuleNotFoundError(f"No module named {name!r}", name=name)
sys.meta_path.insert(0, Block())
from smswire.cli import main
sys.exit(main(sys.argv[2:]))
"""


@pytest.mark.parametrize(
    ("package", "command", "extra"),
    [
        ("click", "--help", "cli"),
        ("rich", "demo", "cli"),
        ("starlette", "demo", "sandbox"),
        ("starlette", "sandbox", "sandbox"),
        ("uvicorn", "sandbox", "sandbox"),
    ],
)
def test_a_missing_extra_is_named(process: Run, package: str, command: str, extra: str) -> None:
    result = process(package, command, code=BLOCK)
    assert result.code == 2
    assert result.err == f'smswire: {package} is missing: python -m pip install "smswire[{extra}]"\n'
    assert result.out == ""


def test_documents_need_no_extra_but_the_commands_own(process: Run) -> None:
    assert process("xmlschema", "providers", code=BLOCK).code == 0
    assert process("xmlschema", "validate", "/nowhere", code=BLOCK).err.startswith("smswire: cannot read")


def test_a_missing_package_of_another_kind_is_not_hidden(process: Run) -> None:
    result = process("attrs", "providers", code=BLOCK)
    assert result.code == 1
    assert "ModuleNotFoundError" in result.err


@pytest.mark.parametrize(
    "arguments",
    [
        [],
        ["nothing"],
        ["send"],
        ["send", "--provider", "nobody", "--to", "1", "text"],
        ["send", "--provider", "quicktel", "--to", "1", "--valid-for", "0", "text"],
        ["send", "--provider", "quicktel", "--to", "1", "--deadline", "0", "text"],
        ["send", "--provider", "quicktel", "--to", "1", "--url", "http://[::1", "text"],
        ["send", "--provider", "quicktel", "--to", "1", "--to", "2", "--id", "x", "text"],
        ["send", "--provider", "smsc", "--to", "1", "--send-at", "2026-01-31T09:00", "text"],
        ["send", "--provider", "smsc", "--to", "1", "--send-at", "soon", "text"],
        ["status", "--provider", "smsc"],
        ["status", "--provider", "smsc", "--to", "1", "--to", "2", "a", "b", "c"],
        ["history", "--provider", "smsc"],
        ["history", "--provider", "smsc", "--from", "yesterday"],
        ["validate"],
        ["validate", "--as", "nothing/at.all", "-"],
        ["providers", "nobody"],
        ["sandbox", "--speed", "-1"],
    ],
)
def test_usage(smswire: Run, arguments: list[str]) -> None:
    result = smswire(*arguments)
    assert result.code == 2
    assert result.out == ""
    assert "Usage: smswire" in result.err
    assert "Traceback" not in result.err


@pytest.mark.parametrize(
    "arguments",
    [
        ["send", "--provider", "quicktel", "--to", "+79991112233", "Canary", "bird"],
        ["send", "--provider", "quicktel", "--to", "+79991112233", "--Canary bird"],
        ["send", "--provider", "quicktel", "--to", "+79991112233", "--canary=bird", "text"],
        ["send", "--provider", "quicktel", "--to", "+79991112233", "-Canary bird"],
    ],
)
def test_a_misplaced_text_is_not_quoted(smswire: Run, arguments: list[str]) -> None:
    result = smswire(*arguments)
    assert result.code == 2
    assert "bird" not in result.err
    assert "+79991112233" not in result.err


def test_every_client_is_found() -> None:
    import smswire as package

    modules = {each for each in package.__all__ if isinstance(getattr(package, each), ModuleType)}
    assert set(GATEWAYS) == modules


@pytest.mark.parametrize("provider", GATEWAYS)
def test_a_client_is_what_the_commands_take_it_for(provider: str) -> None:
    settings: Settings = {
        "login": "l",
        "password": "p",
        "token": None,
        "base_url": "http://127.0.0.1:1",
        "deadline": 1.0,
        "allow_plaintext": False,
    }
    session = client(provider)(**settings)
    assert session.provider.id == provider
    for name in ("send", "status", "close"):
        assert callable(getattr(session, name))
    found = with_history(session)
    assert (found is not None) == session.capabilities.history == hasattr(session, "history")
    session.close()


def test_a_provider_without_a_client_is_none_of_the_commands(monkeypatch: pytest.MonkeyPatch) -> None:
    import smswire_documents
    from smswire.cli import gateways

    monkeypatch.setattr(smswire_documents, "PROVIDERS", ("nobody", "smsc"))
    try:
        assert importlib.reload(gateways).GATEWAYS == ("smsc",)
    finally:
        monkeypatch.undo()
        importlib.reload(gateways)


@pytest.mark.skipif(sys.platform == "win32", reason="POSIX pipes")
def test_a_closed_pipe_is_quiet() -> None:
    command = [sys.executable, "-m", "smswire", "providers", "smsc", "--json"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as running:
        assert running.stdout is not None
        assert running.stderr is not None
        running.stdout.close()
        assert running.stderr.read() == b""
        assert running.wait(20) == 1
