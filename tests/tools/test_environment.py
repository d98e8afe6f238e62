"""The pins agree everywhere, the lock is complete and names no address, no marker leaves a package out."""

import os
import re
import subprocess
import sys
import tomllib
from functools import cache
from importlib import metadata
from pathlib import Path

import lock
import pytest
from packaging.markers import Marker, default_environment
from packaging.requirements import Requirement

ROOT = Path(__file__).resolve().parents[2]
LOCK_TEXT = (ROOT / "requirements.lock").read_text(encoding="utf-8")
EXTRA_TEXTS = {
    extra: (ROOT / f"requirements-{extra}.lock").read_text(encoding="utf-8") for extra in lock.EXTRAS
}
CONDA_TEXT = (ROOT / "environment.yml").read_text(encoding="utf-8")
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]


def canonical(name):
    return re.sub(r"[-_.]+", "-", name).lower()


def versions(text):
    return {canonical(name): version for name, version, *_ in lock.pins(text)}


def test_every_dependency_is_pinned_and_says_why():
    lines = [
        line.strip()
        for line in (ROOT / "pyproject.toml").read_text(encoding="utf-8").splitlines()
        if re.match(r'\s+"[a-z_0-9-]+[=<>~]', line, re.IGNORECASE)
    ]
    assert len(lines) == len(PROJECT["dependencies"]) + sum(
        map(len, PROJECT["optional-dependencies"].values())
    )
    assert [line for line in lines if not re.fullmatch(r'"[A-Za-z0-9_-]+==[0-9][^"]*",\s+# \w.+', line)] == []


def test_every_extra_has_a_lock():
    assert set(EXTRA_TEXTS) == set(PROJECT["optional-dependencies"])


@pytest.mark.parametrize(
    "text, requirements",
    [
        (LOCK_TEXT, PROJECT["dependencies"]),
        *((text, PROJECT["optional-dependencies"][extra]) for extra, text in EXTRA_TEXTS.items()),
    ],
    ids=["main", *EXTRA_TEXTS],
)
def test_lock_holds_the_pins_of_the_project(text, requirements):
    there = versions(text)
    wanted = dict(requirement.split("==") for requirement in requirements)
    assert {canonical(name): version for name, version in wanted.items()} == {
        canonical(name): there.get(canonical(name)) for name in wanted
    }


@pytest.mark.parametrize("text", [LOCK_TEXT, *EXTRA_TEXTS.values()], ids=["main", *EXTRA_TEXTS])
def test_lock_has_hashes_for_all_and_no_address(text):
    assert "://" not in text and "index-url" not in text and " @ " not in text
    whole = re.compile(r"\S+==\S+(?: ; [^\\\n]+)?(?: \\\n    --hash=sha256:[0-9a-f]{64})+\n")
    assert [name for name, *_, block in lock.pins(text) if not whole.fullmatch(block)] == []
    assert len(lock.pins(text)) == len(set(name for name, *_ in lock.pins(text)))


def test_locks_do_not_overlap():
    """With the main lock; what two extras share they pin alike, so that both can be installed."""
    for text in EXTRA_TEXTS.values():
        assert set(versions(LOCK_TEXT)) & set(versions(text)) == set()
    pinned = {pin for text in EXTRA_TEXTS.values() for pin in versions(text).items()}
    assert len(pinned) == len(dict(pinned))


def test_conda_environment_has_the_pins_of_the_lock():
    assert CONDA_TEXT == lock.conda_text(LOCK_TEXT), (
        "environment.yml is not what the lock gives; run: make lock"
    )
    pinned = dict(re.findall(r'^      - "?([A-Za-z0-9._-]+)==([^" ;\n]+)', CONDA_TEXT, re.MULTILINE))
    assert {canonical(name): version for name, version in pinned.items()} == versions(LOCK_TEXT)


def test_this_environment_is_the_locked_one():
    installed = {canonical(one.metadata["Name"]): one.version for one in metadata.distributions()}
    locked = versions(LOCK_TEXT)
    direct = [canonical(requirement.split("==")[0]) for requirement in PROJECT["dependencies"]]
    assert {name: installed.get(name) for name in direct} == {name: locked[name] for name in direct}
    assert {
        name: version for name, version in installed.items() if name in locked and locked[name] != version
    } == {}


