"""Right usage: passes mypy --strict and pyright strict, with the types asserted. Read, never run."""

from collections.abc import AsyncIterator, Iterator
from datetime import UTC, date, datetime, timedelta
from typing import assert_type

import smswire
from smswire import (
    DeliveryState,
    Estimate,
    Message,
    OutcomeUnknown,
    Receipt,
    Ref,
    Report,
    estimate,
    kazinfoteh,
    quicktel,
    smsc,
    webcom,
)


def facade(client: quicktel.Client) -> None:
    receipts = client.send([Message(to="+79001234567", text="Привет", sender="SHOP", id="order-17")])
    assert_type(receipts, tuple[Receipt[quicktel.Push], ...])
    reports = client.status(receipts)
    assert_type(reports, tuple[Report[quicktel.SmsStatus], ...])
    for report in reports:
        assert_type(report.state, DeliveryState)
        assert_type(report.final, bool)
        assert_type(report.at, datetime | None)
        assert_type(report.raw, quicktel.SmsStatus | None)
    client.status([Ref(gateway_id="1000001")])


def native(client: quicktel.Client) -> None:
    sms = quicktel.Sms(value="Привет", sms_id="17", number="+79001234567", source_number="SHOP", ttl=10)
    result = client.sms_send([sms])
    assert_type(result, quicktel.SmsSendResponse)
    assert_type(result.push, tuple[quicktel.Push, ...])
    assert_type(client.sms_status2(["1000001"]), quicktel.SmsStatus2Response)


async def awaited(client: quicktel.AsyncClient, error: OutcomeUnknown) -> None:
    assert_type(await client.send([Message(to="1", text="")]), tuple[Receipt[quicktel.Push], ...])
    assert_type(await client.resolve(error), tuple[Receipt[quicktel.Push], ...])
    assert_type(await client.sms_status2(["1"]), quicktel.SmsStatus2Response)


def facade_of_kazinfoteh(client: kazinfoteh.Client, error: OutcomeUnknown) -> None:
    receipts = client.send([Message(to="+77001234567", text="Привет")])
    assert_type(receipts, tuple[Receipt[kazinfoteh.MsgResult], ...])
    assert_type(receipts[0].raw, kazinfoteh.MsgResult | None)
    assert_type(client.status(receipts), tuple[Report[kazinfoteh.MsgStatus], ...])
    assert_type(client.resolve(error), tuple[Receipt[kazinfoteh.MsgStatus], ...])


def native_of_kazinfoteh(client: kazinfoteh.Client) -> None:
    defaults = kazinfoteh.MsgDefaults(sender="INFO_KAZ", type=1)
    reply = client.send_message([kazinfoteh.Msg(value="Привет", recipient="77001234567")], default=defaults)
    assert_type(reply, kazinfoteh.SendMessageResponse)
    if reply.message is not None:
        assert_type(reply.message.msg, tuple[kazinfoteh.MsgResult, ...])
    found = client.get_info_by_id([kazinfoteh.MsgReference(id=17), kazinfoteh.MsgReference(sms_id=91)])
    assert_type(found, kazinfoteh.GetInfoByIdResponse)


async def awaited_kazinfoteh(client: kazinfoteh.AsyncClient, error: OutcomeUnknown) -> None:
    receipts = await client.send([Message(to="+77001234567", text="Привет")])
    assert_type(receipts, tuple[Receipt[kazinfoteh.MsgResult], ...])
    assert_type(await client.status(receipts), tuple[Report[kazinfoteh.MsgStatus], ...])
    assert_type(await client.resolve(error), tuple[Receipt[kazinfoteh.MsgStatus], ...])
    assert_type(await client.send_message([kazinfoteh.Msg(value="")]), kazinfoteh.SendMessageResponse)
    assert_type(await client.get_info_by_id([]), kazinfoteh.GetInfoByIdResponse)


def facade_of_webcom(client: webcom.Client, error: OutcomeUnknown) -> None:
    receipts = client.send([Message(to="+79001234567", text="Привет", sender="SHOP")])
    assert_type(receipts, tuple[Receipt[webcom.Information], ...])
    assert_type(client.status(receipts), tuple[Report[webcom.State], ...])
    assert_type(client.resolve(error), tuple[Receipt[webcom.Information], ...])


