"""Random schemas, as trees of schema elements."""

from __future__ import annotations

from pathlib import Path
from random import Random
from tempfile import NamedTemporaryFile

from lxml import etree
from lxml.builder import ElementMaker

from smswire.diff.errors import ComparisonError
from smswire.diff.xsd.names import XS, Node
from smswire.diff.xsd.schema import load
from smswire.diff.xsd.sides import Side

E = ElementMaker(namespace=XS, nsmap={"xs": XS})

BUILTINS = [
    "string",
    "normalizedString",
    "token",
    "NMTOKEN",
    "NCName",
    "language",
    "anyURI",
    "boolean",
    "decimal",
    "integer",
    "int",
    "long",
    "short",
    "byte",
    "nonNegativeInteger",
    "positiveInteger",
    "unsignedByte",
    "double",
    "float",
    "date",
    "dateTime",
    "time",
    "gYear",
    "duration",
    "hexBinary",
    "base64Binary",
    "NMTOKENS",
    "anySimpleType",
]
TEXTS = {"string", "normalizedString", "token", "NMTOKEN", "NCName", "anyURI"}
NUMBERS = {
    "decimal",
    "integer",
    "int",
    "long",
    "short",
    "byte",
    "nonNegativeInteger",
    "positiveInteger",
    "unsignedByte",
}
PATTERNS = ["[a-z]+", "[a-c]{1,3}", "[0-9]{1,4}", r"\d+", "a|b|ab", "[A-Z][a-z]*", r"\w*", ".*", "[^a]*", "(a b)*"]
VALUES = ["a", "b", "ab", "abc", "1", "12", "01", "-5", "a b", "2024-01-31", "true", "1.5", "é", "x"]
COUNTS = ["0", "1", "1", "1", "2", "3", "unbounded", "40"]


