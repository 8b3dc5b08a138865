#!/usr/bin/env python3
"""Checks a package of a published PAR index year without the program that made it.

Recomputes every hash and, from inputs/ alone, points by rule, survey points, totals, indices, places,
classes, means, changes and counts, all in exact fractions, and compares them with standing/.
Standard library only (Python 3.11 or newer, for tomllib).

Kiểm tra gói dữ liệu Chỉ số cải cách hành chính:  python3 verify.py [THƯ-MỤC hoặc TỆP.zip]
Mã kết thúc: 0 khớp toàn bộ, 1 có chỗ sai hoặc không phải gói dữ liệu, 2 không có hoặc không đọc được tệp.

The report's words are not composed here; its text is covered by the hashes.
"""

import csv
import functools
import hashlib
import io
import json
import pathlib
import sys
import zipfile
import zlib
from fractions import Fraction as F

try:
    import tomllib
except ImportError:
    sys.exit("Cần Python 3.11 trở lên.")

MANIFEST = "SHA256SUMS"
# Whatever has two of these files is a package, though it may be spoilt.
MARKS = [MANIFEST, "publication.json", "inputs/year.toml"]
FORMS = ["parindex-package/1", "parindex-package/2", "parindex-package/3"]
FIRST_FORM, FORM = FORMS[0], FORMS[-1]
LEVELS = ["tong", "linh-vuc", "tieu-chi", "thanh-phan"]
# Tables that packages of the first form do not have.
SINCE_2 = ["changes"]
MOST_BYTES, MOST_FILES = 200 * 1024 * 1024, 2000
MOST_TOLD = 20
INPUTS = ["year.toml", "units.csv", "scores.csv", "losses.csv", "exemptions.csv", "reasons.csv", "facts.csv", "survey-forms.csv",
          "survey-questions.csv", "survey-plan.csv", "survey-sheets.csv", "survey-returns.csv", "survey-counts.csv",
           "previous.csv", "previous-components.csv"]
FAULTS = []


def fault(place, sentence):
    FAULTS.append((place, sentence))


def shown(value):
    return f"«{value}»" if value != "" else "trống"


# --- reading ---------------------------------------------------------------------------------------

def is_inside(path):
    parts = path.split("/")
    return all(p not in ("", ".", "..") and not any(c in '\\:*?"<>|' or ord(c) < 32 for c in p) for p in parts)


def read_folder(root):
    files, left = {}, MOST_BYTES
    for path in sorted(root.rglob("*")):
        name = path.relative_to(root).as_posix()
        if "__pycache__" in name:
            continue
        if path.is_symlink():
            fault(name, "là liên kết, không phải tệp thường")
        elif path.is_file():
            left -= path.stat().st_size
            if left < 0 or len(files) >= MOST_FILES:
                raise zipfile.BadZipFile("quá lớn hoặc quá nhiều tệp")
            files[name] = path.read_bytes()
    return files


def read_zip(path):
    files, left = {}, MOST_BYTES
    with zipfile.ZipFile(path) as archive:
        if len(archive.infolist()) > MOST_FILES:
            raise zipfile.BadZipFile("quá nhiều tệp")
        for entry in archive.infolist():
            name = entry.filename
            if not is_inside(name.rstrip("/")):
                fault(name, "tên này dẫn ra ngoài gói; không giải nén gói này")
            elif name in files:
                fault(name, "tên này có hai lần trong tệp nén")
            elif not entry.is_dir():
                with archive.open(entry) as member:
                    files[name] = member.read(left + 1)
                left -= len(files[name])
                if left < 0:
                    raise zipfile.BadZipFile("bung ra quá lớn")
    folder = next((n[: -len(MANIFEST)] for n in files if n.endswith("/" + MANIFEST)), "")
    if folder and all(name.startswith(folder) for name in files):
        files = {name[len(folder):]: data for name, data in files.items()}
    return files


def bare(cell):
    """A cell without the apostrophe that keeps a spreadsheet from taking it for a formula."""
    inside = cell.lstrip("'")
    guarded = cell != inside and len(inside) > 1 and inside[0] in "=+-@\t\r"
    if guarded and not (inside[0] in "+-" and all(c in "0123456789.,/" for c in inside[1:])):
        return cell[1:]
    return cell


def sha256(data):
    return hashlib.sha256(data).hexdigest()


def check_manifest(files):
    if MANIFEST not in files:
        fault(MANIFEST, "thiếu tệp này")
        return
    if b"\r" in files[MANIFEST]:
        fault(MANIFEST, "các dòng kết thúc kiểu khác (CRLF) nên mã gói không còn là mã đã công bố")
    named = set()
    for number, line in enumerate(files[MANIFEST].decode("utf-8", "replace").splitlines(), 1):
        said, _, path = line.partition("  ")
        if len(said) != 64 or set(said) - set("0123456789abcdef") or not is_inside(path):
            fault(f"{MANIFEST}, dòng {number}", f"{shown(line)} không phải một dòng mã băm")
        elif path in named:
            fault(f"{MANIFEST}, dòng {number}", f"{path} được liệt kê hai lần")
        elif path not in files:
            fault(path, f"có trong {MANIFEST} nhưng không có trong gói")
        elif sha256(files[path]) != said:
            fault(path, f"nội dung đã bị sửa: {MANIFEST} ghi {said[:12]}…, tệp có {sha256(files[path])[:12]}…")
        named.add(path)
    for path in files:
        if path not in named and path != MANIFEST:
            fault(path, f"có trong gói nhưng không có trong {MANIFEST}")


