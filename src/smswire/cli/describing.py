"""`smswire providers`: which documents are known, on what evidence, and what their codes mean."""

from __future__ import annotations

import click

from smswire.cli.catalogue import documents_of, provider, providers
from smswire.cli.gateways import GATEWAYS
from smswire.cli.output import DONE, emit
from smswire.cli.tables import show
from smswire_documents._runtime.description import CodeTable, Limit, Operation, Provider

_LEGEND = {
    "D": "documented by the provider",
    "C": "seen in public client code",
    "S": "documented by a sister vendor or white-label of the same API",
    "I": "inferred",
}


def describe(own_id: str | None, *, as_json: bool) -> int:
    """All providers in short, or one in full."""
    if as_json:
        shown = [_described(each) for each in providers()] if own_id is None else _described(provider(own_id))
        emit({"evidence": _LEGEND, "providers": shown} if own_id is None else shown)
        return DONE
    for each in providers() if own_id is None else [provider(own_id)]:
        _show_provider(each)
        _show_documents(each)
        if own_id is not None:
            _show_codes(each)
    click.echo(f"evidence: {', '.join(f'{mark} {meaning}' for mark, meaning in _LEGEND.items())};")
    click.echo("what of a document is not D is marked so in its schema")
    return DONE


def _show_provider(described: Provider) -> None:
    plain = " (plain http: needs --allow-plaintext)" if described.base_url.startswith("http:") else ""
    client = "" if described.id in GATEWAYS else ", documents only"
    click.echo(f"{described.id}: {described.title}{client}")
    click.echo(f"  url   {described.base_url}{plain}")
    click.echo(f"  docs  {described.docs}")
    click.echo()
    rows = [
        [each.name, each.path, each.effect, each.evidence, _limits(each), each.doc] for each in described.operations
    ]
    show(("operation", "path", "effect", "evidence", "limits", "what it does"), rows)
    click.echo()


def _show_documents(described: Provider) -> None:
    rows = [[each.name, each.format, each.direction, each.evidence] for each in documents_of(described)]
    show(("document", "format", "direction", "beyond D"), rows)
    click.echo()


def _show_codes(described: Provider) -> None:
    for table in described.codes:
        click.echo(
            f"codes {table.name}: {table.doc}{'' if table.complete else ' The published table is not complete.'}"
        )
        rows = [
            [str(each.code), each.name, each.state or each.error or "", _final(each.final), each.evidence, each.meaning]
            for each in table.codes.values()
        ]
        show(("code", "name", "state or error", "final", "evidence", "meaning"), rows)
        click.echo()


def _final(final: bool | None) -> str:  # noqa: FBT001 (a value, not a switch)
    return "" if final is None else "yes" if final else "no"


def _limits(operation: Operation[object, object]) -> str:
    batch = [] if operation.batch is None else [f"{operation.batch} items"]
    return ", ".join([*batch, *map(_limit, operation.limits)])


def _limit(limit: Limit) -> str:
    return f"{limit.requests} {'identical ' if limit.identical else ''}in {limit.seconds} s"


def _described(described: Provider) -> dict[str, object]:
    return {
        "id": described.id,
        "title": described.title,
        "docs": described.docs,
        "base_url": described.base_url,
        "client": described.id in GATEWAYS,
        "operations": [_operation(each) for each in described.operations],
        "documents": [
            {
                "name": each.name,
                "format": each.format,
                "direction": each.direction,
                "not_documented": [mark for mark in each.evidence.split(", ") if mark],
                "schema": each.schema,
            }
            for each in documents_of(described)
        ],
        "codes": [_table(each) for each in described.codes],
    }


def _operation(operation: Operation[object, object]) -> dict[str, object]:
    return {
        "name": operation.name,
        "doc": operation.doc,
        "path": operation.path,
        "effect": operation.effect,
        "evidence": operation.evidence,
        "request": operation.request.name,
        "response": operation.response.name,
        "batch": operation.batch,
        "limits": [
            {"requests": each.requests, "seconds": each.seconds, "identical": each.identical}
            for each in operation.limits
        ],
    }


def _table(table: CodeTable) -> dict[str, object]:
    return {
        "name": table.name,
        "doc": table.doc,
        "complete": table.complete,
        "codes": [
            {
                "code": each.code,
                "name": each.name,
                "meaning": each.meaning,
                "state": each.state,
                "final": each.final,
                "error": each.error,
                "evidence": each.evidence,
            }
            for each in table.codes.values()
        ],
    }
