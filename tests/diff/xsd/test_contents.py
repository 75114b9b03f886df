"""Content models: each pair is asked both ways, and each "no" is shown by a document that libxml2 judges."""

from __future__ import annotations

from pathlib import Path

import pytest

from diff.xsd.schemas import both, element, pair, schema


def leaf(name: str, low: int | str = 1, high: int | str = 1, kind: str = "xs:string") -> str:
    return f'<xs:element name="{name}" type="{kind}" minOccurs="{low}" maxOccurs="{high}"/>'


def group(kind: str, *parts: str, low: int | str = 1, high: int | str = 1) -> str:
    return f'<xs:{kind} minOccurs="{low}" maxOccurs="{high}">{"".join(parts)}</xs:{kind}>'


def seq(*parts: str, low: int | str = 1, high: int | str = 1) -> str:
    return group("sequence", *parts, low=low, high=high)


def one(*parts: str, low: int | str = 1, high: int | str = 1) -> str:
    return group("choice", *parts, low=low, high=high)


def every(*parts: str, low: int | str = 1) -> str:
    return group("all", *parts, low=low)


A, B, C, D = (leaf(each) for each in "abcd")
ANY = '<xs:any namespace="{}" processContents="{}" minOccurs="0" maxOccurs="unbounded"/>'

MODELS = {
    "optional element added": (seq(A), seq(A, leaf("b", 0)), True, False),
    "required element added": (seq(A), seq(A, B), False, False),
    "order": (seq(A, B), seq(B, A), False, False),
    "became optional": (seq(A), seq(leaf("a", 0)), True, False),
    "became a list": (seq(A), seq(leaf("a", 1, "unbounded")), True, False),
    "more": (seq(leaf("a", 0, 3)), seq(leaf("a", 0, 4)), True, False),
    "two spellings of three": (seq(A, A, A), seq(leaf("a", 3, 3)), True, True),
    "counts within counts": (
        seq(seq(leaf("a", 2, 2), low=3, high=3), B),
        seq(leaf("a", 6, 6), B),
        True,
        True,
    ),
    "even is no odd": (seq(seq(A, A, low=0, high="unbounded")), seq(leaf("a", 0, "unbounded")), True, False),
    "branch added": (one(A, B), one(A, B, C), True, False),
    "branches in another order": (one(A, B, C), one(C, B, A), True, True),
    "choice to optional all": (one(A, B, low=0), every(leaf("a", 0), leaf("b", 0)), True, False),
    "sequence to all": (seq(A, B, C), every(C, B, A), True, False),
    "all to repeated choice": (every(A, B), one(A, B, low=0, high="unbounded"), True, False),
    "all of fewer": (every(A, leaf("b", 0)), every(A, B), False, True),
    "all of other": (every(A, B), every(A, C), False, False),
    "all twice": (seq(A, A), every(A), False, False),
    "group optional": (seq(A, seq(B, C, low=0)), seq(A, leaf("b", 0), leaf("c", 0)), True, False),
    "factored": (one(seq(A, B), seq(A, C)), seq(A, one(B, C)), True, True),
    "nested choices": (one(one(A, B), one(C, D)), one(A, B, C, D), True, True),
    "optional choice of optional": (one(leaf("a", 0), leaf("b", 0)), one(A, B, low=0), True, True),
    "any instead of optional": (seq(leaf("a", 0)), seq(ANY.format("##any", "skip")), True, False),
    "any of others": (seq(ANY.format("##other", "skip")), seq(ANY.format("##any", "skip")), True, False),
    "strict to lax": (seq(ANY.format("##any", "strict")), seq(ANY.format("##any", "lax")), True, False),
    "lax to skip": (seq(ANY.format("##any", "lax")), seq(ANY.format("##any", "skip")), True, False),
    "nothing to something": (seq(), seq(leaf("a", 0)), True, False),
    "none allowed": (seq(A, leaf("b", 0, 0)), seq(A), True, True),
    "empty to required": (seq(), seq(A), False, False),
    "not countable": (seq(leaf("a", 5, 5)), seq(leaf("a", 2, 4)), False, False),
}


@pytest.mark.parametrize(("old", "new", "forth", "back"), MODELS.values(), ids=MODELS.keys())
def test_content_models(tmp_path: Path, old: str, new: str, forth: bool, back: bool) -> None:
    assert both(tmp_path, element(old), element(new)) == (forth, back)


@pytest.mark.parametrize("high", [1_000, 100_000, 999_999_999])
def test_great_counts_cost_nothing_where_they_are_the_same(tmp_path: Path, high: int) -> None:
    old = element(seq(leaf("a", 0, high), seq(B, C, low=0, high=high)))
    new = element(seq(leaf("a", 0, high), seq(B, C, leaf("d", 0), low=0, high=high)))
    assert pair(tmp_path, old, new).included("old").holds is True


