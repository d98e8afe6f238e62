"""Many pages: one process against two workers of dask, the cost of a page as a folder grows, memory.

Writes varied pages (sentences of real ones, drawn anew, a tenth as HTML, three files broken) into a temporary
folder. `python benchmarks/bench_scale.py 1000` compares 1,000 pages read by one process and by two workers
(by the clock, so on a machine with two idle cores), and the cost of a page at 1,000 with that at 100 (in
processor time). Needs the extra `scale`.
"""

import argparse
import random
import resource
import tempfile
import time
from pathlib import Path

import pandas as pd

import chipnotes as cn
from chipnotes.pages.corpus import read_page
from chipnotes.pages.seeds import find_pages
from chipnotes.pages.words import split_sentences

HERE = Path(__file__).parent


def rows(page):
    """The quantities of one page as rows, or one row that says what is wrong with its file."""
    id, (path, card) = page
    try:
        doc = read_page(path, card, path.parent / "editions" / f"{id}.toml")
    except cn.SeedError as error:
        return [{"seed": id, "error": str(error)}]
    return cn.quantities(doc).astype({"period_start": "str", "period_end": "str"}).to_dict("records")


def write_pages(folder, count):
    """Varied pages, each of 5 to 40 sentences with a title and a date; three are broken."""
    texts = [doc.text for doc in cn.load()]
    for path in sorted((HERE / "pages").rglob("*.txt")):
        texts.append(path.read_text(encoding="utf-8", errors="ignore"))
    drawn = [text[start:end] for text in texts for start, end in split_sentences(text) if end - start > 15]
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


def one_process(pages):
    return [row for page in pages for row in rows(page)]


def two_workers(pages, out):
    import dask.bag as db
    from dask.distributed import Client

    with Client(n_workers=2, threads_per_worker=1, memory_limit=0, dashboard_address=None) as client:
        client.submit(rows, pages[0]).result()  # imports and dictionary, once a worker
        client.run(rows, pages[0])
        start = time.perf_counter()
        parts = db.from_sequence(pages, partition_size=50).map_partitions(_part, out).compute()
        return time.perf_counter() - start, sum(parts)


def _part(pages, out):
    table = pd.DataFrame([row for page in pages for row in rows(page)])
    table.to_parquet(Path(out) / f"{pages[0][0]}.parquet")
    return [len(table)]


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("pages", type=int, nargs="?", default=1000)
    count = parser.parse_args().pages
    with tempfile.TemporaryDirectory() as folder, tempfile.TemporaryDirectory() as out:
        write_pages(Path(folder), count)
        pages, problems = find_pages(Path(folder))
        pages = list(pages.items())
        assert not problems
        one_process(pages[:20])
        seconds, worked = {}, {}
        for size in (count // 10, count):
            start, used = time.perf_counter(), time.process_time()
            found = one_process(pages[:size])
            seconds[size] = time.perf_counter() - start
            worked[size] = (time.process_time() - used) / size
            memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
            broken = sum("error" in row for row in found)
            print(
                f"one process, {size:,} pages: {1000 * worked[size]:.1f} ms of processor a page, "
                f"{len(found):,} rows, {broken} broken files, {memory:.0f} MB at most"
            )
        parallel, total = two_workers(pages, out)
        assert total == len(found)
        written = pd.concat(map(pd.read_parquet, sorted(Path(out).glob("*.parquet"))))
        assert len(written) == total
    ratio = seconds[count] / parallel
    print(f"two workers: {parallel:.1f} s against {seconds[count]:.1f}, {ratio:.2f} times (goal 1.7)")
    growth = worked[count] / worked[count // 10]
    print(f"a page at {count:,} costs {growth:.2f} times one at {count // 10:,} (goal at most 1.1)")


if __name__ == "__main__":
    main()
