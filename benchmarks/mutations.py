"""Plant single faults in copies of the project, one at a time, and see which test goes red: python benchmarks/mutations.py [words].

Each fault is planted in a fresh copy; `pytest --nbval -x` runs there and must fail. Words choose the faults whose names hold them.
The report lists fault, first test that caught it, and the survivors.
"""

import hashlib
import json
import os
import re
import subprocess
import sys
import tempfile
from pathlib import Path

from tqdm import tqdm

ROOT = Path(__file__).resolve().parent.parent
FAULTS = {}


def fault(name):
    """Register a function that plants one fault in the copy whose root it is given."""

    def register(plant):
        FAULTS[name] = plant
        return plant

    return register


def replace(name, file, old, new):
    """A fault that is one text put for another, once, in one file."""

    @fault(name)
    def plant(root):
        (path,) = sorted(root.glob(file))
        text = path.read_text(encoding="utf-8")
        if old not in text:
            raise SystemExit(f"{name}: {file} no longer holds {old!r}; bring the fault up to date")
        path.write_text(text.replace(old, new, 1), encoding="utf-8")


def in_seed(name, seed, old, new):
    """A change of a seed with its sha256 set right everywhere, so that the checksum is not what catches it."""

    @fault(name)
    def plant(root):
        (path,) = root.glob(f"seeds/{seed}_*.txt")
        before = hashlib.sha256(path.read_bytes()).hexdigest()
        text = path.read_text(encoding="utf-8")
        assert old in text, name
        path.write_text(text.replace(old, new, 1), encoding="utf-8")
        after = hashlib.sha256(path.read_bytes()).hexdigest()
        for card in [root / "seeds/sources.toml", *root.glob("chipnotes/editions/*.toml")]:
            card.write_text(card.read_text(encoding="utf-8").replace(before, after), encoding="utf-8")


def in_notebook(name, number, change):
    """A change of the stored notebook, by a function of its dictionary."""

    @fault(name)
    def plant(root):
        (path,) = root.glob(f"notebooks/{number}_*.ipynb")
        notebook = json.loads(path.read_text(encoding="utf-8"))
        change(notebook)
        path.write_text(json.dumps(notebook, ensure_ascii=False, indent=1, sort_keys=True) + "\n", encoding="utf-8")


def cells(notebook, kind="code"):
    return [cell for cell in notebook["cells"] if cell["cell_type"] == kind]


def outputs(notebook, mime):
    return [o["data"] for c in cells(notebook) for o in c["outputs"] if mime in o.get("data", {})]


