"""What is said of wildcards and of groups, in words."""

from __future__ import annotations

from pathlib import Path

import pytest

from diff.xsd.pieces import ANY, A, B, C, one, seq
from diff.xsd.schemas import element, full_changes, qualified

OTHER = ANY.replace("##any", "##other")


@pytest.mark.parametrize(
    ("old", "new", "was", "now"),
    [
        (seq(A, OTHER), seq(A, ANY), "any element of a namespace other than urn:t, {}", "any element, {}"),
        (
            seq(A, ANY.replace("##any", "##local urn:x")),
            seq(A, ANY.replace("lax", "skip")),
            "any element of no namespace or urn:x, {}",
            "any element, unchecked",
        ),
        (
            '<xs:anyAttribute namespace="##other"/>',
            '<xs:anyAttribute namespace="##targetNamespace"/>',
            "any declared attribute of a namespace other than urn:t",
            "any declared attribute of urn:t",
        ),
    ],
)
def test_wildcards_are_told_in_words(tmp_path: Path, old: str, new: str, was: str, now: str) -> None:
    [change] = full_changes(tmp_path, *(qualified(element(each)) for each in (old, new)))
    checked = "checked where known"
    assert (change.old, change.new) == (was.format(checked), now.format(checked))


@pytest.mark.parametrize(
    ("old", "new", "note"),
    [
        (one(A, B), seq(A, B), "xs:choice became xs:sequence"),
        (seq(C, one(A, B)), seq(C, A, B), "there is no xs:choice any more"),
        (seq(C, A, B), seq(C, one(A, B)), "there is xs:choice now"),
    ],
)
def test_a_choice_that_came_or_went_is_named(tmp_path: Path, old: str, new: str, note: str) -> None:
    [change] = full_changes(tmp_path, element(old), element(new))
    assert (change.rule, change.path, change.effect, change.note) == ("S504", "/r", "both", note)
