"""From an empty folder to the first page, and memory: start.py BINARY.

`parindex demo` makes its data folder, brings in the demonstration year and serves; the time runs from
the start of the process to the first 200 of the year's list. Then 200 pages are read and the memory is
taken as the system counts it. Median of five runs.
"""
import statistics
import sys
import tempfile
import time
import urllib.error
import urllib.request
from pathlib import Path

from server import Server

RUNS = 5
PAGES = ["", "/linh-vuc", "/don-vi/so-noi-vu", "/dieu-tra", "/dan-giai/don-vi/so-noi-vu/chi-so", "/phuong-phap", ".json", ".csv"]


def get(address):
    try:
        with urllib.request.urlopen(address, timeout=30) as answer:
            answer.read()
            return answer.status
    except urllib.error.HTTPError as error:
        return error.code


def run(binary):
    """Wall and CPU milliseconds to the first page; highest and present megabytes after 200 pages."""
    with tempfile.TemporaryDirectory() as folder:
        server = Server(binary, "demo", Path(folder) / "data")
        try:
            while get(server.address + "/ket-qua/2020") != 200:
                time.sleep(0.005)
            wall, cpu = time.monotonic() - server.started, server.cpu()
            for i in range(200):
                status = get(server.address + "/ket-qua/2020" + PAGES[i % len(PAGES)])
                assert status == 200, PAGES[i % len(PAGES)]
            return wall * 1e3, cpu * 1e3, *server.memory()
        finally:
            server.stop()


def main(binary):
    wall, cpu, highest, now = (statistics.median(values) for values in zip(*(run(binary) for _ in range(RUNS))))
    size = Path(binary).stat().st_size / 2**20
    print("| what | figure | aim |")
    print("|---|---|---|")
    print(f"| first page from an empty folder, wall time | {wall:.0f} ms | ≤ 1,000 ms |")
    print(f"| the same, CPU time | {cpu:.0f} ms | |")
    print(f"| resident memory, highest (VmHWM) | {highest:.0f} MB | ≤ 100 MB |")
    print(f"| resident memory after 200 pages (VmRSS) | {now:.0f} MB | ≤ 100 MB |")
    print(f"| binary | {size:.1f} MB | |")


if __name__ == "__main__":
    main(sys.argv[1])
