"""The generators' classes are held against the model: same classes, same fields, or the build fails."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Mapping
from pathlib import Path

from smswire.schema import SchemaError
from smswire.schema.model import Position
from smswire_codegen.names import attribute_of
from smswire_codegen.plan import Plan


def classes(models: Path) -> Mapping[str, tuple[str, ...]]:
    """The public names that each module of a folder of generated classes defines, aliases of unions included."""
    found: dict[str, tuple[str, ...]] = {}
    for path in sorted(models.glob("*.py")):
        if names := tuple(name for name, _ in _definitions(path)):
            found[path.stem] = names
    return found


def check(plan: Plan, models: Path) -> None:
    """Raise `SchemaError` for a record whose class is missing or has other fields than the schema."""
    made = {name: fields for path in models.glob("*.py") for name, fields in _definitions(path)}
    for record in plan.records.values():
        wanted = {attribute_of(each) for each in record.fields}
        if made.get(record.name) != wanted:
            raise SchemaError(record.position, f"the class generated for {record.name} does not have its fields")
    for document in plan.documents:
        if document.class_name not in made:
            raise SchemaError(Position(document.file, 1), f"no class {document.class_name} was generated")


def _definitions(path: Path) -> Iterator[tuple[str, set[str]]]:
    for node in ast.parse(path.read_text("utf-8")).body:
        if isinstance(node, ast.ClassDef):
            fields = (each.target for each in node.body if isinstance(each, ast.AnnAssign))
            yield node.name, {each.id for each in fields if isinstance(each, ast.Name)}
        elif isinstance(node, ast.AnnAssign) and isinstance(node.target, ast.Name):
            yield node.target.id, set()
