#!/usr/bin/env python3
"""Wrong: it ends after a few answers."""
import os
import sys

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), ".."))
from node import Node  # noqa: E402

node = Node()
left = 5


def echo(body, src):
    global left
    left -= 1
    if left < 0:
        print("out of echoes", file=sys.stderr, flush=True)
        sys.exit(3)
    return {"echo": body["echo"]}


node.on("echo", echo)
node.run()
