"""The command `smswire`. Nothing is imported before it is needed, so that a missing extra can be named."""

from __future__ import annotations

import sys
from collections.abc import Sequence

_EXTRAS = {
    "click": "cli",
    "rich": "cli",
    "starlette": "sandbox",
    "uvicorn": "sandbox",
    "xmlschema": "diff",
    "referencing": "diff",
}


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command and return its exit code: 0 done, 1 refused or failed, 2 usage, 130 interrupted."""
    try:
        from smswire.cli.run import run

        return run(arguments)
    except ModuleNotFoundError as error:
        package = (error.name or "").partition(".")[0]
        if package not in _EXTRAS:
            raise
        missing = f'{package} is missing: python -m pip install "smswire[{_EXTRAS[package]}]"'
    except KeyboardInterrupt:
        return 130
    sys.stderr.write(f"smswire: {missing}\n")
    return 2
