#!/usr/bin/env python3
"""Wrong: a node that hears of a larger set takes it for its own, and forgets what only it knew."""
import os
import sys

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), ".."))
from node import Node  # noqa: E402

node = Node()
elements = set()


def add(body, src):
    elements.add(body["element"])
    return {}


def merge(body, src):
    global elements
    if len(body["elements"]) > len(elements):
        elements = set(body["elements"])
    return None


def gossip():
    for other in node.others:
        node.send(other, {"type": "merge", "elements": sorted(elements)})


node.on("add", add)
node.on("read", lambda body, src: {"value": sorted(elements)})
node.on("merge", merge)
node.every(0.1, gossip)
node.run()
