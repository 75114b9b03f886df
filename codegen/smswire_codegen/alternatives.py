"""How alternatives are told apart, for the emitters and the lint alike: those of a JSON root, and those of a choice."""

from __future__ import annotations

from smswire.schema import Document, SchemaError
from smswire.schema.model import Alternative, Array, Choice, Position, Record, Ref, Union


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


def shared(choice: Choice) -> frozenset[str]:
    """The fields of a choice, if any of them stands in several of its alternatives: its place then depends on which
    is taken. Empty where the order of the fields is the same whichever is.
    """
    names = [name for each in choice.alternatives for name in each.fields]
    return frozenset(names) if len(set(names)) < len(names) else frozenset()


def mark(record: Record, choice: Choice, alternative: Alternative) -> str:
    """The field that tells that an alternative is taken: it is required, single, and stands in no other.

    Raises `SchemaError` where there is none.
    """
    others = {name for each in choice.alternatives if each is not alternative for name in each.fields}
    single = {each.name for each in record.fields if not each.repeated}
    for name in alternative.required:
        if name not in others and name in single:
            return name
    raise SchemaError(
        record.position, f"an alternative of {record.name} shares a field and requires none that is its own"
    )