def check_strangers(files, year):
    """A file that no package has is refused, whatever the list of hashes names."""
    known = {MANIFEST, "publication.json", "datapackage.json", "HUONG-DAN.md", "dcat.jsonld", "schema-org.jsonld",
             "verify.py", *("bao-cao/" + name for name in ("bao-cao.txt", "bao-cao.docx", "bao-cao.pdf", "bang.xlsx"))}
    known |= {f"inputs/{name}" for name in INPUTS}
    known |= {f"standing/{name}.csv" for name in ("sets", "criteria", "clusters", "blocks", *(t[0] for t in TABLES))}
    folders = [f"inputs/{one['folder']}/" for one in year.head["set"]]
    for path in files:
        inside = next((path[len(f):] for f in folders if path.startswith(f)), "")
        wording = path[len("inputs/wording/"):] if path.startswith("inputs/wording/") else ""
        of_set = inside.endswith(".toml") and "/" not in inside
        is_told = any(place == path for place, _ in FAULTS)
        if not is_told and path not in known and not of_set and (not wording or "/" in wording):
            fault(path, "không phải tệp của gói dữ liệu: có mã băm nhưng không suy ra từ số liệu nào")


# --- numbers ---------------------------------------------------------------------------------------

def rounded(value, places, mode):
    """The integer next to value × 10^places that the mode names."""
    scaled = abs(value) * 10**places
    whole, rest = divmod(scaled.numerator, scaled.denominator)
    twice = F(2 * rest, scaled.denominator)
    up = {
        "half_up": twice >= 1,
        "half_down": twice > 1,
        "half_even": twice > 1 or (twice == 1 and whole % 2 == 1),
        "down": False,
        "up": rest > 0,
    }[mode]
    units = whole + (1 if up else 0)
    return units if value >= 0 else -units


def printed(value, places, mode):
    units = rounded(value, places, mode)
    digits = str(abs(units)).rjust(places + 1, "0")
    text = digits[: len(digits) - places] + ("." + digits[-places:] if places else "")
    return ("-" if units < 0 else "") + text


def exact(value):
    """A decimal of at most six places, else a fraction in lowest terms."""
    if (value * 10**6).denominator != 1:
        return f"{value.numerator}/{value.denominator}"
    text = printed(value, 6, "down").rstrip("0").rstrip(".")
    return "0" if text in ("", "-0") else text


def mean(values):
    values = [value for value in values if value is not None]
    return sum(values, F(0)) / len(values) if values else None


# --- rules -----------------------------------------------------------------------------------------

def award(rule, top, settings, inputs):
    """Points of a rule for its inputs; None when the inputs do not fit."""
    number = lambda name: F(inputs[name])
    fit = lambda value: F(rounded(value, settings["point_places"], settings["points"]), 10 ** settings["point_places"])
    events = lambda: sum((F(e["points"]) * F(inputs.get(e["id"], "0")) for e in rule["events"]), F(0))
    kind = rule["kind"]
    if kind == "yes_no":
        return top if number("yes") == 1 else F(0)
    if kind == "options":
        return F(rule["options"][int(inputs["opt"]) - 1]["points"])
    if kind == "checklist":
        points = {item["id"]: F(item["points"]) for item in rule["items"]}
        return sum((points[i] for i in inputs["items"].split("+") if i), F(0))
    if kind in ("count_steps", "ratio_steps"):
        if kind == "ratio_steps" and number("a") == 0:
            return F(0)
        value = number("n") if kind == "count_steps" else number("b") / number("a")
        return next(F(step["points"]) for step in rule["steps"] if value >= F(step["min"]))
    if kind == "ratio":
        floor, target = F(rule.get("floor", "0")), F(rule.get("target", "1"))
        if number("a") == 0:
            return top if rule.get("empty", "zero") == "full" else F(0)
        share = number("b") / number("a")
        return F(0) if share < floor else fit(top * min(F(1), share / target))
    if kind == "two_tier":
        if number("a") == 0:
            return F(0)
        return fit(top * (number("b") + F(rule["late_factor"]) * number("c")) / number("a"))
    if kind == "deduct":
        return max(F(rule["start"]) - events(), F(rule.get("floor", "0")))
    if kind == "external":
        return fit(top * number("x") / F(rule["divide_by"]))
    if kind in ("bonus", "penalty"):
        return fit(min(events(), abs(top)) * (1 if top > 0 else -1))
    if kind == "judged":
        return number("points")
    if kind == "given":
        fits = number("points") <= number("max") <= abs(top) and F(inputs.get("survey", "0")) <= number("points")
        return (number("points") if top > 0 else -number("points")) if fits else None
    return None


# --- the year --------------------------------------------------------------------------------------

