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
    """Wall time of pytest --nbval on some notebooks, and of each cell: [(notebook, cell, seconds)]."""
    command = [sys.executable, "-m", "pytest", "--nbval", "-q", "--durations=0", "--durations-min=0.05"]
    command += ["-c", str(ROOT / "pyproject.toml"), f"--rootdir={paths[0].parent}", *map(str, paths)]
    start = time.perf_counter()
    environment = os.environ | {"PYTHONPATH": str(NOTEBOOKS)}  # for the floor, which lies elsewhere
    run = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True)
    seconds = time.perf_counter() - start
    if run.returncode:
        raise SystemExit(run.stdout)
    cells = re.findall(
        r"^([\d.]+)s (?:call|setup|teardown) +\S*?(\d\d)_\w+\.ipynb::(\S.*)$", run.stdout, re.M
    )
    return seconds, [(notebook, cell, float(spent)) for spent, notebook, cell in cells]


def main():
    paths = sorted(NOTEBOOKS.glob("[0-9][0-9]_*.ipynb"))
    with tempfile.TemporaryDirectory() as folder:
        floors = [Path(folder) / path.name for path in paths]
        for path, floor in zip(paths, floors, strict=True):
            notebook = json.loads(path.read_text(encoding="utf-8"))
            floor.write_text(json.dumps(floor_of(notebook)), encoding="utf-8")
        rounds = []
        for _ in range(ROUNDS):  # side by side, since the machine's speed drifts
            floor, whole = tested(floors), tested(paths)
            rounds.append((whole[0] / floor[0], floor, whole))
    ratio, (floor, least), (whole, spent) = sorted(rounds, key=lambda one: one[0])[ROUNDS // 2]
    print("notebook  seconds  of these imports and kernel  slowest cells")
    for path in paths:
        number = path.name[:2]
        own = sorted(((s, cell) for n, cell, s in spent if n == number), reverse=True)
        start = sum(s for n, _, s in least if n == number)
        slow = ", ".join(f"{cell} {seconds:.1f}" for seconds, cell in own[:3])
        print(f"{number:8}  {sum(s for s, _ in own):7.1f}  {start:27.1f}  {slow}")
    print(
        f"{len(paths)} notebooks: {whole:.1f} s, floor {floor:.1f} s: ratio {ratio:.2f}, "
        f"the median of {ROUNDS} (goal: at most {GOAL})"
    )


if __name__ == "__main__":
    main()
