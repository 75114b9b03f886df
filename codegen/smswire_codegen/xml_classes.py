"""The dataclasses of XML documents, made by xsdata: one run for each document.

Two schemas with the same root name in one run would overwrite each other with a mere warning, so each document
is a run of its own, and any warning fails the build. Types shared by inclusion come out the same in every run.
"""

from __future__ import annotations

import contextlib
import importlib
import logging
import os
import shutil
import sys
import tempfile
import warnings
from collections.abc import Generator
from pathlib import Path

from lxml import etree
from xsdata.codegen.transformer import ResourceTransformer
from xsdata.models.config import (
    ExtensionType,
    GeneratorConfig,
    GeneratorExtension,
    GeneratorSubstitution,
    ObjectType,
    StructureStyle,
)
from xsdata.utils import text

from smswire.schema import Document, SchemaError
from smswire.schema.model import Position, Ref
from smswire_codegen.names import BASE_CLASS, FREE

_XS = "{http://www.w3.org/2001/XMLSchema}"


def generate(document: Document, folder: Path, package: str, out: Path, *, relative: bool) -> None:
    """Write the classes of `document`, whose schema lies in `folder`, as modules of `package` below `out`.

    `relative` is how they import each other.
    """
    config = GeneratorConfig()
    config.output.package = package
    config.output.relative_imports = relative
    config.output.structure_style = StructureStyle.FILENAMES
    config.output.format.frozen = True
    config.output.format.slots = True
    config.output.format.repr = False
    config.output.unnest_classes = True
    config.output.max_line_length = 100
    for element, kind in zip(document.elements, document.alternatives, strict=True):
        assert isinstance(kind, Ref)
        rename = GeneratorSubstitution(type=ObjectType.CLASS, search=f"^{element}$", replace=kind.name)
        config.substitutions.substitution.append(rename)
    base = GeneratorExtension(type=ExtensionType.CLASS, class_name=".*", import_string=BASE_CLASS)
    config.extensions.extension.append(base)
    with _prepared(document, folder) as schema, _inside(out), _complaints_fail(document.file), _free_names():
        ResourceTransformer(config=config).process([schema.as_uri()])


@contextlib.contextmanager
def _prepared(document: Document, folder: Path) -> Generator[Path]:
    """The schema as xsdata must see it: of an element that stands in several alternatives, only the first remains.

    xsdata takes it for one that may come several times, although no two alternatives ever come together.
    """
    with tempfile.TemporaryDirectory() as temporary:
        copy = Path(temporary).resolve() / folder.name
        shutil.copytree(folder, copy, ignore=lambda _, names: [each for each in names if not each.endswith(".xsd")])
        for path in copy.iterdir():
            try:
                tree = etree.parse(path)
            except etree.XMLSyntaxError:
                continue  # what the document includes was read before: this is nothing of it
            for choice in tree.iter(_XS + "choice"):
                found: set[str | None] = set()
                for element in list(choice.iter(_XS + "element")):
                    parent = element.getparent()
                    if element.get("name") in found and parent is not None:
                        parent.remove(element)
                    found.add(element.get("name"))
            tree.write(path, encoding="UTF-8", xml_declaration=True)
        yield copy / document.file


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


@contextlib.contextmanager
def _free_names() -> Generator[None]:
    freed = FREE & text.stop_words
    text.stop_words.difference_update(freed)
    try:
        yield
    finally:
        text.stop_words.update(freed)


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
