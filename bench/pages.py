"""Server CPU time per request of public pages: pages.py BINARY [SECONDS].

Two years in one data folder: 500 units × 100 criteria in one ranking list, and the demonstration year.
Each address is first read once (it has to answer 200 with as many rows as expected), then `wrk` asks
for it over four connections for a bounded time. The CPU time of the server process before and after,
divided by the answers, is the figure; answers per second depend on what else the machine does.
`first` is the CPU time of the first answer after the start: load, evaluation and drawing.
"""
import re
import statistics
import subprocess
import sys
import tempfile
import urllib.request
from pathlib import Path

import make_year
from server import Server

DEMO = Path(__file__).parent.parent / "demo" / "lai-chau-2020"
CONNECTIONS = 4
ROUNDS = 3
GZIP = ("-H", "Accept-Encoding: gzip")

PAGES = [
    ("list page, 500 rows", "/ket-qua/2024", (), "≤ 1.2 ms"),
    ("list page, 500 rows, gzip", "/ket-qua/2024", GZIP, ""),
    ("list page, 500 rows, not changed (304)", "/ket-qua/2024", "tag", ""),
    ("list as JSON", "/ket-qua/2024.json", (), ""),
    ("list as CSV", "/ket-qua/2024.csv", (), ""),
    ("demo: list page, 28 rows", "/ket-qua/2020", (), ""),
    ("demo: unit card", "/ket-qua/2020/don-vi/so-noi-vu", (), ""),
    ("demo: derivation of an index", "/ket-qua/2020/dan-giai/don-vi/so-noi-vu/chi-so", (), ""),
]


def load(server, path, headers, seconds):
    """CPU milliseconds a request, answers a second, KiB an answer."""
    before = server.cpu()
    arguments = ["wrk", "-t1", f"-c{CONNECTIONS}", f"-d{seconds}s", *headers, server.address + path]
    out = subprocess.run(arguments, capture_output=True, text=True, check=True, timeout=60).stdout
    used = server.cpu() - before
    assert "Non-2xx" not in out, out
    answers = int(re.search(r"(\d+) requests in", out).group(1))
    rate = float(re.search(r"Requests/sec:\s+([\d.]+)", out).group(1))
    return used / answers * 1e3, rate


def fetch(server, path, headers=()):
    request = urllib.request.Request(server.address + path)
    for header in headers[1::2]:
        request.add_header(*header.split(": ", 1))
    with urllib.request.urlopen(request, timeout=30) as answer:
        return answer.read(), answer.headers.get("etag")


def first(binary, data, path):
    """CPU milliseconds of the first answer of a fresh server."""
    server = Server(binary, "serve", data)
    try:
        before = server.cpu()
        body, _ = fetch(server, path)
        return (server.cpu() - before) * 1e3, body
    finally:
        server.stop()


def main(binary, seconds):
    with tempfile.TemporaryDirectory() as folder:
        year, data = Path(folder) / "year", Path(folder) / "data"
        year.mkdir()
        make_year.write(500, 100, year)
        for source in (year, DEMO):
            subprocess.run([binary, "import", str(source), "--published", "--data", str(data)], check=True, capture_output=True)
        print("| address | first, CPU ms | then, CPU ms a request | aim | answers/s | KiB |")
        print("|---|---|---|---|---|---|")
        for name, path, headers, aim in PAGES:
            cold, body = first(binary, data, path)
            if path == "/ket-qua/2024":
                assert body.count(b"<tr") >= 500, "not all units are listed"
            server = Server(binary, "serve", data)
            try:
                if headers == "tag":
                    headers = ("-H", f"If-None-Match: {fetch(server, path)[1]}")
                else:
                    body, _ = fetch(server, path, headers)
                rounds = [load(server, path, headers, seconds) for _ in range(ROUNDS)]
            finally:
                server.stop()
            cpu, rate = (statistics.median(values) for values in zip(*rounds))
            size = 0 if "If-None-Match" in str(headers) else len(body) / 1024
            print(f"| {name} | {cold:.0f} | {cpu:.2f} | {aim} | {rate:.0f} | {size:.0f} |", flush=True)


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]) if len(sys.argv) > 2 else 3)
