"""The dataclasses of a provider's JSON documents and forms, made by datamodel-code-generator in one run.

The schemas are handed over as the components of one OpenAPI document, so that every record becomes one class in
one module and no class stands for the bundle itself.
"""

from __future__ import annotations

import json
import re
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import cast

from smswire.schema import Document, SchemaError
from smswire.schema.model import Position
from smswire_codegen.names import BASE_CLASS, attribute

Json = dict[str, object]


def generate(documents: Sequence[Document], folder: Path, module: Path) -> None:
    """Write the classes of `documents`, whose schemas lie in `folder`, to the Python file `module`."""
    components: Json = {}
    for document in documents:
        schema = cast("Json", json.loads((folder / document.file).read_text("utf-8")))
        components |= {name: _prepared(each) for name, each in cast("Json", schema.pop("$defs", {})).items()}
        components[document.class_name] = _prepared(schema)
    bundle = {"openapi": "3.1.0", "info": {"title": "", "version": ""}, "paths": {}}
    with tempfile.TemporaryDirectory() as temporary:
        source = Path(temporary) / "bundle.json"
        source.write_text(json.dumps(bundle | {"components": {"schemas": components}}, ensure_ascii=False), "utf-8")
        _run(source, module, documents[0].file)
    module.write_text(_corrected(module.read_text("utf-8")), "utf-8")


def _prepared(node: object) -> object:
    """The schema as the tool must see it: references into the bundle, a constant as its own default, Python names."""
    if isinstance(node, list):
        return [_prepared(each) for each in cast("list[object]", node)]
    if not isinstance(node, dict):
        return node
    schema = cast("Json", node)
    prepared = {key: _prepared(schema[key]) for key in schema if key not in ("$schema", "title", "properties")}
    if "properties" in schema:
        # the keys of an object, which may be called like the keywords that are looked for here
        keys = cast("Json", schema["properties"])
        prepared["properties"] = {attribute(key): _prepared(each) for key, each in keys.items()}
        prepared["required"] = [attribute(key) for key in cast("list[str]", schema.get("required", []))]
    if isinstance(prepared.get("$ref"), str):
        prepared["$ref"] = str(prepared["$ref"]).replace("#/$defs/", "#/components/schemas/")
    if "const" in prepared:
        prepared["default"] = prepared["const"]
    return prepared


def _run(source: Path, module: Path, file: str) -> None:
    command = [sys.executable, "-m", "datamodel_code_generator", "--input", str(source), "--output", str(module)]
    command += ["--input-file-type", "openapi", "--output-model-type", "dataclasses.dataclass"]
    command += ["--dataclass-arguments", '{"frozen":true,"slots":true,"kw_only":true}', "--base-class", BASE_CLASS]
    command += ["--target-python-version", "3.11", "--disable-timestamp", "--enum-field-as-literal", "all"]
    command += ["--use-schema-description", "--use-field-description", "--use-double-quotes"]
    command += ["--collapse-root-models", "--formatters", "ruff-format", "--use-default"]
    command += ["--custom-file-header", "# by datamodel-code-generator"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode or "warning" in done.stderr.lower():
        raise SchemaError(Position(file, 1), f"datamodel-code-generator: {done.stderr.strip()}")


def _corrected(text: str) -> str:
    """What the tool cannot be told: no repr of its own, tuples for arrays, Decimal for numbers."""
    text = text.replace("@dataclass(", "@dataclass(repr=False, ")
    text = re.sub(r"\blist\[(\w+)\]", r"tuple[\1, ...]", text)
    if "list[" in text:
        raise ValueError("datamodel-code-generator wrote a list that is not understood")
    text, numbers = re.subn(r"(?:(?<=[:|] )|(?<=\[))float\b", "Decimal", text)
    return text.replace("\nfrom typing", "\nfrom decimal import Decimal\nfrom typing", 1) if numbers else text