class Generated:
    """One random schema."""

    def __init__(self, random: Random, *, namespace: bool | None = None) -> None:
        self.random = random
        self.simple: list[str] = []
        self.complex: list[str] = []
        self.elements: list[str] = []
        self.groups: list[str] = []
        self.attribute_groups: list[str] = []
        self.root = E.schema()
        if random.random() < 0.4 if namespace is None else namespace:
            self.root = etree.Element(f"{{{XS}}}schema", nsmap={"xs": XS, "t": "urn:t"})
            self.root.set("targetNamespace", "urn:t")
            if random.random() < 0.7:
                self.root.set("elementFormDefault", "qualified")
        self.prefix = "t:" if self.root.get("targetNamespace") else ""
        self._fill()

    def _fill(self) -> None:
        random = self.random
        self.elements = [f"e{each}" for each in range(random.randint(0, 3))]
        self.complex = [f"C{each}" for each in range(random.randint(1, 4))]
        for each in range(random.randint(0, 3)):
            node = self.simple_type()
            node.set("name", f"S{each}")
            self.root.append(node)
            self.simple.append(f"S{each}")
        for each in range(random.randint(0, 1)):
            node = E.attributeGroup(*self.attributes("g"), name=f"A{each}")
            self.root.append(node)
            self.attribute_groups.append(f"A{each}")
        for each in range(random.randint(0, 1)):
            node = E.group(self.model(2), name=f"G{each}")
            self.root.append(node)
            self.groups.append(f"G{each}")
        for at, name in enumerate(self.complex):
            node = self.complex_type(3, base=self.complex[at - 1] if at and random.random() < 0.4 else None)
            node.set("name", name)
            if random.random() < 0.08:
                node.set("abstract", "true")
            self.root.append(node)
        for at, name in enumerate(self.elements):
            node = E.element(name=name)
            if at and random.random() < 0.5:
                node.set("substitutionGroup", self.prefix + self.elements[0])
            else:
                self.typed(node, 2)
            self.root.append(node)
        members = list(self.root.iterchildren(f"{{{XS}}}element"))
        # libxml2 forgets what calls for an abstract element that nothing stands for
        if len(members) > 1 and members[1].get("substitutionGroup") and random.random() < 0.3:
            members[0].set("abstract", "true")
        self.root.append(self.typed(E.element(name="root"), 3))
        if random.random() < 0.1:
            for node in self.root.iter(f"{{{XS}}}complexType", f"{{{XS}}}element"):
                if node.getparent() is self.root and random.random() < 0.5:
                    node.set("block", random.choice(["restriction", "extension", "#all"]))
        if random.random() < 0.15:
            self.constrain()

    def constrain(self) -> None:
        """Have some of the root's children be told apart by an attribute, or by what they hold."""
        random = self.random
        name = random.choice(["a", "b", "c", "d"])
        prefix = self.prefix if self.root.get("elementFormDefault") else ""
        kind = getattr(E, random.choice(["unique", "key"]))
        field = random.choice(["@a0", "."])
        self.root[-1].append(kind(E.selector(xpath=f".//{prefix}{name}"), E.field(xpath=field), name="K"))

    def simple_type(self, depth: int = 2) -> Node:
        random = self.random
        kind = random.random()
        if depth and kind < 0.12:
            members = " ".join(
                random.choice(["xs:int", "xs:boolean", "xs:date", "xs:NCName"]) for _ in range(random.randint(1, 2))
            )
            return E.simpleType(E.union(self.simple_type(0), memberTypes=members))
        if depth and kind < 0.2:
            return E.simpleType(E.list(itemType="xs:" + random.choice(["int", "NMTOKEN", "boolean"])))
        base = (
            random.choice(BUILTINS) if random.random() < 0.5 else random.choice(["string", "token", "int", "decimal"])
        )
        step = E.restriction(base=f"xs:{base}")
        for each in self.facets(base):
            step.append(each)
        return E.simpleType(step)

    def facets(self, base: str) -> list[Node]:
        random = self.random
        found: list[Node] = []
        if random.random() < 0.35:
            values = random.sample(VALUES, random.randint(1, 3))
            return [E.enumeration(value=each) for each in values]
        if base in TEXTS:
            if random.random() < 0.4:
                found.append(E.minLength(value=str(random.randint(0, 3))))
            if random.random() < 0.4:
                found.append(E.maxLength(value=str(random.randint(3, 6))))
            if random.random() < 0.4:
                found.append(E.pattern(value=random.choice(PATTERNS)))
        if base in NUMBERS:
            if random.random() < 0.4:
                found.append(
                    getattr(E, random.choice(["minInclusive", "minExclusive"]))(value=str(random.randint(1, 5)))
                )
            if random.random() < 0.4:
                found.append(
                    getattr(E, random.choice(["maxInclusive", "maxExclusive"]))(value=str(random.randint(10, 120)))
                )
            if random.random() < 0.2:
                found.append(E.totalDigits(value=str(random.randint(2, 4))))
            if random.random() < 0.1:
                found.append(E.pattern(value=random.choice(["[0-9]+", "[1-9][0-9]*", "-?[0-9.]+"])))
        return found

    def type_name(self, *, simple: bool = False) -> str:
        random = self.random
        if self.simple and random.random() < 0.4:
            return self.prefix + random.choice(self.simple)
        if not simple and random.random() < 0.5:
            return self.prefix + random.choice(self.complex)
        return "xs:" + (random.choice(BUILTINS) if random.random() < 0.5 else "string")

    def typed(self, node: Node, depth: int) -> Node:
        random = self.random
        kind = random.random()
        if depth and kind < 0.3:
            node.append(self.complex_type(depth - 1))
        elif kind < 0.4:
            node.append(self.simple_type())
        elif kind < 0.95:
            node.set("type", self.type_name())
            if node.get("type") in ("xs:string", "xs:int") and random.random() < 0.15:
                node.set(random.choice(["default", "fixed"]), "1")
        if random.random() < 0.08:
            node.set("nillable", "true")
        return node

    def attributes(self, prefix: str = "a") -> list[Node]:
        random = self.random
        found: list[Node] = []
        for each in range(random.choice([0, 0, 1, 2, 3])):
            node = E.attribute(name=f"{prefix}{each}")
            if random.random() < 0.3:
                node.append(self.simple_type())
            else:
                node.set("type", self.type_name(simple=True))
            if random.random() < 0.4:
                node.set("use", "required")
            elif node.get("type") == "xs:string" and random.random() < 0.3:
                node.set(random.choice(["fixed", "default"]), "a")
            found.append(node)
        if random.random() < 0.1:
            found.append(
                E.anyAttribute(
                    namespace=random.choice(["##any", "##other", "##local"]),
                    processContents=random.choice(["lax", "skip"]),
                )
            )
        return found

    def complex_type(self, depth: int, base: str | None = None) -> Node:
        random = self.random
        attributes = self.attributes("b" if base else "a")
        if self.attribute_groups and random.random() < 0.2:
            attributes.insert(0, E.attributeGroup(ref=self.prefix + random.choice(self.attribute_groups)))
        if base is not None:
            step = E.extension(base=self.prefix + base)
            if random.random() < 0.3:
                # libxml2 does not hold what is restricted to its base
                step = E.restriction(self.model(depth), base=self.prefix + base)
            elif random.random() < 0.7:
                step.append(E.sequence(*[self.child(1, f"x{each}") for each in range(random.randint(1, 2))]))
            return E.complexType(E.complexContent(step_with(step, attributes)))
        if random.random() < 0.15:
            step = E.extension(base=self.type_name(simple=True))
            return E.complexType(E.simpleContent(step_with(step, attributes)))
        node = E.complexType()
        if random.random() < 0.9:
            node.append(self.everything() if random.random() < 0.12 else self.model(depth))
        if random.random() < 0.12:
            node.set("mixed", "true")
        return step_with(node, attributes)

    def everything(self) -> Node:
        random = self.random
        node = E.all()
        for name in random.sample(["a", "b", "c", "d", "f"], random.randint(1, 4)):
            child = self.typed(E.element(name=name), 1)
            if random.random() < 0.5:
                child.set("minOccurs", "0")
            node.append(child)
        return node

    def model(self, depth: int) -> Node:
        random = self.random
        node = E.sequence() if random.random() < 0.65 else E.choice()
        names = random.sample(["a", "b", "c", "d", "f", "g"], random.randint(1, 4))
        for name in names:
            node.append(self.child(depth, name))
        return node

    def child(self, depth: int, name: str) -> Node:
        random = self.random
        kind = random.random()
        if depth > 1 and kind < 0.2:
            node = self.model(depth - 1)
        elif self.groups and kind < 0.25:
            node = E.group(ref=self.prefix + random.choice(self.groups))
        elif self.elements and kind < 0.35:
            node = E.element(ref=self.prefix + random.choice(self.elements))
        elif kind < 0.4:
            node = E.any(
                namespace=random.choice(["##any", "##other", "##local"]),
                processContents=random.choice(["lax", "skip", "strict"]),
            )
        else:
            node = self.typed(E.element(name=name), depth - 1)
        return counted(node, random)


