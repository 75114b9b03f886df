"""Every request document that is kept with the project, as it is, against the sandbox."""

from __future__ import annotations

import json
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import httpx
import pytest

from smswire.documents import read
from smswire.sandbox import Sandbox
from smswire.sandbox import app as application

DOCUMENTS = Path(__file__).parent.parent / "documents"
OPERATIONS = {
    each.request.name: each for provider, _ in application.GATEWAYS.values() for each in reversed(provider.operations)
}
# what the samples authenticate with; those that are printed have accounts of their own
ACCOUNT = {"login": "login", "password": "password", "token": "key"}
ACCOUNTS = {
    "kazinfoteh/send_message.request": {"login": "demo", "password": "demo"},
    "webcom/xml_send.request": {"token": "secret"},
    "webcom/xml_state.request": {"token": "secret"},
    "webcom/json_state.request": {"token": "secret"},
    "json_state.request.filled_all_credentials.json": {"token": "token"},
}


def requests() -> Iterator[pytest.param]:
    for index in sorted(DOCUMENTS.glob("*/index.toml")):
        for each in tomllib.loads(index.read_text("utf-8"))["document"]:
            if each["document"] in OPERATIONS:
                yield pytest.param(index.parent / each["file"], each["document"], id=each["file"])


def sms_send(value: Any, name: str, body: bytes) -> int:
    if "printed" in name:
        assert value.res == -20107
        return 0
    assert [(each.sms_id, each.res) for each in value.push] == [("1", 0), ("2", 0), ("s_3", 0)]
    return 3


def sms_status2(value: Any, name: str, body: bytes) -> int:
    assert value.res == -20107 if "printed" in name else [each.status for each in value.sms] == [-1, -1]
    return 0


def send_php(value: Any, name: str, body: bytes) -> int:
    assert not hasattr(value, "error_code")
    return body.count(b"7700123")


def status_php(value: Any, name: str, body: bytes) -> int:
    rows = value if isinstance(value, tuple) else (value,)
    assert {each.status for each in rows} == {-3}
    return 0


def get_messages(value: Any, name: str, body: bytes) -> int:
    assert value.error_code in (1, 3)  # a period long ago, or nothing sent yet
    return 0


def send_message(value: Any, name: str, body: bytes) -> int:
    # a number that begins with 8 or +7 breaks the schema, and is an error of its message
    code, rows = (203 if "eight" in name or "plus" in name else 106), body.count(b"<msg ")
    assert [each.value for each in value.message.msg] == [code] * rows
    return rows if code == 106 else 0


def get_info_by_id(value: Any, name: str, body: bytes) -> int:
    assert value.error == 202 if "printed" in name else [each.value for each in value.status.msg] == [201, 201, 201]
    return 0


def xml_send(value: Any, name: str, body: bytes) -> int:
    # a sender that is too long breaks the schema, and is an error of its messages
    fine, rows = "long_sender" not in name, body.count(b"<abonent ")
    assert [each.value == "send" for each in value.information] == [fine] * rows
    return rows if fine else 0


def xml_state(value: Any, name: str, body: bytes) -> int:
    # a placeholder in place of the number, or a number that is not known
    assert (value.error, value.state) == ("Incorrect XML document format" if "printed" in name else None, ())
    return 0


def json_state(value: Any, name: str, body: bytes) -> int:
    assert value.error == "Incorrect JSON document format" if "printed" in name else value == ()
    return 0


# each holds a reply to what the sample asks for, and tells how many messages were accepted
REPLIES = {
    each.__name__: each
    for each in (
        sms_send,
        sms_status2,
        send_php,
        status_php,
        get_messages,
        send_message,
        get_info_by_id,
        xml_send,
        xml_state,
        json_state,
    )
}


@pytest.mark.parametrize(("path", "document"), list(requests()))
def test_a_documented_request_is_answered(path: Path, document: str) -> None:
    operation = OPERATIONS[document]
    account = {**ACCOUNT, **ACCOUNTS.get(document, {}), **ACCOUNTS.get(path.name, {})}
    body = path.read_bytes()
    with Sandbox(**account) as box, httpx.Client(trust_env=False) as http:
        reply = http.post(box.url(operation.provider) + operation.path, content=body, headers=operation.headers)
        accepted = len(box.messages())
    if "printed" in path.name and operation.provider == "smsc":
        # without fmt, and with another account
        assert reply.content.decode("cp1251").startswith("ERROR = 2 (")
        return
    content = reply.content if reply.charset_encoding == "utf-8" else reply.text.encode()
    value = read(operation.response, content, on_drift="raise").value
    assert value is not None
    assert accepted == REPLIES[operation.name](value, path.name, body)
    refused = operation.provider == "webcom" and getattr(value, "error", None) is not None
    assert reply.status_code == (400 if refused else 200)


def keys(path: str) -> set[str]:
    data = json.loads((DOCUMENTS / "smsc" / path).read_bytes())
    return set(data[0] if isinstance(data, list) else data)


