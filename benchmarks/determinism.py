"""The same bytes under other clocks, locales, hash seeds, folders, Pythons: benchmarks/determinism.py.

Each setting gets a fresh copy of the project, with a .venv of its own, in a folder with a space and
Chinese characters in its path, runs tools/run_notebooks.py there (all notebooks, figures, tables), and
compares every file of the copy, and what lies beside it, in its home and in its temporary folder, with
what was there before: only Python's own bytecode and chipnotes' folder in the user's cache may be new.
The first setting that is run says whether the project's own files are fresh; the others are held against
what it gave, so that a stale file is named once.

`--quick` runs one notebook alone, and the last line says so. `--python PYTHON`, which may be given
several times, names an interpreter of another version that has the locked packages (its
.venv/bin/python, after `make PYTHON=python3.13 env` in another clone): the copy is run with it as well.
Words run only the settings whose names hold them. Exit status 1 if anything differs; the file is named.
"""

import argparse
import hashlib
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from mutations import copy_project, own_python
from tqdm import tqdm

LOCALE = "zh_CN.UTF-8"
COPY = "项目 copy"
# What the user's shell may hold and each setting decides for itself.
FOREIGN = ("TZ", "LANG", "LC_", "PYTHON", "CHIPNOTES_", "XDG_", "JUPYTER", "IPYTHON", "MPL", "MATPLOTLIB")
CACHE = ".cache/chipnotes/"  # in the home folder: all that a run may leave there
SETTINGS = {
    "empty home folder": {},
    "the same again, home folder in use": {},
    "TZ=Asia/Shanghai": {"TZ": "Asia/Shanghai"},
    "TZ=America/Los_Angeles": {"TZ": "America/Los_Angeles"},
    "LC_ALL=C": {"LC_ALL": "C"},
    f"LC_ALL={LOCALE}": {"LC_ALL": LOCALE},
    "PYTHONHASHSEED=0": {"PYTHONHASHSEED": "0"},
    "PYTHONHASHSEED=1": {"PYTHONHASHSEED": "1"},
    "PYTHONHASHSEED=random": {"PYTHONHASHSEED": "random"},
    "all at once": {"TZ": "Pacific/Kiritimati", "LC_ALL": "C", "PYTHONHASHSEED": "4294967295"},
}
ALONE = "06"  # the notebook of --quick
ONE_CORE = "one core"
TWO = "two runs at the same time, sharing a new home folder"
READ_ONLY = "pytest --nbval in a read-only copy"


def hashes(folder):
    """{path in the folder: sha256}, an empty folder as its path with a slash; without Python's bytecode."""
    found = {}
    for path in sorted(folder.rglob("*")):
        name = path.relative_to(folder)
        if path.is_file():
            if path.suffix != ".pyc" or path.parent.name != "__pycache__":
                found[str(name)] = hashlib.sha256(path.read_bytes()).hexdigest()
        elif path.is_dir() and path.name != "__pycache__" and not any(path.iterdir()):
            found[f"{name}/"] = ""
    return found


def differences(before, after):
    """One line a file that is not as before."""
    names = sorted(before.keys() | after.keys())
    words = {(True, False): "is gone", (False, True): "is new", (True, True): "differs"}
    return [
        f"{name} {words[name in before, name in after]}"
        for name in names
        if before.get(name) != after.get(name)
    ]


class Place:
    """One copy of the project with its temporary folder, and the home folder that the run is given."""

    def __init__(self, parent, snapshot, home, python=sys.executable):
        self.parent, self.root, self.temporary, self.home = parent, parent / COPY, parent / "tmp", home
        shutil.copytree(snapshot, self.root)
        self.python = own_python(self.root, python)
        self.temporary.mkdir()
        self.home.mkdir(exist_ok=True)
        self.before = hashes(self.root)

    def start(self, words, command, settings):
        """Begins the command in the copy by its python, `words` before it; its output goes into a file."""
        environment = {key: value for key, value in os.environ.items() if not key.startswith(FOREIGN)}
        environment |= {"HOME": str(self.home), "TMPDIR": str(self.temporary)}
        with open(self.parent / "log", "wb") as log:
            self.run = subprocess.Popen(
                [*words, self.python, *command],
                cwd=self.root,
                env=environment | settings,
                stdout=log,
                stderr=log,
                stdin=subprocess.DEVNULL,
            )

    def finish(self, left_in_temporary=()):
        """Waits for the run; one line a fault: it failed, a file differs, something lies elsewhere."""
        self.code = self.run.wait()
        faults = differences(self.before, hashes(self.root))
        faults += [
            f"temporary folder: {name}"
            for name in hashes(self.temporary)
            if not name.startswith(left_in_temporary)
        ]
        faults += [f"home folder: {name}" for name in hashes(self.home) if not name.startswith(CACHE)]
        faults += [
            f"beside the copy: {path.name}"
            for path in self.parent.iterdir()
            if path.name not in (COPY, "tmp", "log")
        ]
        if self.code:
            lines = (self.parent / "log").read_text(encoding="utf-8", errors="replace").strip().splitlines()
            said = [line for line in lines if line.startswith(("FAILED", "ERROR", "make figures:"))] or lines[
                -3:
            ]
            faults += [f"exit status {self.code}: {line}" for line in said]
        return faults