# ---------------------------------------------------------------- seeds and editions
in_seed("seed: a digit of Shanghai's growth", "002", "集成电路增长20.8%", "集成电路增长28.0%")
in_seed("seed: a digit of the talent figure", "000", "近3万人", "近8万人")
in_seed("seed: a date", "001", "10月29日,成渝", "10月28日,成渝")
in_seed("seed: a name", "003", "王斐", "王婓")
in_seed("seed: a comma lost", "004", "目前,联合微电", "目前联合微电")
in_seed("seed: two characters of the broken spot", "003", "秸幸", "幸秸")
replace(
    "edition: two paragraphs of 004 swapped",
    "chipnotes/editions/004.toml",
    "pieces = [{ line = 9 }]",
    "pieces = [{ line = 11 }]\n# line = 9",
)
replace(
    "edition: joined lines in file order",
    "chipnotes/editions/004.toml",
    "{ line = 49 }, { line = 53 }, { line = 63 }",
    "{ line = 49 }, { line = 63 }, { line = 53 }",
)
replace("edition: a box called body", "chipnotes/editions/004.toml", 'role = "box"', 'role = "body"')
replace("edition: a lacuna forgotten", "chipnotes/editions/004.toml", "[[lacuna]]\nline = 73", "[[unused]]\nline = 73")
replace("edition: a lost line end put into the text", "chipnotes/editions/004.toml", "text = '\"'", "text = '”'")
replace("edition: another repair", "chipnotes/editions/003.toml", "式招引,围绕", "式招商,围绕")
replace("card: a publication date", "seeds/sources.toml", "published = 2024-11-04", "published = 2024-11-05")
replace("card: a sha256", "seeds/sources.toml", 'sha256 = "f5eb', 'sha256 = "f5ec')
# ---------------------------------------------------------------- cleaning
replace(
    "clean: pinyin left in",
    "chipnotes/clean.py",
    "CHARACTER_RULES = (controls, entities, pinyin, bold_marks)",
    "CHARACTER_RULES = (controls, entities, bold_marks)",
)
replace(
    "clean: bold marks left in",
    "chipnotes/clean.py",
    "CHARACTER_RULES = (controls, entities, pinyin, bold_marks)",
    "CHARACTER_RULES = (controls, entities, pinyin)",
)
replace("clean: Traditional left", "chipnotes/clean.py", "    simple = simplify(view)\n", "    simple = view\n")
replace(
    "clean: every bracket taken for pinyin",
    "chipnotes/clean.py",
    "    return 0 < count <= len(before) and all(map(_reads, before[-count:], syllables))",
    "    return 0 < count <= len(before)",
)
replace("clean: teasers left in", "chipnotes/data/furniture.tsv", "相关|推荐|延伸", "延伸")
replace(
    "clean: stray spaces left in",
    "chipnotes/clean.py",
    "        if start < end:\n            spans.append((start, end))",
    "        pass",
)
replace(
    "clean: origin off by one",
    "chipnotes/clean.py",
    "np.where(put_in, -1, index[place])",
    "np.where(put_in, -1, index[place] + 1)",
)
replace("clean: title lost", "chipnotes/clean.py", '            result.append("title")', '            result.append("head")')
# ---------------------------------------------------------------- words
replace("words: HMM on", "chipnotes/text.py", "HMM=False", "HMM=True")
replace("words: lexicon off", "chipnotes/text.py", "        cutter.add_word(row.word, int(row.freq))", "        pass")
replace("glossary: two terms swapped", "chipnotes/data/glossary.tsv", "\toutput value", "\tvalue added")
# ---------------------------------------------------------------- notebooks and figures
in_notebook("notebook: outputs stripped", "01", lambda nb: [c.update(outputs=[], execution_count=None) for c in cells(nb)])
in_notebook("notebook: one output stripped", "01", lambda nb: cells(nb)[2].update(outputs=[]))
in_notebook(
    "notebook: a stored number edited", "01", lambda nb: cells(nb)[2]["outputs"][0]["data"].update({"text/plain": ["9242"]})
)
in_notebook("notebook: run out of order", "01", lambda nb: cells(nb)[3].update(execution_count=99))
in_notebook(
    "notebook: a picture replaced",
    "01",
    lambda nb: outputs(nb, "image/png")[0].update({"image/png": outputs(nb, "image/png")[1]["image/png"]}),
)
in_notebook(
    "notebook: an alt text emptied",
    "01",
    lambda nb: outputs(nb, "image/svg+xml")[0].update({"text/plain": ["title: x\ncaption: y\nalt: "]}),
)
in_notebook(
    "notebook: an svg edited",
    "01",
    lambda nb: outputs(nb, "image/svg+xml")[0].update(
        {
            "image/svg+xml": "".join(outputs(nb, "image/svg+xml")[0]["image/svg+xml"])
            .replace("#C2410C", "#0072B2")
            .replace("#c2410c", "#0072b2")
        }
    ),
)
in_notebook("notebook: a cell hidden from nbval", "01", lambda nb: cells(nb)[2]["metadata"].update(tags=["nbval-skip"]))
in_notebook(
    "notebook: stderr stored",
    "01",
    lambda nb: cells(nb)[2]["outputs"].append({"name": "stderr", "output_type": "stream", "text": ["warning\n"]}),
)


