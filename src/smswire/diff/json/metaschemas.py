"""The schemas of schemas that the drafts publish, as jsonschema-rs carries them. Nothing is downloaded."""

from __future__ import annotations

import json
from functools import cache
from typing import cast

import jsonschema_rs

from smswire.diff.json import values
from smswire.diff.json.dialects import Dialect
from smswire.diff.json.values import Json

_DRAFTS = {
    Dialect.D4: jsonschema_rs.Draft4,
    Dialect.D6: jsonschema_rs.Draft6,
    Dialect.D7: jsonschema_rs.Draft7,
}


def published(uri: str) -> tuple[Dialect, str, Json] | None:
    """The draft of a meta-schema, its text and what it says; None for other URIs.

    Those from 2019-09 on are made of several, bound to each other by the way there, and are left to validators.
    """
    for dialect in _DRAFTS:
        if uri.removeprefix("https:").removeprefix("http:") == dialect.uri.removeprefix("http:").rstrip("#"):
            return dialect, *_carried(dialect)
    return None


def is_built_in(uri: str) -> bool:
    """Whether validators know a URI by themselves, whatever else bears it."""
    return uri.startswith("http:") and published(uri) is not None


@cache
def _carried(dialect: Dialect) -> tuple[str, Json]:
    uri = dialect.uri
    bundle = jsonschema_rs.bundle({"$schema": uri, "$ref": uri}, draft=_DRAFTS[dialect])
    carried = cast("dict[str, dict[str, object]]", bundle)["definitions"]
    text = json.dumps(carried[uri.rstrip("#")], indent=1)
    return text, values.parse(text)
