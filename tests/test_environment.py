"""The pins agree everywhere, the lock is complete and names no address, the set-up fails clearly, modules import to the left."""

import ast
import os
import re
import subprocess
import sys
import tomllib
from importlib import metadata
from pathlib import Path

import lock
import pytest
import setup_env

ROOT = Path(__file__).resolve().parent.parent
LOCK_TEXT = (ROOT / "requirements.lock").read_text(encoding="utf-8")
BROWSER_TEXT = (ROOT / "requirements-browser.lock").read_text(encoding="utf-8")
CONDA_TEXT = (ROOT / "environment.yml").read_text(encoding="utf-8")
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]


def canonical(name):
    return re.sub(r"[-_.]+", "-", name).lower()


def versions(text):
    return {canonical(name): version for name, version, *_ in lock.pins(text)}


def test_every_dependency_is_pinned_and_says_why():
    lines = [line.strip() for line in (ROOT / "pyproject.toml").read_text(encoding="utf-8").splitlines()
             if re.match(r'\s+"[a-z_0-9-]+[=<>~]', line, re.IGNORECASE)]
    assert len(lines) == len(PROJECT["dependencies"]) + sum(map(len, PROJECT["optional-dependencies"].values()))
    assert [line for line in lines if not re.fullmatch(r'"[A-Za-z0-9_-]+==[0-9][^"]*",\s+# \w.+', line)] == []


@pytest.mark.parametrize("text, requirements", [
    (LOCK_TEXT, PROJECT["dependencies"]), (BROWSER_TEXT, PROJECT["optional-dependencies"]["browser"])],
    ids=["main", "browser"])
def test_lock_holds_the_pins_of_the_project(text, requirements):
    there = versions(text)
    wanted = dict(requirement.split("==") for requirement in requirements)
    assert {canonical(name): version for name, version in wanted.items()} == \
        {canonical(name): there.get(canonical(name)) for name in wanted}


@pytest.mark.parametrize("text", [LOCK_TEXT, BROWSER_TEXT], ids=["main", "browser"])
def test_lock_has_hashes_for_all_and_no_address(text):
    assert "://" not in text and "index-url" not in text and " @ " not in text
    whole = re.compile(r"\S+==\S+(?: ; [^\\\n]+)?(?: \\\n    --hash=sha256:[0-9a-f]{64})+\n")
    assert [name for name, *_, block in lock.pins(text) if not whole.fullmatch(block)] == []
    assert len(lock.pins(text)) == len(set(name for name, *_ in lock.pins(text)))


def test_locks_do_not_overlap():
    assert set(versions(LOCK_TEXT)) & set(versions(BROWSER_TEXT)) == set()


def test_conda_environment_has_the_pins_of_the_lock():
    assert CONDA_TEXT == lock.conda_text(LOCK_TEXT), "environment.yml is not what the lock gives; run: make lock"
    pinned = dict(re.findall(r'^      - "?([A-Za-z0-9._-]+)==([^" ;\n]+)', CONDA_TEXT, re.MULTILINE))
    assert {canonical(name): version for name, version in pinned.items()} == versions(LOCK_TEXT)


def test_this_environment_is_the_locked_one():
    installed = {canonical(one.metadata["Name"]): one.version for one in metadata.distributions()}
    locked = versions(LOCK_TEXT)
    direct = [canonical(requirement.split("==")[0]) for requirement in PROJECT["dependencies"]]
    assert {name: installed.get(name) for name in direct} == {name: locked[name] for name in direct}
    assert {name: version for name, version in installed.items() if name in locked and locked[name] != version} == {}


def test_kernel_is_this_interpreter(tmp_path):
    """Not one of the same name that the user keeps in the home folder."""
    code = "import kernel_env; kernel_env.isolate()\n" \
           "from jupyter_client.manager import KernelManager\n" \
           "print(KernelManager(kernel_name='python3').format_kernel_cmd()[0])"
    foreign = tmp_path / ".local/share/jupyter/kernels/python3"
    foreign.mkdir(parents=True)
    (foreign / "kernel.json").write_text('{"argv": ["/bin/false"], "display_name": "x", "language": "python"}')
    environment = {name: value for name, value in os.environ.items() if not name.startswith("JUPYTER")}
    environment |= {"HOME": str(tmp_path), "JUPYTER_PATH": str(foreign.parents[1])}
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT / "tools", env=environment, capture_output=True, text=True)
    assert (done.stdout.strip(), done.returncode) == (sys.executable, 0), done.stderr


