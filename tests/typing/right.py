"""Right usage: passes mypy --strict and pyright strict, with the types asserted. Read, never run."""

from collections.abc import AsyncIterator, Iterator
from datetime import UTC, date, datetime, timedelta
from typing import assert_type

import smswire
from smswire import DeliveryState, Message, OutcomeUnknown, Receipt, Ref, Report, quicktel, smsc


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


async def awaited(client: quicktel.AsyncClient) -> None:
    assert_type(await client.send([Message(to="1", text="")]), tuple[Receipt[quicktel.Push], ...])
    assert_type(await client.sms_status2(["1"]), quicktel.SmsStatus2Response)


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
