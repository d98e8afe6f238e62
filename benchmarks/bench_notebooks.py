"""The time of testing the notebooks against the floor: as many notebooks that only import what these import."""

import json
import os
import re
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from chipnotes.paths import NOTEBOOKS, ROOT


def floor_of(notebook):
    """The notebook with nothing left in it but its imports."""
    code = "\n".join("".join(cell["source"]) for cell in notebook["cells"] if cell["cell_type"] == "code")
    imports = re.findall(r"^(?:import .+|from .+ import .+)$", code, re.M)
    cell = {
        "cell_type": "code",
        "id": "imports",
        "metadata": {},
        "source": "\n".join(imports),
        "execution_count": 1,
        "outputs": [],
    }
    return notebook | {"cells": [cell]}


def seconds(folder):
    """Wall time of pytest --nbval on all notebooks of a folder."""
    start = time.perf_counter()
    command = [
        sys.executable,
        "-m",
        "pytest",
        "--nbval",
        "-q",
        "-c",
        str(ROOT / "pyproject.toml"),
        f"--rootdir={ROOT}",
        str(folder),
    ]
    run = subprocess.run(command, cwd=ROOT, env=os.environ, capture_output=True, text=True)
    if run.returncode:
        raise SystemExit(run.stdout)
    return time.perf_counter() - start


def main():
    paths = sorted(path for path in NOTEBOOKS.glob("[0-9][0-9]_*.ipynb") if not path.name.startswith("00_"))
    with tempfile.TemporaryDirectory() as folder:
        for path in paths:
            notebook = json.loads(path.read_text(encoding="utf-8"))
            (Path(folder) / path.name).write_text(json.dumps(floor_of(notebook)), encoding="utf-8")
        ratios = []
        for _ in range(3):  # side by side, since the machine's speed drifts
            floor, whole = seconds(folder), seconds(NOTEBOOKS)
            ratios.append((whole / floor, floor, whole))
    ratio, floor, whole = sorted(ratios)[1]
    print(f"{len(paths)} notebooks: {whole:.1f} s, floor {floor:.1f} s: ratio {ratio:.2f}, the median of 3 (goal: at most 1.5)")


if __name__ == "__main__":
    main()
