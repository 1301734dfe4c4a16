"""What every node of Maelstrom's protocol needs, in Python."""

import json
import sys
import threading
import time


class Node:
    """Reads a message a line and answers it with what its handler returns."""

    def __init__(self):
        self.id = ""
        self.others = []
        self.lock = threading.RLock()
        self._handlers = {}
        self._started = []

    def on(self, kind, handler):
        """`handler(body, src)` returns the body of the answer, or None for no answer."""
        self._handlers[kind] = handler

    def every(self, seconds, action):
        """Does something again and again, from the moment the node knows its name."""

        def forever():
            while True:
                time.sleep(seconds)
                with self.lock:
                    action()

        self._started.append(forever)

    def send(self, dest, body):
        with self.lock:
            print(json.dumps({"src": self.id, "dest": dest, "body": body}), flush=True)

    def run(self):
        for line in sys.stdin:
            message = json.loads(line)
            with self.lock:
                self._take(message["src"], message["body"])

    def _take(self, src, body):
        kind = body["type"]
        if kind == "init":
            self.id = body["node_id"]
            self.others = [node for node in body["node_ids"] if node != self.id]
        handler = self._handlers.get(kind)
        if handler is not None:
            answer = handler(body, src)
        elif kind == "init":
            answer = {}
        else:
            answer = {"type": "error", "code": 10, "text": kind + " is not understood"}
        if answer is not None and "msg_id" in body:
            self.send(src, {"type": kind + "_ok", **answer, "in_reply_to": body["msg_id"]})
        if kind == "init":
            for forever in self._started:
                threading.Thread(target=forever, daemon=True).start()
