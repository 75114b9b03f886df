from __future__ import annotations

import pytest

from smswire.sandbox.text import count_parts


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("", 1),
        ("a" * 160, 1),
        ("a" * 161, 2),
        ("a" * 306, 2),
        ("a" * 307, 3),
        ("Привет", 1),
        ("я" * 70, 1),
        ("я" * 71, 2),
        ("я" * 134, 2),
        ("я" * 135, 3),
        # a character of the extension takes two septets
        ("€" * 80, 1),
        ("€" * 81, 2),
        ("a" * 159 + "^", 2),
        # and does not stand with one in each of two parts: the first ends one septet short
        ("a" * 152 + "€" + "a" * 151, 2),
        ("a" * 152 + "€" + "a" * 152, 3),
        # nor does a pair of surrogates
        ("😀" * 35, 1),
        ("😀" * 36, 2),
        ("😀" * 66, 2),
        ("😀" * 67, 3),
        # what is not in GSM-7 makes the whole text UCS-2
        ("a" * 70 + "ё", 2),
        ("@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ" * 5, 1),
        ("ç" * 71, 2),
    ],
)
def test_parts(text: str, parts: int) -> None:
    assert count_parts(text) == parts
