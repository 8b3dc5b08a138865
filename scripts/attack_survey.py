#!/usr/bin/env python3
"""Tries to read what single people answered out of everything that is public of a year.

Takes packages (folders or .zip) of one year in any versions and levels, and folders of a published site, and
looks for single sheets, for groups of fewer than five answers, alone, by subtracting one published group from
another that contains it, and by subtracting one version from another. Standard library only.

    python3 scripts/attack_survey.py PACKAGE-OR-SITE…

Exit code 0: nothing found, 1: something found, each told on a line of its own, 2: nothing to read.
"""

import csv
import io
import itertools
import json
import pathlib
import sys
import zipfile

SMALLEST = 5
FOUND = []


def found(place, sentence):
    FOUND.append(f"{place}: {sentence}")


# --- what is public --------------------------------------------------------------------------------

def files_of(path):
    """Texts by name: of a folder, an archive, and of archives inside a folder."""
    texts = {}
    if path.is_dir():
        for one in sorted(path.rglob("*")):
            if one.is_file() and one.suffix in (".csv", ".json"):
                texts[one.relative_to(path).as_posix()] = one.read_bytes()
            elif one.is_file() and one.suffix == ".zip":
                inside = files_of(one)
                texts |= {f"{one.relative_to(path).as_posix()}/{name}": data for name, data in inside.items()}
    else:
        with zipfile.ZipFile(path) as archive:
            texts = {name: archive.read(name) for name in archive.namelist() if name.endswith((".csv", ".json"))}
    return texts


def rows(data):
    text = data.decode("utf-8-sig", "replace")
    return list(csv.DictReader(io.StringIO(text, newline="")))


def packages_in(texts):
    """The packages among texts, each by its folder: what stands beside a publication.json."""
    heads = [name[: -len("publication.json")] for name in texts if name.endswith("publication.json")]
    for head in heads:
        yield head, {name[len(head):]: data for name, data in texts.items() if name.startswith(head)}


class Public:
    """The answers one package lets anybody count: by unit, question and form, and pooled."""

    def __init__(self, name, files):
        self.name = name
        record = json.loads(files["publication.json"])
        self.version, self.level = record["version"], record.get("level", "thanh-phan")
        self.groups = {}
        for row in rows(files.get("inputs/survey-counts.csv", b"")):
            self.add(row["unit"], row["question"], row["form"], row["option"], int(row["count"]))
        self.pooled = {}
        for row in rows(files.get("standing/survey-answers.csv", b"")):
            of = self.pooled.setdefault((row["unit"], row["question"]), {})
            of[row["answer"]] = of.get(row["answer"], 0) + int(row["count"])
        self.sheets = [row for row in rows(files.get("inputs/survey-sheets.csv", b"")) if row.get("answers")]

    def add(self, unit, question, form, option, count):
        of = self.groups.setdefault((unit, question), {}).setdefault(form, {})
        of[option] = of.get(option, 0) + count


# --- attacks ---------------------------------------------------------------------------------------

def size(tally):
    return sum(tally.values())


def attack_sheets(public):
    """Answers to several questions that stand in one row are one person's."""
    several = [row for row in public.sheets if sum(answer != "-" for answer in row["answers"]) > 1]
    if several:
        found(public.name, f"survey-sheets.csv has {len(several)} rows with the answers of one sheet each")


def attack_groups(public):
    """Published groups, and what is left of one when others inside it are taken away."""
    for (unit, question), forms in public.groups.items():
        whole = public.pooled.get((unit, question), {})
        tallies = {form: tally for form, tally in forms.items()}
        for count in range(1, len(tallies) + 1):
            for some in itertools.combinations(tallies, count):
                inside = sum(size(tallies[form]) for form in some)
                named = "+".join(form or "pooled" for form in some)
                if 0 < inside < SMALLEST:
                    found(public.name, f"{unit} {question}: only {inside} answers came on {named}")
                rest = size(whole) - inside
                if whole and 0 < rest < SMALLEST:
                    found(public.name, f"{unit} {question}: the table less {named} leaves {rest} answers")
    for (unit, question), tally in public.pooled.items():
        if 0 < size(tally) < SMALLEST:
            found(public.name, f"{unit} {question}: only {size(tally)} answers in all")


def attack_versions(one, other):
    """What came to a unit from one version to another, or went: fewer than five people show themselves."""
    largest = {}
    for key in one.pooled.keys() | other.pooled.keys():
        before, now = one.pooled.get(key, {}), other.pooled.get(key, {})
        options = before.keys() | now.keys()
        came = sum(max(0, now.get(option, 0) - before.get(option, 0)) for option in options)
        went = sum(max(0, before.get(option, 0) - now.get(option, 0)) for option in options)
        largest[key[0]] = max(largest.get(key[0], 0), came, went)
    for unit, most in sorted(largest.items()):
        if 0 < most < SMALLEST:
            found(f"{one.name} / {other.name}", f"{unit}: the versions differ by {most} answers")


def attack_site(name, texts):
    """Tables of a site: rows that count answers of one form about one unit, or of one stratum."""
    for file, data in texts.items():
        if not file.endswith(".csv") or "dieu-tra" not in file:
            continue
        for line, row in enumerate(rows(data), 2):
            if "unit" not in row or "form" not in row:
                continue
            counts = [int(cell) for key, cell in row.items() if key and len(key) == 1 and cell and cell.isdigit()]
            if counts and 0 < sum(counts) < SMALLEST:
                found(f"{name} {file}, line {line}", f"only {sum(counts)} answers")


def main(paths):
    publics = []
    for path in paths:
        texts = files_of(path)
        inside = [Public(f"{path.name}/{head}".rstrip("/"), files) for head, files in packages_in(texts)]
        publics += inside
        attack_site(path.name, texts)
    if not publics:
        print("nothing to read: name packages or a published site", file=sys.stderr)
        return 2
    for public in publics:
        attack_sheets(public)
        attack_groups(public)
    for one, other in itertools.combinations(publics, 2):
        if one.pooled and other.pooled:
            attack_versions(one, other)
    for line in FOUND[:200]:
        print(line)
    answers = sum(size(tally) for public in publics for tally in public.pooled.values())
    print(f"{len(publics)} packages, {answers} answers counted, {len(FOUND)} found")
    return 1 if FOUND else 0


if __name__ == "__main__":
    sys.exit(main([pathlib.Path(name) for name in sys.argv[1:]]))
