"""Writes a synthetic year as a plain folder: make_year.py UNITS LEAVES DIR [YEAR].

One block, eight areas, every leaf at most 1 point. Three leaves of four are judged by hand (step
0.0001), every fourth is a ratio of two counted numbers. Each leaf carries the judgements of the unit
itself, of both rounds and, for one in twenty, of the council; the year before is known by index. The
same arguments give the same files.
"""
import random
import sys
from pathlib import Path

HEADER = """\
id = "bench"
name = "Bộ tiêu chí dựng để đo"
year = {year}
full_scale = "{leaves}"

[rounding]
point_places = 4
points = "half_up"
print_places = 2
print = "half_up"

[ranking]
compare = "exact"
ties = "share"

[exemption]
method = "reduce_scale"

[[class]]
name = "Tốt"
from = "55"

[[class]]
name = "Khá"
from = "50"

[[class]]
name = "Trung bình"
from = "0"
"""

YEAR = """\
year = {year}
title = "Năm dựng để đo: {units} đơn vị, {leaves} tiêu chí"
province = "tỉnh Mẫu"
notice = "Dữ liệu ngẫu nhiên, dựng để đo tốc độ."
previous_year = {before}
province_mean = "units"

[[set]]
id = "bench"
folder = "sets/bench"

[[cluster]]
id = "all"
name = "Tất cả đơn vị"

[[block]]
id = "all"
name = "Tất cả đơn vị"
set = "bench"
cluster = "all"
"""

LEAF = """
[[node]]
code = "{code}"
name = "Tiêu chí {code}"
max = "1"
source = "self"
rule = {{ {rule} }}
"""

JUDGED = 'kind = "judged", step = "0.0001"'
RATIO = 'kind = "ratio", floor = "0", target = "1", empty = "zero"'


def leaves_of(count):
    """(code, whether it is a ratio) of every leaf, spread over eight areas."""
    areas = min(8, count)
    return [[(f"{area + 1}.{i + 1}", (area + i) % 4 == 3) for i in range(len(range(area, count, areas)))] for area in range(areas)]


def judgement(rng, ratio):
    """Points and inputs of one judgement as the columns of scores.csv."""
    if ratio:
        return "", f"a=40;b={rng.randint(0, 40)}"
    return f"{rng.randint(0, 10000) / 10000:.4f}", ""


def write(units, leaves, folder, year=2024):
    rng = random.Random(units * 1000 + leaves)
    sets = folder / "sets" / "bench"
    sets.mkdir(parents=True, exist_ok=True)
    areas = leaves_of(leaves)
    (folder / "year.toml").write_text(YEAR.format(year=year, before=year - 1, units=units, leaves=leaves))
    (sets / "framework.toml").write_text(HEADER.format(year=year, leaves=leaves))
    for number, area in enumerate(areas, 1):
        text = f'[area]\ncode = "{number}"\nname = "Lĩnh vực {number}"\nmax = "{len(area)}"\n'
        text += "".join(LEAF.format(code=code, rule=RATIO if ratio else JUDGED) for code, ratio in area)
        (sets / f"area-{number}.toml").write_text(text)
    codes = [f"DV{i:04}" for i in range(1, units + 1)]
    (folder / "units.csv").write_text(
        "code,name,block\n" + "".join(f"{code},Đơn vị số {i},all\n" for i, code in enumerate(codes, 1)))
    (folder / "previous.csv").write_text(
        "unit,index,class,origin\n" + "".join(f"{code},{rng.randint(4500, 6000) / 100:.2f},Khá,synthetic\n" for code in codes))
    with open(folder / "scores.csv", "w") as file:
        file.write("unit,code,self,self_input,round1,round1_input,round2,round2_input,council,council_input\n")
        for unit in codes:
            for leaf, ratio in (leaf for area in areas for leaf in area):
                stages = [judgement(rng, ratio) for _ in range(3)]
                stages.append(judgement(rng, ratio) if rng.random() < 0.05 else ("", ""))
                file.write(f"{unit},{leaf}," + ",".join(f"{points},{given}" for points, given in stages) + "\n")


if __name__ == "__main__":
    write(int(sys.argv[1]), int(sys.argv[2]), Path(sys.argv[3]), *map(int, sys.argv[4:5]))
