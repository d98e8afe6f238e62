"""Keeps the user's own Jupyter, IPython and matplotlib settings out of the kernels that are started here."""

import atexit
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import platformdirs

# each of these can change what a kernel prints or draws
FOREIGN = (
    "JUPYTER_PATH",
    "JUPYTER_CONFIG_PATH",
    "MATPLOTLIBRC",
    "MPLBACKEND",
    "PYTHONSTARTUP",
    "PYTHONWARNINGS",
    "PYTHONDEVMODE",
    "PYTHONVERBOSE",
    "PYTHONINSPECT",
)


def isolate():
    """Points this process and its children at private, empty settings folders; they are removed at exit."""
    private = Path(tempfile.mkdtemp(prefix="chipnotes-"))
    atexit.register(shutil.rmtree, private, ignore_errors=True)
    for name in FOREIGN:
        os.environ.pop(name, None)
    for name in ("JUPYTER_CONFIG_DIR", "JUPYTER_DATA_DIR", "JUPYTER_RUNTIME_DIR", "IPYTHONDIR"):
        folder = private / name.lower()
        folder.mkdir(mode=0o700)
        os.environ[name] = str(folder)
    # the kernel python3 is this interpreter's, not one of the same name in the home folder
    os.environ["JUPYTER_PREFER_ENV_PATH"] = "1"
    os.environ["MPLCONFIGDIR"] = str(matplotlib_folder(private))
    return private


def matplotlib_folder(private):
    """A folder with matplotlib's list of fonts, kept in the user's cache, or in `private` if that is closed.

    The list is made here and not in a kernel, because matplotlib announces a slow scan on stderr, and nbval
    compares that.
    """
    folder = Path(platformdirs.user_cache_dir("chipnotes")) / "matplotlib"
    try:
        folder.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        folder.mkdir(mode=0o700, exist_ok=True)
        with tempfile.TemporaryFile(dir=folder):
            pass
    except OSError:
        folder = private / "matplotlib"
        folder.mkdir(mode=0o700)
    if not any(folder.glob("fontlist-*.json")):
        subprocess.run(
            [sys.executable, "-c", "import matplotlib.font_manager"],
            check=True,
            capture_output=True,
            env=dict(os.environ, MPLCONFIGDIR=str(folder)),
        )
    return folder
