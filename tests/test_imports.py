"""Imports go one way, and what is heavy is not imported before it is used."""

from __future__ import annotations

import ast
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from support.cases import ENVIRONMENT, ROOT

from smswire_documents import PROVIDERS

SOURCES = {"smswire": ROOT / "src", "smswire_documents": ROOT / "generated", "smswire_codegen": ROOT / "codegen"}
HEAVY = {"phonenumbers", "xmlschema", "starlette", "uvicorn", "rich", "xsdata", "hypothesis", "pytest"}

CORE = {"errors", "exchange", "model", "secret", "smswire_documents"}
CLIENT = {"methods", "facade", "client", "operation", "providers", "telling", *CORE}
# what each part of smswire may import of ours, besides itself
ALLOWED = {
    "schema": set[str](),
    "documents": {"smswire_documents"},
    "secret": {"smswire_documents"},
    "retry": set[str](),
    "limits": {"smswire_documents"},
    "model": {"smswire_documents"},
    "errors": {"model", "smswire_documents"},
    "segments": {"errors"},
    "numbers": {"errors"},
    "exchange": {"model", "secret", "smswire_documents"},
    "engine": {"retry", "limits", "documents", *CORE},
    "sockets": set(),
    "transport": {"exchange", "documents", "errors", "sockets"},
    "telling": {"model", "smswire_documents"},
    "rules": {"telling", *CORE},
    "providers": {"documents", "numbers", "rules", "telling", *CORE},
    "given": {"rules", *CORE},
    "facade": {"given", "rules", "telling", *CORE},
    "methods": {"facade", "operation", "rules", "errors", "exchange", "model", "smswire_documents"},
    "settings": {"engine", "limits", "documents", *CORE},
    "client": {"settings", "engine", "transport", "documents", *CORE},
    "operation": {"client", "exchange"},
    **dict.fromkeys(PROVIDERS, CLIENT),
    "sandbox": {"documents", "segments", "smswire_documents"},
    "testing": {"sandbox"},
    "diff": {"schema"},
    "drift": {"schema"},
    "cli": {
        *("", *PROVIDERS, "schema", "diff", "drift", "sandbox", "documents", "errors", "model"),
        *("smswire_documents", "smswire_codegen"),
    },
    "__main__": {"cli"},
    "": {*PROVIDERS, "engine", "errors", "model", "segments"},
}


def modules(package: str) -> dict[str, Path]:
    """Every module of one of our packages, by its full name."""
    base = SOURCES[package]
    found: dict[str, Path] = {}
    for path in sorted((base / package).rglob("*.py")):
        parts = path.relative_to(base).with_suffix("").parts
        found[".".join(parts[:-1] if parts[-1] == "__init__" else parts)] = path
    return found


MODULES = {name: path for package in SOURCES for name, path in modules(package).items()}


def imported(name: str) -> Iterator[str]:
    """The full names of the modules that a module imports, wherever it does."""
    home = name if MODULES[name].name == "__init__.py" else name.rpartition(".")[0]
    for node in ast.walk(ast.parse(MODULES[name].read_text("utf-8"))):
        if isinstance(node, ast.Import):
            yield from (each.name for each in node.names)
        elif isinstance(node, ast.ImportFrom):
            above = home.split(".")[: len(home.split(".")) - node.level + 1] if node.level else []
            module = ".".join([*above, *([node.module] if node.module else [])])
            yield from (
                f"{module}.{each.name}" if f"{module}.{each.name}" in MODULES else module for each in node.names
            )


def part_of(module: str) -> str:
    """The part of smswire that a module belongs to: "smswire.documents.reading" to "documents"."""
    package, _, rest = module.partition(".")
    return rest.partition(".")[0] if package == "smswire" else package


def ours(module: str) -> list[str]:
    return [each for each in imported(module) if each.partition(".")[0] in SOURCES]


@pytest.mark.parametrize("module", [each for each in MODULES if each.startswith("smswire.")])
def test_a_module_imports_only_what_its_part_may(module: str) -> None:
    allowed = {part_of(module), *ALLOWED[part_of(module)]}
    assert {part_of(each) for each in ours(module)} <= allowed


def test_the_package_itself_imports_only_what_it_offers() -> None:
    assert {part_of(each) for each in ours("smswire")} <= {"smswire", *ALLOWED[""], ""}


@pytest.mark.parametrize("module", [each for each in MODULES if each.partition(".")[0] == "smswire_documents"])
def test_the_documents_need_nothing_but_the_standard_library_and_lxml(module: str) -> None:
    roots = {each.partition(".")[0] for each in imported(module)}
    assert roots <= {*sys.stdlib_module_names, "lxml", "smswire_documents"}


