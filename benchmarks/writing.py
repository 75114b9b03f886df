"""Building and writing, in units of an lxml tree that checks nothing."""

from __future__ import annotations

from collections.abc import Sequence

from lxml import etree

from benchmarks.documents import Row, rows
from benchmarks.report import Table
from benchmarks.timing import measure
from smswire.documents import write
from smswire_documents.quicktel import Sms, SmsSendRequest, User
from smswire_documents.quicktel.documents import SMS_SEND_REQUEST


def tree(messages: Sequence[Row]) -> bytes:
    """The same document without a check."""
    root = etree.Element("xml_request", name="sms_send")
    etree.SubElement(root, "xml_user", lgn="login", pwd="password")
    for own_id, number, sender, text in messages:
        etree.SubElement(root, "sms", sms_id=own_id, number=number, source_number=sender).text = text
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8")


def built(messages: Sequence[Row]) -> SmsSendRequest:
    """The typed document, each part held to the schema."""
    return SmsSendRequest(
        xml_user=User(lgn="login", pwd="password"),
        sms=tuple(
            Sms(value=text, sms_id=own_id, number=number, source_number=sender)
            for own_id, number, sender, text in messages
        ),
    )


def xml() -> Table:
    """A request of 250 messages."""
    messages = rows(250)
    request = built(messages)
    assert canonical(tree(messages)) == canonical(write(SMS_SEND_REQUEST, request))
    taken = measure(
        {
            "tree": lambda: tree(messages),
            "built": lambda: write(SMS_SEND_REQUEST, built(messages)),
            "written": lambda: write(SMS_SEND_REQUEST, request),
        }
    )
    table = Table("Writing a QUICKTEL request of 250 messages", "lxml tree and tostring", taken["tree"])
    table.add("build, check and write", taken["built"], at_most=1.5)
    table.add("write alone", taken["written"], at_most=0.8)
    return table


def canonical(body: bytes) -> bytes:
    return etree.tostring(etree.fromstring(body), method="c14n")
