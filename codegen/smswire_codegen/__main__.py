"""`python -m smswire_codegen`: regenerate the typed documents from the schemas."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from smswire.schema import SchemaError
from smswire_codegen.build import build
from smswire_codegen.output import Refused


def main() -> int:
    parser = argparse.ArgumentParser(prog="smswire_codegen", description=__doc__)
    parser.add_argument("--schemas", type=Path, default=Path("schemas"), help="folder with a folder for each provider")
    parser.add_argument("--out", type=Path, default=Path("generated"), help="folder that smswire_documents goes into")
    arguments = parser.parse_args()
    try:
        changed = build(arguments.schemas, arguments.out)
    except (SchemaError, Refused) as error:
        print(error, file=sys.stderr)
        return 1
    for name in changed:
        print(f"changed: {arguments.out / name}")
    print(f"{len(changed)} files changed")
    return 0


if __name__ == "__main__":
    sys.exit(main())
