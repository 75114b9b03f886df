"""Schemas that want to be a burden: nothing crashes, nothing hangs, and what is not known is said to be so."""

from __future__ import annotations

import time
from pathlib import Path
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from diff.xsd.schemas import element, pair, schema
from smswire.diff.errors import ComparisonError
from smswire.diff.xsd import Pair
from smswire.diff.xsd.schema import load

OPTIONAL = 'minOccurs="0"'
NINES = "9" * 20_000
MILLION = 'maxOccurs="999999"'


def leaf(name: str, more: str = "") -> str:
    return f'<xs:element name="{name}" type="xs:string" {more}/>'


def doubled(count: int) -> str:
    """A group of two groups of two groups: 2 ** count elements in a few lines."""
    groups = [f'<xs:group name="g0"><xs:sequence>{leaf("a")}</xs:sequence></xs:group>']
    for each in range(1, count):
        twice = f'<xs:group ref="g{each - 1}"/>' * 2
        groups.append(f'<xs:group name="g{each}"><xs:sequence>{twice}</xs:sequence></xs:group>')
    return "".join(groups) + element(f'<xs:group ref="g{count - 1}"/>')


def extended(count: int) -> str:
    """A type that is derived from one that is derived from one, and so on."""
    types = ['<xs:complexType name="T0"/>']
    for each in range(1, count):
        child = leaf(f"e{each}", OPTIONAL)
        step = f'<xs:extension base="T{each - 1}"><xs:sequence>{child}</xs:sequence></xs:extension>'
        types.append(f'<xs:complexType name="T{each}"><xs:complexContent>{step}</xs:complexContent></xs:complexType>')
    return "".join(types) + f'<xs:element name="r" type="T{count - 1}"/>'


def restricted(count: int) -> str:
    types = ['<xs:simpleType name="T0"><xs:restriction base="xs:string"/></xs:simpleType>']
    for each in range(1, count):
        types.append(f'<xs:simpleType name="T{each}"><xs:restriction base="T{each - 1}"/></xs:simpleType>')
    return "".join(types) + f'<xs:element name="r" type="T{count - 1}"/>'


def nested(count: int) -> str:
    return element("<xs:sequence>" * count + leaf("a") + "</xs:sequence>" * count)


HOSTILE = {
    "doubled groups": doubled(14),
    "doubled groups without end": doubled(60),
    "long derivation": extended(120),
    "long restriction": restricted(3000),
    "deep groups": nested(100),
    "deeper groups": nested(5000),
    "counts of counts": element(
        f"<xs:sequence {MILLION}><xs:sequence {MILLION}>{leaf('a', MILLION)}</xs:sequence></xs:sequence>"
    ),
    "many counts": element(
        "<xs:sequence>"
        + "".join(leaf(f"e{each}", OPTIONAL + ' maxOccurs="5000"') for each in range(50))
        + "</xs:sequence>"
    ),
    "wide choice": element("<xs:choice>" + "".join(leaf(f"e{each}") for each in range(3000)) + "</xs:choice>"),
    "long optional sequence": element(
        "<xs:sequence>" + "".join(leaf(f"e{each}", OPTIONAL) for each in range(400)) + "</xs:sequence>"
    ),
    "many values": '<xs:element name="r"><xs:simpleType><xs:restriction base="xs:token">'
    + "".join(f'<xs:enumeration value="v{each}"/>' for each in range(5000))
    + "</xs:restriction></xs:simpleType></xs:element>",
    "great numbers": '<xs:element name="r"><xs:simpleType><xs:restriction base="xs:decimal">'
    f'<xs:maxInclusive value="{NINES}"/></xs:restriction></xs:simpleType></xs:element>',
    "great exponent": '<xs:element name="r"><xs:simpleType><xs:restriction base="xs:double">'
    '<xs:maxInclusive value="1E999999999"/></xs:restriction></xs:simpleType></xs:element>',
    "costly pattern": '<xs:element name="r"><xs:simpleType><xs:restriction base="xs:string">'
    '<xs:pattern value="(a|b)*a(a|b){40}"/></xs:restriction></xs:simpleType></xs:element>',
}


