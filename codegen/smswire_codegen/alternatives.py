"""How the alternatives of a JSON document are told apart, for the binder, the shapes and the lint alike."""

from __future__ import annotations

from smswire.schema import Document, SchemaError
from smswire.schema.model import Array, Position, Ref, Union


def alternatives(document: Document) -> tuple[Array | None, tuple[tuple[str, tuple[str, ...]], ...]]:
    """How the alternatives of a JSON root are told apart: the array, and each record by the keys that it requires and
    no other knows. Raises `SchemaError` where that does not tell them apart.
    """
    assert isinstance(document.root, Union)
    top = Position(document.file, 1)
    arrays = [each for each in document.root.members if isinstance(each, Array)]
    records = [document.records[each.name] for each in document.root.members if isinstance(each, Ref)]
    if len(arrays) > 1 or len(arrays) + len(records) != len(document.root.members):
        raise SchemaError(top, "alternatives must be records, and at most one array")
    found: list[tuple[str, tuple[str, ...]]] = []
    for record in records:
        others = {each.name for other in records if other is not record for each in other.fields}
        own = tuple(each.name for each in record.fields if each.minimum and each.name not in others)
        if not own:
            raise SchemaError(record.position, f"{record.name} requires no key that tells it from its alternatives")
        found.append((record.name, own))
    return (arrays[0] if arrays else None), tuple(found)
