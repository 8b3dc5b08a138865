"""A whole year in and out: year.py BINARY [UNITS LEAVES], 150 × 130 unless told.

CPU milliseconds: reading the plain folder and evaluating (`score`), bringing it into a database
(`import`), and the first page of a fresh server once the year is published (load from what is laid down,
evaluation, drawing), which is what the first reader waits for after a start. The demonstration year stands beside it.
"""
import resource
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path

import make_year
from pages import DEMO, first

RUNS = 5


def cpu_of(*arguments):
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run([str(argument) for argument in arguments], check=True, capture_output=True)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return (after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime) * 1e3


def measure(binary, year, page):
    """Medians of score, import and the first page of a fresh server."""
    rows = []
    for _ in range(RUNS):
        with tempfile.TemporaryDirectory() as data:
            score = cpu_of(binary, "score", year)
            imported = cpu_of(binary, "import", year, "--data", data)
            cpu_of(binary, "publish", "--data", data)
            rows.append((score, imported, first(binary, data, page)[0]))
    return [statistics.median(values) for values in zip(*rows)]


def main(binary, units=150, leaves=130):
    print("| year | read a folder and evaluate | import | first page after a start |")
    print("|---|---|---|---|")
    with tempfile.TemporaryDirectory() as folder:
        make_year.write(units, leaves, Path(folder))
        for name, year, page in (("demo, 28 units with survey", DEMO, "/ket-qua/2020"), (f"{units} × {leaves}", folder, "/ket-qua/2024")):
            print(f"| {name} | " + " | ".join(f"{value:.0f} ms" for value in measure(binary, year, page)) + " |", flush=True)


if __name__ == "__main__":
    main(sys.argv[1], *map(int, sys.argv[2:4]))
