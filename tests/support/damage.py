"""Damage to the bytes of a document, for what no change of its parts can make."""

from __future__ import annotations

from typing import Any

from hypothesis import strategies as st


def damaged(draw: Any, body: bytes) -> bytes:
    """Now and then, the body with a byte changed, left out or put in, or cut off."""
    if not body or draw(st.integers(0, 7)):
        return body
    place = draw(st.integers(0, len(body) - 1))
    how = draw(st.sampled_from(["change", "leave out", "put in", "cut off", "twice"]))
    byte = draw(st.sampled_from([bytes([each]) for each in b"\x00\t \"'<>&;{}[],:=%+019aZ\x7f\xc3\xff"]))
    if how == "cut off":
        return body[:place]
    if how == "twice":
        return body + body[place:]
    rest = body[place if how == "put in" else place + 1 :]
    return body[:place] + (b"" if how == "leave out" else byte) + rest
