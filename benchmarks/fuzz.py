"""Look for input that breaks a folder's reading or a table, or makes it slow: benchmarks/fuzz.py.

Three searches share the time: how cost grows from a text to one four times as long, for texts that
repeat what rules look for; random texts, bytes, cards, editions, ledgers and quotations of hypothesis
under new seeds, each read by `load`, every table, `find`, `cite` and the report; and atheris, which
changes its input to reach new lines of chipnotes. `--atheris PYTHON` is the interpreter of an
environment made with `pip install atheris==3.0.0`, of the same Python version as this one; without it
the third search does not run, and the report says so. Each input that breaks something is made as small
as it gets and written to tests/pages/fixtures/hostile/, where the tests run it again. Exit status 1 if
anything was found.
"""

import argparse
import hashlib
import os
import random
import subprocess
import sys
import tempfile
import time
import traceback
import warnings
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT / "tests" / part) for part in ("facts", "pages")]
HOSTILE = ROOT / "tests" / "pages" / "fixtures" / "hostile"
INSIDE = "CHIPNOTES_FUZZ_SECONDS"  # set for the process that atheris runs in
FACTOR = 10  # four times the text may cost ten times the time; quadratic cost is sixteen times


class Finds:
    """The faults found, one smallest input each; a fault is an exception at one line."""

    def __init__(self, folder):
        self.folder, self.names = folder, set()

    def keep(self, data, ending, error, fails):
        """Writes the input of a fault that this run has not seen."""
        frames = [
            f
            for f in traceback.extract_tb(error.__traceback__)
            if "chipnotes" in f.filename or "test_" in f.filename
        ]
        last = frames[-1] if frames else traceback.extract_tb(error.__traceback__)[-1]
        fault = f"{type(error).__name__} at {Path(last.filename).name}:{last.lineno}"
        name = f"{type(error).__name__}-{hashlib.sha256(fault.encode()).hexdigest()[:8]}{ending}"
        if name in self.names:
            return
        data = smallest(data, fails, type(error))
        self.names.add(name)
        self.folder.mkdir(parents=True, exist_ok=True)
        (self.folder / name).write_bytes(
            data if isinstance(data, bytes) else data.encode("utf-8", "surrogatepass")
        )
        print(
            f"FOUND {fault}: {str(error)[:160]!r}; input {data!r:.160} -> {self.folder.name}/{name}",
            flush=True,
        )


