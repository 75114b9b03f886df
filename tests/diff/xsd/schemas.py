"""Schemas for tests, written where a test may read them, and what is asked of a pair of them."""

from __future__ import annotations

from pathlib import Path

from lxml import etree

from smswire.diff.model import Change, Inclusion
from smswire.diff.xsd import Pair

HEAD = '<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema"'


def schema(body: str, attributes: str = "") -> str:
    return f"{HEAD} {attributes}>\n{body}\n</xs:schema>"


def qualified(body: str, namespace: str = "urn:t") -> str:
    return schema(body, f'targetNamespace="{namespace}" xmlns="{namespace}" elementFormDefault="qualified"')


def element(model: str, name: str = "r") -> str:
    """A root element with a content model or attributes."""
    return f'<xs:element name="{name}"><xs:complexType>{model}</xs:complexType></xs:element>'


def written(folder: Path, old: str, new: str) -> tuple[Path, Path]:
    paths = (folder / "old.xsd", folder / "new.xsd")
    for path, text in zip(paths, (old, new), strict=True):
        path.write_text(text if text.startswith("<xs:schema") else schema(text), "utf-8")
    return paths


def pair(folder: Path, old: str, new: str, root: str | None = None) -> Pair:
    return Pair.load(*written(folder, old, new), root)


def both(folder: Path, old: str, new: str) -> tuple[bool | None, bool | None]:
    """Whether old is within new, and new within old. What is not is shown by a witness that libxml2 confirms."""
    compared = pair(folder, old, new)
    answers = compared.included("old"), compared.included("new")
    for answer, names in zip(answers, (("old", "new"), ("new", "old")), strict=True):
        if answer.holds is False:
            confirmed(folder, answer, *names)
    return answers[0].holds, answers[1].holds


def confirmed(folder: Path, answer: Inclusion, accepting: str, refusing: str) -> None:
    assert answer.witness is not None, "a refutation without a witness"
    document = etree.fromstring(answer.witness)
    assert validator(folder / f"{accepting}.xsd").validate(document), answer.witness
    assert not validator(folder / f"{refusing}.xsd").validate(document), answer.witness
    assert answer.path.startswith("/")
    assert answer.rule is not None


def validator(path: Path) -> etree.XMLSchema:
    return etree.XMLSchema(etree.parse(path))


def changes(folder: Path, old: str, new: str) -> list[tuple[str, str]]:
    """Rule and path of each change."""
    return [(each.rule, each.path) for each in full_changes(folder, old, new)]


def full_changes(folder: Path, old: str, new: str) -> tuple[Change, ...]:
    return pair(folder, old, new).changes()