def test_kernel_is_this_interpreter(tmp_path):
    """Not one of the same name that the user keeps in the home folder."""
    code = (
        "import kernel_env; kernel_env.isolate()\n"
        "from jupyter_client.manager import KernelManager\n"
        "print(KernelManager(kernel_name='python3').format_kernel_cmd()[0])"
    )
    foreign = tmp_path / ".local/share/jupyter/kernels/python3"
    foreign.mkdir(parents=True)
    (foreign / "kernel.json").write_text(
        '{"argv": ["/bin/false"], "display_name": "x", "language": "python"}'
    )
    environment = {name: value for name, value in os.environ.items() if not name.startswith("JUPYTER")}
    environment |= {"HOME": str(tmp_path), "JUPYTER_PATH": str(foreign.parents[1])}
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT / "tools", env=environment, capture_output=True, text=True
    )
    assert (done.stdout.strip(), done.returncode) == (sys.executable, 0), done.stderr


# ---------------------------------------------------------------- markers

PLATFORMS = {"linux": ("posix", "Linux"), "darwin": ("posix", "Darwin"), "win32": ("nt", "Windows")}
PLACES = [(platform, python) for platform in PLATFORMS for python in ("3.11", "3.12", "3.13")]


def place(platform, python):
    """The marker environment of CPython on a platform."""
    os_name, system = PLATFORMS[platform]
    here = {"sys_platform": platform, "os_name": os_name, "platform_system": system, "extra": ""}
    here |= {"python_version": python, "python_full_version": f"{python}.4", "implementation_name": "cpython"}
    return default_environment() | here | {"platform_python_implementation": "CPython"}


@cache
def asked(package):
    """What an installed package asks for; nothing if it is one of another platform, not installed here."""
    try:
        return [Requirement(text) for text in metadata.requires(package) or []]
    except metadata.PackageNotFoundError:
        return []


@cache
def needed(platform, python):
    """The names of all packages that the project needs in a place, as the installed ones say."""
    environment, left = place(platform, python), [Requirement(text) for text in PROJECT["dependencies"]]
    seen = set()
    while left:
        wanted = left.pop()
        for extra in {"", *wanted.extras} - {extra for name, extra in seen if name == canonical(wanted.name)}:
            seen.add((canonical(wanted.name), extra))
            here = environment | {"extra": extra}
            left += [one for one in asked(wanted.name) if not one.marker or one.marker.evaluate(here)]
    return {name for name, _ in seen}


@pytest.mark.parametrize(("platform", "python"), PLACES)
def test_no_marker_leaves_out_what_is_needed(platform, python):
    environment = place(platform, python)
    given = {
        canonical(name)
        for name, _, marker, _ in lock.pins(LOCK_TEXT)
        if not marker or Marker(marker).evaluate(environment)
    }
    assert needed(platform, python) - given == set()


def test_a_package_of_some_places_is_needed_there_alone():
    assert "appnope" in needed("darwin", "3.13") - needed("linux", "3.13")
    assert "overrides" in needed("linux", "3.11") - needed("linux", "3.13")


# ---------------------------------------------------------------- settings


def test_pytest_without_arguments_takes_the_notebooks_too():
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["pytest"]
    assert settings["testpaths"] == ["notebooks", "tests"]


def test_the_linter_looks_at_lines_names_and_imports():
    ruff = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["ruff"]
    assert ruff["line-length"] == 110 and {"E501", "F", "E9"} <= set(ruff["lint"]["select"])
    assert ruff["lint"].keys() == {"select"} and set(ruff["extend-exclude"]) == {"seeds", "figures", "*.md"}


def test_no_warning_and_no_red_test_is_let_through():
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["pytest"]
    assert not {"filterwarnings", "xfail_strict", "collect_ignore"} & settings.keys()
    assert [o for o in settings["addopts"] if o.startswith(("--ignore", "--deselect", "-k", "--nbval-"))] == [
        "--nbval-current-env"
    ]
