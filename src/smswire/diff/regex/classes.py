"""Characters, escapes and classes in brackets, as both dialects write them."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache

from smswire.diff.regex import charset
from smswire.diff.regex.charset import Charset
from smswire.diff.regex.nodes import Dialect, Unsupported

_SINGLE = {"n": "\n", "r": "\r", "t": "\t"}
_ECMA_SINGLE = {**_SINGLE, "f": "\f", "v": "\v"}
_LONG_CATEGORIES = {
    "Letter": "L",
    "Lowercase_Letter": "Ll",
    "Uppercase_Letter": "Lu",
    "Mark": "M",
    "Number": "N",
    "Decimal_Number": "Nd",
    "Punctuation": "P",
    "Symbol": "S",
    "Separator": "Z",
    "Space_Separator": "Zs",
    "Other": "C",
    "Control": "Cc",
    "punct": "P",
    "digit": "Nd",
    "cntrl": "Cc",
}


class Reader:
    """A place in an expression, and what reads characters from there; `at` is the next one's index."""

    def __init__(self, source: str, dialect: Dialect) -> None:
        self.source = source
        self.xsd = dialect == "xsd"
        self.wide = dialect == "wide"
        self.at = 0

    @property
    def rest(self) -> bool:
        return self.at < len(self.source)

    def peek(self, expected: str) -> bool:
        return self.source.startswith(expected, self.at)

    def take(self, expected: str) -> bool:
        """Pass over a text if it is what comes next."""
        if found := self.peek(expected):
            self.at += len(expected)
        return found

    def next(self) -> str:
        if not self.rest:
            raise Unsupported("it ends too early")
        self.at += 1
        return self.source[self.at - 1]

    def escape(self, *, inside: bool = False) -> Charset:
        """The set that an escape stands for, after its backslash."""
        each = self.next()
        if found := self.shorthand(each):
            return found
        if each in "pP":
            named = self.named_property()
            return charset.complement(named) if each == "P" else named
        if self.xsd:
            if each in _SINGLE:
                return charset.characters(_SINGLE[each])
        elif (code := self.ecma(each, inside=inside)) is not None:
            return ((code, code),)
        # validators take \< and \> for where a word begins and ends
        if each.isalnum() or (each in "<>" and not self.xsd):
            raise Unsupported(f"the escape \\{each}")
        return charset.characters(each)

    def shorthand(self, each: str) -> Charset | None:
        """`\\d` and its kin. What is written large is the complement."""
        if self.xsd:
            kinds: dict[str, Callable[[], Charset]] = {
                "d": lambda: charset.category("Nd") or (),
                "w": _xsd_word,
                "s": lambda: charset.XML_SPACES,
                "i": lambda: charset.NAME_START,
                "c": lambda: charset.NAME,
            }
        elif self.wide:
            kinds = {
                "d": lambda: charset.category("Nd") or (),
                "w": charset.wide_word,
                "s": lambda: charset.WIDE_SPACES,
            }
        else:
            kinds = {"d": lambda: charset.DIGITS, "w": lambda: charset.WORD, "s": lambda: charset.SPACES}
        if each.lower() not in kinds:
            return None
        found = kinds[each.lower()]()
        return charset.complement(found) if each.isupper() else found

    def named_property(self) -> Charset:
        if not self.take("{"):
            raise Unsupported("a property without braces")
        name, closed, _ = self.source[self.at :].partition("}")
        self.at += len(name) + 1
        bare = name.removeprefix("General_Category=").removeprefix("gc=")
        found: Charset | None
        if name.startswith("Is") and self.xsd:
            found = charset.block(name[2:])
        elif name == "Any" and not self.xsd:
            found = charset.JSON_CHARACTERS
        elif name == "ASCII" and not self.xsd:
            found = ((0, 127),)
        else:
            found = charset.category(bare if self.xsd else _LONG_CATEGORIES.get(bare, bare))
        if not closed or found is None:
            raise Unsupported(f"the property {name}")
        return found

    def ecma(self, each: str, *, inside: bool) -> int | None:
        """The code point that an escape of ECMA 262 stands for, None where it is of another kind."""
        if each in _ECMA_SINGLE:
            return ord(_ECMA_SINGLE[each])
        if each == "b" and inside:
            return 8
        if each == "0" and not self.source[self.at : self.at + 1].isdigit():
            return 0
        if each == "x":
            return self.hexadecimal(2)
        if each == "c" and self.source[self.at : self.at + 1].isalpha():
            return ord(self.next()) % 32
        if each != "u":
            return None
        if self.take("{"):
            digits = self.source[self.at :].partition("}")[0]
            code = self.hexadecimal(len(digits))
            self.at += 1
            return code
        code = self.hexadecimal(4)
        if 0xD800 <= code < 0xDC00 and self.take("\\u"):
            return 0x10000 + (code - 0xD800) * 0x400 + self.hexadecimal(4) - 0xDC00
        if 0xD800 <= code < 0xE000:
            raise Unsupported("half of a surrogate pair")
        return code

    def hexadecimal(self, length: int) -> int:
        digits = self.source[self.at : self.at + length]
        self.at += length
        try:
            code = int(digits, 16)
        except ValueError:
            code = -1
        if len(digits) < length or not 0 <= code <= 0x10FFFF:
            raise Unsupported("an escape of hexadecimal digits")
        return code

    def members(self) -> Charset:
        """A class in brackets, after its opening one."""
        negative = self.take("^")
        found: Charset = ()
        first = True
        if self.peek("]") and not self.xsd:
            raise Unsupported("a class that begins with its closing bracket")
        while not self.take("]"):
            if self.xsd and self.peek("-["):
                self.at += 2
                without = self.members()
                if not self.take("]"):
                    raise Unsupported("something follows a class that is subtracted")
                kept = charset.complement(found) if negative else found
                return charset.difference(kept, without)
            if self.xsd and self.peek("["):
                raise Unsupported("an opening bracket within a class")
            found = charset.union(found, self.range())
            first = False
        if first and self.xsd:
            raise Unsupported("an empty class")
        return charset.complement(found) if negative else found

    def range(self) -> Charset:
        """One member of a class: a character, an escape or a range of characters."""
        low = self.member()
        last = self.source[self.at + 1 : self.at + 2]
        if not self.peek("-") or last in ("]", "") or (self.xsd and last == "["):
            return low
        self.at += 1
        high = self.member()
        if _one(low) is None or _one(high) is None:
            if self.xsd:
                raise Unsupported("a range from or to a class")
            return charset.union(low, high, charset.characters("-"))
        if low[0][0] > high[0][0]:
            raise Unsupported("a range whose ends are in the wrong order")
        return ((low[0][0], high[0][0]),)

    def member(self) -> Charset:
        each = self.next()
        return self.escape(inside=True) if each == "\\" else charset.characters(each)


def _one(found: Charset) -> int | None:
    return found[0][0] if len(found) == 1 and found[0][0] == found[0][1] else None


@lru_cache(maxsize=1)
def _xsd_word() -> Charset:
    return charset.complement(charset.union(*(charset.category(each) or () for each in "PZC")))