@pytest.mark.parametrize("body", HOSTILE.values(), ids=HOSTILE.keys())
def test_nothing_hangs_and_nothing_crashes(tmp_path: Path, body: str) -> None:
    """The same schema twice, and one that differs a little."""
    started = time.monotonic()
    other = body.replace('name="a"', 'name="z"').replace('"v7"', '"w7"').replace("T0", "U0")
    for new in (body, other):
        try:
            compared = pair(tmp_path, body, new)
        except ComparisonError:
            continue
        answers = [
            compared.included("old", deadline=time.monotonic() + 2),
            compared.included("new", deadline=time.monotonic() + 2),
        ]
        changes = compared.changes(deadline=time.monotonic() + 2)
        if new is body:
            assert answers[0].holds is not False
            assert answers[1].holds is not False
            assert changes == ()
        for each in answers:
            assert each.holds is not None or each.reasons
    assert time.monotonic() - started < 20


def test_entities_are_not_expanded(tmp_path: Path) -> None:
    bomb = "".join(f'<!ENTITY e{each} "{ten}">' for each in range(1, 12) for ten in ["&e%d;" % (each - 1) * 10])
    text = f'<!DOCTYPE xs:schema [<!ENTITY e0 "xxxxxxxxxx">{bomb}]>' + schema(
        '<xs:element name="r"><xs:annotation><xs:documentation>&e11;</xs:documentation></xs:annotation></xs:element>'
    )
    path = tmp_path / "bomb.xsd"
    path.write_text(text)
    started = time.monotonic()
    try:
        Pair.load(path, path).included("old")
    except ComparisonError:
        pass
    assert time.monotonic() - started < 2


def test_external_entities_are_not_read(tmp_path: Path) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("hunter2")
    path = tmp_path / "main.xsd"
    path.write_text(
        f'<!DOCTYPE xs:schema [<!ENTITY s SYSTEM "{secret.as_uri()}">]>'
        + schema(
            '<xs:element name="r"><xs:annotation><xs:documentation>&s;</xs:documentation></xs:annotation></xs:element>'
        )
    )
    other = tmp_path / "other.xsd"
    other.write_text(schema('<xs:element name="r"/>'))
    assert "hunter2" not in repr(Pair.load(path, other).changes())


def test_no_time_is_undecided(tmp_path: Path) -> None:
    body = element("<xs:sequence>" + leaf("a") + "</xs:sequence>")
    compared = pair(tmp_path, body, body.replace('"a"', '"b"'))
    answer = compared.included("old", deadline=time.monotonic() - 1)
    assert answer.holds is None
    assert answer.reasons


@given(st.integers(0, 2**32), st.integers(1, 12))
def test_damaged_schemas_are_refused_or_read(tmp_path_factory: pytest.TempPathFactory, seed: int, count: int) -> None:
    """A schema with bytes left out, doubled or changed is read, or refused by an error that says where."""
    random = Random(seed)
    text = bytearray(
        schema(
            doubled(4) + extended(4).replace('"r"', '"s"') + restricted(3).replace('"r"', '"t"').replace("T", "S")
        ).encode()
    )
    for _ in range(count):
        at = random.randrange(len(text))
        what = random.randrange(3)
        if what == 0:
            del text[at : at + random.randint(1, 8)]
        elif what == 1:
            text[at:at] = text[max(at - 9, 0) : at]
        else:
            text[at] = random.randrange(32, 127)
    path = tmp_path_factory.mktemp("damaged") / "main.xsd"
    path.write_bytes(bytes(text))
    try:
        load(path)
    except ComparisonError as error:
        assert str(path) in str(error)
