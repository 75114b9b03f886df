"""Wrong usage: every marked line must be reported by mypy and by pyright, or its mark is reported as unused."""

from datetime import date

from smswire import Message, Receipt, estimate, kazinfoteh, quicktel, smsc, webcom


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
    client.get_messages_text(smsc.GetMessagesRequest(), 3)  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]
    client.get_messages_text(smsc.GetMessagesRequest())  # type: ignore[call-arg]  # pyright: ignore[reportCallIssue]
    smsc.SendRequest(phones=("1",), mes="x", translit=3)  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]
    smsc.SendRequest(phones=["1"], mes="x")  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]
    smsc.SendRequest(phones=("1",))  # type: ignore[call-arg]  # pyright: ignore[reportCallIssue]
    client.send_php(smsc.SendRequest(phones=("1",), mes="x")).cnt  # type: ignore[union-attr]  # pyright: ignore[reportUnknownMemberType, reportAttributeAccessIssue]
    client.history("2026-01-01")  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]
    for _ in smsc.AsyncClient().history(date(2026, 1, 1)):  # type: ignore[attr-defined]  # pyright: ignore[reportUnknownVariableType, reportGeneralTypeIssues]
        pass


def kazinfoteh_documents(client: kazinfoteh.Client) -> None:
    kazinfoteh.Msg(value="x", id="17")  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]
    kazinfoteh.MsgReference(push_id="1")  # type: ignore[call-arg]  # pyright: ignore[reportCallIssue]
    client.send_message([quicktel.SmsReference(push_id="1")])  # type: ignore[list-item]  # pyright: ignore[reportArgumentType]
    client.get_info_by_id(["17"])  # type: ignore[list-item]  # pyright: ignore[reportArgumentType]
    client.send([]).message  # type: ignore[attr-defined]  # pyright: ignore[reportUnknownMemberType, reportAttributeAccessIssue]
    receipts: tuple[Receipt[quicktel.Push], ...] = client.send([])  # type: ignore[assignment]  # pyright: ignore[reportAssignmentType]
    client.status(receipts)
    client.send_php  # type: ignore[attr-defined]  # pyright: ignore[reportUnknownMemberType, reportAttributeAccessIssue]


def webcom_documents(client: webcom.Client) -> None:
    webcom.Abonent(phone=79001234567)  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]
    webcom.TextMessage(sender="S", text="x", abonents=())  # type: ignore[call-arg]  # pyright: ignore[reportCallIssue]
    client.xml_send([webcom.Abonent(phone="7")])  # type: ignore[list-item]  # pyright: ignore[reportArgumentType]
    client.xml_state(["1001"])  # type: ignore[list-item]  # pyright: ignore[reportArgumentType]
    client.json_state([1001], detail=2)  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]
    client.json_state([1001]).error  # type: ignore[union-attr]  # pyright: ignore[reportUnknownMemberType, reportAttributeAccessIssue]
    client.resolve("order-17")  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]
    client.history(date(2026, 1, 1))  # type: ignore[attr-defined]  # pyright: ignore[reportUnknownMemberType, reportAttributeAccessIssue]


def count() -> None:
    estimate(b"x")  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]


async def twins(client: quicktel.AsyncClient) -> None:
    client.send([])[0]  # type: ignore[index]  # pyright: ignore[reportIndexIssue]
    with quicktel.AsyncClient() as _:  # type: ignore[attr-defined]  # pyright: ignore[reportUnknownVariableType, reportGeneralTypeIssues]
        pass
    await quicktel.Client().send([])  # type: ignore[misc]  # pyright: ignore[reportGeneralTypeIssues]
    await kazinfoteh.Client().send([])  # type: ignore[misc]  # pyright: ignore[reportGeneralTypeIssues]
    webcom.AsyncClient().json_state([1]).error  # type: ignore[attr-defined]  # pyright: ignore[reportUnknownMemberType, reportAttributeAccessIssue]


def settings() -> None:
    quicktel.Client("login", "password")  # type: ignore[call-arg]  # pyright: ignore[reportCallIssue]
    quicktel.Client(login="l", password="p", deadline="5")  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]
    quicktel.Client(login="l", password="p", on_drift="ignore")  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]
