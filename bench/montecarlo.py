"""Monte Carlo over disputed leaves: parindex against numpy, scikit-criteria and pysensmcda.

A quarter of the leaves, as in the demonstration year, have two numbers of points on the table, each
drawn with probability 1/2; a draw adds up every unit's points and ranks the units. First the mean place
of every unit must agree with numpy's within the error of so many draws; then each peer is run in turn
with the program (A B B A …) and the median of the CPU-time ratios is printed.

Usage: montecarlo.py BINARY PYTHON, where PYTHON has pysensmcda (requirements-sensitivity.txt: it needs
another pandas than scikit-criteria). PYTHON runs this file again as `montecarlo.py --pysensmcda …`.
"""
import random
import resource
import statistics
import subprocess
import sys
import tempfile
import time

import numpy as np

DRAWS = 10_000
PAIRS = 3
DISPUTED = 0.25
# Peers that evaluate one draw after the other take the same time for each: so many are timed.
LOOPED = 100


def write(path, units, leaves):
    rng = random.Random(units * 1000 + leaves)
    number = lambda: f"{rng.randint(0, 10000) / 10000:.4f}"
    with open(path, "w") as file:
        for _ in range(units):
            cells = (number() if rng.random() >= DISPUTED else f"{number()}/{number()}" for _ in range(leaves))
            file.write(",".join(cells) + "\n")


def read(path):
    cells = [[cell.split("/") for cell in line.split(",")] for line in open(path)]
    binding = np.array([[float(cell[0]) for cell in row] for row in cells])
    own = np.array([[float(cell[-1]) for cell in row] for row in cells])
    return binding, own


def program(binary, path, units, leaves):
    """CPU seconds of the draws, and the mean places; reading the matrix is taken off."""
    def cpu(draws):
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        out = subprocess.run([binary, str(units), str(leaves), str(draws)], stdin=open(path), capture_output=True, text=True, check=True)
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime, out.stdout
    one, _ = cpu(1)
    all_, out = cpu(DRAWS)
    return max(all_ - one, 1e-9), np.array([float(line.split(",")[1]) for line in out.splitlines()])


def numpy_draws(binding, own, draws=DRAWS, chunk=500):
    """One random bit a disputed leaf; only disputed leaves are looked at. Ties are broken by position."""
    units = len(binding)
    total = binding.sum(axis=1)
    unit, leaf = np.nonzero(own != binding)
    count = np.bincount(unit, minlength=units)
    width = count.max()
    difference = np.zeros((units, width), dtype=np.float32)
    difference[unit, np.concatenate([np.arange(n) for n in count])] = (own - binding)[unit, leaf]
    rng = np.random.default_rng(1)
    places = np.arange(1, units + 1)
    sums = np.zeros(units)
    for start in range(0, draws, chunk):
        size = min(chunk, draws - start)
        cells = size * units * width
        bits = np.unpackbits(np.frombuffer(rng.bytes((cells + 7) // 8), dtype=np.uint8), count=cells)
        moved = np.einsum("nuw,uw->nu", bits.reshape(size, units, width), difference, dtype=np.float32, casting="unsafe")
        order = np.argsort(-(total + moved), axis=1)
        ranks = np.empty_like(order)
        np.put_along_axis(ranks, order, np.broadcast_to(places, order.shape), 1)
        sums += ranks.sum(axis=0)
    return sums / draws


def scikit_draws(binding, own, draws=LOOPED):
    import skcriteria
    from skcriteria.agg.simple import WeightedSumModel

    rng = np.random.default_rng(1)
    leaves = binding.shape[1]
    weights, model = np.ones(leaves) / leaves, WeightedSumModel()
    sums = np.zeros(len(binding))
    for _ in range(draws):
        matrix = np.where(rng.integers(0, 2, binding.shape), own, binding)
        sums += model.evaluate(skcriteria.mkdm(matrix, [max] * leaves, weights=weights)).rank_
    return sums / draws


def sensitivity_draws(path, draws=LOOPED):
    """pysensmcda knows no alternatives of a cell: it moves every cell by up to a tenth, and the drawn
    matrices are ranked with pymcdm. The same work, not the same draws, so its places are not compared."""
    from pymcdm.helpers import rankdata
    from pymcdm.methods import WSM
    from pysensmcda.probabilistic import perturbed_matrix

    binding, _ = read(path)
    leaves = binding.shape[1]
    weights, types, method = np.ones(leaves) / leaves, np.ones(leaves), WSM(normalization_function=lambda column, cost=False: column)
    started = time.process_time()
    sums = np.zeros(len(binding))
    for matrix in perturbed_matrix(binding, draws, perturbation_scale=np.full(leaves, 0.1)):
        sums += rankdata(method(np.asarray(matrix), weights, types), reverse=True)
    print((time.process_time() - started) / draws * DRAWS)


def cpu_of(function, scale):
    started = time.process_time()
    result = function()
    return (time.process_time() - started) * scale, result


def main(binary, other_python):
    print("| units × criteria | parindex | peer | peer's time | peer ÷ parindex |")
    print("|---|---|---|---|---|")
    for units, leaves in ((28, 100), (1000, 100)):
        with tempfile.NamedTemporaryFile("w", suffix=".csv") as file:
            write(file.name, units, leaves)
            binding, own = read(file.name)
            mean = program(binary, file.name, units, leaves)[1]
            # Means of 10,000 draws: a standard error is at most a hundredth of the spread of places.
            far = np.abs(mean - numpy_draws(binding, own)).max()
            assert far < 0.06 * units ** 0.9, f"mean places differ by {far}"
            assert np.corrcoef(mean, scikit_draws(binding, own))[0, 1] > 0.99
            print(f"<!-- {units} × {leaves}: mean places differ from numpy's by at most {far:.2f} -->")
            sensitivity = lambda: float(subprocess.run([other_python, __file__, "--pysensmcda", file.name], capture_output=True, text=True, check=True).stdout)
            peers = {
                "numpy (only disputed leaves, float32)": lambda: cpu_of(lambda: numpy_draws(binding, own), 1)[0],
                "scikit-criteria, a loop over draws": lambda: cpu_of(lambda: scikit_draws(binding, own), DRAWS / LOOPED)[0],
                "pysensmcda perturbed_matrix + pymcdm WSM": sensitivity,
            }
            for name, peer in peers.items():
                ours, theirs, ratios = [], [], []
                for pair in range(PAIRS):
                    first = program(binary, file.name, units, leaves)[0] if pair % 2 == 0 else None
                    other = peer()
                    mine = first if first is not None else program(binary, file.name, units, leaves)[0]
                    ours.append(mine)
                    theirs.append(other)
                    ratios.append(other / mine)
                print(f"| {units} × {leaves} | {statistics.median(ours) * 1e3:.0f} ms | {name} | {statistics.median(theirs) * 1e3:.0f} ms | {statistics.median(ratios):.1f} |", flush=True)


if __name__ == "__main__":
    if sys.argv[1] == "--pysensmcda":
        sensitivity_draws(sys.argv[2])
    else:
        main(sys.argv[1], sys.argv[2])