def locale_settings(folder):
    """What makes the Chinese locale known where it is not installed: (settings, remark)."""
    installed = (
        subprocess.run(["locale", "-a"], capture_output=True, text=True)
        .stdout.lower()
        .replace("-", "")
        .split()
    )
    if LOCALE.lower().replace("-", "") in installed:
        return {}, ""
    if shutil.which("localedef"):
        made = subprocess.run(
            ["localedef", "-i", "zh_CN", "-f", "UTF-8", str(folder / LOCALE)], capture_output=True
        )
        if made.returncode == 0:
            return {"LOCPATH": str(folder)}, "the locale was made with localedef"
    return {}, f"{LOCALE} is not installed here and could not be made: Python falls back to C"


def bound_by_permissions():
    """What to put before a command so that a read-only folder is read-only for it: (words, remark)."""
    if os.geteuid():
        return [], "permissions bind this user"
    words = ["setpriv", "--bounding-set=-dac_override,-dac_read_search", "--inh-caps=-all", "--"]
    if shutil.which("setpriv") and subprocess.run([*words, "true"], capture_output=True).returncode == 0:
        return words, "root, bound by permissions through setpriv"
    return [], "permissions do not bind root: only compared before and after"


def settings_of(quick, pythons):
    """The settings to run: (name, number of copies, command, environment, interpreter)."""
    notebooks = ["tools/run_notebooks.py", *([ALONE] if quick else [])]
    for name, environment in SETTINGS.items():
        yield name, 1, notebooks, environment, sys.executable
    for python in pythons:
        said = subprocess.run(
            [python, "--version"], capture_output=True, text=True, check=True
        ).stdout.strip()
        yield said, 1, notebooks, {}, python
    yield ONE_CORE, 1, notebooks, {}, sys.executable
    yield TWO, 2, notebooks, {}, sys.executable
    yield READ_ONLY, 1, ["-m", "pytest", "--nbval", "-q", "--tb=short"], {}, sys.executable


def run_setting(setting, quick, folder, snapshot, home, locales):
    """Runs one setting; returns its faults, a remark, and whether its runs came to their end."""
    name, copies, command, environment, python = setting
    remark, words, left = "", [], ()
    if name == ONE_CORE and shutil.which("taskset"):
        words = ["taskset", "-c", "0"]
    if environment.get("LC_ALL") == LOCALE:
        more, remark = locale_settings(locales)
        environment = environment | more
    if name == TWO:
        home = folder / "home"  # both begin to write the same caches
    parents = [folder / str(number) for number in range(copies)]
    for parent in parents:
        parent.mkdir()
    places = [Place(parent, snapshot, home, python) for parent in parents]
    if name == READ_ONLY:
        words, remark = bound_by_permissions()
        if quick:
            alone = places[0].root.glob(f"notebooks/{ALONE}_*.ipynb")
            command = [*command, *(str(path.relative_to(places[0].root)) for path in alone)]
        left = ("pytest-of-",)  # pytest keeps its last runs there
        _chmod(places[0].root, "a-w")
    for place in places:
        place.start(words, command, environment)
    faults = [fault for place in places for fault in place.finish(left)]
    if name == READ_ONLY:
        _chmod(places[0].root, "u+w")
    return faults, remark, not any(place.code for place in places)


def _chmod(folder, mode):
    subprocess.run(["chmod", "-R", mode, str(folder)], check=True)


def main():
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--quick", action="store_true", help=f"only notebook {ALONE}")
    parser.add_argument(
        "--python", action="append", default=[], help="an interpreter with the locked packages"
    )
    parser.add_argument("words", nargs="*", help="only the settings whose names hold one of these")
    options = parser.parse_args()
    every = settings_of(options.quick, options.python)
    chosen = [s for s in every if not options.words or any(word in s[0] for word in options.words)]
    red = []
    with tempfile.TemporaryDirectory() as top:
        top = Path(top)
        # One state of the project for all settings, whoever works in it meanwhile.
        snapshot, home, locales = top / "snapshot", top / "家 home", top / "locales"
        for folder in (snapshot, home, locales):
            folder.mkdir()
        copy_project(snapshot)
        for number, setting in enumerate(tqdm(chosen, unit="setting", dynamic_ncols=True)):
            name, folder = setting[0], top / f"{number} 另一个 文件夹"
            folder.mkdir()
            faults, remark, whole = run_setting(setting, options.quick, folder, snapshot, home, locales)
            if number == 0 and faults and whole:
                shutil.rmtree(snapshot)
                shutil.copytree(
                    folder / "0" / COPY, snapshot, ignore=shutil.ignore_patterns(".venv", "__pycache__")
                )
            shutil.rmtree(folder)
            tqdm.write(
                f"{'DIFFERS' if faults else 'same':8} {name}" + (f" ({remark})" if remark else ""),
                file=sys.stdout,
            )
            for fault in faults:
                tqdm.write(f"         {fault}", file=sys.stdout)
            sys.stdout.flush()
            red += [name] if faults else []
    print(
        f"{len(chosen) - len(red)} of {len(chosen)} settings give the same bytes and leave nothing behind"
        + (f"; not: {', '.join(red)}" if red else ", those of the project")
        + (f" (notebook {ALONE} alone)" if options.quick else "")
    )
    return 1 if red else 0


if __name__ == "__main__":
    sys.exit(main())