class Year:
    def __init__(self, files):
        self.files = files
        self.head = self.toml("year.toml")
        self.sets = {one["id"]: self.read_set(one["folder"]) for one in self.head["set"]}
        self.blocks = {block["id"]: block for block in self.head["block"]}
        self.clusters = [cluster["id"] for cluster in self.head.get("cluster", [])]
        rounds = [f"round{number}" for number in range(1, self.head.get("rounds", 2) + 1)]
        self.stages = ["self", *rounds, "council"]
        self.units = {}
        for row in self.csv("units.csv"):
            before = row.get("predecessors", "")
            row["before"] = [] if before == "-" else [p.strip() for p in before.split("+")] if before else [row["code"]]
            row["status"] = row.get("status") or "ranked"
            # A unit that was not there all the year is compared with nothing.
            first, last = f"{self.head['year']}-01-01", f"{self.head['year']}-12-31"
            row["whole"] = (row.get("from") or first) <= first and (row.get("to") or last) >= last
            self.units[row["code"]] = row
        self.exempt = self.csv("exemptions.csv")
        self.scores = {(row["unit"], row["code"]): (line, row) for line, row in enumerate(self.csv("scores.csv"), 2)}
        self.previous = {row["unit"]: row for row in self.csv("previous.csv")} if "previous_year" in self.head else {}
        self.parts = {(row["unit"], row["code"]): F(row["percent"]) for row in self.csv("previous-components.csv")}
        self.count_answers()

    def text(self, name):
        return self.files["inputs/" + name].decode("utf-8-sig")

    def toml(self, name):
        return tomllib.loads(self.text(name))

    def csv(self, name):
        if "inputs/" + name not in self.files:
            return []
        rows = csv.DictReader(io.StringIO(self.text(name), newline=""), strict=True)
        return [{key: bare((value or "").strip()) for key, value in row.items()} for row in rows]

    def read_set(self, folder):
        nodes = []
        for path in self.files:
            if path.startswith(f"inputs/{folder}/") and path.endswith(".toml"):
                name = path[len(f"inputs/{folder}/"):]
                if name != "framework.toml" and not name.startswith("cases/"):
                    area = self.toml(f"{folder}/{name}")
                    nodes += [area["area"], *area.get("node", [])]
        number = lambda part: int(part) if part.isdigit() else 2**64 - 1
        nodes.sort(key=lambda node: [(number(part), part) for part in node["code"].split(".")])
        known = self.toml(f"{folder}/framework.toml")
        for node in nodes:
            node["top"] = F(node["max"])
            node["compared"] = node.get("compare_as", node["code"])
            node["leaves"] = [n for n in nodes if "rule" in n and (n["code"] + ".").startswith(node["code"] + ".")]
            rule = node["leaves"][0]["rule"]
            node["adjusts"] = rule["kind"] in ("bonus", "penalty") or rule.get("outside_scale") == "yes"
            # An area that is compared with nothing is listed by itself.
            alone = node["compared"] == "-" and "." not in node["code"]
            node["listed"] = f"{known['id']}-{node['code']}" if alone else node["compared"]
        areas = [node for node in nodes if "." not in node["code"]]
        plain = sum((area["top"] for area in areas if not area["adjusts"]), F(0))
        # The stated scale is the sum of the areas, or that sum with the bonus.
        known["bonus_in_scale"] = plain != F(known["full_scale"])
        known["adjusts"] = any(area["adjusts"] for area in areas)
        known["nodes"] = nodes
        known["leaves"] = [node for node in nodes if "rule" in node]
        return known

    def count_answers(self):
        asked = {}
        for row in self.csv("survey-questions.csv"):
            asked.setdefault(row["form"], []).append(row["question"])
        self.questions = sorted({question for form in asked.values() for question in form})
        self.answers = {}
        for row in self.csv("survey-counts.csv"):
            of = self.answers.setdefault((row["unit"], row["question"]), {})
            of[row["option"]] = of.get(row["option"], 0) + int(row["count"])
        # Packages of forms 1 and 2 hold sheets.
        for row in self.csv("survey-sheets.csv"):
            if row["status"] == "accepted" and row["unit"]:
                for question, answer in zip(asked[row["form"]], row["answers"]):
                    if answer != "-":
                        of = self.answers.setdefault((row["unit"], question), {})
                        of[answer] = of.get(answer, 0) + 1

    def set_id(self, unit):
        return self.blocks[self.units[unit]["block"]]["set"]

    def set_of(self, unit):
        return self.sets[self.set_id(unit)]

    def applies(self, unit, code):
        if self.units[unit]["status"] == "not_evaluated":
            return False
        of_unit = (one["code"] for one in self.exempt if one["unit"] in ("all", unit))
        return not any((code + ".").startswith(one + ".") for one in of_unit)

    def print_of(self, unit):
        rounding = self.set_of(unit)["rounding"]
        return rounding["print_places"], rounding["print"]


