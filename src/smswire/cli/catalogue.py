"""What is known of the providers' documents, from the generated descriptions alone: no schema tool is loaded."""

from __future__ import annotations

from importlib import import_module
from typing import TypeAlias, cast

from smswire_documents import PROVIDERS
from smswire_documents._runtime.description import DocumentType, Provider

AnyDocument: TypeAlias = DocumentType[object]


def provider(own_id: str) -> Provider:
    """The description of one of `PROVIDERS`."""
    return cast("Provider", import_module(f"smswire_documents.{own_id}.operations").PROVIDER)


def providers() -> list[Provider]:
    """All providers, whether or not there is a client yet."""
    return [provider(each) for each in PROVIDERS]


def documents_of(described: Provider) -> list[AnyDocument]:
    """The documents of a provider, each once, in the order of its operations."""
    found: dict[str, AnyDocument] = {}
    for operation in described.operations:
        for document in (operation.request, operation.response):
            found.setdefault(document.name, document)
    return list(found.values())


def charset_of(document: AnyDocument) -> str:
    """The charset of a document that declares none: UTF-8, or what its provider answers when not asked for another."""
    operations = (each for known in providers() for each in known.operations)
    return next((each.charset for each in operations if each.response.name == document.name), "utf-8")


def documents() -> dict[str, AnyDocument]:
    """Every known document by its name."""
    return {document.name: document for each in providers() for document in documents_of(each)}
