"""Plant single faults in copies of the project, see which test goes red: benchmarks/mutations.py [words].

The faults are data, benchmarks/faults.tsv: id, class, file, the text to find, what to put in its place,
and whether what is generated is made again before the tests run (the notebooks that read a file of the
fault, gallery and tables), so that only a test of meaning can catch it. Rows with one id are one fault. A
fault is caught if a test fails in a copy that has it: the likely files first, then all, then
`pytest --nbval`. The linter's test and the test of these faults are left out, since they would catch a
fault by its looks; so are tests that see only that a file was not made again, but for faults in what is
made, and tests that are red without a fault, which are named first.

Words choose faults by id or class; `--jobs` runs several copies at a time; `--quick` stops after the
likely files; `--report FILE` keeps a table: id, class, first test that caught it; what stands there already
is not tried again; `--first FILE`, the report of another run, says which test each fault is put to, alone,
before all others. Exit status 1 if a fault survives.
"""

import argparse
import compileall
import csv
import os
import re
import shutil
import subprocess
import sys
import sysconfig
import tempfile
from collections import namedtuple
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from tqdm import tqdm

ROOT = Path(__file__).resolve().parent.parent
FAULTS = ROOT / "benchmarks" / "faults.tsv"
HANGS = 3600  # seconds after which a run is taken to have no end
LEFT_OUT = [
    "--ignore=tests/tools/test_faults.py",
    "--deselect=tests/test_house.py::test_the_linter_and_the_formatter_have_nothing_to_say",
]
# These see only that something was not made again: a catch where what is made has the fault, nowhere else.
FRESH = [
    "--deselect=tests/showing/test_export.py::test_the_committed_tables_are_what_the_corpus_gives",
    "--deselect=tests/notebooks/test_notebooks.py::test_findings_are_those_that_the_functions_give",
]
# Where a fault in a file is likely to be caught: the first pattern that fits.
LIKELY = (
    ("chipnotes/pages/", ("tests/pages",)),
    ("chipnotes/rules/", ("tests/rules", "tests/facts")),
    ("chipnotes/facts/", ("tests/facts", "tests/showing")),
    ("chipnotes/showing/", ("tests/showing",)),
    ("chipnotes/data/furniture", ("tests/pages",)),
    ("chipnotes/data/", ("tests/rules", "tests/facts", "tests/pages")),
    ("chipnotes/", ("tests/facts", "tests/rules", "tests/pages")),
    ("seeds/ledgers/", ("tests/argument", "tests/facts", "tests/notebooks")),
    ("seeds/", ("tests/pages", "tests/argument")),
    ("notebooks/argument/", ("tests/argument", "tests/test_doctests.py", "tests/notebooks")),
    ("notebooks/", ("tests/notebooks",)),
    ("figures/", ("tests/notebooks", "tests/showing")),
    ("tables/", ("tests/showing", "tests/facts")),
    ("site/", ("tests/site",)),
    ("", ("tests/tools", "tests/notebooks")),
)
# Put into a copy's site-packages: names of files that a process opens go to the file named in OPENED.
NOTING = """import os, sys; to = os.environ.get("OPENED"); to = to and os.open(to, 1089, 0o600); \
note = lambda event, told, to=to: event == "open" and os.write(to, f"{told[0]}\\n".encode()); \
sys.addaudithook(note) if to else 0
"""
FINISH = "import sys; sys.path[:0] = ['tools']; import run_notebooks as run; run.finish(run.select([]))"
Edit = namedtuple("Edit", "file find replace")
Fault = namedtuple("Fault", "id kind edits regenerate")


class Stale(Exception):
    """A fault that can no longer be planted; the message says what is not there."""


def read_faults(path=FAULTS):
    """The faults of a table, in its order. In a cell \\t is a tab, \\n a line end, \\\\ a backslash."""
    lines = path.read_text(encoding="utf-8").splitlines()
    faults = {}
    for row in csv.DictReader(lines[1:], delimiter="\t", quoting=csv.QUOTE_NONE):
        edit = Edit(row["file"], _plain(row["find"]), _plain(row["replace"]))
        known = faults.get(row["id"], Fault(row["id"], row["class"], (), row["regenerate"] == "yes"))
        faults[row["id"]] = known._replace(edits=(*known.edits, edit))
    return list(faults.values())


def _plain(cell):
    return re.sub(r"\\(.)", lambda match: {"t": "\t", "n": "\n"}.get(match[1], match[1]), cell)