class Result:
    """Everything that follows from a year."""

    def __init__(self, year):
        self.year = year
        self.leaf = {}
        self.sums = {}
        self.missing = {}
        self.unit = {}
        for unit in year.units:
            self.score(unit)
        self.order = []
        for block in year.blocks.values():
            self.rank(block)
        # Units that are not ranked are named below: scored ones, then those that are not evaluated.
        blocks = list(year.blocks)
        others = [unit for unit, row in year.units.items() if row["status"] != "ranked"]
        at = lambda unit: (blocks.index(year.units[unit]["block"]), year.units[unit]["status"] == "not_evaluated")
        self.unranked = sorted(others, key=at)
        self.evaluated = [unit for unit, row in year.units.items() if row["status"] != "not_evaluated"]

    def score(self, unit):
        year, known = self.year, self.year.set_of(unit)
        for node in known["leaves"]:
            if year.applies(unit, node["code"]):
                self.leaf[unit, node["code"]] = self.binding(unit, node, known["rounding"])
        earned = lambda nodes: sum((self.leaf.get((unit, n["code"]), ("", F(0)))[1] or F(0) for n in nodes), F(0))
        top = lambda nodes: sum((self.top_of(unit, n) for n in nodes if (unit, n["code"]) in self.leaf), F(0))
        for node in known["nodes"]:
            self.sums[unit, node["code"]] = (earned(node["leaves"]), top(node["leaves"]))
            self.missing[unit, node["code"]] = sum(
                1 for n in node["leaves"] if self.leaf.get((unit, n["code"]), ("", F(0)))[1] is None)
        self.unit[unit] = self.totals(unit, known, earned, top)
        self.unit[unit]["unscored"] = sum(self.missing[unit, n["code"]] for n in known["leaves"])
        if self.unit[unit]["unscored"]:
            self.unit[unit]["index"] = None

    def totals(self, unit, known, earned, top):
        """Points by column, the scale and the index of a unit."""
        adjusting = lambda adds: [n for n in known["leaves"] if n["adjusts"] and (n["top"] > 0) == adds]
        scale_leaves = [n for n in known["leaves"] if not n["adjusts"]]
        survey = earned([n for n in scale_leaves if n["source"] == "survey"])
        given = [self.given(unit, n) for n in known["leaves"] if n["rule"]["kind"] == "given"]
        of_survey = sum((F(one.get("survey", "0")) for one in given), F(0))
        bonus, penalty = earned(adjusting(True)), earned(adjusting(False))
        appraisal = earned([n for n in scale_leaves if n["source"] != "survey"]) - of_survey
        survey += of_survey
        scale = top(scale_leaves) + (top(adjusting(True)) if known["bonus_in_scale"] else F(0))
        total = whole = max(appraisal + survey + bonus + penalty, F(0))
        if known.get("total", {}).get("cap", "scale") == "scale":
            total = min(whole, max(scale, F(0)))
        return {
            "survey": survey, "appraisal": appraisal, "bonus": bonus, "penalty": penalty,
            "cut": total - appraisal - survey - bonus - penalty, "total": total, "scale": scale,
            "index": total / scale * 100 if scale > 0 else None, "place": "", "class": "",
        }

    def given(self, unit, node):
        """What the package gives of a part whose own parts are not published."""
        row = self.year.scores.get((unit, node["code"]), (0, {}))[1]
        return dict(part.split("=", 1) for part in row.get("council_input", "").split(";") if part)

    def top_of(self, unit, node):
        """The most a leaf can give the unit."""
        if node["rule"]["kind"] == "given" and self.given(unit, node):
            return F(self.given(unit, node)["max"]) * (1 if node["top"] > 0 else -1)
        return node["top"]

    def binding(self, unit, node, rounding):
        """The stage that counts and its points; points None while nothing is binding."""
        rule = node["rule"]
        if rule["kind"] == "survey":
            counts = {}
            for question in rule["questions"]:
                for answer, count in self.year.answers.get((unit, question), {}).items():
                    counts[answer] = counts.get(answer, 0) + count
            valid = sum(counts.get(option, 0) for option in rule["weights"])
            if not valid:
                return "", None
            weighed = sum(F(weight) * counts.get(option, 0) for option, weight in rule["weights"].items())
            places = rounding["point_places"]
            points = node["top"] * weighed / (100 * valid)
            return "survey", F(rounded(points, places, rounding["points"]), 10**places)
        row = self.year.scores.get((unit, node["code"]), (0, {}))[1]
        for stage in reversed(self.year.stages[1:]):
            if row.get(stage):
                return stage, F(row[stage])
        return "", None

    def rank(self, block):
        year, known = self.year, self.year.sets[block["set"]]
        ranking, rounding = known["ranking"], known["rounding"]
        none = (0, F(0))

        def merit(unit):
            of = self.unit[unit]
            index, breaker = of["index"], none
            if index is not None and ranking["compare"] == "printed":
                index = F(rounded(index, rounding["print_places"], rounding["print"]))
            if ranking["ties"] == "breaker":
                breaker = self.breaker(unit, known, ranking["breaker"], none)
            return ((1, index) if index is not None else none), breaker

        members = [unit for unit, row in year.units.items() if row["block"] == block["id"] and row["status"] == "ranked"]
        members.sort(key=merit, reverse=True)
        place, before = 0, None
        for number, unit in enumerate(members, 1):
            if merit(unit) != before:
                place = place + 1 if ranking["ties"] == "dense" else number
            before = merit(unit)
            of = self.unit[unit]
            if of["index"] is not None:
                of["place"] = str(place)
                classes = block.get("class", known["class"])
                of["class"] = next(c["name"] for c in classes if of["index"] >= F(c["from"]))
        self.order += members

    def breaker(self, unit, known, name, none):
        """What decides between equal indices: the number in the column of that name."""
        stretch = self.stretch(unit)
        if name in ("survey", "appraisal"):
            return 1, self.unit[unit][name] * stretch
        earned, top = self.sums.get((unit, name), (F(0), F(0)))
        if any(node["code"] == name and node["adjusts"] for node in known["nodes"]):
            return 1, earned * stretch
        if top <= 0 or self.missing.get((unit, name)):
            return none
        return 1, earned / top

    def stretch(self, unit):
        """By what the unit's points are multiplied when they are printed."""
        known, scale = self.year.set_of(unit), self.unit[unit]["scale"]
        if known["exemption"]["method"] != "rescale_to_full":
            return F(1)
        return F(known["full_scale"]) / scale if scale else F(0)

    # A measure is None for the index, ("node", compared code) or ("own", set, code).

    def code_of(self, unit, measure):
        if measure[0] == "own":
            return measure[2] if measure[1] == self.year.set_id(unit) else None
        nodes = self.year.set_of(unit)["nodes"]
        return next((n["code"] for n in nodes if n["listed"] == measure[1] != "-"), None)

    def percent(self, unit, measure):
        if measure is None:
            return self.unit[unit]["index"]
        code = self.code_of(unit, measure)
        earned, top = self.sums.get((unit, code), (F(0), F(0)))
        return earned / top * 100 if top > 0 and not self.missing[unit, code] else None

    def before(self, unit, measure):
        code = None if measure is None else self.code_of(unit, measure)
        values = []
        if not self.year.units[unit]["whole"] or unit not in self.evaluated:
            return None
        for one in self.year.units[unit]["before"]:
            if one not in self.year.previous:
                return None
            text = self.year.previous[one]["index"]
            values.append((F(text) if text else None) if measure is None else self.year.parts.get((one, code)))
        return None if None in values else mean(values)

    def change(self, unit, measure):
        now, before = self.percent(unit, measure), self.before(unit, measure)
        if now is None or before is None:
            return None
        if measure is None:
            # Printed less printed, so that two tables give the change; a merged unit's mean is rounded too.
            was = before
            now, before = (F(printed(value, *self.year.print_of(unit))) for value in (now, before))
            # Earlier forms took off what the year before was before it was printed.
            before = was if self.year.earlier else before
        return now - before

    def members(self, scope):
        of, name = scope
        blocks = self.year.blocks
        inside = lambda block: of == "province" or name == (block if of == "block" else blocks[block]["cluster"])
        return [unit for unit in self.order if inside(self.year.units[unit]["block"])]

    def lineage(self, unit):
        before = self.year.units[unit]["before"]
        if len(before) != 1:
            return "merged" if before else "new"
        followers = sum(self.year.units[one]["before"].count(before[0]) for one in self.evaluated)
        return "split" if followers > 1 else "same" if before == [unit] else "renamed"

    def like_for_like(self, unit):
        """This year's index and the one before over what both assessed, and what was left out."""
        known, left_out = self.year.set_of(unit), []
        now = before = weight = F(0)
        areas = [n for n in known["nodes"] if "." not in n["code"] and not n["adjusts"]]
        if "previous_year" not in self.year.head:
            return None, None, left_out
        since = {node["code"]: node.get("since", 0) for node in known["nodes"]}

        def is_new(code):
            parts = code.split(".")
            above = [".".join(parts[:n]) for n in range(1, len(parts) + 1)]
            return any(since.get(one, 0) > self.year.head["previous_year"] for one in above)

        for area in areas:
            if area["compared"] == "-":
                left_out += [area["code"]] if self.sums[unit, area["code"]][1] > 0 else []
                continue
            measure = ("node", area["compared"])
            was = self.before(unit, measure)
            if self.percent(unit, measure) is None:
                continue
            if was is None:
                left_out.append(area["code"])
                continue
            earned = top = F(0)
            for node in area["leaves"]:
                applies = (unit, node["code"]) in self.leaf
                if is_new(node["code"]):
                    left_out += [node["code"]] if applies else []
                elif applies:
                    earned += self.leaf[unit, node["code"]][1] or F(0)
                    top += self.top_of(unit, node)
            if top > 0:
                now, before, weight = now + earned * 100, before + was * top, weight + top
        return (now / weight, before / weight, left_out) if weight else (None, None, left_out)

    def mean(self, scope, measure, values):
        if scope[0] == "province" and self.year.head["province_mean"] == "cluster_means":
            return mean([self.mean(("cluster", cluster), measure, values) for cluster in self.year.clusters])
        evaluated = [unit for unit in self.members(scope) if self.percent(unit, measure) is not None]
        return mean([values(unit, measure) for unit in evaluated])

    def comparable(self, unit, measure):
        """This year's percent of a unit that has one of the year before too."""
        return None if self.before(unit, measure) is None else self.percent(unit, measure)

    def print_in(self, scope):
        """Decimals and rounding of figures over several units: their sets' where all print alike."""
        year = self.year
        inside = lambda b: scope[0] == "province" or scope[1] == (b["id"] if scope[0] == "block" else b["cluster"])
        prints = {self.print_of(b["set"]) for b in year.blocks.values() if inside(b)}
        return prints.pop() if len(prints) == 1 else self.print_of(next(iter(year.sets)))

    def print_of(self, name):
        rounding = self.year.sets[name]["rounding"]
        return rounding["print_places"], rounding["print"]


