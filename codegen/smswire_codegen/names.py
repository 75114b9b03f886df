"""Names that several emitters share: modules of the generated package, and functions of a record."""

from __future__ import annotations

import re

from xsdata.utils import text

from smswire.schema.model import Field

PACKAGE = "smswire_documents"
RUNTIME = f"{PACKAGE}._runtime"
BASE_CLASS = f"{RUNTIME}.document.Document"
COMMAND = "nox -s codegen"
GENERATE = "smswire generate"
SCHEMAS = "schemas"
"""Where a package has its schemas: a folder for each provider."""
FREE = frozenset({"type"})
"""What xsdata reserves without need: a field of this name hides nothing that the generated code uses."""


def snake(name: str) -> str:
    """The snake_case of a class's name: "SmsSendRequest" gives "sms_send_request"."""
    return re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "_", name).lower()


def attribute(name: str) -> str:
    """The Python name of a field: "messageId" gives "message_id", and "from", which is reserved, "from_value".

    xsdata names the fields of XML documents; what it calls them, those of JSON documents are called as well.
    """
    plain = text.snake_case(name)
    return f"{plain}_value" if text.is_reserved(plain) and plain not in FREE else plain


def attribute_of(field: Field) -> str:
    """The Python name of a field; the text of an element is its `value`, whatever an attribute may be called."""
    return field.name if field.place == "text" else attribute(field.name)


def constant(document: str) -> str:
    """The constant of a document: "quicktel/sms_send.request" gives "SMS_SEND_REQUEST"."""
    return re.sub(r"\W", "_", document.rpartition("/")[2]).upper()
