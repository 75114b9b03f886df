"""A message is settled only by an answer that tells of it; whatever else comes, it stays in doubt."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from types import ModuleType
from typing import Any

import httpx
import pytest

from smswire import (
    CallError,
    DeliveryState,
    Message,
    OutcomeUnknown,
    PayloadError,
    Ref,
    ReplyError,
    kazinfoteh,
    quicktel,
    smsc,
    webcom,
)
from smswire_documents.webcom.codes import SEND_RESULT

MESSAGE = Message(to="+77001234567", text="once", sender="SHOP", id="42")
OTHER = Message(to="+77001234568", text="once", sender="SHOP", id="43")
PROVIDERS: dict[str, Any] = {"kazinfoteh": kazinfoteh, "quicktel": quicktel, "smsc": smsc, "webcom": webcom}
each_provider = pytest.mark.parametrize("provider", PROVIDERS.values(), ids=PROVIDERS)


def client(provider: Any, answer: Callable[[httpx.Request], httpx.Response]) -> Any:
    return provider.Client(
        login="l", password="p", base_url="http://127.0.0.1:9", http=httpx.MockTransport(answer), deadline=2.0
    )


def lost(_: httpx.Request) -> httpx.Response:
    raise httpx.ReadError("lost")


def nowhere(_: httpx.Request) -> httpx.Response:
    raise httpx.ConnectError("no connection")


def says(body: str | list[Any] | dict[str, Any]) -> Callable[[httpx.Request], httpx.Response]:
    if isinstance(body, str):
        return lambda _: httpx.Response(200, content=body.encode())
    return lambda _: httpx.Response(200, json=body)


def doubt(provider: Any, *messages: Message) -> CallError:
    with pytest.raises(OutcomeUnknown) as caught:
        client(provider, lost).send(messages or [MESSAGE])
    return caught.value


REFUSED = {
    "kazinfoteh": "<package><error>202</error></package>",
    "quicktel": '<xml_result res="-20107" description="wrong"/>',
    "smsc": {"error": "wrong", "error_code": 2},
    "webcom": "<response><error>Incorrect login or password</error></response>",
}


@each_provider
@pytest.mark.parametrize("how", ["nowhere", "refused", "lost"])
def test_a_resolve_that_fails_settles_nothing(provider: ModuleType, how: str) -> None:
    name = provider.__name__.rpartition(".")[2]
    answer = {"nowhere": nowhere, "lost": lost, "refused": says(REFUSED[name])}[how]
    first = doubt(provider)
    with pytest.raises(CallError) as caught:
        client(provider, answer).resolve(first)
    second = caught.value
    assert (second.in_doubt, second.unsent, second.receipts) == ((MESSAGE,), (), ())
    assert second.began == first.began
    with pytest.raises(CallError) as caught:
        client(provider, nowhere).resolve(second)
    assert caught.value.in_doubt == (MESSAGE,)


@pytest.mark.parametrize("provider", [quicktel, webcom], ids=["quicktel", "webcom"])
def test_what_a_resolve_did_settle_is_not_in_doubt_any_more(provider: Any) -> None:
    """The reply tells of one of two."""
    one = {
        "smswire.quicktel": '<xml_result res="0"><push sms_id="42" push_id="9" res="1"/></xml_result>',
        "smswire.webcom": '<response><information number_sms="1" id_sms="9">send</information></response>',
    }[provider.__name__]
    with pytest.raises(OutcomeUnknown) as caught:
        client(provider, says(one)).resolve(doubt(provider, MESSAGE, OTHER))
    assert [each.id for each in caught.value.receipts] == ["42"]
    assert (caught.value.in_doubt, caught.value.unsent) == ((OTHER,), ())


CONTRADICTIONS = {
    "kazinfoteh": '<package><message><msg id="42" sms_id="9">106</msg><msg id="42">201</msg></message></package>',
    "quicktel": '<xml_result xml_name="sms_send" res="0"><push sms_id="42" push_id="9" res="0"/>'
    '<push sms_id="42" res="-20170"/></xml_result>',
    "webcom": '<response><information number_sms="1" id_sms="9">send</information>'
    '<information number_sms="1">Нет отправителя.</information></response>',
}


@pytest.mark.parametrize("name", CONTRADICTIONS)
def test_rows_that_contradict_each_other_tell_nothing(name: str) -> None:
    with pytest.raises(OutcomeUnknown) as caught:
        client(PROVIDERS[name], says(CONTRADICTIONS[name])).send([MESSAGE])
    assert caught.value.in_doubt == (MESSAGE,)


def test_a_row_that_comes_twice_is_one() -> None:
    row = '<push sms_id="42" push_id="9" res="0"/>'
    body = f'<xml_result xml_name="sms_send" res="0">{row}{row}</xml_result>'
    [receipt] = client(quicktel, says(body)).send([MESSAGE])
    assert (receipt.state, receipt.gateway_id) == ("queued", "9")


def test_contradictory_statuses_are_no_status() -> None:
    rows = '<state id_sms="9" time="">deliver</state><state id_sms="9" time="">not_deliver</state>'
    [report] = client(webcom, says(f"<response>{rows}</response>")).status([Ref(gateway_id="9")])
    assert (report.state, report.final, report.raw) == (DeliveryState.UNKNOWN, False, None)


@pytest.mark.parametrize(
    ("provider", "body"),
    [
        (webcom, '<response><information number_sms="1" id_sms="9">Что-то новое</information></response>'),
        (
            quicktel,
            '<xml_result xml_name="sms_send" res="0"><push sms_id="42" push_id="9" res="-77"/></xml_result>',
        ),
    ],
    ids=["webcom", "quicktel"],
)
def test_an_error_that_no_table_lists_beside_an_identifier_is_no_refusal(provider: Any, body: str) -> None:
    with pytest.raises(OutcomeUnknown) as caught:
        client(provider, says(body)).send([MESSAGE])
    assert caught.value.in_doubt == (MESSAGE,)


BEFORE = int((datetime.now(UTC) - timedelta(days=1)).timestamp())
UNTOLD: dict[str, tuple[Any, Any]] = {
    "kazinfoteh: another message": (
        kazinfoteh,
        '<package><status><msg id="6" sms_id="9">102</msg></status></package>',
    ),
    "kazinfoteh: contradiction": (
        kazinfoteh,
        '<package><status><msg id="42" sms_id="9">106</msg><msg id="42">201</msg></status></package>',
    ),
    "kazinfoteh: error of the question": (kazinfoteh, '<package><status><msg id="42">205</msg></status></package>'),
    "smsc: another message": (smsc, {"status": 1, "id": "6"}),
    "smsc: another number": (smsc, {"status": 1, "id": "42", "phone": "77009999999"}),
    "smsc: an earlier message": (smsc, {"status": 1, "send_timestamp": BEFORE}),
    "smsc: no row": (smsc, []),
}


@pytest.mark.parametrize(("provider", "body"), UNTOLD.values(), ids=UNTOLD)
def test_a_lookup_that_does_not_tell_is_no_not_found(provider: Any, body: Any) -> None:
    first = doubt(provider)
    with pytest.raises(OutcomeUnknown) as caught:
        client(provider, says(body)).resolve(first)
    assert (caught.value.in_doubt, caught.value.receipts) == ((MESSAGE,), ())
    assert caught.value.began == first.began


MISSING: dict[str, tuple[Any, Any]] = {
    "kazinfoteh": (kazinfoteh, '<package><status><msg id="42">201</msg></status></package>'),
    "smsc": (smsc, {"status": -3}),
}


@pytest.mark.parametrize(("provider", "body"), MISSING.values(), ids=MISSING)
def test_not_found_is_the_same_of_every_provider(provider: Any, body: Any) -> None:
    [receipt] = client(provider, says(body)).resolve(doubt(provider))
    assert (receipt.state, receipt.error.name, type(receipt.error.code)) == ("unknown", "not_found", int)


def test_status_of_smsc_is_that_of_the_message_asked_for() -> None:
    rows = [{"status": 1, "id": 6, "phone": "77001234567"}, {"status": 0, "id": 42, "phone": "77001234567"}]
    ref = Ref(id="42", to="+77001234567")
    [report] = client(smsc, says(rows)).status([ref])
    assert (report.state, report.code) == ("sent", 0)
    [report] = client(smsc, says(rows[:1])).status([ref])
    assert (report.state, report.raw) == ("unknown", None)
    [report] = client(smsc, says({"status": 1, "id": 42})).status([Ref(id="0042", to="+77001234567")])
    assert report.state == "delivered"


@pytest.mark.parametrize(
    ("provider", "body"),
    [
        (webcom, '<response><information number_sms="1" id_sms="9">send</information></response>'),
        (smsc, {"status": -1}),
        (kazinfoteh, '<package><status><msg id="42" sms_id="9">106</msg></status></package>'),
    ],
    ids=["webcom", "smsc", "kazinfoteh"],
)
def test_a_message_that_waits_is_scheduled_when_it_is_resolved(provider: Any, body: Any) -> None:
    later = Message(to="+77001234567", text="x", sender="SHOP", id="42", send_at=datetime.now(UTC) + timedelta(days=1))
    [receipt] = client(provider, says(body)).resolve(doubt(provider, later))
    assert receipt.state == "scheduled"


def test_a_message_that_waits_for_money_says_so() -> None:
    words = next(code for code, each in SEND_RESULT.codes.items() if each.name == "queued_until_paid")
    row = f'<information number_sms="1" id_sms="9">\n {words} </information>'
    [receipt] = client(webcom, says(f"<response>{row}</response>")).send([MESSAGE])
    assert (receipt.state, receipt.accepted, receipt.error.name) == ("queued", True, "queued_until_paid")


def test_an_accepted_message_that_cannot_be_found_again_does_not_hide_the_others() -> None:
    rows = '<information number_sms="1">send</information><information number_sms="2" id_sms="9">send</information>'
    receipts = client(webcom, says(f"<response>{rows}</response>")).send([MESSAGE, OTHER])
    told = says('<response><state id_sms="9" time="">deliver</state></response>')
    states = [each.state for each in client(webcom, told).status(receipts)]
    assert states == ["unknown", "delivered"]


def test_subscribers_of_one_request_have_numbers_of_their_own() -> None:
    twice = webcom.Abonent(phone="77001234567", number_sms=1)
    message = webcom.TextMessage(sender="SHOP", text="x", abonent=(twice, twice))
    with pytest.raises(PayloadError, match="number_sms"):
        client(webcom, lost).xml_send([message])


@pytest.mark.parametrize("code", [300, 0, -5, 107])
def test_a_number_of_kazinfoteh_that_tells_nothing_leaves_a_message_in_doubt(code: int) -> None:
    body = f'<package><message><msg id="42" sms_id="9">{code}</msg></message></package>'
    with pytest.raises(OutcomeUnknown):
        client(kazinfoteh, says(body)).send([MESSAGE])


def test_a_page_in_utf_8_with_a_bad_byte_is_not_read_in_another_charset() -> None:
    row = {"status": 1, "id": 42, "int_id": "1", "message": "Привет, это сообщение"}
    body = json.dumps([row], ensure_ascii=False).encode().replace("т, ".encode(), b"\xd1, ")
    account = client(smsc, lambda _: httpx.Response(200, content=body))
    with pytest.raises(ReplyError, match="not text"):
        account.get_messages(smsc.GetMessagesRequest(start="01.11.2026"))
