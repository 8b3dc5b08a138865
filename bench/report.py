"""The report of 2020 as DOCX and PDF against the usual ways to make one: report.py BINARY FOLDER.

The same words, tables and charts go into each: python-docx builds the document from the program's own
text, once with charts that matplotlib draws (the marks and words of the program's charts, as wide) and
once with the program's pictures given ready; WeasyPrint sets the program's own page; LibreOffice turns
the program's DOCX into a PDF. CPU seconds of all processes, median of six rounds in which everybody takes
a turn, every other round in reverse. Every file must hold the same figures, every picture be as wide.

From a running server the report is asked for twice: drawn for the first time, and again.
"""
import html
import io
import re
import resource
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.request
import xml.etree.ElementTree as ET
import zipfile
from pathlib import Path

import docx
import matplotlib
import weasyprint
from docx.shared import Cm
from matplotlib.collections import LineCollection, PatchCollection
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle

from server import Server

ROUNDS = 6
# Pixels across of a chart in the DOCX.
CHART = 1400
# Figures from the first table to the last appendix.
EXPECT = ["82,08", "67,81", "1.138", "95,20", "-8,81"]


def children(command):
    """CPU seconds of a command and everything it started."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def own(work):
    """CPU seconds of work in this process."""
    before = time.process_time()
    work()
    return time.process_time() - before


def served(server, file):
    """CPU seconds of the server for one file."""
    before = server.cpu()
    with urllib.request.urlopen(f"{server.address}/ket-qua/2020/bao-cao/{file}") as answer:
        answer.read()
    return server.cpu() - before


def matplotlib_png(svg):
    """A chart by matplotlib: marks of a kind in one call, words one by one, as wide as the program's."""
    drawing = ET.fromstring(svg)
    width, height = map(float, drawing.get("viewBox").split()[2:])
    figure = Figure(figsize=(width / 100, height / 100), dpi=CHART / width * 100)
    axes = figure.add_axes((0, 0, 1, 1))
    axes.set(xlim=(0, width), ylim=(height, 0))
    axes.axis("off")
    kinds = {}
    for mark in drawing:
        kinds.setdefault(mark.tag.rsplit("}")[-1], []).append(mark)
    number = lambda mark, *names: tuple(float(mark.get(name, 0)) for name in names)
    points = 72 / 100
    if rects := kinds.get("rect"):
        boxes = [Rectangle(number(r, "x", "y"), *number(r, "width", "height")) for r in rects]
        colours = {"facecolors": [r.get("fill") for r in rects], "edgecolors": [r.get("stroke", "none") for r in rects]}
        axes.add_collection(PatchCollection(boxes, **colours))
    if lines := kinds.get("line"):
        ends = [[number(l, "x1", "y1"), number(l, "x2", "y2")] for l in lines]
        wide = [number(l, "stroke-width")[0] * points for l in lines]
        axes.add_collection(LineCollection(ends, colors=[l.get("stroke") for l in lines], linewidths=wide))
    if dots := kinds.get("circle"):
        x, y = zip(*(number(d, "cx", "cy") for d in dots))
        area = [(2 * number(d, "r")[0] * points) ** 2 for d in dots]
        axes.scatter(x, y, s=area, c=[d.get("fill") for d in dots], edgecolors=[d.get("stroke") for d in dots], zorder=3)
    hold = {"start": "left", "middle": "center", "end": "right"}
    for words in kinds.get("text", []):
        look = {"color": words.get("fill"), "weight": "bold" if words.get("font-weight") else "normal"}
        size = number(words, "font-size")[0] * points
        axes.text(*number(words, "x", "y"), words.text, ha=hold[words.get("text-anchor")], fontsize=size, **look)
    file = io.BytesIO()
    figure.savefig(file, format="png")
    return file.getvalue()


def wide(png):
    return int.from_bytes(png[16:20], "big")


def python_docx(text, pictures, target):
    """The same headings, paragraphs, tables and pictures, by the library's own simplest calls."""
    document = docx.Document()
    pictures = iter(pictures)
    rows = []

    def table():
        if not rows:
            return
        width = max(len(row) for row in rows)
        made = document.add_table(rows=len(rows), cols=width, style="Table Grid")
        for row, cells in zip(made.rows, rows):
            for cell, words in zip(row.cells, cells):
                cell.text = words
        rows.clear()

    for line in text.splitlines():
        if line.startswith("| "):
            rows.append([cell.strip() for cell in line.strip("| ").split(" | ")])
            continue
        table()
        if re.match(r"^[IVX]+\. |^\d+\. ", line):
            document.add_heading(line, level=1)
        elif line.startswith("[Biểu đồ"):
            document.add_picture(io.BytesIO(next(pictures)), width=Cm(16))
        elif line:
            document.add_paragraph(line)
    table()
    document.save(target)


