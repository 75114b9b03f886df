"""Whether two types are taken for the same, by what they look like."""

from __future__ import annotations

from smswire.diff.xsd.components import ComplexType, Element, SimpleType, Type, leaves


def same_type(old: Type, new: Type) -> bool:
    """Whether two types are likely the same: simple ones of one set of values, complex ones by names or children."""
    if isinstance(old, SimpleType) and isinstance(new, SimpleType):
        return old.alternatives == new.alternatives
    if isinstance(old, ComplexType) and isinstance(new, ComplexType):
        if old.name is not None and new.name is not None:
            return old.name[1] == new.name[1]
        return _children(old) == _children(new)
    return False


def _children(kind: ComplexType) -> list[str]:
    found = [each.term.name[1] for each in leaves(kind.content.particle) if isinstance(each.term, Element)]
    return found + sorted(each.name[1] for each in kind.attributes.allowed())
