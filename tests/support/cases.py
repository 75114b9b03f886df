"""The document types under test, each with its schema as the model reads it, and the sample documents.

Every provider joins by existing. So does the specimen, a provider that does not exist: its schemas use every feature
that a schema may use, and its package is generated here.
"""

from __future__ import annotations

import atexit
import importlib
import os
import shutil
import subprocess
import sys
import tempfile
import tomllib
from dataclasses import replace
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from attrs import frozen

import smswire_documents
from smswire.schema import load
from smswire.schema.model import Document, Record, Type
from smswire_documents._runtime.description import DocumentType, Operation
from smswire_documents._runtime.locate import schemas

TESTS = Path(__file__).resolve().parent.parent
ROOT = TESTS.parent
SPECIMEN = TESTS / "specimen"
DOCUMENTS = TESTS / "documents"
ENVIRONMENT = {
    **os.environ,
    "PYTHONPATH": os.pathsep.join(str(ROOT / each) for each in ("src", "generated", "codegen")),
}


@frozen(repr=False)
class Case:
    """A document type, its schema as the model reads it, and the package that has its classes."""

    type: DocumentType[Any]
    model: Document
    package: ModuleType

    def __repr__(self) -> str:
        return self.type.name

    def _repr_pretty_(self, printer: Any, cycle: bool) -> None:
        printer.text(repr(self))  # hypothesis would print the whole schema

    @property
    def schema(self) -> Path:
        return schemas() / self.type.schema

    def cls(self, record: str) -> type:
        """The class generated for a record."""
        return getattr(self.package, record)

    @property
    def records(self) -> list[Record]:
        return list(self.model.records.values())

    @property
    def alternatives(self) -> tuple[Type, ...]:
        """The types that the root may be."""
        return self.model.alternatives

    def root(self, element: str) -> Type | None:
        """The type of an XML document whose root is such an element; None where no document's is."""
        return dict(zip(self.model.elements, self.model.alternatives, strict=True)).get(element)


@frozen(repr=False)
class Sample:
    """A sample document as its index describes it."""

    path: Path
    case: Case
    valid: bool
    origin: str
    source: str
    reason: str = ""

    def __repr__(self) -> str:
        return f"{self.path.parent.name}/{self.path.name}"

    @property
    def body(self) -> bytes:
        return self.path.read_bytes()


def _specimen() -> str:
    """Generate the specimen's package beside the real ones; returns its name."""
    folder = Path(tempfile.mkdtemp())
    atexit.register(shutil.rmtree, folder)
    command = [sys.executable, "-m", "smswire_codegen", "--schemas", str(SPECIMEN), "--out", str(folder)]
    subprocess.run(command, env=ENVIRONMENT, check=True, capture_output=True)
    smswire_documents.__path__.append(str(folder / "smswire_documents"))
    return "specimen"


def _cases(provider: str, folder: Path | None = None) -> list[Case]:
    package = importlib.import_module(f"smswire_documents.{provider}")
    found = [each for each in vars(package.documents).values() if isinstance(each, DocumentType)]
    if folder is not None:
        # an absolute path stays what it is when the schema is looked for in the installed folder
        found = [replace(each, schema=str(folder / each.schema)) for each in found]
    return [Case(each, load(schemas() / each.schema), package) for each in found]


def _samples() -> list[Sample]:
    found: list[Sample] = []
    for index in sorted(DOCUMENTS.glob("*/index.toml")):
        for entry in tomllib.loads(index.read_text("utf-8"))["document"]:
            case = BY_NAME[entry.pop("document")]
            found.append(Sample(path=index.parent / entry.pop("file"), case=case, **entry))
    return found


PROVIDERS: tuple[str, ...] = smswire_documents.PROVIDERS
REAL = [case for provider in PROVIDERS for case in _cases(provider)]
CASES = REAL + _cases(_specimen(), SPECIMEN)
BY_NAME = {case.type.name: case for case in CASES}
SAMPLES = _samples()


def of_format(*formats: str) -> list[Case]:
    return [case for case in CASES if case.type.format in formats]


def operations(provider: str) -> tuple[Operation[Any, Any], ...]:
    return importlib.import_module(f"smswire_documents.{provider}.operations").PROVIDER.operations


every_document = pytest.mark.parametrize("case", CASES, ids=str)
every_sample = pytest.mark.parametrize("sample", SAMPLES, ids=str)
