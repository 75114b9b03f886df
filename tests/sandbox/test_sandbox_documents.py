"""Every request document that is kept with the project, as it is, against the sandbox."""

from __future__ import annotations

import json
import tomllib
from collections.abc import Iterator
from pathlib import Path
from xml.etree import ElementTree as ET

import httpx
import pytest

from smswire.documents import read
from smswire.sandbox import Sandbox
from smswire_documents.quicktel.operations import SMS_SEND, SMS_STATUS2
from smswire_documents.smsc.operations import GET_MESSAGES, SEND_PHP, STATUS_PHP

DOCUMENTS = Path(__file__).parent.parent / "documents"
OPERATIONS = {each.request.name: each for each in (SMS_SEND, SMS_STATUS2, SEND_PHP, STATUS_PHP, GET_MESSAGES)}


def requests() -> Iterator[pytest.param]:
    for index in DOCUMENTS.glob("*/index.toml"):
        for each in tomllib.loads(index.read_text("utf-8"))["document"]:
            if each["document"] in OPERATIONS:
                yield pytest.param(index.parent / each["file"], each["document"], id=each["file"])


@pytest.mark.parametrize(("path", "document"), list(requests()))
def test_a_documented_request_is_answered(path: Path, document: str) -> None:
    operation = OPERATIONS[document]
    body = path.read_bytes()
    with Sandbox(login="login", password="password", token="key") as box, httpx.Client(trust_env=False) as http:
        reply = http.post(box.url(operation.provider) + operation.path, content=body, headers=operation.headers)
        accepted = len(box.messages())
    assert reply.status_code == 200
    if "printed" in path.name and operation.provider == "smsc":
        # without fmt, and with another account
        assert reply.content.decode("cp1251").startswith("ERROR = 2 (")
        return
    content = reply.content if reply.charset_encoding == "utf-8" else reply.text.encode()
    value = read(operation.response, content, on_drift="raise").value
    assert value is not None
    if "printed" in path.name:
        assert getattr(value, "res", None) == -20107
    elif operation is SMS_SEND:
        assert [each.res for each in value.push] == [0, 0, 0]
        assert [each.sms_id for each in value.push] == ["1", "2", "s_3"]
        assert accepted == 3
    elif operation is SEND_PHP:
        assert not hasattr(value, "error_code")
        assert accepted == body.count(b"7700123")
    elif operation is GET_MESSAGES:
        assert getattr(value, "error_code", None) in (1, 3)  # a period long ago, or nothing sent yet


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
