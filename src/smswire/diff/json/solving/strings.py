"""Strings that satisfy assertions: by automata, and where those cannot tell, by trying texts on the real engines."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from itertools import chain, product

from attrs import define, field

from smswire.diff import patterns
from smswire.diff.json import engines, nodes
from smswire.diff.json.evaluation import holds
from smswire.diff.json.solving import formats
from smswire.diff.json.solving.literals import Literals
from smswire.diff.json.solving.outcomes import EMPTY, Outcome, found, unsure, unwritten
from smswire.diff.json.solving.support import Search
from smswire.diff.patterns import Pattern, Undecidable

_WORDS = 6
_MET = 20
_LONG = 1_000_000
_LETTERS = "abcdefghijklmnopqrstuvwxyz"


@define
class _Text:
    """What a goal says of a string."""

    low: int = 0
    high: int | None = None
    inside: list[str] = field(factory=list[str])
    outside: list[str] = field(factory=list[str])
    formats: list[str] = field(factory=list[str])
    other_formats: list[str] = field(factory=list[str])


def solve(search: Search, literals: Literals) -> Outcome:
    """A string that satisfies all assertions, a short one."""
    text = _read(literals)
    if text.high is not None and text.low > text.high:
        return EMPTY
    if any(formats.IMPLIED.get(each, frozenset()) & set(text.other_formats) for each in text.formats):
        return EMPTY
    if set(text.formats) & set(text.other_formats) and _later_holds(literals):
        return EMPTY
    if text.low > _LONG:
        return unwritten() if _is_free(text) else unsure("a text would have to be too long to be tried")
    excluded = {each for each in literals.excluded.values() if isinstance(each, str)}
    shapes = [formats.SHAPES[each] for each in text.formats if each in formats.SHAPES]
    first: str | None = None
    problem = ""
    try:
        first = _word(search, text, [*text.inside, *shapes], excluded)
    except Undecidable as error:
        problem = str(error)
    if first is None and (not problem or _readable_are_empty(search, text, shapes, excluded)):
        return EMPTY
    tried = chain([] if first is None else [first], _texts(search, text, shapes, excluded))
    fitting = next((each for each in tried if _fits(literals, each, excluded)), None)
    return found(fitting) if fitting is not None else unsure(problem or _unknown(text))


def _later_holds(literals: Literals) -> bool:
    """Whether a text must be of a format as a later draft has it, which is stricter, and not as an earlier one does."""
    later, earlier = (
        {each.name: each.dialect for each in asked if isinstance(each, nodes.Format)}
        for asked in (literals.holding, literals.failing)
    )
    return any(name in earlier and dialect > earlier[name] for name, dialect in later.items())


def _is_free(text: _Text) -> bool:
    """Whether nothing but its length is said of a text."""
    return not (text.inside or text.outside or text.formats or text.other_formats)


def _unknown(text: _Text) -> str:
    """Why no text may have been found where automata have one."""
    names = sorted({*text.formats, *text.other_formats})
    if names:
        return f"no text is known that tells what format {' and '.join(names)} takes beside the rest"
    return "pattern engines read a pattern differently, or content is encoded"


def _read(literals: Literals) -> _Text:
    text = _Text()
    for each in literals.holding:
        if isinstance(each, nodes.AtLeast):
            text.low = max(text.low, each.count)
        elif isinstance(each, nodes.AtMost):
            text.high = each.count if text.high is None else min(text.high, each.count)
        elif isinstance(each, nodes.Matches):
            text.inside.append(each.pattern)
        elif isinstance(each, nodes.Format):
            text.formats.append(each.name)
    text.outside += [each.pattern for each in literals.failing if isinstance(each, nodes.Matches)]
    text.other_formats += [each.name for each in literals.failing if isinstance(each, nodes.Format)]
    return text


def _word(search: Search, text: _Text, inside: Collection[str], excluded: Collection[str]) -> str | None:
    """The shortest string by lengths and patterns alone, None when there is none, however patterns are read.

    Raises `Undecidable`.
    """
    wanted, unwanted = ([Pattern(each, "json") for each in sources] for sources in (inside, text.outside))
    word = _word_of(search, text, wanted, unwanted, excluded)
    if word is None and any(engines.is_read_otherwise(each) for each in (*inside, *text.outside)):
        word = _word_of(search, text, _widely(wanted), _widely(unwanted), excluded)
    return word


def _widely(read: Iterable[Pattern]) -> list[Pattern]:
    return [Pattern(each.source, "wide") if engines.is_read_otherwise(each.source) else each for each in read]


def _word_of(
    search: Search, text: _Text, wanted: list[Pattern], unwanted: list[Pattern], excluded: Collection[str]
) -> str | None:
    if not wanted and not unwanted:
        return next((each for each in _plain(text.low, text.high) if each not in excluded), None)

    def found(words: Collection[str]) -> str | None:
        lengths = (text.low, text.high)
        return patterns.find(wanted, without=unwanted, lengths=lengths, excluded=words, deadline=search.until)

    met: set[str] = set()
    for _ in range(_MET):
        word = found(met)
        if word is None or word not in excluded:
            return word
        # few of what is excluded come up, and each costs
        met.add(word)
    return found(excluded)


def _plain(low: int, high: int | None) -> Iterator[str]:
    """Strings of a length, more than any schema excludes."""
    most = max(low, 1) + 3
    for length in range(max(low, 1), most if high is None else min(high, most) + 1):
        for letters in product(_LETTERS, repeat=min(length, 3)):
            yield "a" * (length - 3) + "".join(letters)
        if not low and length < 2:
            yield ""
    if high == 0:
        yield ""
    else:
        yield from (chr(code) * max(low, 1) for code in range(0x4E00, 0x9000))


def _readable_are_empty(search: Search, text: _Text, shapes: list[str], excluded: Collection[str]) -> bool:
    """Whether what can be decided rules every string out already."""
    inside = [each for each in (*text.inside, *shapes) if _readable(each)]
    outside = [each for each in text.outside if _readable(each)]
    if len(inside) + len(outside) == len(text.inside) + len(text.outside) + len(shapes):
        return False
    try:
        return _word(search, _Text(text.low, text.high, outside=outside), inside, excluded) is None
    except Undecidable:
        return False


def _readable(pattern: str) -> bool:
    return patterns.unsupported(Pattern(pattern, "json")) is None


def _texts(search: Search, text: _Text, shapes: list[str], excluded: Collection[str]) -> Iterator[str]:
    """Strings that may do."""
    for name in text.formats:
        yield from formats.TEXTS.get(name, ())
    yield from search.samples
    seen = set(excluded)
    chosen = [each for each in (*text.inside, *shapes) if _readable(each)]
    for inside in (chosen, *([each] for each in chosen if len(chosen) > 1)):
        for _ in range(_WORDS):
            try:
                word = _word(search, _Text(text.low, text.high), inside, seen)
            except Undecidable:
                break
            if word is None:
                break
            seen.add(word)
            yield word
    for each in formats.ODD:
        yield each
        yield each.ljust(text.low, "a")
    yield from (f"{each}{'a' * text.low}" for name in text.formats for each in formats.TEXTS.get(name, ()))


def _fits(literals: Literals, text: str, excluded: set[str]) -> bool:
    return (
        text not in excluded
        and all(holds(each, text) is True for each in literals.holding)
        and all(holds(each, text) is False for each in literals.failing)
    )
