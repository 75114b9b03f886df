"""The table of last digits in `python -m pydoc smswire.sandbox`, held against what each gateway really answers."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any

import held
import httpx
import pytest
from lxml import etree

import smswire.sandbox
from smswire.sandbox import Sandbox

PREFIX = "77001234"
ROW = re.compile(r" {4}(\d{3}|others) +(.+?) {2,}(.+?) {2,}(.+?) {2,}(.+?) {2,}(.+)")


def table() -> dict[str, dict[str, str]]:
    """What the table says of each ending, by provider."""
    assert smswire.sandbox.__doc__ is not None
    found = [match for line in smswire.sandbox.__doc__.splitlines() if (match := ROW.fullmatch(line))]
    names = ("kazinfoteh", "quicktel", "smsc", "webcom")
    return {match[1]: dict(zip(names, match.groups()[2:], strict=True)) for match in found}


TABLE = table()


def kazinfoteh(http: httpx.Client, box: Sandbox, to: str) -> str:
    def post(body: str) -> str:
        reply = http.post(box.url("kazinfoteh"), content=f'<package login="demo" password="demo">{body}</package>')
        return str(etree.fromstring(reply.content)[0][0].text)

    sent = post(f'<message><msg id="1" recipient="{to}">x</msg></message>')
    if sent.startswith("2"):
        return f"error {sent}"
    box.advance(60)
    status = post('<status><msg id="1"/></status>')
    return f"status {status}"


def quicktel(http: httpx.Client, box: Sandbox, to: str) -> str:
    def post(name: str, row: str) -> Any:
        body = f'<xml_request name="{name}"><xml_user lgn="demo" pwd="demo"/>{row}</xml_request>'
        return held.xml(f"quicktel/{name}.response", http.post(box.url("quicktel") + "/z.php", content=body))[0]

    sent = post("sms_send", f'<sms sms_id="1" number="{to}" source_number="s">x</sms>')
    if sent.get("push_id") is None:
        return f"item error {sent.get('res')}"
    box.advance(60)
    row = post("sms_status2", f'<sms push_id="{sent.get("push_id")}"/>')
    return f"status {row.get('status')}"


def smsc(http: httpx.Client, box: Sandbox, to: str) -> str:
    def post(script: str, **fields: str) -> dict[str, object]:
        data = {"apikey": "demo", "fmt": "3", "charset": "utf-8", **fields}
        return http.post(f"{box.url('smsc')}/{script}.php", data=data).json()

    sent = post("send", phones=to, mes="x", id="1")
    if "error_code" in sent:
        return f"error {sent['error_code']}"
    box.advance(60)
    return f"status {post('status', phone=to, id='1')['status']}"


def webcom(http: httpx.Client, box: Sandbox, to: str) -> str:
    def post(path: str, body: str) -> Any:
        content = f'<request><security><token value="demo"/></security>{body}</request>'.encode()
        return etree.fromstring(http.post(box.url("webcom") + path, content=content).content)[0]

    sent = post("/xml", f'<message><sender>S</sender><text>x</text><abonent phone="{to}"/></message>')
    if sent.get("id_sms") is None:
        return f'"{sent.text}"'
    box.advance(60)
    row = post("/xml/state.php", f"<get_state><id_sms>{sent.get('id_sms')}</id_sms></get_state>")
    return f'"{row.text}"'


FATES: Mapping[str, Callable[[httpx.Client, Sandbox, str], str]] = {
    "kazinfoteh": kazinfoteh,
    "quicktel": quicktel,
    "smsc": smsc,
    "webcom": webcom,
}


def test_the_table_is_whole() -> None:
    assert list(TABLE) == ["000", "001", "002", "003", "004", "005", "others"]


@pytest.mark.parametrize("provider", FATES)
@pytest.mark.parametrize("ending", TABLE)
def test_a_number_meets_the_fate_of_its_ending(box: Sandbox, http: httpx.Client, provider: str, ending: str) -> None:
    last = "567" if ending == "others" else ending
    assert FATES[provider](http, box, PREFIX + last) == TABLE[ending][provider]
    assert len(box.messages(provider)) == (ending not in ("000", "004", "005"))
