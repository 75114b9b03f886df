"""`smswire generate`: a typed package of schemas of one's own."""

from __future__ import annotations

from importlib.util import find_spec
from pathlib import Path

import click

from smswire.cli.output import DONE, FAILED, USAGE, complain

_TOOLS = ("xsdata", "datamodel_code_generator", "xmlschema", "elementpath", "referencing", "ruff")


def generate(schemas: Path, out: Path) -> int:
    """Generate, and print the files that changed."""
    if (missing := next((each for each in _TOOLS if find_spec(each) is None), None)) is not None:
        complain(f'{missing} is missing: python -m pip install "smswire[codegen]"')
        return USAGE
    # the generators are imported with it
    from smswire.schema import SchemaError
    from smswire_codegen import build, output

    try:
        changed = build.generate(schemas, out)
    except SchemaError as error:
        complain(f"{schemas / error.position.file}:{error.position.line}: {error.problem}")
        return FAILED
    except output.Refused as error:
        complain(f"{out}: {error}")
        return FAILED
    for name in changed:
        click.echo(f"changed: {out / name}")
    click.echo(f"{len(changed)} files changed")
    return DONE