# --- tables ----------------------------------------------------------------------------------------

def pair(value, places_and_mode):
    return ["", ""] if value is None else [printed(value, *places_and_mode), exact(value)]


def plain(value):
    return "" if value is None else exact(value)


def adjustments(year):
    """Columns that only years with bonus or penalty points have."""
    return ["bonus", "penalty", "cut"] if any(known["adjusts"] for known in year.sets.values()) else []


def statuses(year):
    """A column that only years with units that are not ranked have."""
    return ["status"] if any(row["status"] != "ranked" for row in year.units.values()) else []


def unit_rows(result):
    for unit in result.order + result.unranked:
        year, of = result.year, result.unit[unit]
        known, how = year.set_of(unit), year.print_of(unit)
        full = F(known["full_scale"])
        stretch = known["exemption"]["method"] == "rescale_to_full"
        factor = (full / of["scale"] if of["scale"] else F(0)) if stretch else F(1)
        row = [unit, year.units[unit]["name"], year.units[unit]["block"], of["place"], of["class"]]
        row += [year.units[unit][name] for name in statuses(year)]
        if unit not in result.evaluated:
            points = ["appraisal", "survey", *adjustments(year), "total", "scale", "index", "change"]
            yield row + [""] * (2 * len(points) + 1)
            continue
        for points in ["appraisal", "survey", *adjustments(year), "total"]:
            row += pair(None if of["unscored"] else of[points] * factor, how)
        row += pair(full if stretch else of["scale"], how) + pair(of["index"], how)
        yield row + [plain(result.before(unit, None))] + pair(result.change(unit, None), how)


def change_rows(result):
    for unit in result.order + [unit for unit in result.unranked if unit in result.evaluated]:
        how = result.year.print_of(unit)
        now, before, left_out = result.like_for_like(unit)
        like = None if now is None else now - before
        row = [unit, result.lineage(unit), "+".join(result.year.units[unit]["before"])]
        row += pair(result.change(unit, None), how) + [plain(now), plain(before)] + pair(like, how)
        yield row + ["+".join(left_out) if like is not None else ""]


