"""Identifiers and recipients of the providers that want numbers: KazInfoTeh and Webcom."""

from __future__ import annotations

import re
import uuid
from typing import Any

import httpx
import pytest
from hypothesis import given
from hypothesis import strategies as st
from support.asking import ask, every_kind, exchanged

from smswire import DeliveryState, Message, OutcomeUnknown, PayloadError, Ref, kazinfoteh, quicktel, smsc, webcom
from smswire.providers.mapping import number_of

MADE = "0123456789ab4def8123456789abcdef"
NUMBER = 0x0123456789AB4DEF8123456789ABCDEF % 10**18
REQUIRED = "a number of up to 18 digits without leading zeros is required by this provider, or none"

every_provider = pytest.mark.parametrize("provider", [kazinfoteh, webcom], ids=["kazinfoteh", "webcom"])


def message(**values: Any) -> Message:
    return Message(**{"to": "77001234567", "text": "x", "sender": "S", **values})


def accepts(provider: Any, request: str) -> str:
    """A reply that accepts each message of a request, under the gateway's identifiers 91, 92, ..."""
    if provider is kazinfoteh:
        ids = re.findall(r'<msg[^>]* id="([0-9]+)"', request)
        rows = "".join(f'<msg id="{own}" sms_id="{91 + index}">1</msg>' for index, own in enumerate(ids))
        return f"<package><message>{rows}</message></package>"
    numbers = re.findall(r' number_sms="([0-9]+)"', request)
    rows = "".join(
        f'<information number_sms="{own}" id_sms="{91 + index}">send</information>' for index, own in enumerate(numbers)
    )
    return f"<response>{rows}</response>"


def ids_of(provider: Any, request: str) -> list[str]:
    """The client's identifiers as they go on the wire."""
    return re.findall(' id="([^"]*)"' if provider is kazinfoteh else ' client_id_sms="([^"]*)"', request)


class Gateway:
    """Accepts whatever is sent, and keeps the requests."""

    def __init__(self, provider: Any) -> None:
        self.provider = provider
        self.asked: list[str] = []

    def __call__(self, request: httpx.Request) -> httpx.Response:
        self.asked.append(request.content.decode())
        return httpx.Response(200, content=accepts(self.provider, self.asked[-1]))

    def send(self, messages: list[Message], kind: str = "sync") -> Any:
        http = httpx.MockTransport(self)
        return ask(kind, self.provider, "http://127.0.0.1:9", "send", messages, http=http)

    def refuses(self, messages: list[Message], kind: str) -> PayloadError:
        with pytest.raises(PayloadError) as caught:
            self.send(messages, kind)
        assert self.asked == []
        return caught.value


# made by Message


@given(st.uuids(version=4))
def test_an_identifier_that_a_message_made_is_a_number_and_always_the_same(made: uuid.UUID) -> None:
    number = number_of(made.hex)
    assert number == number_of(made.hex) == made.int % 10**18
    assert 0 <= number < 10**18


def test_identifiers_that_messages_made_are_distinct_numbers() -> None:
    messages = [message() for _ in range(20_000)]
    numbers = {number_of(each.id) for each in messages}
    assert len(numbers) == len(messages)
    assert number_of(MADE) == NUMBER


@every_provider
def test_made_identifiers_are_the_numbers_on_the_wire(provider: Any) -> None:
    gateway = Gateway(provider)
    messages = [message(id=MADE), message(), message(id="17")]
    receipts = gateway.send(messages)
    [request] = gateway.asked
    assert ids_of(provider, request) == [str(number_of(each.id)) for each in messages]
    assert all(re.fullmatch("0|[1-9][0-9]{0,17}", each) for each in ids_of(provider, request))
    assert ids_of(provider, request)[0] == str(NUMBER)
    # what the caller knows a message by stays what it was
    assert [each.id for each in receipts] == [each.id for each in messages]
    assert [each.gateway_id for each in receipts] == ["91", "92", "93"]
    again = Gateway(provider)
    again.send(messages)
    assert ids_of(provider, again.asked[0]) == ids_of(provider, request)


# of the caller


@every_provider
@pytest.mark.parametrize("own", ["0", "1", "17", "9" * 18, "1" + "0" * 17])
def test_a_number_goes_on_the_wire_as_it_is(provider: Any, own: str) -> None:
    gateway = Gateway(provider)
    [receipt] = gateway.send([message(id=own)])
    assert ids_of(provider, gateway.asked[0]) == [own]
    assert receipt.id == own


NO_NUMBERS = ["order-17", "017", "00", "-1", "+1", "1.0", "1e3", " 1", "1\n", "١٧", "1" * 19, "9" * 32, "1_0", "0x11"]
# like what a message makes, and yet not made by one
NO_NUMBERS += [MADE.upper(), str(uuid.UUID(MADE)), MADE[:-1], f"{MADE}0", "f" * 32, uuid.uuid5(uuid.UUID(MADE), "").hex]


@every_kind
@every_provider
@pytest.mark.parametrize("own", NO_NUMBERS)
def test_an_identifier_that_is_no_number_is_refused_before_anything_is_sent(provider: Any, own: str, kind: str) -> None:
    messages = [message(id="1"), *(message() for _ in range(300)), message(id=own)]
    error = Gateway(provider).refuses(messages, kind)
    assert (error.path, error.problem) == ("messages[301].id", REQUIRED)
    assert (error.provider, error.outcome) == (provider.Client.provider.id, "not_sent")


@every_kind
@every_provider
def test_the_same_number_twice_is_refused(provider: Any, kind: str) -> None:
    error = Gateway(provider).refuses([message(id="17"), message(id="18"), message(id="17")], kind)
    assert (error.path, error.problem) == ("messages[2].id", "the same as that of messages[0]")


