"""Index and ranks of a matrix of points: parindex against scikit-criteria, pandas and numpy.

Points are random with four decimals, every leaf at most 1 point, so an index is the row mean × 100.
First both sides must give the same indices (to 6 decimals) and the same places; then each peer is
run in turn with the program (A B B A …) and the median of the CPU-time ratios is printed.
"""
import random
import statistics
import subprocess
import sys
import tempfile
import time

import numpy as np
import pandas as pd
import skcriteria
from skcriteria.agg.simple import WeightedSumModel

PAIRS = 7


def matrix(units, leaves):
    rng = random.Random(units * 1000 + leaves)
    return [[rng.randint(0, 10000) for _ in range(leaves)] for _ in range(units)]


def program(binary, path, units, leaves, rounds):
    """CPU seconds of one evaluation, and its result."""
    run = lambda n: subprocess.run([binary, str(units), str(leaves), str(n)], stdin=open(path), capture_output=True, text=True, check=True)
    import resource
    def cpu(n):
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        out = run(n)
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime, out.stdout
    # Reading the matrix is not measured: the cost of one round is taken off.
    one, out = cpu(1)
    many, _ = cpu(rounds + 1)
    return max(many - one, 1e-9) / rounds, out


def peers(points, leaves):
    a = np.array(points) / 10000
    units = len(points)
    weights = np.ones(leaves) / leaves

    def scikit():
        decisions = skcriteria.mkdm(a, [max] * leaves, weights=weights)
        return WeightedSumModel().evaluate(decisions).rank_

    prepared, model = skcriteria.mkdm(a, [max] * leaves, weights=weights), WeightedSumModel()

    def scikit_evaluate_only():
        return model.evaluate(prepared).rank_

    frame = pd.DataFrame(a)

    def pandas():
        return (frame.sum(axis=1) / leaves * 100).rank(method="min", ascending=False)

    def numpy():
        index = a.sum(axis=1) / leaves * 100
        order = np.argsort(-index, kind="stable")
        ranks = np.empty(units, dtype=int)
        ranks[order] = np.arange(units)
        return ranks

    return {"scikit-criteria": scikit, "scikit-criteria, evaluate() only": scikit_evaluate_only, "pandas": pandas, "numpy (floats, ties broken by position)": numpy}


def check(points, leaves, out):
    """Exact integers in Python against the program's output."""
    sums = [sum(row) for row in points]
    ordered = sorted(sums, reverse=True)
    place = {}
    for i, value in enumerate(ordered):
        place.setdefault(value, i + 1)
    for line, value in zip(out.splitlines(), sums):
        unit, index, got = line.split(",")
        assert int(got) == place[value], f"unit {unit}: place {got}, expected {place[value]}"
        assert abs(float(index) - value / 10000 / leaves * 100) < 1e-6, f"unit {unit}: index {index}"


def cpu_of(function, rounds):
    started = time.process_time()
    for _ in range(rounds):
        function()
    return (time.process_time() - started) / rounds


def main(binary):
    print("| units × criteria | parindex | peer | peer's time | peer ÷ parindex |")
    print("|---|---|---|---|---|")
    for units, leaves, rounds, peer_rounds in ((28, 100, 20000, 100), (1000, 100, 1500, 60), (5000, 130, 100, 10)):
        points = matrix(units, leaves)
        with tempfile.NamedTemporaryFile("w", suffix=".csv") as file:
            file.write("\n".join(",".join(f"{p / 10000:.4f}" for p in row) for row in points) + "\n")
            file.flush()
            _, out = program(binary, file.name, units, leaves, 1)
            check(points, leaves, out)
            for name, peer in peers(points, leaves).items():
                peer()
                ours, theirs, ratios = [], [], []
                for pair in range(PAIRS):
                    first = program(binary, file.name, units, leaves, rounds)[0] if pair % 2 == 0 else None
                    other = cpu_of(peer, peer_rounds)
                    mine = first if first is not None else program(binary, file.name, units, leaves, rounds)[0]
                    ours.append(mine)
                    theirs.append(other)
                    ratios.append(other / mine)
                print(f"| {units} × {leaves} | {statistics.median(ours) * 1e3:.4f} ms | {name} | {statistics.median(theirs) * 1e3:.3f} ms | {statistics.median(ratios):.1f} |", flush=True)


if __name__ == "__main__":
    main(sys.argv[1])
