"""Writing of a typed document to the bytes that go on the wire."""

from __future__ import annotations

from typing import TypeVar, cast

from smswire.documents import forms
from smswire_documents._runtime.description import DocumentType

T = TypeVar("T")


def write(document: DocumentType[T], value: T, *, charset: str = "utf-8") -> bytes:
    """Encode a value of a generated class, which was held to its schema when it was built.

    A form is written in `charset`, XML and JSON in UTF-8. Raises `PayloadError` for a root without a class of its own,
    as an array, that breaks its limits, and for a form with a character that the charset does not have.
    """
    if document.check is not None:
        document.check(value)
    if document.format == "form":
        return forms.encode(document, document.dump(value), charset)
    dumped: object = document.dump(value)
    if document.format == "xml":
        return cast("bytes", dumped)
    import msgspec  # takes long to import, and XML and forms do without

    return msgspec.json.Encoder(decimal_format="number").encode(dumped)
