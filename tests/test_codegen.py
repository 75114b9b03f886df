"""The generated package comes out of the schemas byte for byte, and a failure leaves it as it was."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import time
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest
from support.cases import BY_NAME, ENVIRONMENT, ROOT, TESTS, operations

from smswire_codegen.names import attribute
from smswire_documents._runtime.description import Operation

GENERATED = ROOT / "generated"
SCHEMAS = ROOT / "schemas"


def generate(schemas: Path, out: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "smswire_codegen", "--schemas", str(schemas), "--out", str(out)]
    return subprocess.run(
        command, env=ENVIRONMENT | environment, capture_output=True, text=True, check=False, timeout=120
    )


def tree(folder: Path) -> dict[str, bytes]:
    """Every file below a folder but compiled ones."""
    files = [path for path in sorted(folder.rglob("*")) if path.is_file() and "__pycache__" not in path.parts]
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in files}


@pytest.mark.parametrize("seed", ["0", "4711"])
def test_generating_anew_gives_the_same_files(tmp_path: Path, seed: str) -> None:
    start = time.monotonic()
    done = generate(SCHEMAS, tmp_path / "new", PYTHONHASHSEED=seed)
    assert time.monotonic() - start < 20
    assert (done.returncode, done.stderr) == (0, "")
    made, kept = tree(tmp_path / "new"), tree(GENERATED)
    assert sorted(made) == sorted(kept)
    assert [name for name in made if made[name] != kept[name]] == []


def test_files_that_are_right_stay_untouched_and_others_go(tmp_path: Path) -> None:
    out = tmp_path / "out"
    shutil.copytree(GENERATED, out, ignore=shutil.ignore_patterns("__pycache__"))
    package = out / "smswire_documents"
    (package / "stale.py").touch()
    (package / "manifest.json").write_text("{}")
    (package / "__init__.py").unlink()
    before = {path: path.stat().st_mtime_ns for path in package.rglob("*") if path.is_file()}
    done = generate(SCHEMAS, out)
    changed = ["__init__.py", "manifest.json", "stale.py"]
    assert done.stdout.splitlines() == [f"changed: {package / name}" for name in changed] + ["3 files changed"]
    assert tree(out) == tree(GENERATED)
    touched = {path.name for path, when in before.items() if not path.exists() or path.stat().st_mtime_ns != when}
    assert touched == {"manifest.json", "stale.py"}


@pytest.mark.parametrize(
    ("file", "old", "new", "says"),
    [
        (
            "quicktel/types.xsd",
            '<xs:maxLength value="50"/>',
            '<xs:maxExclusive value="50"/>',
            "quicktel/types.xsd:30: ",
        ),
        ("smsc/codes.toml", "[status]", "[state]", "smsc/get_messages.response.schema.json:"),
    ],
)
def test_a_failure_names_the_file_and_leaves_everything_as_it_was(
    tmp_path: Path, file: str, old: str, new: str, says: str
) -> None:
    schemas, out = tmp_path / "schemas", tmp_path / "out"
    shutil.copytree(SCHEMAS, schemas)
    shutil.copytree(GENERATED, out, ignore=shutil.ignore_patterns("__pycache__"))
    text = (schemas / file).read_text("utf-8")
    assert old in text
    (schemas / file).write_text(text.replace(old, new), "utf-8")
    done = generate(schemas, out)
    assert done.returncode == 1
    assert done.stderr.startswith(says)
    assert "Traceback" not in done.stderr
    assert done.stdout == ""
    assert tree(out) == tree(GENERATED)


@pytest.mark.parametrize("path", sorted(GENERATED.rglob("*.py")), ids=lambda path: str(path.relative_to(GENERATED)))
def test_every_module_says_how_it_is_made(path: Path) -> None:
    head = path.read_text("utf-8").splitlines()[:4]
    assert any(
        line in head for line in (f"# {verb} by: nox -s codegen. Do not edit." for verb in ("generated", "copied"))
    )


def test_the_manifest_has_the_hash_of_every_schema() -> None:
    manifest = json.loads((GENERATED / "smswire_documents/manifest.json").read_text("utf-8"))
    files = [path for path in SCHEMAS.rglob("*") if path.suffix in (".xsd", ".json", ".toml")]
    hashes = {path.relative_to(SCHEMAS).as_posix(): sha256(path.read_bytes()).hexdigest() for path in files}
    assert manifest["schemas"] == hashes
    assert {"xsdata", "datamodel-code-generator", "ruff", "xmlschema"} <= manifest["tools"].keys()


def test_a_provider_without_codes_comes_out_whole(tmp_path: Path) -> None:
    shutil.copytree(TESTS / "refusals/tiny", tmp_path / "schemas/tiny")
    (tmp_path / "schemas/tiny/codes.toml").write_text("# The provider has no numbers for anything.\n")
    reply = tmp_path / "schemas/tiny/ask.response.schema.json"
    reply.write_text(reply.read_text("utf-8").replace(', "x-codes": "status"', ""), "utf-8")
    done = generate(tmp_path / "schemas", tmp_path / "out")
    assert (done.returncode, done.stderr) == (0, "")
    told = "from smswire_documents.tiny import codes, operations; print(operations.PROVIDER.codes, vars(codes).keys())"
    path = f"{tmp_path / 'out'}{os.pathsep}{ENVIRONMENT['PYTHONPATH']}"
    run = subprocess.run(
        [sys.executable, "-c", told], env=ENVIRONMENT | {"PYTHONPATH": path}, capture_output=True, text=True, check=True
    )
    assert run.stdout.startswith("() ")
    assert "CodeTable" not in run.stdout


@pytest.mark.parametrize(
    ("wire", "python"),
    [
        ("word", "word"),
        ("sms_id", "sms_id"),
        ("type_send_1", "type_send_1"),
        ("messageId", "message_id"),
        ("zipCode2", "zip_code2"),
        ("Count", "count"),
        ("IDs", "ids"),
        ("time-out", "time_out"),
        ("from", "from_value"),
        ("From", "from_value"),
        ("class", "class_value"),
        ("list", "list_value"),
        ("type", "type"),
        ("value", "value"),
    ],
)
def test_a_name_on_the_wire_has_a_name_in_python(wire: str, python: str) -> None:
    assert attribute(wire) == python


@pytest.mark.parametrize("operation", operations("specimen"), ids=lambda each: each.name)
def test_a_request_with_one_kind_of_item_knows_how_many_it_holds(operation: Operation[Any, Any]) -> None:
    several = {"batch", "order", "pick"}
    assert (operation.batch is None) is (operation.name in several)
    assert operation.batch in (None, 3)


def test_a_provider_that_uses_every_feature_comes_out_well_formed() -> None:
    package = Path(BY_NAME["specimen/order.request"].package.__file__ or "").parent
    command = [sys.executable, "-m", "ruff", "check", "--isolated", "--no-cache", "--select", "E9,F", str(package)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.stdout == "All checks passed!\n"
