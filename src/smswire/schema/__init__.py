"""Reading of schema files into one model, whatever language they are written in.

`load` reads one document, `load_folder` a provider's. Both need the packages of the `[diff]` extra.
"""

from __future__ import annotations

from pathlib import Path

from smswire.schema.model import Direction, Document, Position, SchemaError

_SUFFIXES = (".xsd", ".schema.json")


def load(path: Path) -> Document:
    """Read `<provider>/<operation>.<request|response>.<xsd|schema.json>`.

    Raises `SchemaError` for a name of another form, an unreadable file, and what the model does not hold.
    """
    suffix = next((each for each in _SUFFIXES if path.name.endswith(each)), None)
    stem = path.name.removesuffix(suffix or "")
    kind = stem.rpartition(".")[2]
    if suffix is None or kind not in ("request", "response"):
        allowed = "<operation>.<request|response>.<xsd|schema.json>"
        raise SchemaError(Position(path.name, 1), f"a document's file is named {allowed}")
    direction: Direction = "request" if kind == "request" else "response"
    name = f"{path.resolve().parent.name}/{stem}"
    if suffix == ".xsd":
        from smswire.schema import xsd  # xmlschema is heavy

        return xsd.lower(path, name, direction)
    from smswire.schema import jsonschema

    return jsonschema.lower(path, name, direction)


def load_folder(folder: Path) -> tuple[Document, ...]:
    """Read every document of a provider's folder, sorted by name."""
    paths = [path for path in folder.iterdir() if path.name.endswith(_SUFFIXES) and path.name.count(".") >= 2]
    return tuple(load(path) for path in sorted(paths))


__all__ = ["Document", "Position", "SchemaError", "load", "load_folder"]
