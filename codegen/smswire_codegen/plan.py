"""What is to be generated for one provider: its documents, codes and operations, read and held against each other."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import cast

from attrs import frozen

from smswire.schema import Document, SchemaError, load_folder
from smswire.schema.model import Position, Record
from smswire_codegen import facts
from smswire_codegen.facts import Table


@frozen
class Plan:
    """A provider's folder, read. `records` are the records of all its documents, each name once."""

    folder: Path
    documents: tuple[Document, ...]
    records: Mapping[str, Record]
    provider: Table
    codes: Mapping[str, Table]

    @property
    def id(self) -> str:
        return self.folder.name

    @property
    def operations(self) -> Mapping[str, Table]:
        return cast("Mapping[str, Table]", self.provider["operations"])

    def document(self, short_name: str) -> Document:
        """The document whose name within the provider is `short_name`: "sms_send.request"."""
        return next(each for each in self.documents if each.name == f"{self.id}/{short_name}")


def read(folder: Path) -> Plan:
    """Read a provider's folder. Raises `SchemaError`, with file and line, for whatever does not fit together."""
    documents = load_folder(folder)
    records: dict[str, Record] = {}
    for document in documents:
        for name, record in document.records.items():
            if records.setdefault(name, record) != record:
                other = records[name].position
                raise SchemaError(record.position, f"another type of this provider is called {name}: see {other}")
    plan = Plan(
        folder,
        documents,
        records,
        provider=facts.provider(folder),
        codes=facts.codes(folder),
    )
    _agree(plan)
    return plan


def _agree(plan: Plan) -> None:
    """Every document belongs to an operation, every operation's documents exist, every code table named exists."""
    here = Position("provider.toml", 1)
    used = {f"{plan.id}/{each[kind]}" for each in plan.operations.values() for kind in ("request", "response")}
    existing = {each.name for each in plan.documents}
    for name in sorted(used ^ existing):
        raise SchemaError(here, f"{name} is " + ("named but not there" if name in used else "there but not named"))
    if plan.provider["id"] != plan.id:
        raise SchemaError(here, f"id must be the folder's name, {plan.id}")
    for record in plan.records.values():
        for each in record.fields:
            if each.codes is not None and each.codes not in plan.codes:
                raise SchemaError(each.position, f"codes.toml has no table {each.codes}")
