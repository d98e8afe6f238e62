"""Load and clean Chinese news pages on chip policy, and read facts from them with the place where each stands."""

try:
    from chipnotes.actors import actors
    from chipnotes.codebook import codes, quasi_sentences
    from chipnotes.corpus import Corpus, documents, load
    from chipnotes.dates import dates
    from chipnotes.events import events
    from chipnotes.evidence import cite, evidence, glosses, raw_place, span
    from chipnotes.quantities import conflicts, exclusions, quantities
    from chipnotes.seeds import SeedError
    from chipnotes.text import sentences, split_sentences, words
except ModuleNotFoundError as error:
    if (error.name or "").partition(".")[0] == "chipnotes":
        raise
    raise ModuleNotFoundError(
        f"chipnotes needs the package {error.name}, which this Python does not have. Run `make figures` once and use "
        ".venv/bin/python, or the environment of environment.yml",
        name=error.name,
    ) from error

__version__ = "0.1.0"
__all__ = [
    "Corpus",
    "SeedError",
    "actors",
    "cite",
    "codes",
    "conflicts",
    "dates",
    "documents",
    "events",
    "evidence",
    "exclusions",
    "glosses",
    "load",
    "quantities",
    "quasi_sentences",
    "raw_place",
    "sentences",
    "span",
    "split_sentences",
    "words",
]
