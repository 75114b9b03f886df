"""The whole build: schemas in, package out, in a temporary folder first so that a failure leaves nothing half-done."""

from __future__ import annotations

import hashlib
import json
import keyword
import re
import shutil
import subprocess
import sys
import tempfile
import uuid
from collections.abc import Generator, Iterable
from contextlib import contextmanager
from importlib import metadata
from pathlib import Path

from attrs import frozen

from smswire.schema import SchemaError
from smswire.schema.model import Position
from smswire_codegen import json_classes, lint, output, plan, verify, xml_classes
from smswire_codegen.emit import binders, checks, codes, operations, package, shapes, text_forms, writers
from smswire_codegen.names import COMMAND, GENERATE, PACKAGE, SCHEMAS
from smswire_codegen.output import Refused
from smswire_codegen.plan import Plan

_TOOLS = ("xsdata", "datamodel-code-generator", "xmlschema", "elementpath", "ruff")
_READ_AT_RUN_TIME = (".xsd", ".json")


def build(schemas: Path, out: Path) -> list[str]:
    """Generate smswire's own package of every provider folder of `schemas` into `out`/smswire_documents.

    Returns the files that changed, were added or went, relative to `out`. Raises `SchemaError`, with file and
    line, for a schema that cannot be generated from; `out` is then as it was.
    """
    folder = out.resolve() / PACKAGE
    with _Build(PACKAGE, COMMAND, apart=False).made(schemas.resolve()) as root:
        return [f"{PACKAGE}/{name}" for name in output.replace(root, folder, output.files(folder))]


def generate(schemas: Path, out: Path) -> list[str]:
    """Generate a package of one's own, `out`, of every provider folder of `schemas`.

    It uses the runtime of the installed smswire_documents and carries its schemas. Its own imports are relative, so
    that it may lie within another package. Returns the files that changed, were added or went, relative to `out`.
    Raises `SchemaError` as `build` does, and `Refused` for an `out` that cannot be a package, or that holds what was
    not generated; `out` is then as it was.
    """
    schemas, out = schemas.resolve(), out.resolve()
    if not _importable(out.name):
        raise Refused("no Python package can have this name: a letter first, then letters, digits and _")
    before = output.written_before(out)
    # imported while it is made, under a name that nothing else in this process has
    with _Build(f"made_{uuid.uuid4().hex}", GENERATE, apart=True).made(schemas) as root:
        return output.replace(root, out, before)


def _importable(name: str) -> bool:
    return re.fullmatch("[A-Za-z][A-Za-z0-9_]*", name) is not None and not keyword.iskeyword(name)


