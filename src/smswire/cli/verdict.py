"""What becomes of a file that is held to the known documents."""

from __future__ import annotations

from attrs import frozen

from smswire.documents import Violation


@frozen(kw_only=True)
class Verdict:
    """What a file is. Without a match, `violations` are those of the closest document, if one is close at all.

    `text_form` is the form without markup that it has, None for XML, JSON and forms.
    """

    file: str
    matches: tuple[str, ...] = ()
    closest: str | None = None
    text_form: str | None = None
    violations: tuple[Violation, ...] = ()
