"""The codes as the providers' own pages print them, written out here a second time, and what a caller gets of each."""

from __future__ import annotations

import importlib
from collections.abc import Callable, Mapping
from datetime import date
from typing import Any, TypeAlias

import httpx
import pytest
from faults.gateways import GATEWAYS, MESSAGE, REF, Gateway, call
from support.cases import PROVIDERS

from smswire import AuthenticationError, DeliveryState, InsufficientFunds, ProviderError, RateLimited
from smswire_documents._runtime.description import CodeTable
from smswire_documents.kazinfoteh import codes as kazinfoteh

Rows: TypeAlias = Mapping[int | str, tuple[str, bool, bool | None]]
"""Of each status its state, whether we call it final, and whether the provider does; None where it does not say."""

STATUSES: Mapping[str, Rows] = {
    # the portal prints 100, 101, 102, 105 and 106; the documentation of 2020 the others, and which are intermediate and
    # which are final; 1 stands in its sample only, and it says nothing of the finality of errors
    "kazinfoteh": {
        1: ("queued", False, None),
        100: ("scheduled", False, False),
        101: ("rejected", True, True),
        102: ("delivered", True, True),
        103: ("expired", True, True),
        104: ("undeliverable", True, True),
        105: ("undeliverable", True, True),
        106: ("queued", False, False),
        107: ("unknown", True, True),
        108: ("rejected", True, True),
        109: ("undeliverable", True, True),
        200: ("rejected", True, None),
        201: ("unknown", True, None),
        202: ("rejected", True, None),
        203: ("rejected", True, None),
        204: ("rejected", True, None),
        205: ("rejected", True, None),
        206: ("rejected", True, None),
        207: ("rejected", True, None),
    },
    # section 4: 1 waits for sending and 2 for delivery
    "quicktel": {
        -1004: ("undeliverable", True, None),
        -1: ("unknown", True, None),
        1: ("queued", False, False),
        2: ("sent", False, False),
        4: ("delivered", True, None),
    },
    # the page of statuses says nothing of finality
    "smsc": {
        -3: ("unknown", True, None),
        -2: ("rejected", True, None),
        -1: ("queued", False, None),
        0: ("sent", False, None),
        1: ("delivered", True, None),
        2: ("read", True, None),
        3: ("expired", True, None),
        4: ("read", True, None),
        20: ("undeliverable", True, None),
        22: ("rejected", True, None),
        23: ("rejected", True, None),
        24: ("rejected", True, None),
        25: ("undeliverable", True, None),
    },
    # "Final status (does not change with time)" stands beside three of the words
    "webcom": {
        "send": ("sent", False, None),
        "not_deliver": ("undeliverable", True, True),
        "expired": ("expired", True, True),
        "deliver": ("delivered", True, None),
        "read": ("read", True, True),
        "partly_deliver": ("sent", False, None),
    },
}

# errors of the whole request, and by which class they are raised
REFUSED, LOGIN, MONEY, LIMIT = ProviderError, AuthenticationError, InsufficientFunds, RateLimited
Refusals: TypeAlias = Mapping[int | str, type[ProviderError] | None]
"""None where the code is no error of the whole request: a success, a message's own error, an empty history."""

ERRORS: Mapping[str, Mapping[str, Refusals]] = {
    # ERR_UNKNOWN, ERR_FORMAT, ERR_AUTHORIZATION
    "kazinfoteh": {"request_error": {200: REFUSED, 201: REFUSED, 202: LOGIN}},
    # the page prints no number; this one is known from clients of another API
    "quicktel": {"request_result": {0: None, -20107: LOGIN}},
    "smsc": {
        # 10 is known from a client's fixtures only
        "send_error": {
            1: REFUSED,
            2: LOGIN,
            3: MONEY,
            4: LOGIN,
            5: REFUSED,
            6: None,
            7: None,
            8: None,
            9: LIMIT,
            10: LIMIT,
        },
        "status_error": {1: REFUSED, 2: LOGIN, 4: LOGIN, 5: REFUSED, 9: LIMIT},
        "history_error": {1: REFUSED, 2: LOGIN, 3: None, 4: LOGIN, 9: LIMIT},
    },
    "webcom": {
        "request_error": {
            "Incorrect XML document format": REFUSED,
            "Incorrect JSON document format": REFUSED,
            "Incorrect login or password": LOGIN,
            "POST data is missing": REFUSED,
            "Your account is locked": LOGIN,
            "Неправильный формат XML документа": REFUSED,
            "Неправильный логин или пароль": LOGIN,
            "POST данные отсутствуют": REFUSED,
            "Ваш аккаунт заблокирован": LOGIN,
        }
    },
}