def component_rows(result):
    for unit in result.evaluated:
        of_set, how = result.year.set_id(unit), result.year.print_of(unit)
        for node in result.year.set_of(unit)["nodes"]:
            measure = ("own", of_set, node["code"])
            earned, top = result.sums[unit, node["code"]]
            row = [unit, of_set, node["code"], exact(earned), exact(top)] + pair(result.percent(unit, measure), how)
            yield row + [plain(result.before(unit, measure))] + pair(result.change(unit, measure), how)


def score_rows(result):
    for unit in result.evaluated:
        for node in result.year.set_of(unit)["leaves"]:
            key = [unit, result.year.set_id(unit), node["code"]]
            if (unit, node["code"]) not in result.leaf:
                yield key + ["exempt"] + [""] * (len(result.year.stages) + 2)
                continue
            stage, points = result.leaf[unit, node["code"]]
            row = result.year.scores.get((unit, node["code"]), (0, {}))[1]
            status = "counted" if stage == "survey" else "judged" if stage else "waiting"
            said = [exact(F(row[s])) if row.get(s) else "" for s in result.year.stages]
            yield key + [status] + said + [stage, plain(points)]


def answer_rows(result):
    for unit in result.evaluated:
        for question in result.year.questions:
            for answer, count in sorted(result.year.answers.get((unit, question), {}).items()):
                yield [unit, question, answer, str(count)]


def sheet_rows(result):
    counts = {}
    for row in result.year.csv("survey-returns.csv"):
        statuses = ("accepted", "rejected", "not_returned")
        counts[row["form"], row["stratum"]] = {status: int(row[status]) for status in statuses}
    for row in {row["serial"]: row for row in result.year.csv("survey-sheets.csv")}.values():
        of = counts.setdefault((row["form"], row["stratum"]), {})
        of[row["status"]] = of.get(row["status"], 0) + 1
    forms = [row["form"] for row in result.year.csv("survey-forms.csv")]
    plan, told = result.year.csv("survey-plan.csv"), set()
    for row in sorted(plan, key=lambda row: forms.index(row["form"])):
        key = (row["form"], row["stratum"])
        if key not in told:
            told.add(key)
            yes, no, away = (counts.get(key, {}).get(s, 0) for s in ("accepted", "rejected", "not_returned"))
            numbers = [yes + no + away, yes + no, yes, no, away]
            yield [*key, row["name"], row["required"], *map(str, numbers)]


def class_rows(result):
    for block in result.year.blocks.values():
        for one in block.get("class", result.year.sets[block["set"]]["class"]):
            yield [block["id"], one["name"], exact(F(one["from"]))]


def scopes(year):
    blocks = [("block", block) for block in year.blocks]
    return blocks + [("cluster", cluster) for cluster in year.clusters] + [("province", "province")]


def measures(year):
    found = {"index": None}
    for known in year.sets.values():
        for node in known["nodes"]:
            if "." not in node["code"] and not node["adjusts"]:
                found.setdefault(node["listed"], ("node", node["listed"]))
    return found.items()


def mean_rows(result):
    for scope in scopes(result.year):
        how = result.print_of(next(iter(result.year.sets))) if result.year.earlier else result.print_in(scope)
        for name, measure in measures(result.year):
            now = result.mean(scope, measure, result.percent)
            before = result.mean(scope, measure, result.before)
            # Over the same units in both years.
            same = now if result.year.earlier else result.mean(scope, measure, result.comparable)
            change = same - before if same is not None and before is not None else None
            yield [*scope, name] + pair(now, how) + pair(before, how) + pair(change, how)


def count_rows(result):
    year, told = result.year, set()

    def count(scope, value, holds):
        values = ((unit, value(unit)) for unit in result.members(scope))
        seen = (F(printed(v, *year.print_of(unit))) for unit, v in values if v is not None)
        return sum(1 for v in seen if holds(v))

    for scope in scopes(year):
        rows = []
        blocks = [b for b in year.blocks.values() if scope[0] == "province" or scope[1] in (b["id"] if scope[0] == "block" else b["cluster"],)]
        for block in blocks:
            for one in block.get("class", year.sets[block["set"]]["class"]):
                named = sum(1 for unit in result.members(scope) if result.unit[unit]["class"] == one["name"])
                rows.append(["index", "class", one["name"], named])
        for name, measure in measures(year):
            change = functools.partial(lambda unit, measure: result.change(unit, measure), measure=measure)
            rows.append([name, "up", "0", count(scope, change, lambda v: v > 0)])
            rows.append([name, "down", "0", count(scope, change, lambda v: v < 0)])
        for one in year.head.get("threshold", []):
            percent = functools.partial(lambda unit, area: result.percent(unit, ("node", area)), area=one["area"])
            rows.append([one["area"], "above", one["high"], count(scope, percent, lambda v: v > F(one["high"]))])
            if "low" in one:
                rows.append([one["area"], "below", one["low"], count(scope, percent, lambda v: v < F(one["low"]))])
        for row in rows:
            key = (*scope, *row[:3])
            if key not in told:
                told.add(key)
                yield [*key, str(row[3])]