def native_of_webcom(client: webcom.Client) -> None:
    message = webcom.TextMessage(sender="SHOP", text="Привет", abonent=(webcom.Abonent(phone="79001234567"),))
    assert_type(client.xml_send([message]), webcom.XmlSendResponse)
    assert_type(client.xml_state([1001]).state, tuple[webcom.State, ...])
    found = client.json_state([1001], detail=1)
    if isinstance(found, webcom.JsonError):
        assert_type(found.error, str)
    else:
        assert_type(found, tuple[webcom.JsonState, ...])


async def awaited_webcom(client: webcom.AsyncClient, error: OutcomeUnknown) -> None:
    receipts = await client.send([Message(to="+79001234567", text="Привет", sender="SHOP")])
    assert_type(receipts, tuple[Receipt[webcom.Information], ...])
    assert_type(await client.status(receipts), tuple[Report[webcom.State], ...])
    assert_type(await client.resolve(error), tuple[Receipt[webcom.Information], ...])
    assert_type(await client.xml_send([]), webcom.XmlSendResponse)
    assert_type(await client.xml_state([1]), webcom.XmlStateResponse)
    assert_type(await client.json_state([1]), webcom.JsonStateResponse)


def history(client: smsc.Client) -> None:
    found = client.history(date(2026, 1, 1), until=date(2026, 2, 1))
    assert_type(found, Iterator[Report[smsc.HistoryRecord]])
    for report in found:
        assert_type(report.raw, smsc.HistoryRecord | None)


async def awaited_history(client: smsc.AsyncClient) -> None:
    found = client.history(date(2026, 1, 1))
    assert_type(found, AsyncIterator[Report[smsc.HistoryRecord]])
    async for report in found:
        assert_type(report, Report[smsc.HistoryRecord])


def forms(client: smsc.Client) -> None:
    reply = client.send_php(smsc.SendRequest(phones=("+77001234567",), mes="Привет", translit=1, cost=3))
    if isinstance(reply, smsc.Sent):
        assert_type(reply.cnt, int)
    else:
        assert_type(reply, smsc.SendError)


def replies_in_other_forms(client: smsc.Client, form: smsc.GetMessagesRequest) -> None:
    assert_type(client.send_xml(smsc.SendRequest(phones=("77001234567",), mes="x")), smsc.SendXmlResponse)
    assert_type(client.get_messages_xml(form), smsc.GetMessagesXmlResponse)
    assert_type(client.get_messages_text(form, 0), smsc.GetMessagesResponse)
    assert_type(client.get_messages_text(form, fmt=1), smsc.GetMessagesResponse)


async def awaited_smsc(client: smsc.AsyncClient, form: smsc.GetMessagesRequest, error: OutcomeUnknown) -> None:
    receipts = await client.send([Message(to="+77001234567", text="Привет")])
    assert_type(receipts, tuple[Receipt[smsc.Sent | smsc.SendError], ...])
    assert_type(await client.status(receipts), tuple[Report[smsc.MessageStatus], ...])
    assert_type(await client.resolve(error), tuple[Receipt[smsc.MessageStatus], ...])
    assert_type(await client.get_messages_text(form, 1), smsc.GetMessagesResponse)


def count() -> None:
    assert_type(estimate("Привет"), Estimate)
    assert_type(estimate("Привет").parts, int)


def doubt(client: smsc.Client, messages: list[Message]) -> tuple[Receipt[smsc.Sent | smsc.SendError], ...]:
    try:
        return client.send(messages)
    except OutcomeUnknown as error:
        assert_type(error.client_ids, tuple[str, ...])
        assert_type(client.resolve(error), tuple[Receipt[smsc.MessageStatus], ...])
        raise
    except smswire.SmsError as error:
        assert_type(error.outcome, smswire.Outcome)
        raise


def settings() -> None:
    with quicktel.Client(login="l", password="p", base_url="https://example.org/x", deadline=5.0) as client:
        assert_type(client, quicktel.Client)
        assert_type(client.capabilities.max_batch, int)
    Message(to="1", text="", valid_for=timedelta(hours=1), send_at=datetime(2026, 1, 1, tzinfo=UTC))
