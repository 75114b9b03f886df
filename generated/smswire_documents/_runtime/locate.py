# copied by: nox -s codegen. Do not edit.

"""Where the schemas are: inside the installed package, or in the checkout that an editable install points to."""

from __future__ import annotations

from pathlib import Path


def schemas() -> Path:
    """The folder of the schemas, one folder for each provider. Raises `FileNotFoundError` when there is none."""
    package = Path(__file__).resolve().parent.parent
    for folder in (package / "schemas", package.parent.parent / "schemas"):
        if folder.is_dir():
            return folder
    raise FileNotFoundError("the schemas are neither in the package smswire_documents nor beside it")