def words_of(path):
    if path.suffix == ".pdf":
        return subprocess.run(["pdftotext", "-raw", path, "-"], capture_output=True, text=True, check=True).stdout
    with zipfile.ZipFile(path) as file:
        return re.sub(r"<[^>]+>", "", html.unescape(file.read("word/document.xml").decode()))


def main(binary, folder):
    with tempfile.TemporaryDirectory() as place:
        place = Path(place)
        name = {kind: place / f"bao-cao.{kind}" for kind in ["docx", "pdf", "txt"]}
        command = [binary, "report", folder]
        subprocess.run(command + ["--docx", name["docx"], "--text", name["txt"]], check=True, stdout=subprocess.DEVNULL)
        text = name["txt"].read_text()
        with zipfile.ZipFile(name["docx"]) as file:
            pictures = [file.read(part) for part in sorted(file.namelist()) if part.startswith("word/media/")]
        peer = place / "peer.docx"
        sheet = place / "peer.pdf"
        first = []
        for _ in range(ROUNDS):
            server = Server(binary, "demo", place / "data")
            try:
                urllib.request.urlopen(server.address + "/ket-qua/2020").read()
                first.append(served(server, "bao-cao.docx"))
            finally:
                server.stop()
        server = Server(binary, "demo", place / "data")
        try:
            with urllib.request.urlopen(server.address + "/ket-qua/2020/bao-cao") as answer:
                article = re.search(r"<article.*</article>", answer.read().decode(), re.S).group()
            charts = re.findall(r"<svg xmlns.*?</svg>", article, re.S)
            drawn = [matplotlib_png(svg) for svg in charts]
            assert [wide(png) for png in drawn + pictures] == [CHART] * 2 * len(pictures)
            page = f"<html lang=vi><style>@page {{ size: A4; margin: 20mm 20mm 20mm 30mm }} table {{ border-collapse: collapse }} td, th {{ border: 1px solid }} svg {{ width: 100% }}</style>{article}</html>"
            takes = {
                "parindex report --docx": lambda: children(command + ["--docx", name["docx"]]),
                "the same from a running server, again": lambda: served(server, "bao-cao.docx"),
                "python-docx + matplotlib": lambda: own(
                    lambda: python_docx(text, [matplotlib_png(svg) for svg in charts], peer)
                ),
                "python-docx, pictures given ready": lambda: own(lambda: python_docx(text, pictures, peer)),
                "parindex report --pdf": lambda: children(command + ["--pdf", name["pdf"]]),
                "the same PDF from a running server": lambda: served(server, "bao-cao.pdf"),
                "WeasyPrint": lambda: own(lambda: weasyprint.HTML(string=page).write_pdf(sheet)),
                "LibreOffice headless, DOCX to PDF": lambda: children(
                    ["soffice", "--headless", f"-env:UserInstallation=file://{place}/office", "--convert-to", "pdf", "--outdir", place / "office-out", name["docx"]]
                ),
            }
            took = {"the same from a running server, first": first, **{who: [] for who in takes}}
            for turn in range(ROUNDS):
                for who, take in list(takes.items())[:: 1 if turn % 2 == 0 else -1]:
                    took[who].append(take())
        finally:
            server.stop()
        for path in [name["docx"], name["pdf"], peer, sheet, place / "office-out/bao-cao.pdf"]:
            missing = [figure for figure in EXPECT if figure not in words_of(path)]
            assert not missing, f"{path}: {missing}"
        median = {who: statistics.median(values) for who, values in took.items()}
        base = {"docx": median["parindex report --docx"], "pdf": median["parindex report --pdf"]}
        print(f"matplotlib {matplotlib.__version__}")
        print("| what | CPU | peer ÷ parindex |")
        print("|---|---|---|")
        for who, cpu in median.items():
            kind = {"python-docx + matplotlib": "docx", "python-docx, pictures given ready": "docx", "WeasyPrint": "pdf", "LibreOffice headless, DOCX to PDF": "pdf"}.get(who)
            print(f"| {who} | {cpu * 1e3:,.0f} ms | {f'{cpu / base[kind]:.1f}' if kind else ''} |")


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2])
