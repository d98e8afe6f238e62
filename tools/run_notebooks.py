"""Runs the notebooks in place and says of each figure whether it changed (make figures).

Before a notebook runs, its findings are written into its markdown from notebooks/argument/findings. Without
arguments all notebooks/NN_*.ipynb are run, and the gallery and tables/ are written. `run_notebooks.py 01 03`
runs only those two, writes only their figures, and leaves the gallery and the tables as they are.
"""

import hashlib
import json
import os
import re
import sys
import time
from pathlib import Path

import generated
import kernel_env
import nbformat
from nbclient import NotebookClient
from nbclient.exceptions import CellExecutionError, CellTimeoutError, DeadKernelError
from tqdm import tqdm
from traitlets.config import Config

ROOT = Path(__file__).resolve().parent.parent
NOTEBOOKS, FIGURES = ROOT / "notebooks", ROOT / "figures"
METADATA = {
    "kernelspec": {"display_name": "Python 3 (ipykernel)", "language": "python", "name": "python3"},
    "language_info": {"name": "python"},
}
CELL_SECONDS = 600  # a cell that takes longer hangs
ANSI = re.compile(r"\x1b\[[0-9;]*m")


class NotebookFault(Exception):
    """A notebook that cannot be run as it is; the message names the notebook, the cell and the remedy."""


def select(wanted):
    """The notebooks to run, in their order, the front page last, since it shows figures of the others.

    `wanted`: numbers such as "01" or file names, empty for all.
    """
    paths = sorted(generated.notebooks(), key=lambda path: path.name.startswith("00_"))
    numbers = [Path(name).name[:2] for name in wanted]
    unknown = [number for number in numbers if not any(path.name.startswith(number + "_") for path in paths)]
    if unknown:
        there = " ".join(path.name[:2] for path in paths) or "none"
        raise NotebookFault(f"notebooks/: no notebook {' '.join(unknown)}; there are: {there}")
    return [path for path in paths if not numbers or path.name[:2] in numbers]


def read(path):
    """The notebook as nbformat 4.5, its findings as argument/findings says them now.

    Cell ids must be in the file: ids made up while reading differ from run to run.
    """
    try:
        text = path.read_text(encoding="utf-8")
        plain = json.loads(text)
        ids = [cell.get("id") for cell in plain["cells"]]
    except (ValueError, KeyError, AttributeError) as error:
        raise NotebookFault(
            f"notebooks/{path.name}: not a notebook of format 4 ({error}); restore it from git"
        ) from error
    for number, cell_id in enumerate(ids, 1):
        if not cell_id or ids.index(cell_id) != number - 1:
            raise NotebookFault(
                f"notebooks/{path.name}, cell {number}: id {'missing' if not cell_id else 'used twice'}; "
                'give the cell an "id" of its own, for instance its place and topic'
            )
    if (plain.get("nbformat"), plain.get("nbformat_minor")) != (4, 5):
        raise NotebookFault(
            f"notebooks/{path.name}: format {plain.get('nbformat')}.{plain.get('nbformat_minor')}, "
            "not 4.5; open and save it in JupyterLab"
        )
    notebook = nbformat.reads(text, as_version=4)
    for number, cell in enumerate(notebook.cells):
        if cell.cell_type == "markdown":
            try:
                cell.source = generated.filled(cell.source, path.name[:2], first=number == 0)
            except generated.Missing as fault:
                raise NotebookFault(f"notebooks/{path.name}: {fault}") from fault
    return notebook


def normal_bytes(notebook):
    """The file's bytes with nothing in them that depends on the machine, the clock or the Python version."""
    notebook.metadata = nbformat.from_dict(METADATA)
    for cell in notebook.cells:
        for passing in ("execution", "collapsed", "scrolled", "ExecuteTime", "jupyter", "trusted"):
            cell.metadata.pop(passing, None)
    nbformat.validate(notebook)
    return (nbformat.writes(notebook, version=4) + "\n").encode("utf-8")


