"""The page that tells how a provider is added: its files and commands work, and what it lists is what there is."""

from __future__ import annotations

import re
import shlex
import subprocess
import sys
import tomllib
from collections.abc import Iterable
from pathlib import Path

import pytest
from support.cases import PROVIDERS, ROOT, SPECIMEN

from smswire.engine import _REFUSALS
from smswire.schema import jsonschema, xsd
from smswire_codegen import facts
from smswire_codegen.names import attribute

PAGE = (ROOT / "docs/adding-a-provider.md").read_text("utf-8")
FILES = dict(re.findall(r"^\*\*`([^`]+)`\*\*\n\n```\w+\n(.*?)```$", PAGE, re.DOTALL | re.MULTILINE))
COMMANDS = [
    line.removeprefix("$ ")
    for block in re.findall(r"```console\n(.*?)```", PAGE, re.DOTALL)
    for line in block.splitlines()
]
INSTALL = 'python -m pip install ".[all]" pytest mypy'
MYPY = "python -m mypy --strict acme.py acme_sandbox.py test_acme.py"


def run(command: str, folder: Path) -> None:
    words = shlex.split(command)
    words = words[1:] if words[0] == "python" else ["-m", *words]
    done = subprocess.run([sys.executable, *words], cwd=folder, capture_output=True, text=True, check=False)
    assert done.returncode == 0, f"{command}\n{done.stdout}{done.stderr}"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a reader who has come to the end of the page."""
    folder = tmp_path_factory.mktemp("reader")
    for name, text in FILES.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, "utf-8")
    for command in COMMANDS:
        if command not in (INSTALL, MYPY):
            run(command, folder)
    return folder


def test_the_page_shows_every_file_that_it_names(folder: Path) -> None:
    [listed] = re.findall(r"```text\n(.*?)```", PAGE, re.DOTALL)
    for line in listed.splitlines():
        assert (folder / line.split()[0]).exists()
    assert len([name for name in FILES if name.startswith("schemas/acme/")]) == 6


def test_its_commands_are_run_and_its_tests_passed(folder: Path) -> None:
    assert {command.split()[0] for command in COMMANDS} == {"python", "smswire"}
    assert [command for command in COMMANDS if command not in (INSTALL, MYPY)] == [
        "smswire generate --schemas schemas --out my_sms",
        "python -m pytest test_acme.py",
    ]
    extras = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]["optional-dependencies"]
    assert "all" in extras
    assert "def test_a_message_is_delivered(" in FILES["test_acme.py"]


def test_the_client_passes_mypy(folder: Path) -> None:
    assert MYPY in COMMANDS
    run(MYPY, folder)


def test_a_mistake_in_the_use_of_the_client_is_found_by_mypy(folder: Path) -> None:
    (folder / "wrong.py").write_text("import acme\n\nacme.Client().send_sms([17])\n", "utf-8")
    with pytest.raises(AssertionError, match=r"wrong\.py:3: error: List item 0 has incompatible type"):
        run("python -m mypy --strict wrong.py", folder)


MORE = """
import asyncio

import acme
from acme_sandbox import AcmeSandbox
from my_sms.acme import Sent, Sms
from my_sms.acme.codes import Status
from smswire import AuthenticationError, Message, PayloadError, ReplyError
from smswire.sandbox import Sandbox


def message(to):
    return Message(to=to, text="Привет")


def refused(call, error):
    try:
        call()
    except error as caught:
        return caught
    raise AssertionError("nothing was raised")


with Sandbox(speed=0, gateways=[(acme.Client.provider, AcmeSandbox)]) as box:
    settings = {"base_url": box.url("acme"), "login": "demo", "password": "demo"}
    with acme.Client(**settings) as client:
        # many, in batches of what the schema allows, of every fate that the last digits can give
        several = [message(f"+77001234{number:03}") for number in range(120)]
        receipts = client.send([*several, message("+77001239000")])
        assert [each.state for each in receipts].count("rejected") == 4
        assert receipts[0].error.meaning == "bad number"
        assert (receipts[6].parts, receipts[6].duplicate, box.requests) == (1, False, 2)
        [again] = client.send([several[6]])
        assert (again.gateway_id, again.duplicate) == (receipts[6].gateway_id, True)
        box.advance(60)
        states = [each.state for each in client.status(receipts)]
        assert states[:7] == [
            "rejected", "undeliverable", "undeliverable", "queued", "rejected", "rejected", "delivered",
        ]
        # the provider's own documents
        sent = client.send_sms([Sms(client_id="x", to="77001234567", text="Привет", from_value="SHOP")])
        assert isinstance(sent, Sent) and sent.messages[0].status == Status.QUEUED
        assert "77001234567" not in repr(Sms(client_id="x", to="77001234567", text="Привет"))
        # a limit of the schema, before anything is sent
        before = box.requests
        error = refused(lambda: client.send([message("+7700")]), PayloadError)
        assert "to" in error.path and box.requests == before
        # what a reply adds is set aside, what it lacks is an error
        box.faults.add("drift", provider="acme", operation="track")
        assert client.status([receipts[6]])[0].state == "delivered"
        box.faults.add("break_reply", provider="acme", operation="track")
        refused(lambda: client.status([receipts[6]]), ReplyError)
    with acme.Client(**settings | {"password": "wrong"}) as client:
        error = refused(lambda: client.send([message("+77001234567")]), AuthenticationError)
        assert (error.code, error.name) == (1, "bad_login")

    async def asynchronous():
        async with acme.AsyncClient(**settings) as client:
            [receipt] = await client.send([message("+77001234567")])
            return receipt.state

    assert asyncio.run(asynchronous()) == "queued"
    assert {each.provider for each in box.messages()} == {"acme"}
