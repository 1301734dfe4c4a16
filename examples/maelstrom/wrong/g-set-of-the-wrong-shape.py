#!/usr/bin/env python3
"""Wrong: it answers a read with 'elements', where the answer is called 'value'."""
import os
import sys

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), ".."))
from node import Node  # noqa: E402

node = Node()
elements = set()


def add(body, src):
    elements.add(body["element"])
    for other in node.others:
        node.send(other, {"type": "merge", "element": body["element"]})
    return {}


node.on("add", add)
node.on("merge", lambda body, src: elements.add(body["element"]))
node.on("read", lambda body, src: {"elements": sorted(elements)})
node.run()