def planted(fault, root=ROOT):
    """What a fault changes: {file: its new bytes, or None if it goes}. Raises Stale if it does not fit."""
    changed = {}
    for file, find, replace in fault.edits:
        if not (root / file).is_file():
            raise Stale(f"{fault.id}: there is no {file}")
        if not find:
            changed[file] = None
            continue
        old = changed.get(file) or (root / file).read_bytes()
        places = old.count(find.encode())
        if places != 1 or find == replace:
            raise Stale(f"{fault.id}: {find!r} stands {places} times in {file}, not once, or nothing changes")
        changed[file] = old.replace(find.encode(), replace.encode())
    return changed


# ---------------------------------------------------------------- copies and runs


def copy_project(target):
    """The files that git knows or would add, as they are now."""
    listed = subprocess.run(
        ["git", "ls-files", "-co", "--exclude-standard", "-z"], cwd=ROOT, capture_output=True, check=True
    ).stdout
    for name in listed.decode().split("\0"):
        if name and (ROOT / name).is_file():
            (target / name).parent.mkdir(parents=True, exist_ok=True)
            (target / name).write_bytes((ROOT / name).read_bytes())
            shutil.copymode(ROOT / name, target / name)


def own_python(root, python=sys.executable):
    """Gives a copy a .venv as a clone has it, with its own chipnotes and the packages of an interpreter.

    PYTHONPATH would do for the imports, but some tests start interpreters of their own and must not find it
    there. Returns the path of the new python.
    """
    folder = root / ".venv"
    asked = "import sys, sysconfig as s; print(*map(s.get_path, ('purelib', 'scripts')), *sys.version_info)"
    site, scripts, *version = subprocess.run(
        [python, "-c", asked], capture_output=True, text=True, check=True
    ).stdout.split()
    subprocess.run([python, "-m", "venv", "--without-pip", "--symlinks", str(folder)], check=True)
    own = Path(sysconfig.get_path("purelib", "venv", vars={"base": str(folder), "platbase": str(folder)}))
    own = own.parents[1] / f"python{'.'.join(version[:2])}" / "site-packages"
    # Relative to it, and so ASCII wherever the copy lies.
    (own / "copy.pth").write_text(f"{os.path.relpath(root, own)}\n{site}\n", encoding="utf-8")
    (folder / "bin" / "ruff").symlink_to(Path(scripts, "ruff"))
    return str(folder / "bin" / "python")


def run(python, root, *command, **more):
    """Runs a command of a copy's own python, `more` in its environment; (exit status, what it printed)."""
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"} | more
    temporary = root.parent / "tmp"
    temporary.mkdir(exist_ok=True)
    environment |= {"PYTHONDONTWRITEBYTECODE": "1", "TMPDIR": str(temporary)}
    try:
        done = subprocess.run(
            [python, *command],
            cwd=root,
            env=environment,
            capture_output=True,
            text=True,
            stdin=subprocess.DEVNULL,
            timeout=HANGS,
        )
    except subprocess.TimeoutExpired:
        return -1, f"no end in {HANGS} s"
    return done.returncode, done.stdout + done.stderr


def reads(python, root):
    """Which files of a copy each notebook reads, by its number; the copy's notebooks are run for that."""
    site = next((root / ".venv").glob("lib/python*/site-packages"))
    (site / "noting.pth").write_text(NOTING, encoding="utf-8")
    found = {}
    for path in tqdm(sorted((root / "notebooks").glob("[0-9][0-9]_*.ipynb")), unit="notebook"):
        noted = root.parent / f"{path.stem}.txt"
        status, said = run(python, root, "tools/run_notebooks.py", path.name, OPENED=str(noted))
        if status:
            raise SystemExit(f"without a fault {path.name} does not run:\n{said}")
        opened = {os.path.join(root, "notebooks", name) for name in noted.read_text().splitlines()}
        found[path.name[:2]] = {os.path.relpath(name, root) for name in map(os.path.normpath, opened)}
    # The front page shows figures that the others draw.
    return found | {"00": set().union(*found.values())}


def made_again(fault, python, root, read):
    """Makes again what hangs on a fault's files; what went wrong, in words, or nothing."""
    files = {file for file, *_ in fault.edits}
    notebooks = [number for number, opened in read.items() if files & opened]
    for command in ([["tools/run_notebooks.py", *notebooks]] if notebooks else []) + [["-c", FINISH]]:
        status, said = run(python, root, *command)
        if status:
            return f"make figures: {([line for line in said.splitlines() if line] or ['no word'])[-1][:150]}"


def reds(python, root, *arguments):
    """The tests that fail in a copy, in their order."""
    status, said = run(python, root, "-m", "pytest", "-q", "--tb=no", *LEFT_OUT, *arguments)
    if status in (0, 5):  # 5: no test there
        return []
    found = re.findall(r"^(?:FAILED|ERROR) (\S+(?: \d+)?)", said, re.M)
    return found or [(said.strip().splitlines() or ["no word"])[-1][:200]]


