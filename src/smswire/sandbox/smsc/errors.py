"""smsc's errors, as the provider words them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from smswire_documents.smsc.operations import GET_MESSAGES, SEND_PHP, STATUS_PHP

_COMMON: Mapping[int, str] = {
    1: "ошибка в параметрах",
    2: "неверный логин или пароль",
    4: "IP-адрес временно заблокирован",
    9: "слишком много запросов",
}
_WORDS: Mapping[str, Mapping[int, str]] = {
    SEND_PHP.path: {
        3: "недостаточно средств на счете",
        5: "неверный формат даты",
        6: "сообщение запрещено (по тексту или по имени отправителя)",
        7: "неверный формат номера телефона",
        8: "сообщение на указанный номер не может быть доставлено",
    },
    STATUS_PHP.path: {5: "ошибка удаления сообщения"},
    GET_MESSAGES.path: {3: "сообщение не найдено"},
}


@dataclass(frozen=True, slots=True)
class Refused:
    """An error of one script; `id` is that of the message, where the error is about one."""

    code: int
    path: str
    id: int | str | None = None
    detail: str = ""

    @property
    def words(self) -> str:
        """The text of the error. The provider's is free; a detail of ours says what was wrong."""
        known = _COMMON.get(self.code) or _WORDS.get(self.path, {}).get(self.code, "ошибка")
        return f"{known}: {self.detail}" if self.detail else known
