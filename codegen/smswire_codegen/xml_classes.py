"""The dataclasses of XML documents, made by xsdata: one run for each document.

Two schemas with the same root name in one run would overwrite each other with a mere warning, so each document
is a run of its own, and any warning fails the build. Types shared by inclusion come out the same in every run.
"""

from __future__ import annotations

import contextlib
import importlib
import logging
import os
import sys
import warnings
from collections.abc import Generator
from pathlib import Path

from xsdata.codegen.transformer import ResourceTransformer
from xsdata.models.config import (
    ExtensionType,
    GeneratorConfig,
    GeneratorExtension,
    GeneratorSubstitution,
    ObjectType,
    StructureStyle,
)

from smswire.schema import Document, SchemaError
from smswire.schema.model import Position
from smswire_codegen.names import BASE_CLASS


def generate(document: Document, folder: Path, package: str, out: Path) -> None:
    """Write the classes of `document`, whose schema lies in `folder`, as modules of `package` below `out`."""
    config = GeneratorConfig()
    config.output.package = package
    config.output.structure_style = StructureStyle.FILENAMES
    config.output.format.frozen = True
    config.output.format.slots = True
    config.output.format.repr = False
    config.output.unnest_classes = True
    config.output.max_line_length = 100
    rename = GeneratorSubstitution(type=ObjectType.CLASS, search=f"^{document.root_name}$", replace=document.class_name)
    config.substitutions.substitution.append(rename)
    base = GeneratorExtension(type=ExtensionType.CLASS, class_name=".*", import_string=BASE_CLASS)
    config.extensions.extension.append(base)
    with _inside(out), _complaints_fail(document.file):
        ResourceTransformer(config=config).process([(folder / document.file).resolve().as_uri()])


@contextlib.contextmanager
def _inside(out: Path) -> Generator[None]:
    """xsdata writes below the working directory, imports what it wrote to see that it can be imported, and formats it
    with the ruff that it finds on the path: ours, which need not be there where the environment is not activated.
    """
    path = os.environ.get("PATH", "")
    os.environ["PATH"] = os.pathsep.join([str(Path(sys.executable).parent), path])
    before = Path.cwd()
    os.chdir(out)
    sys.path.insert(0, str(out))
    importlib.invalidate_caches()
    try:
        yield
    finally:
        os.environ["PATH"] = path
        sys.path.remove(str(out))
        os.chdir(before)


class _Complaint(logging.Handler):
    def __init__(self, file: str) -> None:
        super().__init__(logging.WARNING)
        self.file = file

    def emit(self, record: logging.LogRecord) -> None:
        raise SchemaError(Position(self.file, 1), f"xsdata: {record.getMessage()}")


@contextlib.contextmanager
def _complaints_fail(file: str) -> Generator[None]:
    handler = _Complaint(file)
    logger = logging.getLogger("xsdata")
    logger.addHandler(handler)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error")
            yield
    finally:
        logger.removeHandler(handler)
