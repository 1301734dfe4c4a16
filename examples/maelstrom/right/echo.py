#!/usr/bin/env python3
import os
import sys

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), ".."))
from node import Node  # noqa: E402

node = Node()
node.on("echo", lambda body, src: {"echo": body["echo"]})
node.run()
