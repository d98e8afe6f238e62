"""Makes .venv from the hash-pinned lock, once: again with the same lock it does nothing (called by make)."""
# Runs on the system's Python before anything is installed: standard library only, and no syntax newer than
# Python 3.5, so that an old interpreter gets as far as the message that says what it lacks.

import glob
import hashlib
import os
import shutil
import subprocess
import sys

ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
VENV = os.path.join(ROOT, ".venv")
BUILD_TOOLS = ("setuptools", "flit-core")


def stop(message):
    sys.exit("chipnotes: " + message)


def check_python():
    """Refuses an interpreter that is too old or cannot make a virtual environment, and says what to do."""
    here = "%d.%d.%d" % sys.version_info[:3]
    if sys.version_info < (3, 11):
        stop(
            "Python 3.11 or later is needed, %s is Python %s.\n"
            "Install a newer one, or name it: make %s PYTHON=python3.13"
            % (sys.executable, here, os.environ.get("MAKECMDGOALS", "figures"))
        )
    try:
        import ensurepip  # noqa: F401  Debian splits it off into a package of its own
        import venv  # noqa: F401
    except ImportError as error:
        stop(
            "%s (Python %s) cannot make a virtual environment: %s.\n"
            "On Debian or Ubuntu: apt-get install python3-venv. "
            "Or name another Python: make PYTHON=python3.13" % (sys.executable, here, error)
        )


def content_key(lock):
    """What the environment depends on: the text of the lock, the interpreter, the folder it stands in.

    Content and not file times, because git sets these anew in every clone.
    """
    key = hashlib.sha256()
    with open(lock, "rb") as file:
        key.update(file.read())
    key.update(
        ("%s\n%s\n%s" % (sys.version, os.path.realpath(sys.executable), ROOT)).encode(
            "utf-8", "surrogateescape"
        )
    )
    return key.hexdigest()


def read(path):
    try:
        with open(path, encoding="utf-8") as file:
            return file.read().strip()
    except OSError:
        return ""


def blocks(lock):
    """The lock cut into one block per package, as {name: block with hashes}."""
    found, name = {}, None
    with open(lock, encoding="utf-8") as file:
        for line in file:
            if line.startswith("#") or not line.strip():
                continue
            if not line.startswith(" "):
                name = line.split("==")[0]
                found[name] = ""
            found[name] += line
    return found


def run_pip(title, total, *arguments):
    """Runs pip in .venv and shows how far it is; its own text is shown only when it fails."""
    command = [os.path.join(VENV, "bin", "python"), "-m", "pip", "--disable-pip-version-check", "--no-input"]
    live, done, kept = sys.stderr.isatty(), 0, []
    environment = dict(os.environ, PYTHONUTF8="1", PYTHONNOUSERSITE="1")
    environment.pop("PYTHONPATH", None)
    process = subprocess.Popen(
        command + list(arguments),
        cwd=ROOT,
        env=environment,
        universal_newlines=True,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
    )
    for line in process.stdout:
        kept.append(line)
        if line.startswith(("Collecting ", "Processing ")):
            done += 1
            if live:
                sys.stderr.write(
                    "\r\033[K%s: %d of %d  %s" % (title, done, total, line.split()[1].split("=")[0])
                )
            elif done % 20 == 0:
                sys.stderr.write("%s: %d of %d\n" % (title, done, total))
        elif line.startswith("Installing collected packages"):
            sys.stderr.write(("\r\033[K" if live else "") + "%s: unpacking\n" % title)
        sys.stderr.flush()
    if process.wait():
        sys.stderr.write("\n" + "".join(kept[-60:]))
        stop("pip failed (above). Is the package index reachable? Nothing is half done: run make again.")


def install(lock, extra):
    """Installs one lock file with hashes; packages that come as source are built by the pinned tools."""
    packages = blocks(lock)
    options = ["install", "--require-hashes", "--no-deps", "--no-build-isolation"]
    if not extra:
        first = os.path.join(VENV, "build-tools.txt")
        with open(first, "w", encoding="utf-8") as file:
            file.write("".join(packages[name] for name in BUILD_TOOLS))
        run_pip("build tools", len(BUILD_TOOLS), *(options + ["-r", first]))
    run_pip("packages", len(packages), *(options + ["-r", lock]))


def make_path_relative():
    """Writes the pointer from .venv to the package as ../../../..

    Python before 3.13 reads it in the encoding of the locale and does not even start under LC_ALL=C when the
    clone's own path holds Chinese characters.
    """
    for pointer in glob.glob(
        os.path.join(glob.escape(VENV), "lib", "python3*", "site-packages", "chipnotes.pth")
    ):
        with open(pointer, "w", encoding="ascii") as file:
            file.write(os.path.relpath(ROOT, os.path.dirname(pointer)) + "\n")


def ensure(lock_name, stamp_name, extra=False):
    """Brings .venv up to the lock unless its stamp says that it is."""
    lock, stamp = os.path.join(ROOT, lock_name), os.path.join(VENV, stamp_name)
    key = content_key(lock)
    if read(stamp) == key:
        return
    sys.stderr.write("setting up .venv from %s (once, some 2 minutes with an empty pip cache)\n" % lock_name)
    if not extra:
        shutil.rmtree(VENV, ignore_errors=True)
        if subprocess.call([sys.executable, "-m", "venv", VENV]):
            stop(
                "%s -m venv failed (above). On Debian or Ubuntu: apt-get install python3-venv"
                % sys.executable
            )
    install(lock, extra)
    if not extra:
        # the package itself, in place; its build tool is in the lock, so nothing is fetched
        run_pip("chipnotes", 1, "install", "--no-deps", "--no-build-isolation", "--no-index", "-e", ROOT)
        make_path_relative()
    with open(stamp, "w", encoding="utf-8") as file:
        file.write(key + "\n")
    sys.stderr.write(".venv is ready\n")


def main():
    check_python()
    import fcntl  # after the version check; two makes at the same time take turns on the folder itself

    folder = os.open(ROOT, os.O_RDONLY)
    try:
        fcntl.flock(folder, fcntl.LOCK_EX)
        ensure("requirements.lock", "lock.sha256")
        for name in ("browser", "site", "scale"):
            if "--" + name in sys.argv[1:]:
                ensure("requirements-%s.lock" % name, "%s-lock.sha256" % name, extra=True)
    finally:
        os.close(folder)


if __name__ == "__main__":
    main()
