"""Requests built in Python come out as the provider prints them, whatever the schemas say.

A schema that is wrong would make client and sandbox agree with each other and not with the provider.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl

import pytest
from support.cases import DOCUMENTS, SAMPLES
from test_printed_documents import canonical

from smswire.documents import write
from smswire_documents import quicktel, smsc

account = quicktel.User(lgn="login", pwd="password")
XML = {
    "quicktel/sms_send.request.printed.xml": quicktel.SmsSendRequest(
        xml_user=quicktel.User(lgn="", pwd=""),
        sms=(
            quicktel.Sms(sms_id="1", number="XXXXXXXXXXX", source_number="sender", ttl=10, value="text sms"),
            quicktel.Sms(sms_id="2", number="XXXXXXXXXXX", source_number="", ttl=15, value="text sms"),
            quicktel.Sms(sms_id="s_3", number="XXXXXXXXXXX", source_number="", value="text sms"),
        ),
    ),
    "quicktel/sms_send.request.filled.xml": quicktel.SmsSendRequest(
        xml_user=account,
        sms=(
            quicktel.Sms(sms_id="1", number="79001234567", source_number="sender", ttl=10, value="text sms"),
            quicktel.Sms(sms_id="2", number="79001234568", source_number="", ttl=15, value="text sms"),
            quicktel.Sms(sms_id="s_3", number="79001234569", source_number="", value="text sms"),
        ),
    ),
    "quicktel/sms_status2.request.printed.xml": quicktel.SmsStatus2Request(
        xml_user=quicktel.User(lgn="", pwd=""), sms=(quicktel.SmsReference(push_id=""),) * 4
    ),
    "quicktel/sms_status2.request.filled.xml": quicktel.SmsStatus2Request(
        xml_user=account, sms=(quicktel.SmsReference(push_id="1000001"), quicktel.SmsReference(push_id="1000002"))
    ),
}
FORMS = {
    "smsc/send.request.filled.form": smsc.SendRequest(
        login="login",
        psw="password",
        phones=("77001234567",),
        mes="Text",
        id="14",
        sender="SENDER",
        fmt=3,
        charset="utf-8",
    ),
    "smsc/send.request.filled_two_phones.form": smsc.SendRequest(
        apikey="key",
        phones=("+77001234567", "77001234568"),
        mes="Привет",
        time="+10",
        cost=3,
        op=1,
        fmt=3,
        charset="utf-8",
    ),
    "smsc/status.request.filled.form": smsc.StatusRequest(
        login="login", psw="password", phone=("77001234567",), id=("14",), all=2, fmt=3, charset="utf-8"
    ),
    "smsc/status.request.filled_many.form": smsc.StatusRequest(
        login="login", psw="password", phone=("77001234567", "77001234568"), id=("14", "32"), fmt=3, charset="utf-8"
    ),
    "smsc/status.request.filled_trailing_comma.form": smsc.StatusRequest(
        login="login", psw="password", phone=("77001234567", ""), id=("32", ""), fmt=3, charset="utf-8"
    ),
    "smsc/get_messages.request.printed_address.form": smsc.GetMessagesRequest(login="<login>", psw="<password>"),
    "smsc/get_messages.request.printed_last_ten.form": smsc.GetMessagesRequest(login="alex", psw="123", cnt=10),
    "smsc/get_messages.request.printed_one_phone.form": smsc.GetMessagesRequest(
        login="alex", psw="123", phone=("79999999999",)
    ),
    "smsc/get_messages.request.filled.form": smsc.GetMessagesRequest(
        login="login",
        psw="password",
        start="01.12.2019",
        end="31.12.2019",
        cnt=1000,
        prev_id="100200300",
        fmt=3,
        charset="utf-8",
    ),
    "smsc/get_messages.request.filled_apikey.form": smsc.GetMessagesRequest(
        apikey="key", phone=("77001234567", "77001234568"), format=0, fmt=3
    ),
}
DOCUMENT = {str(each): each.case.type for each in SAMPLES}


@pytest.mark.parametrize("name", XML)
def test_xml_is_the_same_in_canonical_form(name: str) -> None:
    assert canonical(write(DOCUMENT[name], XML[name])) == canonical((DOCUMENTS / name).read_bytes())


@pytest.mark.parametrize("name", FORMS)
def test_a_form_has_the_same_keys_and_values(name: str) -> None:
    assert sorted(parse_qsl(write(DOCUMENT[name], FORMS[name]).decode())) == sorted(_printed(DOCUMENTS / name))


def _printed(path: Path) -> list[tuple[str, str]]:
    return parse_qsl(path.read_text("utf-8"), keep_blank_values=True, strict_parsing=True)


@pytest.mark.parametrize("provider", ["quicktel", "smsc"])
def test_no_valid_sample_of_a_request_is_left_out(provider: str) -> None:
    golden: dict[str, Any] = {**XML, **FORMS}
    requests = [each for each in SAMPLES if each.valid and each.case.type.direction == "request"]
    assert {str(each) for each in requests if each.case.type.provider == provider} == {
        name for name in golden if name.startswith(provider)
    }