def run(path, tick):
    """Runs one notebook in a fresh kernel in the folder notebooks/; returns its new bytes, writes nothing."""
    notebook = read(path)
    for cell in notebook.cells:
        if cell.cell_type == "code":
            cell.outputs, cell.execution_count = [], None
    client = NotebookClient(
        notebook,
        kernel_name="python3",
        timeout=CELL_SECONDS,
        record_timing=False,
        coalesce_streams=True,
        resources={"metadata": {"path": str(NOTEBOOKS)}},
        on_cell_executed=lambda **_: tick(),
        # without it the kernel warns on the terminal that others on this machine could listen
        config=Config({"KernelManager": {"transport_encryption": "auto"}}),
    )
    try:
        client.execute()
    except CellExecutionError as error:
        number, cell = next(
            (number, cell)
            for number, cell in enumerate(notebook.cells, 1)
            if any(output.output_type == "error" for output in cell.get("outputs", []))
        )
        text = next(output for output in cell.outputs if output.output_type == "error")
        trace = "\n".join(text.traceback) or str(error)
        raise NotebookFault(
            f"notebooks/{path.name}, cell {number} (id {cell.id}): {text.ename}: {text.evalue}\n\n"
            f"{trace if sys.stderr.isatty() else ANSI.sub('', trace)}\n"
        ) from error
    except CellTimeoutError as error:
        raise NotebookFault(
            f"notebooks/{path.name}: a cell ran for more than {CELL_SECONDS} s: {error}"
        ) from error
    except DeadKernelError as error:
        raise NotebookFault(f"notebooks/{path.name}: the kernel died: {error}") from error
    return normal_bytes(notebook)


def write_if_changed(path, content):
    """Replaces the file in one step, and only if its bytes differ; returns whether they did."""
    if path.read_bytes() == content:
        return False
    temporary = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        temporary.write_bytes(content)
        os.replace(temporary, path)
    finally:
        temporary.unlink(missing_ok=True)
    return True


def run_all(paths):
    """Runs the notebooks with a progress bar (lines when nobody watches); returns names of those changed."""
    changed, live = [], sys.stderr.isatty()
    total = sum(cell.cell_type == "code" for path in paths for cell in read(path).cells)
    with tqdm(total=total, unit="cell", disable=not live, dynamic_ncols=True) as bar:
        for number, path in enumerate(paths, 1):
            bar.set_description(path.stem)
            start = time.monotonic()
            if write_if_changed(path, run(path, bar.update)):
                changed.append(path.name)
            if not live:
                print(
                    f"[{number}/{len(paths)}] {path.name}  {time.monotonic() - start:.1f} s",
                    file=sys.stderr,
                    flush=True,
                )
    return changed


def digests():
    """Every file of a figure with its sha256: {figure: {ending: digest}}."""
    found = {}
    for path in sorted(FIGURES.glob("[0-9][0-9]-*")):
        found.setdefault(path.stem, {})[path.suffix] = hashlib.sha256(path.read_bytes()).hexdigest()
    return found


def report(before, after):
    """Prints a line for each figure and returns how many are unchanged, changed and new."""
    counts = {"unchanged": 0, "changed": 0, "new": 0}
    for name, files in after.items():
        old = before.get(name)
        moved = [ending[1:] for ending, digest in files.items() if (old or {}).get(ending) != digest]
        status = "new" if old is None else "changed" if moved else "unchanged"
        counts[status] += 1
        print(f"figures/{name}: {status}" + (f" ({' '.join(moved)})" if status == "changed" else ""))
    return counts


def left_over(paths):
    """The figures in figures/ that none of the notebooks shows."""
    shown = set()
    for path in paths:
        shown |= set(
            re.findall(r'aria-labelledby=\\"(\d\d-[a-z0-9-]+)-title ', path.read_text(encoding="utf-8"))
        )
    return sorted(digests().keys() - shown)


def finish(paths):
    """Writes what all notebooks together make, gallery and tables; names the figures of no notebook."""
    import chipnotes as cn  # after the kernels are gone: matplotlib need not be loaded beside them
    from chipnotes.showing import figures

    figures.put({"README.md": generated.gallery().encode()})
    cn.tables(cn.load(), ROOT / "tables")
    for name in left_over(paths):
        print(f"figures/{name}: no notebook shows it; remove it (git rm figures/{name}.*)")


def main(wanted):
    kernel_env.isolate()
    before = digests()
    try:
        paths = select(wanted)
        changed = run_all(paths)
        if not wanted:
            finish(paths)
    except (NotebookFault, generated.Missing) as fault:
        print(f"make figures: {fault}", file=sys.stderr)
        return 1
    counts = report(before, digests())
    notes = f" ({', '.join(changed)})" if changed else ""
    sums = ", ".join(f"{count} {status}" for status, count in counts.items())
    print(
        f"{len(paths)} notebooks run, {len(changed)} changed{notes}; {sum(counts.values())} figures: {sums}"
    )
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