@frozen
class _Build:
    """A package in the making: its name meanwhile, and the command that its files name.

    One that is generated `apart` has its schemas within it instead of the runtime.
    """

    package: str
    command: str
    apart: bool

    @contextmanager
    def made(self, schemas: Path) -> Generator[Path]:
        """The finished package of the provider folders of `schemas`, in a temporary folder."""
        folders = sorted(each for each in schemas.iterdir() if each.is_dir() and not each.name.startswith("."))
        if not folders:
            raise Refused(f"{schemas} has no provider's folder in it")
        with tempfile.TemporaryDirectory() as temporary:
            made = Path(temporary)
            root = made / self.package
            if not self.apart:
                self._runtime(root)
            plans = [self._located(each, made) for each in folders]
            self._module(root / "__init__.py", package.emit_top(plans, runtime=not self.apart))
            (root / "py.typed").touch()
            _format(made)
            if self.apart:
                _carry(folders, root / SCHEMAS)
            _write(root / output.MANIFEST, self._manifest(folders, output.files(root)))
            yield root

    def _runtime(self, root: Path) -> None:
        for path in sorted((Path(__file__).parent / "runtime").glob("*.py")):
            text = path.read_text("utf-8")
            _write(root / "_runtime" / path.name, f"# copied by: {self.command}. Do not edit.\n\n{text}")

    def _located(self, folder: Path, made: Path) -> Plan:
        """The plan of a provider, generated. What is wrong with a schema is said with the provider's folder."""
        if not _importable(folder.name) or folder.name == SCHEMAS:
            raise Refused(f"{folder.name}: a provider's folder has the name of its package, which this cannot be")
        try:
            return self._provider(folder, made)
        except SchemaError as error:
            raise _within(folder, error) from None

    def _provider(self, folder: Path, made: Path) -> Plan:
        it = plan.read(folder)
        lint.check(it)
        root = made / self.package
        home = root / it.id
        models = home / "models"
        models.mkdir(parents=True)
        _write(home / "__init__.py", "")
        _write(root / "__init__.py", "")
        plain = [each for each in it.documents if each.format != "xml"]
        if plain:
            json_classes.generate(plain, folder, models / "json_documents.py")
        for document in it.documents:
            if document.format == "xml":
                name = f"{self.package}.{it.id}.models"
                xml_classes.generate(document, folder, name, made, relative=self.apart)
        (models / "__init__.py").unlink(missing_ok=True)
        for path in models.glob("*.py"):
            _write(path, f"{self._header}\n\n" + path.read_text("utf-8").lstrip())
        if (roots := package.emit_roots(it, verify.classes(models))) is not None:
            self._module(models / "roots.py", roots)
        verify.check(it, models)
        modules = verify.classes(models)
        self._module(models / "__init__.py", package.emit_models(it, modules))
        exported = (name for names in modules.values() for name in names)
        self._module(home / "__init__.py", package.emit_provider(it, exported))
        self._module(home / "codes.py", codes.emit(it))
        self._module(home / "checks.py", checks.emit(it))
        self._module(home / "writers.py", writers.emit(it))
        self._module(home / "binders.py", binders.emit(it))
        self._module(home / "shapes.py", shapes.emit(it))
        if (forms := text_forms.emit(it)) is not None:
            self._module(home / "text_forms.py", forms)
        self._module(home / "documents.py", operations.emit_documents(it, carried=self.apart))
        self._module(home / "operations.py", operations.emit_operations(it))
        return it

    @property
    def _header(self) -> str:
        return f"# generated by: {self.command}. Do not edit."

    def _module(self, path: Path, text: str) -> None:
        """Write what an emitter gave, with the line that says how it was made after its docstring."""
        doc, future, rest = text.partition("from __future__")
        _write(path, f"{doc}{self._header}\n\n{future}{rest}")

    def _manifest(self, folders: Iterable[Path], files: list[str]) -> str:
        """Hash of every schema, and the version of every tool that had a hand in the result; apart, its files too."""
        hashes = {
            path.relative_to(folder.parent).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
            for folder in folders
            for path in sorted(folder.rglob("*"))
            if path.suffix in (".xsd", ".json", ".toml")
        }
        tools = {tool: metadata.version(tool) for tool in (*_TOOLS, *(["smswire"] if self.apart else []))}
        manifest: dict[str, object] = {"command": self.command, "tools": tools, "schemas": hashes}
        if self.apart:
            manifest["files"] = files
        return json.dumps(manifest, indent=2) + "\n"


def _within(folder: Path, error: SchemaError) -> SchemaError:
    return SchemaError(Position(f"{folder.name}/{error.position.file}", error.position.line), error.problem)


def _carry(folders: Iterable[Path], home: Path) -> None:
    """Copy what is read at run time: the schemas themselves."""
    for folder in folders:
        (home / folder.name).mkdir(parents=True)
        for path in folder.iterdir():
            if path.suffix in _READ_AT_RUN_TIME:
                shutil.copyfile(path, home / folder.name / path.name)


def _write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, "utf-8")


def _format(made: Path) -> None:
    for step in (["check", "--fix", "--quiet", "--select", "F401,F541,I"], ["format", "--quiet"]):
        options = ["--isolated", "--no-cache", "--line-length", "120", "--target-version", "py311"]
        extra = ["--config", f"lint.isort.known-first-party=['{PACKAGE}']"] if step[0] == "check" else []
        subprocess.run([sys.executable, "-m", "ruff", step[0], *step[1:], *options, *extra, str(made)], check=True)
