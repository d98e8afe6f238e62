"""Cleaning against jieba's segmentation of the same text, and its growth, as ratios of one run."""

import time
import tracemalloc

from chipnotes.pages.corpus import load
from chipnotes.pages.document import clean
from chipnotes.pages.words import tokens


def seconds(work, repeats=3):
    """The shortest of several runs, in processor time: what else the machine does counts less."""
    best = float("inf")
    for _ in range(repeats):
        start = time.process_time()
        work()
        best = min(best, time.process_time() - start)
    return best


def clean_all(pages):
    for page in pages:
        clean(page)


def main():
    raws = [document.raw for document in load()]
    list(tokens("预热"))
    clean_all(raws)
    characters = 5 * sum(map(len, raws))
    ratios = []
    for _ in range(7):  # side by side, since the machine's speed drifts
        cleaning = seconds(lambda: clean_all(raws * 5), 1) / characters
        cutting = seconds(lambda: [list(tokens(raw)) for raw in raws * 5], 1) / characters
        ratios.append((cutting / cleaning, cleaning, cutting))
    ratio, cleaning, cutting = sorted(ratios)[len(ratios) // 2]
    print(
        f"cleaning {1e6 * cleaning:.2f} µs a character, segmentation {1e6 * cutting:.2f}: "
        f"ratio {ratio:.1f}, the median of 7 (goal: at least 5)"
    )

    def per_page(count):
        pages = (raws * (count // len(raws) + 1))[:count]
        return seconds(lambda: clean_all(pages), 2) / count

    small, large = per_page(1000), per_page(10000)
    print(f"a page of 10,000 costs {large / small:.3f} of a page of 1,000 (goal: at most 1.1)")

    pages = raws * 200
    tracemalloc.start()
    kept = [clean(page) for page in pages]
    memory, _ = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    raw_size = sum(len(document.raw) for document in kept)
    print(f"{memory / raw_size:.1f} bytes kept a raw character (goal: under 60)")

    long = "".join(raws) * 200
    once = seconds(lambda: clean("".join(raws)), 3) / (characters / 5)
    cost = seconds(lambda: clean(long), 1) / len(long) / once
    print(f"one page of {len(long):,} characters: {cost:.2f} of a short page's cost a character")


if __name__ == "__main__":
    main()
