"""Fields that are found again within an element that stands in their place."""

from __future__ import annotations

from collections import deque
from collections.abc import Sequence

from smswire.diff.xsd.changes.fields import Field
from smswire.diff.xsd.changes.likeness import same_type
from smswire.diff.xsd.components import ComplexType, Element, leaves

_DEEPEST = 3
_MOST = 500


def within(wrapper: Field, wanted: Sequence[Field]) -> list[tuple[Field, Field]]:
    """Those of some elements that a wrapper has, of the same name and type, and each as it stands there."""
    found: dict[int, tuple[Field, Field]] = {}
    pending = deque([(wrapper, 1)])
    looked = 0
    while pending and not wrapper.together:
        outer, depth = pending.popleft()
        for each in leaves(outer.type.content.particle) if isinstance(outer.type, ComplexType) else ():
            looked += 1
            if looked > _MOST or not isinstance(each.term, Element) or each.high == 0:
                continue
            inner = Field(path=outer.document_path, declared=each.term, place=each.place, required=False, at=0)
            same = next((other for other in wanted if _same(other, inner) and id(other) not in found), None)
            if same is not None:
                found[id(same)] = (same, inner)
            elif depth < _DEEPEST:
                pending.append((inner, depth + 1))
    return list(found.values())


def _same(wanted: Field, inner: Field) -> bool:
    return not wanted.together and wanted.name == inner.name and same_type(wanted.type, inner.type)