def step_with(node: Node, more: list[Node]) -> Node:
    for each in more:
        node.append(each)
    return node


def counted(node: Node, random: Random) -> Node:
    low, high = random.choice(COUNTS), random.choice(COUNTS)
    if random.random() < 0.5:
        return node
    if low == "unbounded":
        low = "0"
    if high != "unbounded" and int(high) < int(low):
        low, high = high, low
    if low != "1":
        node.set("minOccurs", low)
    if high not in ("1", "0"):
        node.set("maxOccurs", high)
    return node


def text(root: Node) -> str:
    return etree.tostring(root, pretty_print=True, encoding="unicode")


def usable(root: Node) -> bool:
    """Whether libxml2 takes it as a schema that XSD allows.

    It lets pass that a name has two types in one content model, and that wildcards of one choice overlap.
    """
    with NamedTemporaryFile(suffix=".xsd") as file:
        file.write(text(root).encode())
        file.flush()
        try:
            schema = load(Path(file.name))
            # libxml2 may crash on these
            if schema.broken:
                return False
            etree.XMLSchema(etree.fromstring(text(root)))
        except (ComparisonError, etree.XMLSchemaParseError):
            return False
    side = Side(schema)
    for kind in side.types():
        side.content(kind)
    return not side.ambiguous and not side.overlapping