def likely(fault, root):
    """The test folders and files in which a fault is looked for first."""
    chosen = {}
    for file, *_ in fault.edits:
        chosen |= dict.fromkeys(next(tests for start, tests in LIKELY if file.startswith(start)))
    return [name for name in chosen if (root / name).exists()]


def report_of(path):
    """The rows of a report: id, class, first test that caught the fault."""
    return [row.split("\t") for row in path.read_text(encoding="utf-8").splitlines()]


def tried(fault, snapshot, quick, read, out=(), first=""):
    """Plants one fault in a copy of the snapshot and tests it: what caught it, or None for a survivor.

    `first`: the test that is asked before the others.
    """
    made = any(re.match(r"figures/|tables/|.*\.ipynb$", file) for file, *_ in fault.edits)
    out = [*out, *([] if made else FRESH)]
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder) / "copy"
        shutil.copytree(snapshot, root, symlinks=True)
        for file, data in planted(fault, root).items():
            if data is None:
                (root / file).unlink()
            else:
                (root / file).write_bytes(data)
        python = own_python(root)
        if fault.regenerate and (wrong := made_again(fault, python, root, read)):
            return wrong
        for red in reds(python, root, *out, first) if first and not quick else ():
            if red.startswith(first):  # a test that is gone is no catch, though pytest then gives a status
                return red
        stages = [likely(fault, root)] + ([] if quick else [["tests"], ["--nbval", "notebooks"]])
        return next(filter(None, (reds(python, root, "-x", *out, *files) for files in stages)), [None])[0]


def main():
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("words", nargs="*", help="only faults whose id or class holds one of these")
    parser.add_argument("--jobs", type=int, default=1, help="copies tested at the same time (1)")
    parser.add_argument("--quick", action="store_true", help="only the likely tests")
    parser.add_argument("--report", type=Path, help="a file for the table of catches")
    parser.add_argument("--first", type=Path, help="the report of another run, whose tests are asked first")
    parser.add_argument("--check", action="store_true", help="plant every fault, test none")
    options = parser.parse_args()
    chosen = [
        fault
        for fault in read_faults()
        if not options.words or any(word in f"{fault.id} {fault.kind}" for word in options.words)
    ]
    rows = report_of(options.report) if options.report and options.report.exists() else []
    # without its parameters, which may hold blanks
    former = report_of(options.first) if options.first else []
    first = {id: red.partition("[")[0] for id, _, red in former if red.startswith("tests/")}
    chosen = [fault for fault in chosen if fault.id not in {row[0] for row in rows}]
    stale = []
    for fault in chosen:
        try:
            planted(fault)
        except Stale as error:
            stale.append(str(error))
    if stale or options.check:
        print("\n".join([*stale, f"{len(chosen) - len(stale)} of {len(chosen)} faults can be planted"]))
        return 1 if stale else 0
    with tempfile.TemporaryDirectory() as folder:
        # One state of the project for all faults, whoever works in it meanwhile.
        snapshot = Path(folder) / "snapshot"
        copy_project(snapshot)
        compileall.compile_dir(snapshot, quiet=1)  # once for all copies, which keep the times of its files
        clean = Path(folder) / "clean" / "copy"
        shutil.copytree(snapshot, clean, symlinks=True)
        files = sorted({name for fault in chosen for name in likely(fault, clean)})
        python = own_python(clean)
        known = reds(python, clean, *(files if options.quick else ["--nbval"]))
        if known:
            print(f"red without a fault, and left out: {', '.join(known)}", flush=True)
        out = [f"--deselect={name.split(' ')[0]}" for name in known]
        read = reads(python, clean) if any(fault.regenerate for fault in chosen) else {}
        with ThreadPoolExecutor(options.jobs) as pool:
            more = options.quick, read, out
            found = pool.map(lambda one: tried(one, snapshot, *more, first.get(one.id, "")), chosen)
            pairs = zip(chosen, tqdm(found, total=len(chosen), unit="fault", dynamic_ncols=True), strict=True)
            for fault, red in pairs:
                rows.append([fault.id, fault.kind, red or ""])
                tqdm.write(f"{'caught' if red else 'SURVIVED':9} {fault.id:60} {red or ''}", file=sys.stdout)
                sys.stdout.flush()
                if options.report:
                    options.report.write_text(
                        "".join("\t".join(row) + "\n" for row in rows), encoding="utf-8"
                    )
    survivors = [id for id, _, red in rows if not red]
    for kind in dict.fromkeys(kind for _, kind, _ in rows):
        of = [red for _, own, red in rows if own == kind]
        print(f"{kind}: {sum(map(bool, of))} of {len(of)} caught")
    print(f"{len(rows) - len(survivors)} of {len(rows)} faults caught" + (" by likely tests" * options.quick))
    return 1 if survivors else 0


if __name__ == "__main__":
    sys.exit(main())
