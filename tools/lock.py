"""Writes the locks and environment.yml from the pins in pyproject.toml (make lock)."""

import importlib.util
import re
import subprocess
import sys
import tempfile
import tomllib
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
LOCK, CONDA = ROOT / "requirements.lock", ROOT / "environment.yml"

LOCK_HEAD = (
    "# Every package of the environment with its exact version and the hash of each of its files, "
    "for every platform and\n"
    "# Python 3.11 or later. Written by `make lock`; installed by `make` with pip's --require-hashes.\n"
)
# extra -> (what needs it, which command installs it)
EXTRAS = {
    "browser": ("the browser tests need", "make browser"),
    "site": ("the site needs", "make site"),
    "scale": ("a folder of many pages needs", "python3 tools/setup_env.py --scale"),
}
EXTRA_HEAD = "# What {} on top of requirements.lock. Written by `make lock`; installed by `{}`.\n"
CONDA_HEAD = """\
# The conda environment: the versions of requirements.lock, for those who use conda. Written by `make lock`.
# Only Python and pip come from conda-forge. Everything else is the same wheel that the lock names, because a
# conda build of matplotlib, NumPy or OpenCC is other machine code and may draw or round differently: same
# wheels, same bytes.
name: chipnotes
channels:
  - conda-forge
  - nodefaults
dependencies:
  - python=3.13
  - pip
  - pip:
"""
PIN = re.compile(r"^(?P<name>[A-Za-z0-9._-]+)==(?P<version>[^ ;\\]+)(?: ; (?P<marker>[^\\]+?))?(?: \\)?$")


def pins(text):
    """Blocks of a lock file: list of (name, version, marker or '', block of text with its hashes)."""
    found, block = [], []
    for line in text.splitlines():
        if line.startswith("#") or not line.strip():
            continue
        if line.startswith((" ", "\t")):
            block.append(line)
            continue
        match = PIN.match(line)
        if not match:
            raise SystemExit(f"lock: cannot read the line {line!r}")
        block = [line]
        found.append((match["name"], match["version"], match["marker"] or "", block))
    return [(name, version, marker, "\n".join(block) + "\n") for name, version, marker, block in found]


def conda_text(lock_text):
    """Text of environment.yml for the text of a requirements.lock."""
    lines = []
    for name, version, marker, _ in pins(lock_text):
        requirement = f"{name}=={version}" + (f" ; {marker}" if marker else "")
        lines.append(f'      - "{requirement}"\n' if marker else f"      - {requirement}\n")
    return CONDA_HEAD + "".join(lines) + "      - -e .\n"


def declared(extra=None):
    """The requirements of pyproject.toml: those of the project, or those of one of its extras."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    return project["optional-dependencies"][extra] if extra else project["dependencies"]


def resolve(requirements):
    """Text of a lock for all platforms, made by uv; old pins are not looked at: the index alone decides."""
    command = [
        sys.executable,
        "-m",
        "uv",
        "pip",
        "compile",
        "-",
        "--universal",
        "--generate-hashes",
        "--no-header",
        "--no-annotate",
        "--no-emit-index-url",
        "--python-version",
        "3.11",
        # one version for all Pythons where there is one: the same code draws the figures on 3.11 and 3.13
        "--fork-strategy",
        "fewest",
    ]
    with tempfile.TemporaryDirectory() as folder:
        done = subprocess.run(
            command, cwd=folder, input="\n".join(requirements), text=True, capture_output=True
        )
    if done.returncode:
        raise SystemExit(f"lock: uv could not resolve the pins of pyproject.toml:\n{done.stderr}")
    return done.stdout


def main():
    """Resolves without and with each extra, so that an extra can not move a pin of the main lock."""
    if importlib.util.find_spec("uv") is None:
        raise SystemExit("lock: uv is not there; run `make lock`, which fetches it")
    main_text = resolve(declared())
    main_pins = pins(main_text)
    fixed = [
        f"{name}=={version}" + (f" ; {marker}" if marker else "") for name, version, marker, _ in main_pins
    ]
    names = {name for name, *_ in main_pins}
    LOCK.write_text(LOCK_HEAD + main_text, encoding="utf-8", newline="\n")
    CONDA.write_text(conda_text(main_text), encoding="utf-8", newline="\n")
    print(f"lock: {len(main_pins)} packages; look at `git diff` and run make test")
    for extra, words in EXTRAS.items():
        blocks = [block for name, _, _, block in pins(resolve(fixed + declared(extra))) if name not in names]
        text = EXTRA_HEAD.format(*words) + "".join(blocks)
        (ROOT / f"requirements-{extra}.lock").write_text(text, encoding="utf-8", newline="\n")
        print(f"lock: {len(blocks)} more for the extra {extra}")


if __name__ == "__main__":
    main()
