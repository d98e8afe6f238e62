"""The commands, run with stand-ins for what they start: each starts what it should, none hides a failure."""

import os
import re
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

import chipnotes

ROOT = Path(__file__).resolve().parents[2]
pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="make and the shell are those of POSIX")

# Each stand-in writes down how it was called and then does as it is told.
CALLED = '#!/bin/sh\necho "$(basename "$0") $*" >> "$CALLS"\n'


def stand_in(folder, name, rest="exit 0\n"):
    folder.mkdir(parents=True, exist_ok=True)
    (folder / name).write_text(CALLED + rest)
    (folder / name).chmod(0o755)


class Trial:
    """A copy of Makefile and .ci/run in a folder of its own, with stand-ins first on the path."""

    def __init__(self, folder):
        self.folder, self.bin, self.calls = folder / "copy of it", folder / "bin", folder / "calls"
        (self.folder / ".ci").mkdir(parents=True)
        for name in ("Makefile", ".ci/run"):
            shutil.copy(ROOT / name, self.folder / name)
        for name in ("apt-get", "python3"):
            stand_in(self.bin, name)

    def run(self, *command, **environment):
        """The exit status and how the stand-ins were called."""
        self.calls.write_text("")
        path = f"{self.bin}{os.pathsep}{os.environ['PATH']}"
        given = {k: v for k, v in os.environ.items() if not k.startswith("MAKE") and k != "MFLAGS"}
        self.done = subprocess.run(
            command,
            cwd=self.folder,
            env=given | {"PATH": path, "CALLS": str(self.calls), "PYTHON": "python3"} | environment,
            capture_output=True,
            text=True,
        )
        return self.done.returncode, self.calls.read_text().splitlines()


@pytest.fixture
def trial(tmp_path):
    return Trial(tmp_path)


# ---------------------------------------------------------------- .ci/run

STEPS = ["figures", "site-check", "browser", "test"]
# fails at the step FAILS; afterwards git finds the clone changed if DIRTY is that step
MAKE = '[ "$1" != "$FAILS" ] || exit 3\necho "$1" > "$CALLS.last"\n'
GIT = (
    '[ "$1" != status ] || [ "$(cat "$CALLS.last" 2>/dev/null)" != "$DIRTY" ] || echo " M figures/01-a.svg"\n'
)


@pytest.fixture
def ci(trial):
    stand_in(trial.bin, "id", "echo 0\n")
    stand_in(trial.bin, "make", MAKE)
    stand_in(trial.bin, "git", GIT)

    def run(fails="", dirty="never"):
        Path(f"{trial.calls}.last").unlink(missing_ok=True)
        status, calls = trial.run("bash", ".ci/run", FAILS=fails, DIRTY=dirty)
        return status, [call.split()[1] for call in calls if call.startswith("make ")]

    return run


def test_ci_makes_figures_browser_and_test(ci):
    assert ci() == (0, STEPS)


@pytest.mark.parametrize("step", STEPS)
def test_ci_swallows_no_status(ci, step):
    status, made = ci(fails=step)
    assert status != 0 and made == STEPS[: STEPS.index(step) + 1]


@pytest.mark.parametrize("step", STEPS)
def test_ci_refuses_a_changed_clone(ci, step):
    status, made = ci(dirty=step)
    assert status != 0 and made == STEPS[: STEPS.index(step) + 1]


def test_ci_refuses_a_clone_that_was_changed_before(ci):
    assert ci(dirty="") == (1, [])


# ---------------------------------------------------------------- make


@pytest.fixture
def make(trial):
    """Runs a target with a .venv whose python is a stand-in; `status` is how that ends."""
    stand_in(trial.folder / ".venv/bin", "python", 'exit "$STATUS"\n')
    (trial.folder / "benchmarks").mkdir()
    (trial.folder / "benchmarks/bench_a.py").touch()

    def run(target, *more, status="0"):
        code, calls = trial.run("make", target, *more, STATUS=status)
        return code, calls, trial.done.stdout + trial.done.stderr

    return run


SETUP = "python3 -B tools/setup_env.py"


def test_make_test_compares_the_outputs_of_notebooks(make):
    command = "python -m pytest --nbval -n auto --dist loadfile --no-loadscope-reorder"
    assert make("test")[:2] == (0, [SETUP, command])


def test_make_figures_runs_all_notebooks(make):
    assert make("figures")[:2] == (0, [SETUP, "python tools/run_notebooks.py"])


@pytest.mark.parametrize("target", ["figures", "test", "lab", "browser", "bench"])
def test_make_passes_a_failure_on(make, target):
    assert make(target)[0] == 0 and make(target, status="1")[0] != 0


@pytest.mark.parametrize(("user", "as_root"), [("0", True), ("1000", False)])
def test_make_lab_opens_the_front_page_and_serves_root(trial, make, user, as_root):
    stand_in(trial.bin, "id", f"echo {user}\n")
    status, calls, said = make("lab", "LAB=--port=9")
    call = calls[-1]
    assert status == 0 and "--LabApp.default_url=/lab/tree/notebooks/00_front_page.ipynb" in call
    assert ("--allow-root --no-browser" in call, "open it in a browser" in said) == (as_root, as_root)
    assert f"--ServerApp.root_dir={trial.folder} " in call and call.endswith(" --port=9")


def test_make_without_python_says_so():
    run = subprocess.run(
        ["make", "figures", "PYTHON=no-such-python"], cwd=ROOT, capture_output=True, text=True
    )
    assert run.returncode and 'there is no "no-such-python" here' in run.stderr and "PYTHON=" in run.stderr


def test_make_says_what_it_can_do(make):
    said = make("help")[2]
    phony = re.search(r"^\.PHONY: (.+)$", (ROOT / "Makefile").read_text("utf-8"), re.M)[1].split()
    assert [name for name in phony if name not in ("help", "env") and f"make {name} " not in said] == []


# ---------------------------------------------------------------- what is published


def test_one_version_everywhere():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]["version"]
    cited = re.search(r"^version: (.+)$", (ROOT / "CITATION.cff").read_text("utf-8"), re.M)[1]
    newest = re.search(r"^## (\S+)", (ROOT / "CHANGELOG.md").read_text("utf-8"), re.M)[1]
    assert project == cited == newest == chipnotes.__version__


def test_the_forge_tests_oldest_and_newest_python_and_conda():
    workflows = "".join(file.read_text("utf-8") for file in (ROOT / ".github/workflows").glob("*.yml"))
    for wanted in (
        "make figures\n",
        "make test\n",
        '"3.11"',
        '"3.13"',
        "environment.yml",
        "pytest --nbval\n",
    ):
        assert wanted in workflows
    for platform in ("ubuntu", "macos", "windows"):
        assert f"{platform}-latest" in workflows
    assert not re.search(r"continue-on-error|\|\| true|if: *false", workflows)
