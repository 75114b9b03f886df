"""Wrong usage: every marked line must be reported by mypy and by pyright, or its mark is reported as unused."""

from datetime import date

from smswire import Message, quicktel, smsc


def messages(client: quicktel.Client) -> None:
    client.send(["+79001234567"])  # type: ignore[list-item]  # pyright: ignore[reportArgumentType]
    client.send(Message(to="1", text=""))  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]
    client.send([Message("1", "x")])  # type: ignore[call-arg]  # pyright: ignore[reportCallIssue]
    client.send([Message(to=79001234567, text="")])  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]
    client.send([], retries=3)  # type: ignore[call-arg]  # pyright: ignore[reportCallIssue]
    client.history(date(2026, 1, 1))  # type: ignore[attr-defined]  # pyright: ignore[reportUnknownMemberType, reportAttributeAccessIssue]


def documents(client: quicktel.Client) -> None:
    quicktel.Sms(value="x", number="1", source_number="")  # type: ignore[call-arg]  # pyright: ignore[reportCallIssue]
    quicktel.Sms(value="x", sms_id=1, number="1", source_number="")  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]
    sms = quicktel.Sms(value="x", sms_id="1", number="1", source_number="")
    sms.number = "2"  # type: ignore[misc]  # pyright: ignore[reportAttributeAccessIssue]
    sms.phone  # type: ignore[attr-defined]  # pyright: ignore[reportUnknownMemberType, reportAttributeAccessIssue]
    client.sms_send([quicktel.SmsReference(push_id="1")])  # type: ignore[list-item]  # pyright: ignore[reportArgumentType]
    client.sms_status2([1])  # type: ignore[list-item]  # pyright: ignore[reportArgumentType]


def forms(client: smsc.Client) -> None:
    smsc.SendRequest(phones=("1",), mes="x", translit=3)  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]
    smsc.SendRequest(phones=["1"], mes="x")  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]
    smsc.SendRequest(phones=("1",))  # type: ignore[call-arg]  # pyright: ignore[reportCallIssue]
    client.send_php(smsc.SendRequest(phones=("1",), mes="x")).cnt  # type: ignore[union-attr]  # pyright: ignore[reportUnknownMemberType, reportAttributeAccessIssue]
    client.history("2026-01-01")  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]
    for _ in smsc.AsyncClient().history(date(2026, 1, 1)):  # type: ignore[attr-defined]  # pyright: ignore[reportUnknownVariableType, reportGeneralTypeIssues]
        pass


async def twins(client: quicktel.AsyncClient) -> None:
    client.send([])[0]  # type: ignore[index]  # pyright: ignore[reportIndexIssue]
    with quicktel.AsyncClient() as _:  # type: ignore[attr-defined]  # pyright: ignore[reportUnknownVariableType, reportGeneralTypeIssues]
        pass
    await quicktel.Client().send([])  # type: ignore[misc]  # pyright: ignore[reportGeneralTypeIssues]


def settings() -> None:
    quicktel.Client("login", "password")  # type: ignore[call-arg]  # pyright: ignore[reportCallIssue]
    quicktel.Client(login="l", password="p", deadline="5")  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]
    quicktel.Client(login="l", password="p", on_drift="ignore")  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]
