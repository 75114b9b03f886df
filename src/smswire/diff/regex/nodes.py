"""What a regular expression is made of, whatever its dialect."""

from __future__ import annotations

from typing import Literal, TypeAlias

from attrs import frozen

from smswire.diff.regex.charset import Charset

Dialect: TypeAlias = Literal["json", "wide", "xsd"]
"""ECMA 262's dialect, the same with `\\w`, `\\d` and `\\s` of all of Unicode, and XSD's."""


class Unsupported(Exception):
    """An expression that is none of its dialect, or needs more than a finite automaton; the text says what."""


@frozen
class Chars:
    """One character of a set."""

    charset: Charset


@frozen
class Sequence:
    parts: tuple[Node, ...] = ()


@frozen
class Choice:
    branches: tuple[Node, ...]


@frozen
class Repeat:
    body: Node
    low: int
    high: int | None


@frozen
class Anchor:
    """`^` or `$` of ECMA 262. In XSD both are ordinary characters."""

    end: bool


@frozen
class Lookahead:
    """What comes next is, or is not, in `body`; nothing is taken."""

    body: Node
    positive: bool


@frozen
class Lookbehind:
    """What came before ends, or does not end, in `body`."""

    body: Node
    positive: bool


Node: TypeAlias = Chars | Sequence | Choice | Repeat | Anchor | Lookahead | Lookbehind
