"""Components of a schema: declarations, types, particles and wildcards, as XSD 1.0 (part 1, chapter 3) has them.

What a component refers to is looked up when it is first asked for, so that recursion needs no special case.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Generic, Literal, TypeAlias, TypeVar

from attrs import Factory, define, field, frozen

from smswire.diff.model import Place
from smswire.diff.xsd.names import Name, Node
from smswire.diff.xsd.namespaces import Namespaces
from smswire.diff.xsd.simple.atoms import Alternatives

T = TypeVar("T")

Process: TypeAlias = Literal["strict", "lax", "skip"]
Method: TypeAlias = Literal["restriction", "extension", "substitution"]
Compositor: TypeAlias = Literal["sequence", "choice", "all"]


class Lazy(Generic[T]):
    """A value that is made when it is first asked for."""

    __slots__ = ("_made", "_make")

    def __init__(self, make: Callable[[], T]) -> None:
        self._make: Callable[[], T] | None = make
        self._made: list[T] = []

    def __call__(self) -> T:
        if self._make is not None:
            self._made.append(self._make())
            self._make = None
        return self._made[0]


@define(eq=False)
class SimpleType:
    name: Name | None
    place: Place
    alternatives: Alternatives
    node: Node | None = None


@frozen(eq=False)
class Wildcard:
    """Any element, or any attribute, of some namespaces."""

    namespaces: Namespaces
    process: Process
    place: Place

    @property
    def key(self) -> tuple[Namespaces, Process]:
        return self.namespaces, self.process


@frozen
class Constraint:
    """An identity constraint; its paths have names in braces notation."""

    kind: str
    selector: str
    fields: tuple[str, ...]
    refers: Name | None
    name: str = field(eq=False)
    place: Place = field(eq=False)


@define(eq=False)
class Element:
    """An element declaration."""

    name: Name
    place: Place
    lazy_type: Lazy[Type]
    node: Node | None = None
    is_global: bool = False
    nillable: bool = False
    abstract: bool = False
    default: str | None = None
    fixed: str | None = None
    block: frozenset[Method] = frozenset()
    constraints: tuple[Constraint, ...] = ()
    heads: tuple[Name, ...] = ()
    opaque: frozenset[str] = frozenset()
    """What a later version of XSD adds, as it is written."""

    @property
    def type(self) -> Type:
        return self.lazy_type()


@frozen(eq=False)
class Leaf:
    """An element or a wildcard in a content model; `high` None is unbounded."""

    term: Element | Wildcard
    low: int
    high: int | None
    place: Place


def _size(group: Group) -> int:
    return sum(each.size if isinstance(each, Group) else 1 for each in group.parts)


@frozen(eq=False)
class Group:
    kind: Compositor
    parts: tuple[Particle, ...]
    low: int
    high: int | None
    place: Place
    size: int = field(init=False, default=Factory(_size, takes_self=True))
    """How many elements and wildcards are written in it, those of groups within groups among them."""


Particle: TypeAlias = Leaf | Group


@define(eq=False)
class Attribute:
    """An attribute as a type uses it."""

    name: Name
    place: Place
    lazy_type: Lazy[SimpleType]
    required: bool = False
    prohibited: bool = False
    default: str | None = None
    fixed: str | None = None
    node: Node | None = None

    @property
    def type(self) -> SimpleType:
        return self.lazy_type()


@frozen(eq=False)
class Attributes:
    """`uses` has the prohibited ones, too."""

    uses: dict[Name, Attribute]
    wildcard: Wildcard | None = None

    def allowed(self) -> Iterator[Attribute]:
        return (each for each in self.uses.values() if not each.prohibited)


@frozen(eq=False)
class Content:
    """What stands between the tags: a simple value, or particles with or without text among them."""

    simple: SimpleType | None = None
    particle: Particle | None = None
    mixed: bool = False


@define(eq=False)
class ComplexType:
    name: Name | None
    place: Place
    lazy_base: Lazy[Type | None]
    lazy_content: Lazy[Content]
    lazy_attributes: Lazy[Attributes]
    method: Method = "restriction"
    abstract: bool = False
    block: frozenset[Method] = frozenset()
    node: Node | None = None
    opaque: frozenset[str] = frozenset()
    """What a later version of XSD adds, as it is written."""

    @property
    def base(self) -> Type | None:
        return self.lazy_base()

    @property
    def content(self) -> Content:
        return self.lazy_content()

    @property
    def attributes(self) -> Attributes:
        return self.lazy_attributes()


Type: TypeAlias = SimpleType | ComplexType

Term: TypeAlias = Element | Wildcard


def leaves(particle: Particle | None) -> Iterator[Leaf]:
    """The elements and wildcards of a content model, in their order, whatever their counts."""
    pending = [particle] if particle is not None else []
    while pending:
        each = pending.pop()
        if isinstance(each, Leaf):
            yield each
        else:
            pending.extend(reversed(each.parts))


def ur_type(process: Process, place: Place) -> ComplexType:
    """The type that takes anything: xs:anyType when `process` is lax, and what is skipped when it is skip."""
    anything = Wildcard(Namespaces(frozenset(), negated=True), process, place)
    content = Content(particle=Leaf(anything, 0, None, place), mixed=True)
    attributes = Attributes({}, anything)
    return ComplexType(None, place, Lazy(lambda: None), Lazy(lambda: content), Lazy(lambda: attributes))