# smsc, "err": why a message was not delivered
SMSC_REASONS = {
    *range(5),
    6,
    *range(11, 14),
    21,
    200,
    219,
    220,
    *range(237, 256),
}
SMSC_TYPES = {*range(9), 10, 12}

REPLIES: Mapping[str, Callable[[Any], str]] = {
    "kazinfoteh": lambda code: f'<package><status><msg id="17" sms_id="91">{code}</msg></status></package>',
    "quicktel": lambda code: f'<xml_result res="0"><sms push_id="91" status="{code}"/></xml_result>',
    "smsc": lambda code: f'{{"status": {code}}}',
    "webcom": lambda code: f'<response><state id_sms="91" time="">{code}</state></response>',
}
REFUSALS: Mapping[str, tuple[str, Callable[[Any], str]]] = {
    "kazinfoteh.request_error": ("status", lambda code: f"<package><error>{code}</error></package>"),
    "quicktel.request_result": ("status", lambda code: f'<xml_result res="{code}"/>'),
    "smsc.send_error": ("send", lambda code: f'{{"error": "words", "error_code": {code}}}'),
    "smsc.status_error": ("status", lambda code: f'{{"error": "words", "error_code": {code}}}'),
    "smsc.history_error": ("history", lambda code: f'{{"error": "words", "error_code": {code}}}'),
    "webcom.request_error": ("status", lambda code: f"<response><error>{code}</error></response>"),
}


def table(provider: str, name: str) -> CodeTable:
    codes: tuple[CodeTable, ...] = importlib.import_module(f"smswire_documents.{provider}.operations").PROVIDER.codes
    return next(each for each in codes if each.name == name)


def asked(gateway: Gateway, method: str, body: str) -> Any:
    """What a call comes to that is answered with `body`."""
    argument = {"send": [MESSAGE], "status": [REF], "history": date(2026, 11, 1)}[method]
    http = httpx.MockTransport(lambda _: httpx.Response(200, content=body.encode()))
    result = call("sync", gateway, "http://127.0.0.1:9", method, argument, http=http)
    return result.error or result.value


@pytest.mark.parametrize("provider", PROVIDERS)
def test_statuses_are_those_that_are_printed(provider: str) -> None:
    found = {code: (each.state, each.final) for code, each in table(provider, "status").codes.items()}
    assert found == {code: (state, final) for code, (state, final, _) in STATUSES[provider].items()}


@pytest.mark.parametrize("provider", PROVIDERS)
def test_finality_is_the_providers_or_said_to_be_ours(provider: str) -> None:
    for code, (_, final, stated) in STATUSES[provider].items():
        entry = table(provider, "status").codes[code]
        assert stated in (None, final)
        assert ("finality" in entry.evidence) is (stated is None), code


@pytest.mark.parametrize(
    ("gateway", "code"),
    [pytest.param(each, code, id=f"{each}-{code}") for each in GATEWAYS for code in STATUSES[each.name]],
)
def test_a_status_is_reported_with_its_state(gateway: Gateway, code: int | str) -> None:
    state, final, _ = STATUSES[gateway.name][code]
    [report] = asked(gateway, "status", REPLIES[gateway.name](code))
    assert (report.code, report.state, report.final) == (code, DeliveryState(state), final)


@pytest.mark.parametrize("gateway", GATEWAYS, ids=str)
def test_a_status_that_is_not_printed_is_unknown_and_not_final(gateway: Gateway) -> None:
    code = "news" if gateway.name == "webcom" else 777
    [report] = asked(gateway, "status", REPLIES[gateway.name](code))
    assert (report.code, report.state, report.final) == (code, DeliveryState.UNKNOWN, False)


@pytest.mark.parametrize("provider", PROVIDERS)
def test_errors_are_those_that_are_printed(provider: str) -> None:
    for name, expected in ERRORS[provider].items():
        assert set(table(provider, name).codes) == set(expected)


@pytest.mark.parametrize(
    ("gateway", "name", "code"),
    [
        pytest.param(each, name, code, id=f"{each}.{name}-{code}")
        for each in GATEWAYS
        for name, codes in ERRORS[each.name].items()
        for code in codes
    ],
)
def test_an_error_is_raised_as_its_kind(gateway: Gateway, name: str, code: int | str) -> None:
    expected = ERRORS[gateway.name][name][code]
    method, body = REFUSALS[f"{gateway.name}.{name}"]
    outcome = asked(gateway, method, body(code))
    if expected is None:
        assert not isinstance(outcome, Exception)
        return
    assert type(outcome) is expected
    entry = table(gateway.name, name).codes[code]
    assert (outcome.code, outcome.name, outcome.meaning) == (code, entry.name, entry.meaning)


