"""The set-up of .venv: it fails clearly, is keyed on content, and works in any locale and folder."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
import setup_env

ROOT = Path(__file__).resolve().parents[2]
POSIX = pytest.mark.skipif(sys.platform == "win32", reason="make and the layout of .venv are those of POSIX")


def test_an_old_python_is_told_what_to_do(monkeypatch):
    monkeypatch.setattr(setup_env.sys, "version_info", (3, 10, 12))
    with pytest.raises(
        SystemExit, match=r"Python 3\.11 or later is needed, .* is Python 3\.10\.12\.\n.*PYTHON=python3"
    ):
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


@POSIX
@pytest.mark.parametrize("locale", ["C", "POSIX", "zh_CN.UTF-8", "de_DE.UTF-8", ""])
def test_package_is_found_in_any_locale_and_folder(tmp_path, locale):
    """The pointer that make_path_relative writes, in a clone whose path is not ASCII."""
    clone = tmp_path / "干净 的 clone"
    version = f"python{sys.version_info.major}.{sys.version_info.minor}"
    pointer = clone / ".venv/lib" / version / "site-packages/chipnotes.pth"
    pointer.parent.mkdir(parents=True)
    pointer.write_text(str(clone) + "\n", encoding="utf-8")
    (clone / "chipnotes.py").write_text("print('found')\n")
    code = (
        "import setup_env, sys; setup_env.ROOT, setup_env.VENV = sys.argv[1:]; setup_env.make_path_relative()"
    )
    subprocess.run(
        [sys.executable, "-c", code, str(clone), str(clone / ".venv")], cwd=ROOT / "tools", check=True
    )
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", str(clone / ".venv")], check=True)
    done = subprocess.run(
        [str(clone / ".venv/bin/python"), "-c", "import chipnotes"],
        cwd=tmp_path,
        env=os.environ | {"LC_ALL": locale},
        capture_output=True,
    )
    assert (done.stdout, done.stderr) == (b"found\n", b"")
