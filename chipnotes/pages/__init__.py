"""Pages: bytes become a Document in which every character is traced to the file.

The walk, a file a step: `seeds` (1, bytes and cards), `marks` (2, marks inside words), `lines` (3, kinds
of lines), `roles` (4, what each line is in the article), `layout` with `wraps` (5, paragraphs and
spaces), `document` (6, `clean` runs the steps). Beside it: `html` (the source of a web page becomes text
first), `editions` (what a reader decided of one page goes before steps 3 and 4), `pieces` (the fate of
each character), `looks` (the patterns of data/pages.toml). Above it: `corpus`, `places`, `sentence`, `words`.
"""
