"""Many pages: the recipe of chipnotes/README.md, by one process and by a local cluster of two workers.

Writes varied pages (sentences of real ones, drawn anew, a tenth as HTML, three files broken) into a
temporary folder. `python benchmarks/bench_scale.py 30000` compares the cost of a page at 30,000 with that at
3,000, the memory at both, and one process with two workers on 10,000 pages; without a number, on a tenth of
each. The clock tells the truth on a machine with two idle cores; processor time, printed beside it, on any.
Two bare processes, without an engine, show what the machine's processors give at most: two that share a
core give less than 1.7, whatever runs on them. First it holds the tokens of rjieba against those of jieba and
stops if one differs.
Needs the extra: python3 tools/setup_env.py --scale
"""

import argparse
import multiprocessing
import os
import random
import re
import runpy
import tempfile
import time
from pathlib import Path

import chipnotes as cn
from chipnotes.files import PACKAGE
from chipnotes.pages import words
from chipnotes.pages.seeds import find_pages

try:
    import pandas as pd
    import psutil
    import rjieba  # noqa: F401
    from distributed import Client
except ModuleNotFoundError as error:
    raise SystemExit(f"no {error.name}: run python3 tools/setup_env.py --scale once") from None

HERE = Path(__file__).parent
PARTITION = 100  # pages, as in the recipe


def texts():
    """Real texts: the seeds, and pages of others."""
    found = [doc.text for doc in cn.load()]
    for path in sorted((HERE / "pages").rglob("*.txt")):
        found.append(path.read_text(encoding="utf-8", errors="ignore"))
    return found


def write_pages(folder, count):
    """Varied pages, each of 5 to 40 sentences with a title and a date; three are broken."""
    drawn = [
        text[start:end] for text in texts() for start, end in words.split_sentences(text) if end - start > 15
    ]
    chance = random.Random(7)
    for number in range(count):
        body = chance.choices(drawn, k=chance.randint(5, 40))
        head = (
            f"某市集成电路产业消息第{number}期",
            f"来源:某网 2024-{number % 12 + 1:02}-{number % 28 + 1:02}",
        )
        if number % 10 == 0:
            text = "".join(f"<p>{line}</p>\n" for line in (*head, *body))
            name, text = f"p{number:06}.html", f"<html><body>{text}</body></html>"
        else:
            name, text = f"p{number:06}.txt", "\n".join((*head, *body)) + "\n"
        (folder / name).write_bytes(b"\xff\xfe\x00" if number in (3, 33, 53) else text.encode())


def recipe():
    """The recipe of chipnotes/README.md as a file in the working folder."""
    text = (PACKAGE / "README.md").read_text(encoding="utf-8").split("## Many pages")[1]
    Path("recipe.py").write_text(re.search("```python\n(.+?)```", text, re.S)[1], encoding="utf-8")
    return "recipe.py"


def same_tokens():
    """Stops if rjieba cuts one token otherwise than jieba, with the project's lexicon."""
    fast, slow, count, seconds = words.cutter(True), words.cutter(False), 0, [0.0, 0.0]
    for text in texts():
        for piece in words._NUMBER.split(text)[::2]:
            begin = time.perf_counter()
            hers = list(slow(piece))
            middle = time.perf_counter()
            other = fast(piece)
            seconds = [seconds[0] + middle - begin, seconds[1] + time.perf_counter() - middle]
            count += len(hers)
            if hers != other:
                raise SystemExit(f"rjieba cuts otherwise than jieba: {hers} {other}")
    print(f"rjieba: the same {count:,} tokens, {seconds[0] / seconds[1]:.0f} times as fast")


def used():
    """Seconds of processor and MB now, of this process; its peak may be its parent's, which exec hands on."""
    return time.process_time(), psutil.Process().memory_info().rss / 2**20


def one_process(pages, write, marks):
    """Time, processor time and memory after each of `marks` pages."""
    measured, begin, (before, _) = {}, time.perf_counter(), used()
    for first in range(0, len(pages), PARTITION):
        write(pages[first : first + PARTITION])
        done = min(first + PARTITION, len(pages))
        for mark in (mark for mark in marks if mark <= done and mark not in measured):
            seconds, memory = used()
            measured[mark] = (time.perf_counter() - begin) / done, (seconds - before) / done, memory
    return measured


def warm():
    """Imports and vocabulary, once a process."""
    return len(cn.quantities(cn.load()))


def part(pages):
    """Some pages by the recipe in the working folder."""
    return one_process(pages, runpy.run_path("recipe.py")["write"], ())


def two_bare(pages):
    """Two processes without an engine: seconds by the clock."""
    with multiprocessing.get_context("spawn").Pool(2, warm) as pool:
        pool.map(time.sleep, (1, 1), chunksize=1)  # both are warm
        begin = time.perf_counter()
        pool.map(part, (pages[::2], pages[1::2]), chunksize=1)
        return time.perf_counter() - begin


def two_workers(path):
    """The recipe as its reader runs it: seconds by the clock, of the busier processor, MB at the end."""
    with Client(n_workers=2, threads_per_worker=1, dashboard_address=None, processes=True) as client:
        client.run(warm)
        before, begin = client.run(used), time.perf_counter()
        runpy.run_path(path, run_name="__main__")
        seconds, after = time.perf_counter() - begin, client.run(used)
    return (
        seconds,
        max(after[w][0] - before[w][0] for w in after),
        max(memory for _, memory in after.values()),
    )


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("pages", type=int, nargs="?", default=3000)
    count = parser.parse_args().pages
    few, some = count // 10, count // 3
    same_tokens()
    with tempfile.TemporaryDirectory() as home:
        os.chdir(home)
        Path("folder").mkdir()
        write_pages(Path("folder"), count)
        pages = [*find_pages(Path("folder"))[0].items()]
        write = runpy.run_path(recipe())["write"]
        Path("quantities").mkdir()
        warm()
        one = one_process(pages, write, (few, some, count))
        rows = pd.read_parquet("quantities")
        assert rows.error.count() == 3 and rows.seed.nunique() > 0.99 * count, "pages are missing"
        for mark, (_, seconds, memory) in one.items():
            print(
                f"one process, {mark:,} pages: {1000 * seconds:.1f} ms of processor a page, {memory:.0f} MB"
            )
        growth = one[count][1] / one[few][1]
        print(f"a page at {count:,} costs {growth:.2f} times one at {few:,} (goal at most 1.1)")

        for path in [*Path("quantities").iterdir(), *(page[1][0] for page in pages[some:])]:
            path.unlink()
        bare = two_bare(pages[:some])
        for path in Path("quantities").iterdir():
            path.unlink()
        clock, seconds, memory = two_workers("recipe.py")
        again = pd.read_parquet("quantities")
        assert again.equals(rows[rows.seed.isin(again.seed)]) and len(again)
        bad = again.error.dropna().tolist()
        print(f"two workers, {some:,} pages: {len(again):,} rows, {len(bad)} bad files: {bad[0][:60]}…")
        load, (took, worked, _) = os.getloadavg()[0], one[some]
        print(f"  by the clock {took * some / clock:.2f} times one process (goal 1.7), load {load:.1f}")
        print(f"  two bare processes: {took * some / bare:.2f} times, what this machine gives")
        print(f"  by processor time {worked * some / seconds:.2f} times, {memory:.0f} MB a worker")
        os.chdir(HERE)


if __name__ == "__main__":
    main()
