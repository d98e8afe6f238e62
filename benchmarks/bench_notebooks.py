"""The time of testing the notebooks against its floor, and where it goes.

The floor is as many notebooks that only import what these import: kernels started, libraries loaded.
"""

import json
import os
import re
import subprocess
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

from chipnotes.files import NOTEBOOKS, ROOT

GOAL = 1.6  # times the floor
ROUNDS = 3


def floor_of(notebook):
    """The notebook with nothing left in it but its imports."""
    code = "\n".join("".join(cell["source"]) for cell in notebook["cells"] if cell["cell_type"] == "code")
    imports = re.findall(r"^(?:import .+|from .+ import .+)$", code, re.M)
    cell = {"cell_type": "code", "id": "imports", "metadata": {}, "execution_count": 1, "outputs": []}
    return notebook | {"cells": [cell | {"source": "\n".join(imports)}]}


def tested(paths):
    """Seconds of each cell under pytest --nbval, {name: {cell: seconds}}, and of pytest beside them."""
    command = [sys.executable, "-m", "pytest", "--nbval", "-q", "--durations=0", "--durations-min=0"]
    # of a file outside the root pytest tells no name
    command += ["-c", str(ROOT / "pyproject.toml"), f"--rootdir={os.path.commonpath(paths)}"]
    start = time.perf_counter()
    environment = os.environ | {"PYTHONPATH": str(NOTEBOOKS)}  # for the floors, which lie elsewhere
    run = subprocess.run([*command, *paths], cwd=ROOT, env=environment, capture_output=True, text=True)
    beside = time.perf_counter() - start
    if run.returncode:
        raise SystemExit(run.stdout)
    spent = {path.name: Counter() for path in paths}
    for seconds, name, cell in re.findall(
        r"^([\d.]+)s (?:call|setup|teardown) +(\S+\.ipynb)::(\S.*)$", run.stdout, re.M
    ):
        spent[Path(name).name][cell] += float(seconds)
        beside -= float(seconds)
    return spent, beside


def main():
    paths = sorted(NOTEBOOKS.glob("[0-9][0-9]_*.ipynb"))
    with tempfile.TemporaryDirectory() as folder:
        floors = [Path(folder) / f"floor_{path.name}" for path in paths]
        for path, floor in zip(paths, floors, strict=True):
            notebook = json.loads(path.read_text(encoding="utf-8"))
            floor.write_text(json.dumps(floor_of(notebook)), encoding="utf-8")
        rounds = []
        for _ in range(ROUNDS):  # each notebook beside its floor, since the machine's speed drifts
            spent, beside = tested([path for pair in zip(floors, paths) for path in pair])
            least, whole = (beside + sum(spent[path.name].total() for path in of) for of in (floors, paths))
            rounds.append((whole / least, least, whole, spent))
    ratio, least, whole, spent = sorted(rounds, key=lambda one: one[0])[ROUNDS // 2]
    print("notebook  seconds  of these imports and kernel  slowest cells")
    for path, floor in zip(paths, floors):
        slow = ", ".join(f"{cell} {seconds:.1f}" for cell, seconds in spent[path.name].most_common(3))
        print(
            f"{path.name[:2]:8}  {spent[path.name].total():7.1f}  {spent[floor.name].total():27.1f}  {slow}"
        )
    print(
        f"{len(paths)} notebooks: {whole:.1f} s, floor {least:.1f} s: ratio {ratio:.2f}, "
        f"the median of {ROUNDS} (goal: at most {GOAL})"
    )


if __name__ == "__main__":
    main()
