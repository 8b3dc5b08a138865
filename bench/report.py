"""The report of 2020 as DOCX and PDF against the usual ways to make one: report.py BINARY FOLDER.

The same words, tables and charts go into each: python-docx builds the document from the program's own
text and pictures, WeasyPrint sets the program's own page, LibreOffice turns the program's DOCX into a PDF.
CPU seconds of all processes, median of five rounds in which everybody takes a turn; each file must hold
the same figures.
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
import zipfile
from pathlib import Path

import docx
import weasyprint
from docx.shared import Cm

from server import Server

ROUNDS = 5
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
        server = Server(binary, "demo", place / "data")
        try:
            with urllib.request.urlopen(server.address + "/ket-qua/2020/bao-cao") as answer:
                article = re.search(r"<article.*</article>", answer.read().decode(), re.S).group()
            page = f"<html lang=vi><style>@page {{ size: A4; margin: 20mm 20mm 20mm 30mm }} table {{ border-collapse: collapse }} td, th {{ border: 1px solid }} svg {{ width: 100% }}</style>{article}</html>"
            takes = {
                "parindex report --docx": lambda: children(command + ["--docx", name["docx"]]),
                "the same from a running server": lambda: served(server, "bao-cao.docx"),
                "python-docx": lambda: own(lambda: python_docx(text, pictures, peer)),
                "parindex report --pdf": lambda: children(command + ["--pdf", name["pdf"]]),
                "the same PDF from a running server": lambda: served(server, "bao-cao.pdf"),
                "WeasyPrint": lambda: own(lambda: weasyprint.HTML(string=page).write_pdf(sheet)),
                "LibreOffice headless, DOCX to PDF": lambda: children(
                    ["soffice", "--headless", f"-env:UserInstallation=file://{place}/office", "--convert-to", "pdf", "--outdir", place / "office-out", name["docx"]]
                ),
            }
            took = {who: [] for who in takes}
            for _ in range(ROUNDS):
                for who, take in takes.items():
                    took[who].append(take())
        finally:
            server.stop()
        for path in [name["docx"], name["pdf"], peer, sheet, place / "office-out/bao-cao.pdf"]:
            missing = [figure for figure in EXPECT if figure not in words_of(path)]
            assert not missing, f"{path}: {missing}"
        median = {who: statistics.median(values) for who, values in took.items()}
        base = {"docx": median["parindex report --docx"], "pdf": median["parindex report --pdf"]}
        print("| what | CPU | peer ÷ parindex |")
        print("|---|---|---|")
        for who, cpu in median.items():
            kind = {"python-docx": "docx", "WeasyPrint": "pdf", "LibreOffice headless, DOCX to PDF": "pdf"}.get(who)
            print(f"| {who} | {cpu * 1e3:,.0f} ms | {f'{cpu / base[kind]:.1f}' if kind else ''} |")


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2])