def test_branches_of_a_choice_are_matched_whatever_they_are_made_of(tmp_path: Path) -> None:
    counted = one(leaf("c", 0, 3), leaf("d", 1, 3), low=0, high=99_999)
    old, new = (element(one(seq(A, B), counted, *more)) for more in ((), (leaf("e"),)))
    assert pair(tmp_path, old, new).included("old").holds is True


def test_what_others_refer_to_is_shown_within_them(tmp_path: Path) -> None:
    root = element('<xs:sequence><xs:element ref="i"/></xs:sequence>')
    answer = pair(
        tmp_path, '<xs:element name="i" type="xs:int"/>' + root, '<xs:element name="i" type="xs:date"/>' + root
    ).included("old")
    assert answer.path == "/r/i"
    assert answer.witness == "<r><i>0</i></r>"


def test_great_counts_of_one_element_are_counted_in_steps(tmp_path: Path) -> None:
    """Only what the counts allow matters: 1,000,000 elements are not gone through one by one."""
    compared = pair(
        tmp_path,
        element(seq(leaf("a", 5, 999_999), B)),
        element(seq(leaf("a", 4, 1_000_000), one(B, C))),
    )
    assert compared.included("old").holds is True
    answer = compared.included("new")
    assert answer.holds is False
    assert answer.witness is not None
    assert answer.witness.count("<a>") == 4


def test_a_lowered_maximum_is_shown_by_one_element_too_many(tmp_path: Path) -> None:
    compared = pair(tmp_path, element(seq(leaf("a", 0, 500))), element(seq(leaf("a", 0, 300))))
    answer = compared.included("old")
    assert answer.witness is not None
    assert answer.witness.count("<a>") == 301


def test_many_parts_of_an_all_do_not_explode(tmp_path: Path) -> None:
    names = [f"e{each}" for each in range(60)]
    optional = [leaf(each, 0) for each in names]
    assert both(tmp_path, element(every(*optional)), element(every(*optional[::-1]))) == (True, True)
    assert both(tmp_path, element(seq(*optional)), element(every(*optional))) == (True, False)
    assert both(tmp_path, element(every(*optional[1:])), element(every(*optional))) == (True, False)


def test_recursion_is_taken_to_hold(tmp_path: Path) -> None:
    def tree(extra: str) -> str:
        return (
            f'<xs:complexType name="T"><xs:sequence>{leaf("n", 0, "unbounded", "T")}{extra}</xs:sequence></xs:complexType>'
            '<xs:element name="r" type="T"/>'
        )

    assert both(tmp_path, tree(""), tree("")) == (True, True)
    assert both(tmp_path, tree(""), tree(leaf("x", 0))) == (True, False)


def test_what_no_document_satisfies_does_not_count(tmp_path: Path) -> None:
    """A branch whose element would have to contain itself for ever is no branch at all."""
    endless = '<xs:complexType name="T"><xs:sequence><xs:element name="n" type="T"/></xs:sequence></xs:complexType>'
    old = endless + element(one(A, leaf("x", 1, 1, "T")))
    assert both(tmp_path, old, element(one(A))) == (True, True)


def test_mixed_content(tmp_path: Path) -> None:
    plain, mixed = (
        element(seq(leaf("a", 0))),
        element(seq(leaf("a", 0))).replace("<xs:complexType>", '<xs:complexType mixed="true">'),
    )
    assert both(tmp_path, plain, mixed) == (True, False)
    text = '<xs:element name="r" type="xs:int"/>'
    assert both(tmp_path, text, mixed) == (True, False)
    assert both(tmp_path, text, plain) == (False, False)


def test_overlapping_wildcards_are_not_chosen_among(tmp_path: Path) -> None:
    """XSD forbids them; libxml2 does not notice, and takes one or the other."""
    skipped = ANY.format("##other", "skip")
    old, new = element(one(skipped)), element(one(skipped, ANY.format("##any", "strict")))
    assert pair(tmp_path, old, new).included("old").holds is not True


def test_an_ambiguous_model_is_never_called_compatible_for_sure(tmp_path: Path) -> None:
    """Two types of one name in one model: XSD forbids it, libxml2 does not notice."""
    old = element(one(leaf("a", 1, 1, "xs:int"), seq(leaf("b"), leaf("a", 1, 1, "xs:date"))))
    new = old.replace("xs:date", "xs:time")
    compared = pair(tmp_path, schema(old), schema(new))
    assert compared.included("old").holds is not True
    assert pair(tmp_path, schema(old), schema(old)).included("old").holds is True
