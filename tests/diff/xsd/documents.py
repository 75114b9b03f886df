"""Documents a little beside those of a schema: what a verdict is held against."""

from __future__ import annotations

import copy
from random import Random

from lxml import etree

from smswire.diff.xsd.names import Node


def beside(node: Node, random: Random) -> Node:
    """A copy with one thing changed: a child or an attribute left out, doubled, moved, renamed, a text altered."""
    changed = copy.deepcopy(node)
    each = random.choice(list(changed.iter(etree.Element)))
    parent = each.getparent()
    what = random.randrange(8)
    if what == 0 and parent is not None:
        parent.remove(each)
    elif what == 1 and parent is not None:
        each.addnext(copy.deepcopy(each))
    elif what == 2 and parent is not None and len(parent) > 1:
        parent.insert(random.randrange(len(parent)), each)
    elif what == 3 and each.attrib:
        del each.attrib[random.choice(list(each.attrib))]
    elif what == 4:
        each.text = random.choice(["", " ", "a", "1", "x y", "%", "1.0", "0"])
    elif what == 5:
        each.set(random.choice(["a", "b", "c"]), random.choice(["", "1", "a"]))
    elif what == 6 and each.attrib:
        each.set(random.choice(list(each.attrib)), random.choice(["", "1", "a", " a ", "0"]))
    else:
        other = random.choice(list(changed.iter(etree.Element)))
        if other is not each and each not in other.iterancestors() and parent is not None:
            parent.replace(each, copy.deepcopy(other))
    return changed
