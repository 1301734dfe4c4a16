"""Runs quoracle 0.0.4 on one question and prints one line of JSON.

    python3 measure.py '{"job": "load", "family": "majority", "size": [7], "limit": 60}'

The question: what to compute (load, resilience, load-f1, search) and for which system. The answer:
the value, the median of the time by the clock and of the processor time of it and of its solver,
and how often it was repeated. Who starts it has to end its whole process group when it takes too
long, as its solver is a process of its own; the alarm is only there for when nobody does.
"""
import itertools
import json
import os
import resource
import signal
import statistics
import sys
import time

from quoracle import Node, QuorumSystem, choose, majority
from quoracle.search import search

# A question that is answered sooner is asked again, to warm up and for a median.
REPEAT_BELOW_SECONDS = 0.5
REPETITIONS = 5


def nodes(count):
    return [Node(f"n{i + 1}") for i in range(count)]


def all_of(parts):
    return choose(len(parts), parts) if len(parts) > 1 else parts[0]


def any_of(parts):
    return choose(1, parts) if len(parts) > 1 else parts[0]


def majority_system(n):
    return QuorumSystem(reads=majority(nodes(n)))


def rows_of(rows, columns):
    every = nodes(rows * columns)
    return [every[r * columns : (r + 1) * columns] for r in range(rows)]


def rows_system(rows, columns):
    """Reads a full row, writes one node of every row."""
    return QuorumSystem(reads=any_of([all_of(row) for row in rows_of(rows, columns)]))


def grid_system(rows, columns):
    """A full row and a full column."""
    table = rows_of(rows, columns)
    row = any_of([all_of(row) for row in table])
    column = any_of([all_of(list(column)) for column in zip(*table)])
    return QuorumSystem(reads=row * column, writes=row * column)


def b_grid_system(d, h, r):
    """A full mini-column in every band, and in one band a node of each of its mini-columns."""
    every = nodes(d * h * r)
    bands = [
        [[every[(b * r + row) * d + c] for row in range(r)] for c in range(d)] for b in range(h)
    ]
    full = all_of([any_of([all_of(column) for column in band]) for band in bands])
    touched = any_of([all_of([any_of(column) for column in band]) for band in bands])
    return QuorumSystem(reads=full * touched, writes=full * touched)


SYSTEMS = {
    "majority": majority_system,
    "rows": rows_system,
    "grid": grid_system,
    "bgrid": b_grid_system,
}


def answer(question):
    job, size = question["job"], question["size"]
    if job == "search":
        _, strategy = search(nodes(size[0]), read_fraction=0.5, resilience=1)
        return strategy.load(read_fraction=0.5)
    system = SYSTEMS[question["family"]](*size)
    if job == "load":
        return system.load(read_fraction=0.5)
    if job == "load-f1":
        return system.load(read_fraction=0.5, f=1)
    if job == "resilience":
        return system.resilience()
    raise ValueError(f"no job {job}")


def processor_seconds():
    users = (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)
    return sum(u.ru_utime + u.ru_stime for u in map(resource.getrusage, users))


def main():
    question = json.loads(sys.argv[1])
    # SIGALRM without a handler ends the process, whatever it does just then.
    signal.alarm(int(question["limit"]) + 10)
    clock, processor, value = [], [], None
    for _ in itertools.repeat(None, REPETITIONS):
        wall, cpu = time.perf_counter(), processor_seconds()
        value = answer(question)
        clock.append(time.perf_counter() - wall)
        processor.append(processor_seconds() - cpu)
        if clock[-1] > REPEAT_BELOW_SECONDS:
            break
    report = {
        "value": value,
        "seconds": statistics.median(clock),
        "cpuSeconds": statistics.median(processor),
        "repetitions": len(clock),
    }
    print(json.dumps(report))


if __name__ == "__main__":
    os.environ.setdefault("MPLBACKEND", "Agg")
    main()
