"""Requests built in Python come out as the provider prints them, whatever the schemas say.

A schema that is wrong would make client and sandbox agree with each other and not with the provider.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl

import pytest
from support.cases import DOCUMENTS, PROVIDERS, SAMPLES
from test_printed_documents import canonical

from smswire.documents import write
from smswire_documents import kazinfoteh, quicktel, smsc, webcom

account = quicktel.User(lgn="login", pwd="password")
password = webcom.Security(login=webcom.SecretValue(value="login"), password=webcom.SecretValue(value="password"))
token = webcom.Security(token=webcom.SecretValue(value="secret"))
two_of_a_company = kazinfoteh.GetInfoByIdRequest(
    login="mycompany",
    password="123456",
    status=kazinfoteh.StatusQuery(msg=(kazinfoteh.MsgReference(id=111), kazinfoteh.MsgReference(sms_id=37840))),
)
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
    "kazinfoteh/send_message.request.filled.xml": kazinfoteh.SendMessageRequest(
        login="demo",
        password="demo",
        message=kazinfoteh.Messages(
            default=kazinfoteh.MsgDefaults(sender="INFO_KAZ"),
            msg=(kazinfoteh.Msg(id=1, recipient="77001234567", sender="TEXT_MSG", value="Test"),),
        ),
    ),
    "kazinfoteh/send_message.request.filled_bulk.xml": kazinfoteh.SendMessageRequest(
        login="demo",
        password="demo",
        message=kazinfoteh.Messages(
            default=kazinfoteh.MsgDefaults(
                sender="INFO_KAZ", date_beg="2024-05-06 10:00:00", date_end="2024-05-07 10:00:00", type=0
            ),
            msg=(
                kazinfoteh.Msg(id=17, recipient="77001234567", value="Ваш заказ <17> готов & ждёт"),
                kazinfoteh.Msg(id=18, recipient="77001234568", sender="TEXT_MSG", type=1, value="Две\nстроки"),
            ),
        ),
    ),
    "kazinfoteh/send_message.request.filled_default_recipient.xml": kazinfoteh.SendMessageRequest(
        login="demo",
        password="demo",
        message=kazinfoteh.Messages(
            default=kazinfoteh.MsgDefaults(recipient="77001234567", sender="INFO_KAZ"),
            msg=(kazinfoteh.Msg(id=1, value="Test"), kazinfoteh.Msg(id=2, value="Test 2")),
        ),
    ),
    "kazinfoteh/get_info_by_id.request.printed.xml": two_of_a_company,
    "kazinfoteh/get_info_by_id.request.printed_curl.xml": two_of_a_company,
    "kazinfoteh/get_info_by_id.request.filled.xml": kazinfoteh.GetInfoByIdRequest(
        login="login",
        password="password",
        status=kazinfoteh.StatusQuery(
            msg=(
                kazinfoteh.MsgReference(sms_id=1234568),
                kazinfoteh.MsgReference(id=17),
                kazinfoteh.MsgReference(id=18),
            )
        ),
    ),
    "webcom/xml_send.request.filled.xml": webcom.XmlSendRequest(
        security=password,
        message=(
            webcom.TextMessage(
                type="sms",
                sender="Sender 1",
                text="Text 1",
                translite="1",
                name_delivery="Delivery 1",
                abonent=(
                    webcom.Abonent(
                        phone="79001234567",
                        number_sms=1,
                        client_id_sms="101",
                        time_send="2020-03-31 12:34",
                        validity_period="2020-03-31 15:34",
                    ),
                    webcom.Abonent(phone="79001234569", number_sms=10, client_id_sms="110", time_send=""),
                ),
            ),
            webcom.TextMessage(
                sender="Sender 2",
                text="Text 2",
                abonent=(webcom.Abonent(phone="79001234567", number_sms=11, client_id_sms="111"),),
            ),
        ),
    ),
    "webcom/xml_send.request.filled_token.xml": webcom.XmlSendRequest(
        security=token,
        message=(
            webcom.TextMessage(
                type="sms",
                type_send_1="sms",
                sender="79001234560",
                text='Привет <17> & "оплата"',
                abonent=(
                    webcom.Abonent(
                        phone="79001234567", number_sms=1, client_id_sms="17", validity_period="2020-03-31 15:34:00"
                    ),
                ),
            ),
        ),
    ),
    "webcom/xml_state.request.filled.xml": webcom.XmlStateRequest(
        security=password, get_state=webcom.StateQuery(id_sms=(1001, 1002))
    ),
    "webcom/xml_state.request.filled_token.xml": webcom.XmlStateRequest(
        security=token, get_state=webcom.StateQuery(id_sms=(1001,))
    ),
}
JSON = {
    "webcom/json_state.request.filled.json": (
        webcom.JsonStateQuery(login="login", password="password", id_sms=82216, detail=1),
        webcom.JsonStateQuery(login="login", password="password", id_sms=82217, detail=0),
    ),
    "webcom/json_state.request.filled_token.json": (webcom.JsonStateQuery(token="secret", id_sms=82216, detail=1),),
    "webcom/json_state.request.filled_all_credentials.json": (
        webcom.JsonStateQuery(login="login", password="password", token="token", id_sms=82216, detail=1),
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


@pytest.mark.parametrize("name", JSON)
def test_json_is_the_same_data(name: str) -> None:
    assert json.loads(write(DOCUMENT[name], JSON[name])) == json.loads((DOCUMENTS / name).read_bytes())


def _printed(path: Path) -> list[tuple[str, str]]:
    return parse_qsl(path.read_text("utf-8"), keep_blank_values=True, strict_parsing=True)


@pytest.mark.parametrize("provider", PROVIDERS)
def test_no_valid_sample_of_a_request_is_left_out(provider: str) -> None:
    golden: dict[str, Any] = {**XML, **JSON, **FORMS}
    requests = [each for each in SAMPLES if each.valid and each.case.type.direction == "request"]
    assert {str(each) for each in requests if each.case.type.provider == provider} == {
        name for name in golden if name.startswith(provider)
    }
