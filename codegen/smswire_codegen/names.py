"""Names that several emitters share: modules of the generated package, and functions of a record."""

from __future__ import annotations

import re

PACKAGE = "smswire_documents"
RUNTIME = f"{PACKAGE}._runtime"
BASE_CLASS = f"{RUNTIME}.document.Document"
COMMAND = "nox -s codegen"


def snake(name: str) -> str:
    """The snake_case of a class's name: "SmsSendRequest" gives "sms_send_request"."""
    return re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "_", name).lower()


def constant(document: str) -> str:
    """The constant of a document: "quicktel/sms_send.request" gives "SMS_SEND_REQUEST"."""
    return re.sub(r"\W", "_", document.rpartition("/")[2]).upper()