def test_replies_have_the_keys_of_the_samples() -> None:
    with Sandbox(login="login", password="password") as box, httpx.Client(trust_env=False) as http:

        def ask(script: str, **fields: str) -> set[str]:
            account = {"login": "login", "psw": "password", "fmt": "3", "charset": "utf-8"}
            data = http.post(f"{box.url('smsc')}/{script}.php", data={**account, **fields}).json()
            return set(data[0] if isinstance(data, list) else data)

        send = {"phones": "77001234567", "id": "14"}
        status = {"phone": "77001234567", "id": "14"}
        assert ask("send", **send, mes="a") == keys("send.response.filled.json")
        assert ask("send", **send, mes="b", cost="1") == keys("send.response.filled_cost_only.json")
        assert ask("send", **send, mes="c", cost="2") == keys("send.response.filled_cost.json")
        assert ask("send", **send, mes="d", cost="3") == keys("send.response.filled_balance.json")
        assert ask("send", **send, mes="e", cost="3", op="1") == keys("send.response.filled_phones.json")
        assert ask("send", mes="e", phones="77001234000", id="14") == keys("send.response.filled_error_id.json")
        assert ask("send", mes="e") == keys("send.response.filled_error.json")
        assert ask("status", **status) == keys("status.response.filled.json")
        assert ask("status", phone="77001234567,", id="14,") == keys("status.response.client_many.json")
        assert ask("status", **status, all="2") >= keys("status.response.client_all2.json")
        assert ask("get", get_messages="1") == keys("get_messages.response.filled.json")
        assert ask("get", get_messages="1", cnt="x") == keys("get_messages.response.filled_error.json")


def shape(element: ET.Element) -> tuple[str, frozenset[str]]:
    return element.tag, frozenset(element.attrib)


def sample(path: str) -> ET.Element:
    return ET.fromstring((DOCUMENTS / path).read_bytes())


def test_replies_of_kazinfoteh_have_the_shapes_of_the_samples() -> None:
    with Sandbox(speed=0, login="demo", password="demo") as box, httpx.Client(trust_env=False) as http:

        def ask(body: str) -> ET.Element:
            whole = f'<package login="demo" password="demo">{body}</package>'
            return ET.fromstring(http.post(box.url("kazinfoteh"), content=whole).content)

        ask('<message><msg id="17" recipient="77001234567">x</msg></message>')
        sent = ask(
            '<message><msg id="18" recipient="77001234567">x</msg>'
            '<msg id="19" recipient="77001234567" date_beg="2099-01-01 00:00:00">y</msg>'
            '<msg id="17" recipient="77001234567">y</msg></message>'
        )
        bulk = sample("kazinfoteh/send_message.response.filled_bulk.xml")
        assert shape(sent) == shape(bulk)
        assert shape(sent[0]) == shape(bulk[0])
        # accepted, scheduled, refused with sms_id 0
        assert [shape(each) for each in sent[0]] == [shape(each) for each in bulk[0][:3]]
        assert [each.text for each in sent[0][:2]] == [each.text for each in bulk[0][:2]]
        box.advance(60)
        status = ask('<status><msg id="17"/></status>')
        printed = sample("kazinfoteh/get_info_by_id.response.printed.xml")
        assert shape(status[0][0]) == shape(printed[0][0])
        assert status[0][0].text == printed[0][0].text
        assert ET.tostring(ask("<status/>")) == ET.tostring(sample("kazinfoteh/send_message.response.filled_error.xml"))


def test_replies_of_webcom_have_the_shapes_of_the_samples() -> None:
    with Sandbox(speed=0, token="t") as box, httpx.Client(trust_env=False) as http:

        def ask(path: str, body: str) -> httpx.Response:
            return http.post(box.url("webcom") + path, content=body)

        def xml(path: str, body: str) -> ET.Element:
            whole = f'<request><security><token value="t"/></security>{body}</request>'
            return ET.fromstring(ask(path, whole).content)

        rows = '<abonent phone="79001234567" number_sms="1"/><abonent phone="79001234000" number_sms="2"/>'
        sent = xml("/xml", f"<message><sender>S</sender><text>x</text>{rows}</message>")
        filled = sample("webcom/xml_send.response.filled.xml")
        assert [shape(each) for each in (sent, *sent)] == [shape(each) for each in (filled, *filled)]
        box.advance(60)
        state = xml("/xml/state.php", "<get_state><id_sms>1000001</id_sms></get_state>")
        printed = sample("webcom/xml_state.response.printed.xml")
        assert [shape(each) for each in (state, state[0])] == [shape(each) for each in (printed, printed[0])]
        [row] = ask("/json/state.php", '[{"token": "t", "id_sms": 1000001, "detail": 1}]').json()
        [filled_row] = json.loads((DOCUMENTS / "webcom/json_state.response.filled_printed.json").read_bytes())
        assert set(row) == set(filled_row)
        error = json.loads((DOCUMENTS / "webcom/json_state.response.printed_error.json").read_bytes())
        assert ask("/json/state.php", "[").json().keys() == error.keys()
        refused = sample("webcom/xml_state.response.filled_error.xml")
        assert [shape(each) for each in xml("/xml/state.php", "")] == [shape(each) for each in refused]


def test_replies_of_quicktel_have_the_attributes_of_the_samples() -> None:
    with Sandbox(login="login", password="password") as box, httpx.Client(trust_env=False) as http:
        url = box.url("quicktel") + "/z.php"
        for name in ("sms_send", "sms_status2"):
            body = (DOCUMENTS / "quicktel" / f"{name}.request.filled.xml").read_bytes()
            reply = ET.fromstring(http.post(url, content=body).content)
            sample = ET.fromstring((DOCUMENTS / "quicktel" / f"{name}.response.filled.xml").read_bytes())
            assert set(reply.attrib) == set(sample.attrib)
            assert reply[0].tag == sample[0].tag
            assert set(reply[0].attrib) == set(sample[0].attrib)
            broken = ET.fromstring(http.post(url, content=body.replace(b'pwd="password"', b'pwd="no"')).content)
            error = ET.fromstring((DOCUMENTS / "quicktel" / f"{name}.response.filled_error.xml").read_bytes())
            assert dict(broken.attrib).keys() == dict(error.attrib).keys()
            assert len(broken) == 0