def test_an_old_python_is_told_what_to_do(monkeypatch):
    monkeypatch.setattr(setup_env.sys, "version_info", (3, 10, 12))
    with pytest.raises(SystemExit, match=r"Python 3\.11 or later is needed, .* is Python 3\.10\.12\.\n.*PYTHON=python3"):
        setup_env.check_python()


def test_a_python_without_venv_is_told_what_to_do(monkeypatch):
    monkeypatch.setitem(sys.modules, "ensurepip", None)
    with pytest.raises(SystemExit, match=r"cannot make a virtual environment: .*\n.*python3-venv"):
        setup_env.check_python()


def test_setup_is_keyed_on_content(tmp_path):
    one, two = tmp_path / "one", tmp_path / "two"
    one.write_text("a==1\n")
    two.write_text("a==1\n")
    os.utime(two, (1, 1))
    assert setup_env.content_key(str(one)) == setup_env.content_key(str(two))
    two.write_text("a==2\n")
    assert setup_env.content_key(str(one)) != setup_env.content_key(str(two))


@pytest.mark.parametrize("locale", ["C", "POSIX", "zh_CN.UTF-8", "de_DE.UTF-8", ""])
def test_package_is_found_in_any_locale_and_folder(tmp_path, locale):
    """The pointer that make_path_relative writes, in a clone whose path is not ASCII."""
    clone = tmp_path / "干净 的 clone"
    version = f"python{sys.version_info.major}.{sys.version_info.minor}"
    pointer = clone / ".venv/lib" / version / "site-packages/chipnotes.pth"
    pointer.parent.mkdir(parents=True)
    pointer.write_text(str(clone) + "\n", encoding="utf-8")
    (clone / "chipnotes.py").write_text("print('found')\n")
    code = "import setup_env, sys; setup_env.ROOT, setup_env.VENV = sys.argv[1:]; setup_env.make_path_relative()"
    subprocess.run([sys.executable, "-c", code, str(clone), str(clone / ".venv")], cwd=ROOT / "tools", check=True)
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", str(clone / ".venv")], check=True)
    done = subprocess.run([str(clone / ".venv/bin/python"), "-c", "import chipnotes"], cwd=tmp_path,
                          env=os.environ | {"LC_ALL": locale}, capture_output=True)
    assert (done.stdout, done.stderr) == (b"found\n", b"")


def test_make_without_python_says_so():
    done = subprocess.run(["make", "figures", "PYTHON=no-such-python"], cwd=ROOT, capture_output=True, text=True)
    assert done.returncode and 'there is no "no-such-python" here' in done.stderr and "PYTHON=" in done.stderr


def test_pytest_without_arguments_takes_the_notebooks_too():
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["pytest"]
    assert settings["testpaths"] == ["tests", "notebooks"]


# From the files to the findings: a module imports only what stands before it.
ORDER = ("paths seeds clean editions corpus handmade text amounts dates quantities events actors codebook compare evidence figures "
         "ledger survive headlines").split()


def imported(path):
    """The modules of the package that a file imports, also inside a function; "" for the package itself."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        names = [one.name for one in node.names] if isinstance(node, ast.Import | ast.ImportFrom) else []
        if isinstance(node, ast.ImportFrom):
            names = [f"{'chipnotes.' if node.level else ''}{node.module or ''}.{name}".replace("..", ".") for name in names]
        for package, *module in (name.split(".") for name in names):
            if package == "chipnotes":
                yield module[0] if module else ""


def test_modules_import_to_the_left_only():
    paths = {path.stem: path for path in (ROOT / "chipnotes").glob("*.py") if path.stem != "__init__"}
    assert sorted(paths) == sorted(ORDER), "a module is new or gone: give it its place in ORDER"
    wrong = [(name, other) for n, name in enumerate(ORDER) for other in imported(paths[name]) if other not in ORDER[:n]]
    assert wrong == []


def test_nothing_unused_and_no_undefined_name():
    """Code and notebook cells alike."""
    done = subprocess.run([sys.executable, "-m", "ruff", "check", "--no-cache", "--output-format=concise", "."],
                          cwd=ROOT, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr
