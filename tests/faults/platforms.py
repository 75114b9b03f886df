"""The part of each provider that a lost answer makes matter: what it accepts, and what it says of it afterwards."""

from __future__ import annotations

import json
from abc import ABC, abstractmethod
from collections.abc import Mapping
from urllib.parse import parse_qs
from xml.etree import ElementTree as ET


class Platform(ABC):
    """Answers the bodies of requests. `accepted` are the client's identifiers of what it would deliver, in order.

    An identifier in `deaf` never arrives: it is neither accepted nor answered.
    """

    def __init__(self) -> None:
        self.accepted: list[str] = []
        self.deaf: set[str] = set()

    @abstractmethod
    def __call__(self, body: bytes) -> bytes: ...

    def gateway_id(self, own_id: str) -> int:
        """The identifier given to the first message under one of the client's."""
        return 91 + self.accepted.index(own_id)

    def accept(self, own_id: str) -> None:
        if own_id not in self.deaf:
            self.accepted.append(own_id)


class Kazinfoteh(Platform):
    """Recognises nothing; finds a message by the client's id."""

    def __call__(self, body: bytes) -> bytes:
        root = ET.fromstring(body)
        sent = root.findall("message/msg")
        for each in sent:
            self.accept(each.attrib["id"])
        rows = "".join(self._row(each.attrib["id"]) for each in sent or root.findall("status/msg"))
        return f"<package><{root[0].tag}>{rows}</{root[0].tag}></package>".encode()

    def _row(self, own_id: str) -> str:
        if own_id not in self.accepted:
            return f'<msg id="{own_id}">201</msg>'
        return f'<msg id="{own_id}" sms_id="{self.gateway_id(own_id)}" sms_count="1">106</msg>'


class Quicktel(Platform):
    """Recognises an id, and answers the first message under it."""

    def __call__(self, body: bytes) -> bytes:
        rows = ""
        for each in ET.fromstring(body).findall("sms"):
            own_id = each.attrib["sms_id"]
            again = own_id in self.accepted
            if not again:
                self.accept(own_id)
            if own_id in self.accepted:
                push_id = self.gateway_id(own_id)
                rows += f'<push sms_id="{own_id}" push_id="{push_id}" res="{int(again)}" sms_count="1"/>'
        return f'<xml_result xml_name="sms_send" res="0">{rows}</xml_result>'.encode()


class Smsc(Platform):
    """Recognises nothing; finds a message by its recipient and the client's id."""

    def __call__(self, body: bytes) -> bytes:
        form: Mapping[str, list[str]] = parse_qs(body.decode())
        [own_id] = form["id"]
        if "mes" in form:
            self.accept(own_id)
            return json.dumps({"id": own_id, "cnt": 1}).encode()
        return json.dumps({"status": 0 if own_id in self.accepted and "phone" in form else -3}).encode()


class Webcom(Platform):
    """Recognises an id, and answers the first message under it."""

    def __call__(self, body: bytes) -> bytes:
        rows = ""
        for each in ET.fromstring(body).findall("message/abonent"):
            own_id = each.attrib["client_id_sms"]
            again = own_id in self.accepted
            if not again:
                self.accept(own_id)
            if own_id in self.accepted:
                words = "Данное сообщение уже было отправлено." if again else "send"
                number, known = each.attrib["number_sms"], self.gateway_id(own_id)
                rows += f'<information number_sms="{number}" id_sms="{known}" parts="1">{words}</information>'
        return f"<response>{rows}</response>".encode()