def test_other_providers_take_any_identifier() -> None:
    reply = '<xml_result><push sms_id="order-17" push_id="91" res="0"/></xml_result>'
    [[receipt], _] = exchanged(quicktel, reply, "send", [message(id="order-17")])
    assert receipt.gateway_id == "91"
    [[receipt], _] = exchanged(smsc, '{"id": "order-17", "cnt": 1}', "send", [message(id="order-17")])
    assert receipt.gateway_id == "order-17"


# recipients


RECIPIENTS = {
    "3434": "a short number is no E.164 number, which is a country code and a whole national number",
    "+112": "a short number is no E.164 number, which is a country code and a whole national number",
    "89001234567": "begins with no country code that is in use",
    "7700123456": "too short for its country code",
    "4407911123456": "a national prefix stands after the country code, where E.164 has none",
    "7" * 16: "too long: an E.164 number has 15 digits at most",
}


@every_kind
@every_provider
@pytest.mark.parametrize(("to", "problem"), RECIPIENTS.items())
def test_a_recipient_that_is_no_e164_number_is_refused_before_anything_is_sent(
    provider: Any, to: str, problem: str, kind: str
) -> None:
    error = Gateway(provider).refuses([message(), message(to=to)], kind)
    assert (error.path, error.problem) == ("messages[1].to", problem)
    assert to not in str(error)


@every_provider
@pytest.mark.parametrize("to", ["77001234567", "+77001234567"])
def test_a_recipient_goes_on_the_wire_as_its_digits(provider: Any, to: str) -> None:
    gateway = Gateway(provider)
    [receipt] = gateway.send([message(to=to)])
    assert '"77001234567"' in gateway.asked[0]
    assert receipt.to == to


def test_kazinfoteh_refuses_a_number_of_another_country() -> None:
    error = Gateway(kazinfoteh).refuses([message(), message(to="+79001234567")], "sync")
    assert error.path == "messages[1].Msg.recipient"


# finding a message again


KIT_ROW = '<package><status><msg id="{}" sms_id="91">102</msg></status></package>'


@every_kind
@pytest.mark.parametrize("own", ["17", MADE])
def test_kazinfoteh_is_asked_for_a_status_by_the_number(own: str, kind: str) -> None:
    number = str(number_of(own))
    for ref in (Ref(id=own), Ref(id=own, to="77001234567")):
        [[report], request] = exchanged(kazinfoteh, KIT_ROW.format(number), "status", [ref], kind=kind)
        assert ids_of(kazinfoteh, request) == [number]
        assert (report.id, report.state) == (own, DeliveryState.DELIVERED)
    [[report], _] = exchanged(kazinfoteh, KIT_ROW.format("18"), "status", [Ref(id=own)], kind=kind)
    assert report.state is DeliveryState.UNKNOWN


@every_kind
def test_a_status_by_an_identifier_that_is_no_number_is_refused(kind: str) -> None:
    asked: list[httpx.Request] = []
    http = httpx.MockTransport(lambda request: asked.append(request) or httpx.Response(500))
    for provider, ref, path in [
        (kazinfoteh, Ref(id="order-17"), "messages[1].id"),
        (kazinfoteh, Ref(to="77001234567"), "messages[1].id"),
        (kazinfoteh, Ref(id="17", gateway_id="x"), "messages[1].gateway_id"),
        (webcom, Ref(id="17"), "messages[1].gateway_id"),
        (webcom, Ref(gateway_id="091"), "messages[1].gateway_id"),
    ]:
        with pytest.raises(PayloadError) as caught:
            ask(kind, provider, "http://127.0.0.1:9", "status", [Ref(gateway_id="91"), ref], http=http)
        assert caught.value.path == path
    assert asked == []


def in_doubt(provider: Any, messages: list[Message], kind: str) -> OutcomeUnknown:
    http = httpx.MockTransport(lambda _: httpx.Response(502))
    with pytest.raises(OutcomeUnknown) as caught:
        ask(kind, provider, "http://127.0.0.1:9", "send", messages, http=http)
    assert caught.value.client_ids == tuple(each.id for each in messages)
    return caught.value


@every_kind
def test_kazinfoteh_resolves_by_the_number(kind: str) -> None:
    error = in_doubt(kazinfoteh, [message(id=MADE)], kind)
    row = f'<msg id="{NUMBER}" sms_id="91" sms_count="2">106</msg>'
    reply = f"<package><status>{row}</status></package>"
    [[found], request] = exchanged(kazinfoteh, reply, "resolve", error, kind=kind)
    assert ids_of(kazinfoteh, request) == [str(NUMBER)]
    assert (found.id, found.gateway_id, found.parts, found.accepted) == (MADE, "91", 2, True)


@every_kind
def test_webcom_resolves_by_sending_again_with_the_number(kind: str) -> None:
    messages = [message(id=MADE), message(id="17")]
    error = in_doubt(webcom, messages, kind)
    twice = "Данное сообщение уже было отправлено."
    reply = (
        f'<response><information number_sms="1" id_sms="91">{twice}</information>'
        '<information number_sms="2" id_sms="92" parts="1">send</information></response>'
    )
    [[first, second], request] = exchanged(webcom, reply, "resolve", error, kind=kind)
    assert ids_of(webcom, request) == [str(NUMBER), "17"]
    assert (first.id, first.gateway_id, first.duplicate) == (MADE, "91", True)
    assert (second.id, second.gateway_id, second.duplicate) == ("17", "92", False)