TABLES = [
    ("classes", 2, class_rows, "block class from"),
    ("survey-sheets", 2, sheet_rows, "form stratum name required issued collected accepted rejected not_returned"),
    ("survey-answers", 3, answer_rows, "unit question answer count"),
    ("scores", 3, score_rows, "unit set code status STAGES binding points"),
    ("components", 3, component_rows, "unit set code earned max percent percent_exact previous_exact change change_exact"),
    ("units", 1, unit_rows, "unit name block place class STATUS appraisal appraisal_exact survey survey_exact ADJUSTMENTS total total_exact"
     " scale scale_exact index index_exact previous_exact change change_exact"),
    ("changes", 1, change_rows, "unit lineage predecessors change change_exact like_now_exact like_previous_exact"
     " like_change like_change_exact left_out"),
    ("means", 3, mean_rows, "of id measure mean mean_exact previous previous_exact change change_exact"),
    ("counts", 5, count_rows, "of id measure what mark count"),
]


def columns_of(year, columns):
    """The columns of a table, with those that only some years have."""
    more = " ".join(f"{name} {name}_exact" for name in adjustments(year))
    some = {"STAGES": " ".join(year.stages), "ADJUSTMENTS": more, "STATUS": " ".join(statuses(year))}
    return [name for column in columns.split() for name in some.get(column, column).split()]


def compare(name, key, columns, expected, files):
    path = f"standing/{name}.csv"
    if path not in files:
        fault(path, "thiếu tệp này")
        return
    found = list(csv.reader(io.StringIO(files[path].decode("utf-8"), newline=""), strict=True))
    found = [[bare(cell) for cell in row] for row in found]
    if not found or found[0] != columns:
        fault(path, f"tiêu đề cột: ghi {shown(','.join(found[0]) if found else '')}, đúng ra {shown(','.join(columns))}")
        return
    right = {tuple(row[:key]): row for row in expected}
    met = set()
    for line, row in enumerate(found[1:], 2):
        place = f"{path}, dòng {line}, {' '.join(row[:key])}"
        at = tuple(row[:key])
        if at in met:
            fault(place, "dòng này có hai lần")
        elif at not in right or len(row) != len(columns):
            fault(place, "dòng này không có căn cứ trong số liệu đầu vào")
        else:
            for column, said, recomputed in zip(columns, row, right[at]):
                if said != recomputed:
                    fault(place, f"cột {column}: ghi {shown(said)}, tính lại {shown(recomputed)}")
        met.add(at)
    for at in right:
        if at not in met:
            fault(f"{path}, {' '.join(at)}", "thiếu dòng này")
    if met == set(right) and [tuple(row[:key]) for row in found[1:]] != [tuple(row[:key]) for row in expected]:
        fault(path, "các dòng đúng nhưng sai thứ tự")


def check_rules(year):
    """Points that were given with inputs follow from their rule."""
    for (unit, code), (line, row) in year.scores.items():
        place = f"inputs/scores.csv, dòng {line}, {unit} {code}"
        node = next((n for n in year.set_of(unit)["leaves"] if n["code"] == code), None) if unit in year.units else None
        if node is None or not year.applies(unit, code):
            fault(place, "đơn vị không được đánh giá tiêu chí này" if node else "không có đơn vị hoặc tiêu chí này")
            continue
        for stage in year.stages:
            given = row.get(stage + "_input", "")
            if given:
                try:
                    inputs = dict(part.split("=", 1) for part in given.split(";"))
                    points = award(node["rule"], node["top"], year.set_of(unit)["rounding"], inputs)
                except (KeyError, ValueError, IndexError, StopIteration, ZeroDivisionError):
                    fault(place, f"{stage}: số liệu {shown(given)} không chấm được")
                    continue
                if points is not None and row[stage] and F(row[stage]) != points:
                    fault(place, f"{stage}: ghi {shown(row[stage])}, theo cách chấm {shown(exact(points))}")
    for unit in year.units:
        for node in year.set_of(unit)["leaves"]:
            if node["rule"]["kind"] != "survey" and year.applies(unit, node["code"]) and (unit, node["code"]) not in year.scores:
                fault("inputs/scores.csv", f"thiếu dòng {unit} {node['code']}")


def check_losses(year, result):
    """The causes of each area's losses add up to what was lost there."""
    said = {}
    for row in year.csv("losses.csv"):
        key = (row["unit"], row["area"])
        said[key] = said.get(key, F(0)) + F(row["points"])
    for unit in year.units:
        areas = [n for n in year.set_of(unit)["nodes"] if "." not in n["code"] and not n["adjusts"]]
        # What waits for a score is not lost yet. Of a part given whole, nobody can say how much of it waits.
        waiting = {n["code"]: [leaf for leaf in n["leaves"] if result.leaf.get((unit, leaf["code"]), ("", F(0)))[1] is None]
                   for n in areas}
        left = lambda code: sum((result.top_of(unit, leaf) for leaf in waiting[code]), F(0))
        lost = {n["code"]: result.sums[unit, n["code"]][1] - result.sums[unit, n["code"]][0] - left(n["code"]) for n in areas}
        hidden = {code for code, leaves in waiting.items() if any(leaf["rule"]["kind"] == "given" for leaf in leaves)}
        if (unit, "") in said:
            lost = {} if hidden else {"": sum(lost.values(), F(0))}
        lost = {code: points for code, points in lost.items() if code not in hidden}
        for area, points in lost.items():
            if said.get((unit, area), F(0)) != points:
                found = exact(said.get((unit, area), F(0)))
                fault("inputs/losses.csv", f"{unit} {area}: cộng các nguyên nhân được {found}, mất {exact(points)} điểm")


