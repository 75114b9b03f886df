"""An HTTP status that the provider documents as "not found" says so of each message, whatever the body."""

from __future__ import annotations

import pytest

from smswire import DeliveryState, Message, NotFound, OutcomeUnknown, Ref, TransportError, kazinfoteh

from .gateways import GATEWAYS, MESSAGE, Gateway, call, each_kind
from .server import FaultServer, reply

ABSENT = reply(b"<html>Record Not Found</html>", status="404 Not Found")
OLD = Ref(id="17", gateway_id="91", to="+77001234567")


def documented(gateway: Gateway) -> list[str]:
    return [each.name for each in gateway.client.provider.operations if each.not_found == 404]


def test_one_provider_documents_it() -> None:
    assert {each.name: documented(each) for each in GATEWAYS if documented(each)} == {"kazinfoteh": ["get_info_by_id"]}


@each_kind
@pytest.mark.parametrize("gateway", GATEWAYS, ids=str)
def test_status(gateway: Gateway, kind: str) -> None:
    with FaultServer(ABSENT) as server:
        done = call(kind, gateway, server.url, "status", [OLD])
    if not documented(gateway):
        assert isinstance(done.error, TransportError)
        return
    [report] = done.value
    assert (report.id, report.state, report.final, report.code, report.raw) == (
        "17",
        DeliveryState.UNKNOWN,
        False,
        None,
        None,
    )


@each_kind
@pytest.mark.parametrize("gateway", [each for each in GATEWAYS if documented(each)], ids=str)
def test_resolve(gateway: Gateway, kind: str) -> None:
    doubtful = OutcomeUnknown("made here")
    doubtful.provider, doubtful.in_doubt = gateway.name, (MESSAGE,)
    with FaultServer(ABSENT) as server:
        done = call(kind, gateway, server.url, "resolve", doubtful)
    [receipt] = done.value
    assert (receipt.id, receipt.state, receipt.accepted) == (MESSAGE.id, DeliveryState.UNKNOWN, False)


def test_the_providers_own_document_raises_it() -> None:
    with FaultServer(ABSENT) as server:
        client = kazinfoteh.Client(login="l", password="p", base_url=server.url)
        with client, pytest.raises(NotFound) as caught:
            client.get_info_by_id([kazinfoteh.MsgReference(id=17)])
    assert (caught.value.code, caught.value.operation) == (404, "get_info_by_id")


def test_a_send_is_in_doubt_all_the_same() -> None:
    with FaultServer(ABSENT) as server:
        client = kazinfoteh.Client(login="l", password="p", base_url=server.url)
        with client, pytest.raises(OutcomeUnknown):
            client.send([Message(to="+77001234567", text="x", id="17")])