@fault("prose: a number altered")
def _(root):
    (path,) = root.glob("notebooks/01_*.ipynb")
    path.write_text(path.read_text(encoding="utf-8").replace("13,335", "13,353", 1), encoding="utf-8")


@fault("prose: a quotation altered")
def _(root):
    (path,) = root.glob("notebooks/01_*.ipynb")
    text = path.read_text(encoding="utf-8")
    path.write_text(
        text.replace("bodies, 四川省集成电路产业联盟重庆市", "bodies, 四川省集成电路产业协会重庆市", 1).replace(
            "body, 四川省集成电路产业联盟重庆市", "body, 四川省集成电路产业协会重庆市", 1
        ),
        encoding="utf-8",
    )


replace("finding: a quotation that no page has", "chipnotes/data/findings/01.tsv", "近3万人", "近4万人")


@fault("figures: the font removed")
def _(root):
    (root / "chipnotes/fonts/ChipnotesSansSC-Regular.ttf").unlink()


@fault("figures: data changed")
def _(root):
    path = root / "figures/01-kept-dropped.csv"
    path.write_bytes(path.read_bytes().replace(b"2489", b"2498"))


@fault("figures: a picture changed")
def _(root):
    path = root / "figures/01-kept-dropped.png"
    path.write_bytes(path.read_bytes() + b"\0")


replace("figures: an alt text in figures/ emptied", "figures/01-kept-dropped.txt", "alt: Stacked", "alt: ")
replace("gallery: an entry altered", "figures/README.md", "01-kept-dropped.csv", "01-kept-dropped.tsv")
replace("index: a link altered", "notebooks/00_index.ipynb", "01_from_broken", "01_form_broken")
replace("readme: a link broken", "README.md", "figures/01-kept-dropped.svg", "figures/01-kept.svg")
# ---------------------------------------------------------------- environment
replace("lock: a pin moved", "requirements.lock", "jieba==0.42.1", "jieba==0.42.0")
replace("lock: a hash lost", "requirements.lock", "    --hash=sha256:", "    # sha256:")
replace("conda: a pin moved", "environment.yml", "pandas==", "pandas==1.")


def copy_project(target):
    """The files that git knows or would add, as they are now."""
    listed = subprocess.run(
        ["git", "ls-files", "-co", "--exclude-standard", "-z"], cwd=ROOT, capture_output=True, check=True
    ).stdout
    for name in listed.decode().split("\0"):
        if name and (ROOT / name).is_file():
            (target / name).parent.mkdir(parents=True, exist_ok=True)
            (target / name).write_bytes((ROOT / name).read_bytes())


def first_red(root):
    """The first test that fails in a copy, or None if all pass."""
    environment = os.environ | {"PYTHONPATH": str(root), "PYTHONDONTWRITEBYTECODE": "1"}
    command = [sys.executable, "-m", "pytest", "--nbval", "-x", "-q", "--tb=no"]
    run = subprocess.run(command, cwd=root, env=environment, capture_output=True, text=True, stdin=subprocess.DEVNULL)
    if run.returncode == 0:
        return None
    red = re.search(r"^(?:FAILED|ERROR) (\S+)", run.stdout, re.M)
    return red[1] if red else (run.stdout + run.stderr).strip().splitlines()[-1]


def main(words):
    chosen = {name: plant for name, plant in FAULTS.items() if not words or any(word in name for word in words)}
    survivors = []
    for name, plant in tqdm(chosen.items(), unit="fault", dynamic_ncols=True):
        with tempfile.TemporaryDirectory() as folder:
            root = Path(folder)
            copy_project(root)
            plant(root)
            red = first_red(root)
        tqdm.write(f"{'caught' if red else 'SURVIVED':9} {name:50} {red or ''}", file=sys.stdout)
        sys.stdout.flush()
        survivors += [] if red else [name]
    print(
        f"{len(chosen) - len(survivors)} of {len(chosen)} faults caught"
        + (f"; survivors: {', '.join(survivors)}" if survivors else "")
    )
    return 1 if survivors else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
