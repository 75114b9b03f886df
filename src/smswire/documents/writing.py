"""Writing of a typed document to the bytes that go on the wire."""

from __future__ import annotations

from typing import TypeVar, cast

import msgspec

from smswire.documents import forms
from smswire_documents._runtime.description import DocumentType

T = TypeVar("T")

_json = msgspec.json.Encoder(decimal_format="number")


def write(document: DocumentType[T], value: T, *, charset: str = "utf-8") -> bytes:
    """Encode a value of a generated class, which was held to its schema when it was built."""
    dumped: object = document.dump(value)
    if document.format == "xml":
        return cast("bytes", dumped)
    if document.format == "form":
        return forms.encode(document, dumped, charset)
    return _json.encode(dumped)