@pytest.mark.parametrize("module", [each for each in MODULES if each.partition(".")[0] == "smswire_codegen"])
def test_the_generator_needs_only_the_schemas(module: str) -> None:
    assert {each for each in ours(module) if not each.startswith(("smswire_codegen", "smswire.schema"))} == set()


@pytest.mark.parametrize("module", MODULES)
def test_only_the_transport_knows_the_http_library(module: str) -> None:
    roots = {each.partition(".")[0] for each in imported(module)}
    assert module == "smswire.transport" or "httpx" not in roots
    assert module in ("smswire.transport", "smswire.sockets") or "httpcore" not in roots


@pytest.mark.parametrize("provider", PROVIDERS)
def test_providers_know_nothing_of_each_other(provider: str) -> None:
    homes = tuple(
        f"{home}.{provider}" for home in ("smswire", "smswire.providers", "smswire.sandbox", "smswire_documents")
    )
    others = tuple(each for each in PROVIDERS if each != provider)
    own = [each for each in MODULES if each.startswith(homes)]
    assert own
    for module in own:
        for each in ours(module):
            assert not any(part.startswith(others) for part in each.split(".")), f"{module} imports {each}"


@pytest.mark.parametrize("provider", PROVIDERS)
def test_a_client_has_its_methods_made_for_it(provider: str) -> None:
    """Of the operations that every provider shares it knows only what they say that it can do."""
    tree = ast.parse(MODULES[f"smswire.{provider}"].read_text("utf-8"))
    found = [each for each in ast.walk(tree) if isinstance(each, ast.ImportFrom) and each.module == "smswire.facade"]
    assert {name.name for each in found for name in each.names} == {"capabilities"}
    assert "smswire.facade" not in set(imported(f"smswire.providers.{provider}"))


def test_what_providers_share_knows_none_of_them() -> None:
    shared = [each for each in MODULES if each.startswith(("smswire.providers.", "smswire_documents._runtime."))]
    assert "smswire.providers.mapping" in shared
    for module in shared:
        if not module.split(".")[2].startswith(PROVIDERS):
            assert not [each for each in ours(module) if any(part in PROVIDERS for part in each.split("."))]


def loaded(code: str) -> set[str]:
    """The packages that are loaded after some code ran in a process of its own."""
    start = "import sys\n"
    told = "\nprint('\\n' + ' '.join({each.partition('.')[0] for each in sys.modules}))"
    done = subprocess.run(
        [sys.executable, "-c", start + code + told],
        env=ENVIRONMENT,
        capture_output=True,
        text=True,
        check=True,
        timeout=60,
    )
    return set(done.stdout.splitlines()[-1].split())


USES = {
    "import": "import smswire",
    "everything public": "import smswire; [getattr(smswire, each) for each in smswire.__all__]",
    **{
        f"a client of {provider}": f"from smswire import {provider}\n"
        f"{provider}.Client(login='l', password='p', base_url='http://127.0.0.1:1').close()"
        for provider in PROVIDERS
    },
    "an estimate": "from smswire import numbers, segments; segments.estimate('x')",
    "a send": """
import smswire.transport  # before httpx, which by itself would load its command line
import httpx
from smswire import Message, quicktel

def answer(request):
    return httpx.Response(200, content=b'<xml_result res="0"><push sms_id="1" push_id="7" res="0"/></xml_result>')

http = httpx.MockTransport(answer)
with quicktel.Client(login="l", password="p", base_url="http://127.0.0.1:1", http=http) as client:
    [receipt] = client.send([Message(to="79001234567", text="x", sender="s", id="1")])
assert receipt.gateway_id == "7"
""",
    **{
        f"smswire {' '.join(arguments)}": f"""
import runpy, sys
sys.argv = ["smswire", *{arguments!r}]
try:
    runpy.run_module("smswire.cli", run_name="__main__", alter_sys=True)
except SystemExit as stop:
    assert not stop.code
"""
        for arguments in (["--help"], ["send", "--help"], ["sandbox", "--help"])
    },
}


@pytest.mark.parametrize("code", USES.values(), ids=USES)
def test_nothing_heavy_is_loaded_by(code: str) -> None:
    if "smswire.cli" in code:
        pytest.importorskip("smswire.cli")
    assert loaded(code) & HEAVY == set()


def test_the_first_check_of_a_number_loads_its_library() -> None:
    assert "phonenumbers" in loaded("from smswire.numbers import e164_digits; e164_digits('77001234567')")
