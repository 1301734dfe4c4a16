#!/usr/bin/env python3
"""A set that only grows: every node tells all others its whole set, again and again."""
import json
import os
import sys

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), ".."))
from node import Node  # noqa: E402

node = Node()
elements = set()


def path():
    return "g-set-" + node.id + ".json"


def init(body, src):
    if os.path.exists(path()):
        with open(path()) as file:
            elements.update(json.load(file))
    return {}


def keep():
    # Under another name first: whoever is killed meanwhile leaves the old file whole.
    with open(path() + ".new", "w") as file:
        json.dump(sorted(elements), file)
        file.flush()
        os.fsync(file.fileno())
    os.rename(path() + ".new", path())


def add(body, src):
    elements.add(body["element"])
    keep()
    return {}


def merge(body, src):
    elements.update(body["elements"])
    return None


def gossip():
    for other in node.others:
        node.send(other, {"type": "merge", "elements": sorted(elements)})


node.on("init", init)
node.on("add", add)
node.on("read", lambda body, src: {"value": sorted(elements)})
node.on("merge", merge)
node.every(0.1, gossip)
node.run()
