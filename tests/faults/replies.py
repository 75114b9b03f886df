"""What talkative providers might answer to each of their operations: with the canaries, wherever words may stand."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from .canaries import ECHO, PHONE, TEXT


@dataclass(frozen=True)
class Replies:
    """Replies to one operation.

    `fine` holds to the schema, `refused` is an error of the whole request, `broken` breaks the schema in as many
    places as possible, and `newer` adds to it.
    """

    fine: str
    refused: str
    broken: str
    newer: str


def _kazinfoteh(answer: str, code: int) -> Replies:
    return Replies(
        fine=f'<package><{answer}><msg id="17" sms_id="91" sms_count="1">{code}</msg></{answer}></package>',
        refused="<package><error>202</error></package>",
        broken=f'<package><{answer}><msg id="{ECHO}" sms_id="{TEXT}" date_completed="{ECHO}">{ECHO}</msg></{answer}>'
        f"<error>{ECHO}</error></package>",
        newer=f'<package news="{ECHO}"><{answer}><msg id="17" sms_id="91">106</msg><more>{ECHO}</more></{answer}>'
        "</package>",
    )


def _quicktel(row: str) -> Replies:
    return Replies(
        fine=f'<xml_result res="0"><{row} number="{PHONE}" description="{ECHO}"/></xml_result>',
        refused=f'<xml_result res="-20107" description="{ECHO}"/>',
        broken=f'<xml_result res="{ECHO}"><{row} sms_count="{PHONE}x" news="{ECHO}">{ECHO}</{row.split()[0]}>'
        "</xml_result>",
        newer=f'<xml_result res="0" news="{ECHO}"><{row}/><more>{ECHO}</more></xml_result>',
    )


def _webcom(row: str, words: str) -> Replies:
    tag = row.split()[0]
    return Replies(
        fine=f"<response><{row}>{words}</{tag}></response>",
        refused=f"<response><error>{ECHO}</error></response>",
        broken=f'<response><{row} parts="{ECHO}" num_parts="{PHONE}x">{ECHO}<x>{TEXT}</x></{tag}><error>{ECHO}</error>'
        "</response>",
        newer=f'<response><{row} news="{ECHO}">{words}</{tag}><more>{ECHO}</more></response>',
    )


def _smsc(fine: str, refused: int = 2, broken: str = "") -> Replies:
    return Replies(
        fine=fine,
        refused=f'{{"error_code": {refused}, "error": "{ECHO}"}}',
        broken=broken or f'{{"cnt": "{ECHO}", "status": "{PHONE}", "id": ["{TEXT}"], "error_code": "{ECHO}"}}',
        newer=fine.replace("{", f'{{"news": "{ECHO}", ', 1),
    )


def _smsc_xml(fine: str) -> Replies:
    return Replies(
        fine=fine,
        refused=f"<result><error>{ECHO}</error><error_code>2</error_code></result>",
        broken=fine.replace(
            "<id>17</id>", f"<id>17</id><cnt>{ECHO}</cnt><status>{ECHO}</status><int_id>{TEXT}</int_id>"
        ),
        newer=fine.replace("<id>17</id>", f"<id>17</id><news>{ECHO}</news>"),
    )


_PAGE = f"""[{{"status": 1, "id": 17, "int_id": "100200300", "phone": "{PHONE}", "message": "{ECHO}"}}]"""
_BROKEN_PAGE = f"""[{{"status": "{ECHO}", "id": ["{TEXT}"], "int_id": {PHONE}, "message": 1}}]"""
_LINE = (
    "Status = {status}, check_time = 28.12.2019 19:20:22, err = 0, send_date = 28.12.2019 19:20:10, phone = {phone}, "
    "mccmnc = 40177, country = , operator = , region = , cost = 4.1, sender_id = SHOP, status_name = Доставлено, "
    "message = {text}, type = 0, ID = 17, int_id = {int_id}, sms_cnt = 1, format = 0, crc = 1"
)
_COMMAS = "{status},1577550022,0,1577550010,{phone},40177,,,,4.1,SHOP,Доставлено, {text},0,17,{int_id},1,0,1"


def _smsc_text(row: str, refused: str) -> Replies:
    good, bad = {"status": 1, "phone": PHONE, "text": ECHO}, {"phone": PHONE, "text": ECHO}
    return Replies(
        fine=row.format(**good, int_id=100200300),
        refused=refused,
        broken=row.format(**bad, status=TEXT, int_id=ECHO),
        newer=row.format(**good, int_id=100200300),  # there is no place for additions
    )


REPLIES: Mapping[str, Mapping[str, Replies]] = {
    "kazinfoteh": {"send_message": _kazinfoteh("message", 202), "get_info_by_id": _kazinfoteh("status", 105)},
    "quicktel": {
        "sms_send": _quicktel('push sms_id="17" push_id="91" res="0"'),
        "sms_status2": _quicktel('sms push_id="91" status="4"'),
    },
    "smsc": {
        "send_php": _smsc(f'{{"id": 17, "error_code": 7, "error": "{ECHO}"}}'),
        "send_xml": _smsc_xml(f"<result><error>{ECHO}</error><error_code>7</error_code><id>17</id></result>"),
        "status_php": _smsc(f'{{"status": 1, "phone": "{PHONE}", "message": "{ECHO}", "comment": "{ECHO}"}}'),
        "get_messages": _smsc(_PAGE, broken=_BROKEN_PAGE),
        "get_messages_xml": _smsc_xml(
            "<list><sms><status>1</status><last_date/><last_timestamp>1577550022</last_timestamp><err>0</err><send_date/>"
            f"<send_timestamp>1577550010</send_timestamp><phone>{PHONE}</phone><cost>4.1</cost><sender_id>SHOP</sender_id>"
            f"<status_name/><message>{ECHO}</message><mccmnc/><country/><operator/><region/><type>0</type><id>17</id>"
            "<int_id>100200300</int_id><sms_cnt>1</sms_cnt><format>0</format><crc>1</crc></sms></list>"
        ),
        "get_messages_text line": _smsc_text(_LINE, f"ERROR = 2 ({ECHO})"),
        "get_messages_text commas": _smsc_text(_COMMAS, "0,-2"),
    },
    "webcom": {
        "xml_send": _webcom('information number_sms="1"', ECHO),
        "xml_state": _webcom('state id_sms="91" time=""', "send"),
        "json_state": Replies(
            fine='[{"id_sms": 91, "time_change_state": "", "state": "send"}]',
            refused=f'{{"error": "{ECHO}"}}',
            broken=f'[{{"id_sms": ["{ECHO}"], "time_change_state": "{ECHO}", "num_parts": "{PHONE}"}}]',
            newer=f'[{{"id_sms": 91, "time_change_state": "", "state": "send", "news": "{ECHO}"}}]',
        ),
    },
}
