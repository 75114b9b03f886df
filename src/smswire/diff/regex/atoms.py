"""The characters of an alphabet that no expression of a question tells apart, as one atom each."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable

from smswire.diff.regex import charset
from smswire.diff.regex.charset import Charset

_END = (0x110001, 0x110001)
_NICE: Charset = charset.of((32, 32), (48, 57), (65, 90), (97, 122))


class Atoms:
    """An alphabet divided by some sets of characters. A set of atoms is the bits of an integer."""

    def __init__(self, wanted: Iterable[Charset], alphabet: Charset) -> None:
        sets = sorted(wanted)
        starts = sorted({edge for each in (*sets, alphabet, _NICE) for low, high in each for edge in (low, high + 1)})
        belongs: dict[int, int] = dict.fromkeys(starts, 0)
        for bit, each in enumerate((*sets, alphabet)):
            intervals = iter(each)
            low, high = next(intervals, _END)
            for start in starts:
                while start > high:
                    low, high = next(intervals, _END)
                if low <= start:
                    belongs[start] |= 1 << bit
        atoms: dict[int, int] = {}
        for start in sorted(starts, key=_ugliness):
            if belongs[start] >> len(sets) & 1:
                atoms.setdefault(belongs[start], start)
        self.masks: dict[Charset, int] = {
            each: sum(1 << index for index, inside in enumerate(atoms) if inside >> bit & 1)
            for bit, each in enumerate(sets)
        }
        """The atoms of each set."""
        numbers = {belonging: index for index, belonging in enumerate(atoms)}
        self._starts = starts
        self._atoms = [1 << numbers[belongs[start]] if belongs[start] in numbers else 0 for start in starts]
        self.samples = list(atoms.values())
        """One code point of each atom, the one that is nicest to read."""

    def of(self, character: str) -> int:
        """The atom of a character, 0 when it is not in the alphabet."""
        index = bisect_right(self._starts, ord(character)) - 1
        return self._atoms[index] if index >= 0 else 0


def _ugliness(code: int) -> tuple[int, int]:
    """Letters and digits before other signs, and both before what cannot be seen."""
    each = chr(code) if code < 0x110000 else "\0"
    if each.isascii() and each.isalnum():
        return (1 if each.islower() else 2 if each.isdigit() else 3), code
    return (4 if each.isalnum() else 5 if each.isprintable() else 6), code