def test_reasons_and_types_of_smsc() -> None:
    assert set(table("smsc", "delivery_error").codes) == SMSC_REASONS
    assert set(table("smsc", "type").codes) == SMSC_TYPES


# what became of one message of a send

RESULTS: Mapping[str, Callable[[Any], str]] = {
    "kazinfoteh": lambda code: f'<package><message><msg id="17" sms_id="91">{code}</msg></message></package>',
    "quicktel": lambda code: f'<xml_result res="0"><push sms_id="17" push_id="91" res="{code}"/></xml_result>',
    "webcom": lambda code: f'<response><information number_sms="1" id_sms="91">{code}</information></response>',
}
ACCEPTED: Mapping[str, Mapping[int | str, str]] = {
    # the portal calls 106 accepted; 107 says nothing of the message
    "kazinfoteh": {
        1: "queued",
        100: "scheduled",
        102: "delivered",
        103: "expired",
        104: "undeliverable",
        105: "undeliverable",
        106: "queued",
        109: "undeliverable",
    },
    "quicktel": {0: "queued", 1: "queued"},
    "webcom": {
        "send": "queued",
        "Недостаточно средств для отправки SMS. SMS будет отправлена как только вы пополните счет по данному "
        "направлению.": "queued",
        "Данное сообщение уже было отправлено.": "queued",
    },
}
RESULT_TABLES = {"kazinfoteh": "status", "quicktel": "message_result", "webcom": "send_result"}


@pytest.mark.parametrize(
    ("gateway", "code"),
    [
        pytest.param(each, code, id=f"{each}-{code}")
        for each in GATEWAYS
        if each.name in RESULT_TABLES
        for code in table(each.name, RESULT_TABLES[each.name]).codes
        if (each.name, code) != ("kazinfoteh", 107)
    ],
)
def test_a_message_is_accepted_or_rejected_by_its_code(gateway: Gateway, code: int | str) -> None:
    [receipt] = asked(gateway, "send", RESULTS[gateway.name](code))
    assert receipt.state == ACCEPTED[gateway.name].get(code, "rejected")
    entry = table(gateway.name, RESULT_TABLES[gateway.name]).codes[code]
    if receipt.state is DeliveryState.REJECTED or entry.error:
        assert (receipt.error.code, receipt.error.name, receipt.error.meaning) == (code, entry.name, entry.meaning)
    else:
        assert (receipt.error, receipt.gateway_id) == (None, "91")
    assert receipt.duplicate is (entry.name == "duplicate")


@pytest.mark.parametrize("code", [6, 7, 8])
def test_an_error_of_smsc_about_the_message_rejects_it(code: int) -> None:
    [gateway] = [each for each in GATEWAYS if each.name == "smsc"]
    [receipt] = asked(gateway, "send", REFUSALS["smsc.send_error"][1](code))
    assert (receipt.state, receipt.error.code) == (DeliveryState.REJECTED, code)
    assert receipt.error.name == table("smsc", "send_error").codes[code].name


# the same number means one thing to a request and another to a message


@pytest.mark.parametrize("code", [200, 201, 202])
def test_a_number_of_kazinfoteh_means_two_things(code: int) -> None:
    [gateway] = [each for each in GATEWAYS if each.name == "kazinfoteh"]
    [receipt] = asked(gateway, "send", RESULTS["kazinfoteh"](code))
    refused = asked(gateway, "send", REFUSALS["kazinfoteh.request_error"][1](code))
    assert isinstance(refused, ProviderError)
    assert (receipt.error.code, refused.code) == (code, code)
    assert receipt.error.name == {200: "error_unknown", 201: "error_id", 202: "error_sender"}[code]
    assert refused.name == {200: "unknown", 201: "format", 202: "authorization"}[code]
    assert kazinfoteh.STATUS.codes[code].wire == {200: "UNKNOWN", 201: "ID", 202: "SENDER"}[code]
    assert (
        kazinfoteh.REQUEST_ERROR.codes[code].wire
        == {
            200: "ERR_UNKNOWN",
            201: "ERR_FORMAT",
            202: "ERR_AUTHORIZATION",
        }[code]
    )
