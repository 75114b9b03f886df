"""Reading of regular expressions: XSD's dialect, and ECMA 262's as JSON Schema uses it."""

from __future__ import annotations

from functools import lru_cache

from smswire.diff.regex import charset
from smswire.diff.regex.classes import Reader
from smswire.diff.regex.nodes import (
    Anchor,
    Chars,
    Choice,
    Dialect,
    Lookahead,
    Lookbehind,
    Node,
    Repeat,
    Sequence,
    Unsupported,
)


@lru_cache(maxsize=2048)
def parse(source: str, dialect: Dialect) -> Node:
    """Read an expression. Raises `Unsupported`."""
    parser = _Parser(source, dialect)
    node = parser.choice()
    if parser.rest:
        raise Unsupported("a bracket closes that was not opened")
    return node


class _Parser(Reader):
    """Recursive descent over one expression."""

    def choice(self) -> Node:
        branches = [self.sequence()]
        while self.take("|"):
            branches.append(self.sequence())
        return branches[0] if len(branches) == 1 else Choice(tuple(branches))

    def sequence(self) -> Node:
        parts: list[Node] = []
        while self.rest and not self.peek("|") and not self.peek(")"):
            parts.append(self.quantified(self.atom()))
        return parts[0] if len(parts) == 1 else Sequence(tuple(parts))

    def quantified(self, body: Node) -> Node:
        if not (count := self.count()):
            return body
        if not self.xsd:
            self.take("?")  # a lazy quantifier matches the same strings
            if isinstance(body, Anchor | Lookahead | Lookbehind):
                raise Unsupported("an assertion is repeated")
        low, high = count
        if high is not None and high < low:
            raise Unsupported("the bounds of a quantifier are in the wrong order")
        if self.count():
            raise Unsupported("a quantifier is quantified")
        return Repeat(body, low, high)

    def count(self) -> tuple[int, int | None] | None:
        """The quantifier that comes next, if any."""
        for mark, bounds in (("*", (0, None)), ("+", (1, None)), ("?", (0, 1))):
            if self.take(mark):
                return bounds
        if not self.peek("{"):
            return None
        low, comma, high = self.source[self.at + 1 :].partition("}")[0].partition(",")
        if not _number(low) or not (_number(high) or not high) or "}" not in self.source[self.at :]:
            # ECMA 262 has no {,2}, and engines that do not take it for itself take it for {0,2}
            if self.xsd or (comma and not low and _number(high)):
                raise Unsupported("a quantifier in braces is not understood")
            return None  # ECMA 262 takes such a brace for itself
        self.at = self.source.index("}", self.at) + 1
        return int(low), int(high) if high else (None if comma else int(low))

    def atom(self) -> Node:
        each = self.next()
        if each == "(":
            return self.group()
        if each == "[":
            return Chars(self.members())
        if each == ".":
            ends = charset.characters("\n\r") if self.xsd else charset.LINE_ENDS
            return Chars(charset.complement(ends))
        if each == "\\":
            return Chars(self.escape())
        if each in "^$" and not self.xsd:
            return Anchor(each == "$")
        if each in "*+?" or (self.xsd and each in "{}]"):
            raise Unsupported(f"{each} stands where nothing can be repeated")
        return Chars(charset.characters(each))

    def group(self) -> Node:
        kind = next((each for each in _GROUPS if self.take(each)), "")
        if self.peek("?"):
            if self.xsd or not self.peek("?<") or ">" not in self.source[self.at :]:
                raise Unsupported("a flag, or a group of a kind that is not known")
            self.at = self.source.index(">", self.at) + 1  # a name, which matters to nothing
        elif kind and self.xsd:
            raise Unsupported("a group begins with ?")
        body = self.choice()
        if not self.take(")"):
            raise Unsupported("a bracket is not closed")
        if kind in ("?=", "?!"):
            return Lookahead(body, positive=kind == "?=")
        return Lookbehind(body, positive=kind == "?<=") if kind in ("?<=", "?<!") else body


_GROUPS = ("?:", "?=", "?!", "?<=", "?<!")


def _number(text: str) -> bool:
    return text.isascii() and text.isdigit() and len(text) < 10
