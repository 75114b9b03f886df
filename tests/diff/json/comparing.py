"""Two JSON Schemas compared, with every answer held against jsonschema-rs."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from tempfile import TemporaryDirectory

import jsonschema_rs

from smswire.diff.json import Pair
from smswire.diff.model import Change, Inclusion, Side

Schema = Mapping[str, object] | bool

DRAFTS = {
    "04": "http://json-schema.org/draft-04/schema#",
    "06": "http://json-schema.org/draft-06/schema#",
    "07": "http://json-schema.org/draft-07/schema#",
    "2019-09": "https://json-schema.org/draft/2019-09/schema",
    "2020-12": "https://json-schema.org/draft/2020-12/schema",
}
CLASSES = {
    "04": jsonschema_rs.Draft4Validator,
    "06": jsonschema_rs.Draft6Validator,
    "07": jsonschema_rs.Draft7Validator,
    "2019-09": jsonschema_rs.Draft201909Validator,
    "2020-12": jsonschema_rs.Draft202012Validator,
}
WORDS = {True: "compatible", False: "breaking", None: "undecided"}


def of_draft(draft: str, schema: Schema) -> Schema:
    """The schema with the draft's `$schema`."""
    return schema if isinstance(schema, bool) else {"$schema": DRAFTS[draft], **schema}


def read(old: Schema, new: Schema, root: str | None = None) -> Pair:
    """Two schemas, read from files of their own."""
    with TemporaryDirectory() as folder:
        paths = [Path(folder, name) for name in ("old.json", "new.json")]
        for path, schema in zip(paths, (old, new), strict=True):
            path.write_text(json.dumps(schema, indent=1), "utf-8")
        return Pair.load(paths[0], paths[1], root)


def validator(schema: Schema, draft: str | None = None) -> jsonschema_rs.Validator:
    """The validator of a schema; formats assert up to draft-07."""
    if draft is None:
        declared = None if isinstance(schema, bool) else schema.get("$schema")
        draft = next((each for each, uri in DRAFTS.items() if uri == declared), "2020-12")
    asserts = draft in ("04", "06", "07")
    return CLASSES[draft](schema, validate_formats=asserts)  # type: ignore[arg-type]


def answer(pair: Pair, sub: Side, old: Schema, new: Schema, *, draft: str | None = None) -> str:
    """The verdict on one direction; a witness is shown to both sides' validators."""
    found = pair.included(sub)
    if found.witness is not None:
        document = json.loads(found.witness)
        mine, theirs = (old, new) if sub == "old" else (new, old)
        assert validator(mine, draft).is_valid(document), f"{found.witness} is no document of {mine}"
        assert not validator(theirs, draft).is_valid(document), f"{found.witness} is a document of {theirs}"
    return WORDS[found.holds]


def verdicts(old: Schema, new: Schema, *, draft: str | None = None) -> tuple[str, str]:
    """The verdicts on requests and on replies."""
    pair = read(old, new)
    return answer(pair, "old", old, new, draft=draft), answer(pair, "new", old, new, draft=draft)


def included(old: Schema, new: Schema) -> Inclusion:
    return read(old, new).included("old")


def changes(old: Schema, new: Schema, *, silent: bool = False) -> tuple[Change, ...]:
    """What changed; without what is only documentation unless `silent`."""
    found = read(old, new).changes()
    return found if silent else tuple(each for each in found if each.rule not in ("D801", "D804"))


def told(old: Schema, new: Schema) -> list[tuple[str, str]]:
    """Rules and paths of what changed."""
    return [(each.rule, each.path) for each in changes(old, new)]