"""


def test_the_client_keeps_every_promise_of_the_others(folder: Path) -> None:
    (folder / "more.py").write_text(MORE, "utf-8")
    run("python more.py", folder)


def table(heading: str, column: str) -> list[list[str]]:
    """The rows of the first table below a heading whose first column is called so."""
    section = PAGE.partition(f"\n{heading}\n")[2]
    rows = section.partition(f"| {column} |")[2].splitlines()[2:]
    cells = []
    for row in rows:
        if not row.startswith("|"):
            break
        cells.append([each.strip() for each in row.strip("|").split("|")])
    assert cells
    return cells


def code(cells: Iterable[str]) -> list[str]:
    """What stands in backticks."""
    return [each for cell in cells for each in re.findall(r"`([^`]+)`", cell)]


def keys(heading: str, column: str) -> tuple[set[str], set[str]]:
    """The keys of a table that must be there, and those that may be absent."""
    must: set[str] = set()
    may: set[str] = set()
    for first, kind, *_ in table(heading, column):
        (may if "may be absent" in kind else must).update(code([first]))
    return must, may


def test_the_keys_are_those_that_are_read() -> None:
    assert keys("### `provider.toml`", "Key") == ({*facts.PROVIDER} - {"operations"} | {"[operations.<name>]"}, set())
    assert keys("### `provider.toml`", "Key of an operation") == (set(facts.OPERATION), set(facts.OPERATION_MAY))
    assert keys("### `codes.toml`", "Key of a table") == (set(facts.TABLE), set())
    assert keys("### `codes.toml`", "Key of a code") == (set(facts.CODE), set(facts.CODE_MAY))
    [limits] = [row for row in table("### `provider.toml`", "Key of an operation") if row[0] == "`limits`"]
    assert set(re.findall(r"(\w+) =", limits[2])) == {*facts.LIMIT, *facts.LIMIT_MAY}


def test_the_states_and_errors_are_those_that_there_are() -> None:
    rows = {code([row[0]])[0]: code([row[2]]) for row in table("### `codes.toml`", "Key of a code")}
    assert rows["state"] == list(facts.STATES)
    raised = {each.__name__ for each in _REFUSALS.values()}
    assert [each for each in rows["error"] if each not in raised] == list(facts.ERRORS)
    for kind, error in _REFUSALS.items():
        later = rows["error"][rows["error"].index(str(kind)) :]
        assert next(each for each in later if each in raised) == error.__name__


def test_what_is_held_is_what_the_model_holds() -> None:
    section = PAGE.partition("\n### XSD\n")[2].partition("Refused")[0]
    elements, values = section.partition("values that derive from")[::2]
    assert {each.removeprefix("xs:") for each in code([elements])} == xsd._KNOWN
    assert code([values]) == ["xs:string", "xs:integer", "xs:decimal", "xs:boolean"]
    held = set(code(row[0] for row in table("### JSON Schema", "Held")))
    for base, keywords in jsonschema._BY_BASE.items():
        assert base == "null" or {base, *keywords} <= held
    assert {"$ref", "anyOf", "enum", "const", "items", "minItems", "maxItems"} <= held
    assert {"properties", "required", "additionalProperties", "description", "title"} <= held


def test_the_marks_are_those_that_are_read() -> None:
    rows = table("### Marks", "JSON Schema")
    marks = {each.split('"')[1] for each in code(row[0] for row in rows)}
    assert marks == {each for each in jsonschema._ANNOTATIONS if each.startswith("x-")} | {"x-separator"}
    assert {re.match(r"<wire:(\w+)", each)[1] for each in code(row[1] for row in rows) if each} == set(xsd._MARKS)
    used = "".join(path.read_text("utf-8") for path in [*SPECIMEN.rglob("*.*"), *(ROOT / "schemas").rglob("*.*")])
    for mark in marks:
        assert f'"{mark}"' in used
    assert 'xmlns:wire="urn:smswire:schema"' in used


def test_the_names_are_those_that_come_out() -> None:
    rows = {tuple(code([row[0]])): code([row[1]]) for row in table("### Names", "On the wire")}
    assert [attribute(each) for each in ("messageId", "Message-Id")] == rows["messageId", "Message-Id"] * 2
    assert [attribute(each) for each in ("from", "class")] == rows["from", "class"]


def test_the_files_and_lines_in_the_tree_are_those_of_every_provider() -> None:
    section = PAGE.partition("\n## In the tree\n")[2].partition("\n## ")[0]
    files = code(row[0] for row in table("## In the tree", "File"))
    assert len(files) > 5
    for provider in PROVIDERS:
        for name in files:
            path = ROOT / name.replace("<id>", provider)
            # what is large is a folder instead
            assert path.exists() or path.with_suffix("").is_dir(), path
    lines = code(re.findall(r"^\| (`(?:src|tests)/\S+\.py`) \|", section, re.MULTILINE))
    registered = [name for name in lines if "<id>" not in name]
    assert len(registered) > 4
    for name in registered:
        text = (ROOT / name).read_text("utf-8")
        assert [each for each in PROVIDERS if each not in text] == [], name