def smallest(data, fails, kind, tries=400):
    """The input without every part that it fails without, by halving the parts that are left out."""
    size = max(1, len(data) // 2)
    while tries:
        for at in range(0, len(data), size):
            less = data[:at] + data[at + size :]
            tries -= 1
            if less != data and isinstance(fails(less), kind):
                data = less
                break
            if not tries:
                break
        else:
            if size == 1:
                break
            size = max(1, size // 2)
    return data


def failure(work, *arguments):
    """What a call raises, or None."""
    try:
        work(*arguments)
    except Exception as error:
        return error
    return None


# ---------------------------------------------------------------- how cost grows

UNITS = (
    "( ) () 《 《》 “ “” \" ' ** **a *芯 1 1, 1. 一 万 亿 1,000, 2024年 2024- 1月 "
    "1月2日 2日、 1至 1- 3家、 3、 3% 3%、 百分之 百分之一 分之 第 第一 近 超过 去年 同年 上周 至 芯片 芯片, "
    "芯片; 芯片。 ; 。 ! ? … 。” 公司 有限公司 市 省 中国 协会 局 书记 书记王明、 记者王明 王明 《办法》 "
    "會(huì) (huì) (a 會(hui a b& &nbsp; http:// a@ www. a.b - — | 首页| > ■ "
    "、 : @ 芯\u3000 芯␠ ␠ “芯␠ 《芯片产业␠ \u200b \u0301 芯\u0301 😀 芯\n "
    "中) 中␠ 相关推荐\n 支持研发。\n相关推荐\n —␠1␠—\n 云川省工信厅\n2024年5月6日\n 要闻|财经| \n \r "
    "本文仅代表作者观点。 云川市␠发布␠政策。␠ 增长20亿元 力争3家、 约占全国 近一二三 $ 条件:\n1.3年\n "
    "1-2- 今年 截至 至1月 年 3日、 近三 Q3 “十四五” "
    "集成电路产业投资集成电路产业投资集成,\n \n 来源:\n 2024-05-06 ２ ％"
).split(" ")


def growth(deadline):
    """Times cleaning and each table at two lengths; prints and counts what grows faster than length."""
    from chipnotes.pages.document import clean
    from test_hostile import BODY, TABLES, document_of

    works = {"clean": clean} | TABLES

    def seconds(name, text):
        given = text if name == "clean" else document_of(text)
        start = time.process_time()  # of this program alone, whatever else the machine does
        works[name](given)
        return time.process_time() - start

    for name in works:
        seconds(name, BODY)
    slow = done = 0
    for unit in sorted(UNITS):
        unit = unit.replace("␠", " ")
        for name in works:
            if time.monotonic() > deadline:
                print(f"growth: {done} of {len(UNITS) * len(works)} pairs of text and table, {slow} slow")
                return slow
            done += 1
            times = 4000 // len(unit)
            long = seconds(name, BODY + unit * times * 4)
            if long < 0.1:
                continue
            ratio = _ratio(seconds, name, unit, times)
            if ratio > FACTOR and (again := _ratio(seconds, name, unit, times)) > FACTOR:
                slow += 1
                print(
                    f"SLOW  {name} of {unit!r} × {times * 4}: {long:.2f} s, {min(ratio, again):.0f}-fold",
                    flush=True,
                )
    print(f"growth: all {done} pairs of text and table measured, {slow} slow", flush=True)
    return slow


def _ratio(seconds, name, unit, times):
    """How many times as long four times the text takes, the best of a few runs of each."""
    from test_hostile import BODY

    long, short = BODY + unit * times * 4, BODY + unit * times
    return min(seconds(name, long) for _ in range(2)) / min(seconds(name, short) for _ in range(3))


# ---------------------------------------------------------------- hypothesis


def searches(folder):
    """The searches: {ending of the fixture: (strategy, what to run with its input)}."""
    import test_editions as e
    import test_hostile as t
    from hypothesis import strategies as st

    cells = st.sampled_from(["", "-", "芯", "0", "20亿元", "2024-05-06", "above", "nan", "=1", "\\n", '"'])
    rows = st.lists(st.lists(cells, min_size=3, max_size=9).map("\t".join), max_size=4).map("\n".join)

    def text(value):
        """Every table of a text, and of what cleaning leaves of it; its first sentences are found again."""
        t.exercise(t.document_of(value, t.PUBLISHED))
        document = t.clean(value, "page", {})
        t.exercise(document)
        for row in t.cn.sentences(document).head(3).itertuples():
            span = document.find(row.surface, occurrence=1)
            assert span.text == row.surface and t.cn.cite(span)._repr_html_() and repr(t.cn.cite(span))

    def page(data):
        e.write(folder, "page.txt", data)
        e.write(folder, "sources.toml", "")
        (folder / "editions").is_dir() and (folder / "editions" / "page.toml").unlink(missing_ok=True)
        e.read_or_refused(folder)

    def card(value):
        page(e.PAGE)
        e.write(folder, "sources.toml", f"[page]\n{value}")
        e.read_or_refused(folder)

    def edition(value):
        page(e.PAGE)
        e.write_edition(folder, value)
        e.read_or_refused(folder)

    def ledger(value):
        """Laid over, or refused with its file and line."""
        page(e.PAGE)
        e.write(folder, "ledgers/quantities.tsv", f"# a ledger\nseed\tquote\tcontext\tlow\thigh\n{value}\n")
        try:
            t.cn.quantities(t.cn.load(folder))
        except ValueError as error:
            assert "quantities.tsv" in str(error), error
        finally:
            (folder / "ledgers" / "quantities.tsv").unlink()

    return {
        ".txt": (t.DAMAGED, text),
        ".bin": (st.binary(max_size=300) | t.DAMAGED.map(str.encode), page),
        ".card": (e.ENTRY, card),
        ".edition": (e.EDITION, edition),
        ".ledger": (rows, ledger),
    }


def with_hypothesis(deadline, seed, finds):
    """Runs the strategies under one seed after the other until the time is over."""
    import hypothesis

    rounds = 0
    with tempfile.TemporaryDirectory() as top:
        kinds = searches(Path(top))
        while time.monotonic() < deadline:
            for ending, (strategy, work) in kinds.items():
                if time.monotonic() > deadline:
                    break

                def attempt(value, work=work, ending=ending):
                    error = failure(work, value)
                    if error is not None:
                        finds.keep(value, ending, error, lambda less: failure(work, less))

                @hypothesis.seed(seed + rounds)
                @hypothesis.settings(
                    max_examples=100,
                    database=None,
                    deadline=None,
                    phases=[hypothesis.Phase.generate],
                    suppress_health_check=list(hypothesis.HealthCheck),
                )
                @hypothesis.given(value=strategy)
                def search(attempt, value):
                    attempt(value)

                search(attempt=attempt)
            rounds += 1
            print(f"hypothesis: seed {seed + rounds - 1} done, {len(finds.names)} faults so far", flush=True)
    print(
        f"hypothesis: {rounds} rounds of {len(kinds)} × 100 inputs, seeds {seed} to {seed + rounds - 1}",
        flush=True,
    )


# ---------------------------------------------------------------- atheris


def with_atheris(python, seconds, seed):
    """Runs atheris in its own interpreter, which is lent this one's packages; returns its exit status."""
    with tempfile.TemporaryDirectory() as top:
        corpus = Path(top) / "corpus"
        corpus.mkdir()
        for number, page in enumerate(sorted((ROOT / "seeds").glob("*.txt"))):
            for part, line in enumerate(
                line for line in page.read_text(encoding="utf-8").splitlines() if 20 < len(line) < 200
            ):
                (corpus / f"{number}-{part}").write_bytes(b"\1" + line.encode())
        paths = [
            str(ROOT),
            str(ROOT / "benchmarks"),
            *(str(ROOT / "tests" / part) for part in ("facts", "pages")),
            *(path for path in sys.path if path.endswith("site-packages")),
        ]
        environment = os.environ | {
            "PYTHONPATH": os.pathsep.join(paths),
            INSIDE: str(seconds),
            "PYTHONDONTWRITEBYTECODE": "1",
        }
        command = [python, str(Path(__file__).resolve()), str(corpus), f"-max_total_time={seconds}"]
        command += [f"-seed={seed}", "-max_len=600", "-timeout=60", "-print_final_stats=1", "-len_control=0"]
        command += [f"-artifact_prefix={top}/"]
        code = subprocess.run(command, cwd=top, env=environment).returncode
        for left in sorted(Path(top).glob("timeout-*")) + sorted(Path(top).glob("crash-*")):
            value, ending = given(left.read_bytes())
            target = HOSTILE / f"{left.name[:16]}{ending}"
            target.write_bytes(value if isinstance(value, bytes) else value.encode())
            print(f"FOUND {left.name.split('-')[0]}: {target.name}", flush=True)
    return code


def given(data):
    """The input that atheris's bytes stand for, by the first of them, and the ending of its fixture."""
    from test_hostile import WORDS

    how, rest = data[:1], data[1:]
    if how in (b"\0", b""):
        return rest, ".bin"
    if how < b"\x80":
        return rest.decode("utf-8", "ignore"), ".txt"
    pieces = [piece for piece in WORDS if piece]
    return "".join(pieces[byte % len(pieces)] for byte in rest[:60]), ".txt"


def inside_atheris():
    """What atheris's process does: the rules without the tables, nine tenths of whose time is pandas."""
    import atheris

    with atheris.instrument_imports(include=["chipnotes"]):
        import test_editions as e
        import test_hostile as t
        from chipnotes.pages.words import split_sentences, tokens
        from chipnotes.rules.amounts import find_amounts
        from chipnotes.rules.names import find_names
        from chipnotes.rules.times import find_times
    finds = Finds(HOSTILE)
    folder = Path(tempfile.mkdtemp())

    def read(value):
        t.clean(value, "page", {})
        found = find_times(value, t.PUBLISHED)
        find_amounts(value, [time[:2] for time in found], t.PUBLISHED)
        words = list(tokens(value))
        assert "".join(words) == value
        find_names(value, [sum(map(len, words[:k])) for k in range(len(words))])
        split_sentences(value)

    def page(data):
        e.write(folder, "page.txt", data)
        e.read_or_refused(folder)

    def one(data):
        value, ending = given(data)
        work = page if ending == ".bin" else read
        error = failure(work, value)
        if error is not None:
            finds.keep(value, ending, error, lambda less: failure(work, less))

    atheris.Setup(sys.argv, one)
    atheris.Fuzz()


def main():
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--minutes", type=float, default=20, help="for all searches together (20)")
    parser.add_argument(
        "--seed", type=int, help="first seed of the searches; without it a new one, which is printed"
    )
    parser.add_argument("--atheris", metavar="PYTHON", help="interpreter of an environment that has atheris")
    parser.add_argument("--only", choices=["growth", "hypothesis", "atheris"], help="one search alone")
    options = parser.parse_args()
    seed = random.randrange(2**31) if options.seed is None else options.seed
    wanted = (
        [options.only]
        if options.only
        else ["growth", "hypothesis", *(["atheris"] if options.atheris else [])]
    )
    if "atheris" in wanted and not options.atheris:
        parser.error("--only atheris needs --atheris PYTHON")
    print(f"searches: {', '.join(wanted)}; seed {seed}; {options.minutes:g} minutes", flush=True)
    warnings.simplefilter("ignore")  # that a page is not the one its card describes is said once an input
    end = time.monotonic() + options.minutes * 60
    finds, slow, broken = Finds(HOSTILE), 0, ""
    start = time.time()
    for number, search in enumerate(wanted):
        # What one search leaves of its share falls to the next.
        share = (end - time.monotonic()) / (len(wanted) - number)
        if search == "growth":
            slow = growth(time.monotonic() + share)
        elif search == "hypothesis":
            with_hypothesis(time.monotonic() + share, seed, finds)
        elif code := with_atheris(options.atheris, int(share), seed):
            broken = f"; atheris ended with exit status {code}"
    found = sorted(path.name for path in finds.folder.iterdir() if path.stat().st_mtime >= start)
    left_out = "" if "atheris" in wanted else "; atheris did not run"
    print(f"{len(found)} faults{': ' + ', '.join(found) if found else ''}; {slow} slow{broken}{left_out}")
    return 1 if found or slow or broken else 0


if __name__ == "__main__":
    if INSIDE in os.environ:
        inside_atheris()
    sys.exit(main())
