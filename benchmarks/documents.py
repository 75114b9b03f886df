"""Documents as they come and go in practice: Cyrillic texts with blanks, some with characters to be escaped."""

from __future__ import annotations

import json
import random

TEXTS = (
    "Ваш заказ № {number} собран и ждёт вас в магазине на ул. Ленина до конца недели",
    "Код подтверждения {number}. Никому его не сообщайте, даже сотрудникам банка",
    'Напоминаем о записи в "Клинику & Ко" завтра в 10:30, врач Иванова А. П., кабинет {number}',
    "Скидка 20% на всё до воскресенья! Покажите это сообщение на кассе, купон {number}",
    "Оплата {number} руб. прошла успешно. Остаток на счёте меньше 500 руб. <Мобильный банк>",
    "Your parcel {number} is on its way and will be delivered tomorrow between 9:00 and 18:00",
)

Row = tuple[str, str, str, str]


def rows(count: int) -> list[Row]:
    """Messages to send: identifier, recipient, sender and text."""
    chance = random.Random(1)
    return [
        (
            f"order-{index}",
            f"79{chance.randrange(10**9):09}",
            "SHOP",
            chance.choice(TEXTS).format(number=chance.randrange(10**6)),
        )
        for index in range(count)
    ]


def status_reply(count: int) -> bytes:
    """A reply of QUICKTEL's sms_status2, most of its messages delivered."""
    chance = random.Random(2)
    lines: list[str] = []
    for index in range(count):
        place = f'<sms push_id="{1_000_000 + index}" status="{{}}" number="79{chance.randrange(10**9):09}"'
        if chance.random() < 0.9:
            moment = f"{chance.randrange(24):02}:{chance.randrange(60):02}:{chance.randrange(60):02}"
            rest = f'delivery_date="25.12.2025" delivery_time="{moment}" description="Content delivery confirmed"'
            lines.append(f"{place.format(4)} {rest}/>")
        else:
            rest = 'delivery_date="" delivery_time="" description="Request redirected to SMSC/MMSC"'
            lines.append(f"{place.format(2)} {rest}/>")
    return "\n".join(['<xml_result name="sms_status2" res="0">', *lines, "</xml_result>"]).encode()


def history_reply(count: int) -> bytes:
    """A page of smsc's history."""
    chance = random.Random(3)
    records: list[dict[str, object]] = []
    for index in range(count):
        text = chance.choice(TEXTS).format(number=chance.randrange(10**6))
        records.append(
            {
                "status": 1,
                "last_date": "28.12.2025 19:20:22",
                "last_timestamp": 1766953222 + index,
                "err": 0,
                "send_date": "28.12.2025 19:20:10",
                "send_timestamp": 1766953210 + index,
                "phone": f"77{chance.randrange(10**9):09}",
                "cost": f"{chance.randrange(2000) / 100:.2f}",
                "sender_id": "SHOP",
                "status_name": "Доставлено",
                "message": text,
                "mccmnc": "40177",
                "country": "Казахстан",
                "operator": "Билайн",
                "region": "",
                "type": 0,
                "id": 14 + index,
                "int_id": str(100_200_300 - index),
                "sms_cnt": 2,
                "format": 0,
                "crc": chance.randrange(2**31),
            }
        )
    return json.dumps(records, ensure_ascii=False).encode()
