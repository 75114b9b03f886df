"""A schema as a formula over JSON values: connectives, and assertions that each concern values of one type.

An assertion about a type holds for values of every other type. Nodes that say the same are one object, of whichever
schema they come: `Universe` makes them, simplified.
"""

from __future__ import annotations

from decimal import Decimal
from typing import ClassVar, TypeAlias

from attrs import define, field

from smswire.diff.json.dialects import Dialect
from smswire.diff.json.values import Json, Key

Mask: TypeAlias = int
"""A set of JSON types, the numbers told apart by how they are written: 1, 1.0, 1.5."""

NULL, BOOLEAN, INTEGER, WHOLE, FRACTION, STRING, ARRAY, OBJECT = (1 << each for each in range(8))
NUMBER = INTEGER | WHOLE | FRACTION
ALL: Mask = (1 << 8) - 1
TYPES = (NULL, BOOLEAN, INTEGER, WHOLE, FRACTION, STRING, ARRAY, OBJECT)


@define(eq=False)
class Node:
    """A set of JSON values. Nodes are compared by identity and ordered by `serial`."""

    concerns: ClassVar[Mask] = ALL
    """The types that a node of this class says something about; it holds for values of all others."""

    serial: int = field(init=False, default=-1, repr=False)
    applies: Mask = field(init=False, default=ALL, repr=False)
    """The types that this node says something about."""
    may: Mask = field(init=False, default=ALL, repr=False)
    """Types of which the node may hold for some value."""
    must: Mask = field(init=False, default=0, repr=False)
    """Types of which the node holds for every value."""


@define(eq=False)
class Anything(Node):
    """Every value."""


@define(eq=False)
class Nothing(Node):
    """No value."""


@define(eq=False)
class Both(Node):
    """What all parts hold for."""

    parts: tuple[Node, ...]


@define(eq=False)
class Either(Node):
    """What some part holds for."""

    parts: tuple[Node, ...]


@define(eq=False)
class Single(Node):
    """What exactly one part holds for."""

    parts: tuple[Node, ...]


@define(eq=False)
class Not(Node):
    part: Node


@define(eq=False)
class Loop(Node):
    """A schema that refers to itself, perhaps through others; equal ones are one."""

    name: str
    target: Node | None = field(default=None, repr=False)


@define(eq=False)
class OfType(Node):
    mask: Mask


@define(eq=False)
class OneOfValues(Node):
    values: dict[Key, Json]


@define(eq=False)
class Unknown(Node):
    """Something that is not understood, the same wherever it has the same words."""

    why: str
    words: Key


@define(eq=False)
class Untold(Unknown):
    """What texts are said to be and no validator tells: the same, or as good as any other set of texts."""

    concerns: ClassVar[Mask] = STRING


@define(eq=False)
class Low(Node):
    concerns: ClassVar[Mask] = NUMBER
    value: int | Decimal
    exclusive: bool


@define(eq=False)
class High(Node):
    concerns: ClassVar[Mask] = NUMBER
    value: int | Decimal
    exclusive: bool


@define(eq=False)
class Multiple(Node):
    concerns: ClassVar[Mask] = NUMBER
    of: int | Decimal


@define(eq=False)
class AtLeast(Node):
    """A number of characters, items or properties, by `what`: STRING, ARRAY or OBJECT."""

    what: Mask
    count: int


@define(eq=False)
class AtMost(Node):
    what: Mask
    count: int


@define(eq=False)
class Matches(Node):
    concerns: ClassVar[Mask] = STRING
    pattern: str


@define(eq=False)
class Format(Node):
    """A text of a format, as the validators of a draft assert it."""

    concerns: ClassVar[Mask] = STRING
    name: str
    dialect: Dialect


@define(eq=False)
class Content(Node):
    """A text that is encoded or of a media type, as validators of drafts 06 and 07 assert it."""

    concerns: ClassVar[Mask] = STRING
    encoding: str
    media_type: str


@define(eq=False)
class Item(Node):
    """The item at an index, where there is one."""

    concerns: ClassVar[Mask] = ARRAY
    index: int
    part: Node


@define(eq=False)
class Rest(Node):
    """Every item from an index on."""

    concerns: ClassVar[Mask] = ARRAY
    start: int
    part: Node


@define(eq=False)
class Contains(Node):
    """At least so many items."""

    concerns: ClassVar[Mask] = ARRAY
    part: Node
    least: int


@define(eq=False)
class ContainsAtMost(Node):
    concerns: ClassVar[Mask] = ARRAY
    part: Node
    most: int


@define(eq=False)
class Unique(Node):
    concerns: ClassVar[Mask] = ARRAY


@define(eq=False)
class Has(Node):
    """A property of a name."""

    concerns: ClassVar[Mask] = OBJECT
    name: str


@define(eq=False)
class Property(Node):
    """The value of a property, where there is one."""

    concerns: ClassVar[Mask] = OBJECT
    name: str
    part: Node


@define(eq=False)
class Matching(Node):
    """The values of all properties whose name matches."""

    concerns: ClassVar[Mask] = OBJECT
    pattern: str
    part: Node


@define(eq=False)
class Others(Node):
    """The values of all properties that are neither among the names nor match a pattern."""

    concerns: ClassVar[Mask] = OBJECT
    names: frozenset[str]
    patterns: tuple[str, ...]
    part: Node


@define(eq=False)
class Names(Node):
    """The names of all properties, as strings."""

    concerns: ClassVar[Mask] = OBJECT
    part: Node