def check_record(files, year):
    record = json.loads(files["publication.json"])

    def same(field, said, expected):
        if said != expected:
            fault("publication.json", f"{field}: ghi {shown(said or '')}, đúng ra {shown(expected or '')}")

    same("form", record["form"], record["form"] if record["form"] in FORMS else FORM)
    if record["form"] == FORM:
        same("level", record.get("level"), record.get("level") if record.get("level") in LEVELS else LEVELS[-1])
        sealed = record.get("sealed") or ""
        if len(sealed) != 64 or set(sealed) - set("0123456789abcdef"):
            fault("publication.json", f"sealed: giá trị {shown(sealed)} không hợp lệ")
    same("year", record["year"], year.head["year"])
    same("title", record["title"], year.head["title"])
    same("province", record["province"], year.head["province"])
    for one in record["criteria"]:
        folder = f"inputs/sets/{one['set']}/"
        lines = "".join(f"{sha256(files[p])}  {p}\n" for p in sorted(files) if p.startswith(folder))
        same(f"criteria[{one['set']}].hash", one["hash"], sha256(lines.encode()))
    same("version", record["version"], len(record["amendments"]) + 1)
    last = record["amendments"][-1]["amends"] if record["amendments"] else None
    same("previous", record["previous"], last)
    for number, one in enumerate(record["amendments"], 1):
        same(f"amendments[{number}].number", one["number"], number)
    return record


def check_description(files):
    """The description of the tables names each with its size and hash."""
    for one in json.loads(files["datapackage.json"])["resources"]:
        data = files.get(one["path"], b"")
        for field, right in (("bytes", len(data)), ("hash", "sha256:" + sha256(data))):
            if one[field] != right:
                place = f"resources[{one['name']}].{field}"
                fault("datapackage.json", f"{place}: ghi {shown(one[field])}, đúng ra {shown(right)}")


def check_changes(record, result):
    """The last amendment ends in this version's figures."""
    columns = next(columns_of(result.year, columns) for name, _, _, columns in TABLES if name == "units")
    units = {row[0]: dict(zip(columns, row)) for row in unit_rows(result)}
    for one in record["amendments"][-1]["changes"] if record["amendments"] else []:
        now = units.get(one["unit"], {}).get(one["figure"], "")
        if one["after"] != now:
            field = f"amendments[{len(record['amendments'])}].changes {one['unit']} {one['figure']}"
            fault("publication.json", f"{field}: ghi {shown(one['after'])}, đúng ra {shown(now)}")


def no_package(path, holds):
    """Says so when something is no package at all."""
    lacking = [mark for mark in MARKS if not holds(mark)]
    if len(lacking) > 1:
        print(f"{path} không phải gói dữ liệu: không có {', '.join(lacking)}", file=sys.stderr)
        print("  → nêu thư mục của gói hoặc tệp .zip của gói", file=sys.stderr)
    return len(lacking) > 1


def main(path):
    try:
        if path.is_dir() and no_package(path, lambda mark: (path / mark).is_file()):
            return 1
        if path.is_file() and path.open("rb").read(2) != b"PK":
            print(f"{path} không phải gói dữ liệu: không phải tệp .zip", file=sys.stderr)
            return 1
        files = read_folder(path) if path.is_dir() else read_zip(path)
    except OSError as error:
        print(f"{path}: không đọc được gói ({error.strerror or error})", file=sys.stderr)
        return 2
    except (zipfile.BadZipFile, RuntimeError, NotImplementedError, zlib.error) as error:
        print(f"{path}: tệp nén bị hỏng, bị cắt ngắn hoặc có mật khẩu ({error})", file=sys.stderr)
        return 1
    if not FAULTS and no_package(path, files.__contains__):
        return 1
    if not FAULTS:
        check_manifest(files)
        try:
            year = Year(files)
            record = check_record(files, year)
            check_strangers(files, year)
            before = len(FAULTS)
            check_rules(year)
            # What follows from wrong inputs would only hide them.
            if len(FAULTS) == before:
                # What was published in an earlier form stays right as it was reckoned then.
                year.earlier = record["form"] != FORM
                result = Result(year)
                check_changes(record, result)
                if "inputs/losses.csv" in files:
                    check_losses(year, result)
                for name, key, rows, columns in TABLES:
                    if record["form"] == FIRST_FORM and name in SINCE_2:
                        continue
                    compare(name, key, columns_of(result.year, columns), list(rows(result)), files)
                if len(FAULTS) == before:
                    check_description(files)
        except json.JSONDecodeError as error:
            fault(f"publication.json, dòng {error.lineno}", f"không đọc được ({error.msg})")
        except (KeyError, ValueError, IndexError, StopIteration, ZeroDivisionError, csv.Error, UnicodeDecodeError) as error:
            fault("inputs", f"không đọc hoặc không tính được ({type(error).__name__}: {error})")
    # The id of a spoilt package proves nothing, and is easily taken for a proof.
    found = "không nêu, vì gói có chỗ sai" if FAULTS else sha256(files.get(MANIFEST, b""))
    print(f"Gói {path.name or path}")
    print(f"Mã gói: {found}")
    for place, sentence in FAULTS[:MOST_TOLD * 5]:
        print(f"SAI  {place}: {sentence}")
    if FAULTS:
        print(f"KHÔNG KHỚP: {len(FAULTS)} chỗ sai.")
        return 1
    print("Chỉ kiểm bằng mã băm: số liệu đầu vào, câu chữ và văn bản báo cáo, thời điểm công bố, nhật ký, tệp Word, PDF,"
          " Excel, HUONG-DAN.md, dcat.jsonld, schema-org.jsonld, verify.py. Hãy so mã gói với mã đã công bố.")
    print("ĐÚNG: mọi kết quả tính lại từ số liệu đầu vào đều khớp với gói.")
    return 0


if __name__ == "__main__":
    for stream in (sys.stdout, sys.stderr):
        stream.reconfigure(encoding="utf-8")
    target = pathlib.Path(sys.argv[1]) if len(sys.argv) > 1 else pathlib.Path(__file__).resolve().parent
    sys.exit(main(target))
