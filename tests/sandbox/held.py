"""Replies held to the formal schemas by lxml and jsonschema-rs themselves, without a reader of ours."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import httpx
import jsonschema_rs
from lxml import etree

SCHEMAS = Path(__file__).parents[2] / "schemas"


def xml(document: str, reply: httpx.Response) -> Any:
    """The root element of a reply that holds to a document's schema, for example "quicktel/sms_send.response"."""
    root = etree.fromstring(reply.content)
    etree.XMLSchema(file=str(SCHEMAS / f"{document}.xsd")).assertValid(root)
    return root


def plain(document: str, reply: httpx.Response) -> Any:
    """The plain data of a JSON reply that holds to a document's schema."""
    data = json.loads(reply.content)
    schema = json.loads((SCHEMAS / f"{document}.schema.json").read_text("utf-8"))
    jsonschema_rs.validate(schema, data)
    return data
