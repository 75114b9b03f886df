"""Random edits of random schemas."""

from __future__ import annotations

import copy
from random import Random

from diff.xsd.generated import Generated, counted
from smswire.diff.xsd.names import XS, Node


def pick(root: Node, random: Random, *kinds: str) -> Node | None:
    found = [each for kind in kinds for each in root.iter(f"{{{XS}}}{kind}")]
    return random.choice(found) if found else None


def edited(schema: Generated, random: Random, count: int) -> Node:
    """A copy with so many edits."""
    root = copy.deepcopy(schema.root)
    for _ in range(count):
        edit(root, schema, random)
    return root


def edit(root: Node, schema: Generated, random: Random) -> None:
    what = random.randrange(17)
    if what <= 1:
        node = pick(root, random, "element", "sequence", "choice", "any", "group")
        if node is not None and node.getparent() is not root and node.getparent().getparent() is not root:
            for each in ("minOccurs", "maxOccurs"):
                node.attrib.pop(each, None)
            counted(node, random)
    elif what == 2:
        node = pick(
            root,
            random,
            "element",
            "attribute",
            "any",
            "anyAttribute",
            "enumeration",
            "pattern",
            "maxLength",
            "minInclusive",
        )
        if node is not None and node.get("name") != "root":
            node.getparent().remove(node)
    elif what <= 4:
        node = pick(root, random, "sequence", "choice")
        if node is not None:
            node.insert(random.randint(0, len(node)), schema.child(1, random.choice(["n", "m", "a", "b"])))
    elif what == 5:
        node = pick(root, random, "sequence", "choice")
        if node is not None and len(node) > 1:
            node.insert(random.randrange(len(node)), random.choice(list(node)))
    elif what == 6:
        node = pick(root, random, "sequence", "choice", "all")
        if node is not None:
            node.tag = f"{{{XS}}}{random.choice(['sequence', 'choice', 'all'])}"
    elif what == 7:
        node = pick(root, random, "attribute")
        if node is not None and node.get("ref") is None:
            node.set("use", random.choice(["required", "optional", "prohibited"]))
    elif what == 8:
        node = pick(root, random, "complexType", "extension")
        if node is not None and node[-1:] and (node.tag.endswith("extension") or not node[-1].tag.endswith("Content")):
            for each in schema.attributes("n"):
                node.append(each)
    elif what <= 10:
        node = pick(root, random, "element", "attribute")
        if node is not None and node.get("type"):
            node.set("type", schema.type_name(simple=node.tag.endswith("attribute")))
    elif what <= 12:
        node = pick(root, random, "restriction")
        if node is not None and node.get("base", "").startswith("xs:"):
            base = node.get("base").partition(":")[2]
            for each in list(node):
                if random.random() < 0.6:
                    node.remove(each)
            for each in schema.facets(base):
                node.append(each)
    elif what == 13:
        node = pick(root, random, "element", "complexType")
        if node is not None:
            flag = random.choice(["nillable"] if node.tag.endswith("element") else ["mixed", "abstract"])
            if flag in node.attrib:
                del node.attrib[flag]
            elif flag != "abstract" or node.getparent() is root:
                node.set(flag, "true")
    elif what == 14:
        node = pick(root, random, "element", "attribute")
        if node is not None and node.get("name") not in (None, "root"):
            node.attrib.pop("default", None)
            node.attrib.pop("fixed", None)
            if random.random() < 0.7:
                node.set(random.choice(["default", "fixed"]), random.choice(["1", "a", ""]))
    elif what == 15:
        node = pick(root, random, "any", "anyAttribute")
        if node is not None:
            node.set("processContents", random.choice(["lax", "skip", "strict"]))
            node.set("namespace", random.choice(["##any", "##other", "##local", "##targetNamespace"]))
    else:
        node = pick(root, random, "element")
        if node is not None and node.get("name") not in (None, "root"):
            node.set("name", node.get("name") + "z")
