"""Makes chipnotes/fonts: the subset of Noto Sans SC that every figure is drawn with.

    npm pack @expo-google-fonts/noto-sans-sc@0.4.3
    python tools/make_font.py expo-google-fonts-noto-sans-sc-0.4.3.tgz

Needs fonttools. The same package and the same seeds give the same bytes. Run it again when a seed brings a
character that the subset lacks, or after adding a character to EXTRA.
"""

import hashlib
import io
import sys
import tarfile
from pathlib import Path

from fontTools import subset
from fontTools.ttLib import TTFont

ROOT = Path(__file__).resolve().parent.parent
OUT = ROOT / "chipnotes" / "fonts"
PACKAGE = "@expo-google-fonts/noto-sans-sc 0.4.3"
PACKAGE_SHA256 = "0d69d0f4971d2ff574e3d93cbc218dc950bf3f3f8f8e2c008d97687ed53aee59"
LICENCE = "package/LICENSE_FONT"
WEIGHTS = {
    "Regular": "package/400Regular/NotoSansSC_400Regular.ttf",
    "Bold": "package/700Bold/NotoSansSC_700Bold.ttf",
}
# A name of its own: matplotlib asks for fonts by family, and a Noto Sans SC of the machine would come first.
FAMILY = "Chipnotes Sans SC"
# Characters of personal names that are common today and not in GB2312.
# Then the Traditional characters of the repaired spot of seed 003, which the seed itself has lost.
EXTRA = "喆堃昇昉旻晞玥珺琨琤瑄瑀璟镕頔翀赟" + "鏈圍繞準"
BLOCKS = [
    (0x0020, 0x007E),  # ASCII
    (0x00A0, 0x024F),  # Latin with tone marks: pinyin from ā to ǜ, and names
    (0x0300, 0x030C),  # the same marks as combining characters
    (0x0370, 0x03FF),  # Greek, for statistics
    (0x2000, 0x206F),  # dashes, quotation marks, ellipsis, prime
    (0x2070, 0x209F),  # superscripts and subscripts
    (0x20A0, 0x20BF),  # currencies
    (0x2100, 0x214F),  # ℃ № ™
    (0x2150, 0x218F),  # fractions, Roman numerals
    (0x2190, 0x21FF),  # arrows
    (0x2200, 0x22FF),  # ≥ ≤ ≈ ∑ √
    (0x2460, 0x24FF),  # circled numbers
    (0x2500, 0x257F),  # box drawing
    (0x2580, 0x259F),  # blocks
    (0x25A0, 0x25FF),  # geometric shapes
    (0x2600, 0x27BF),  # stars, ticks and crosses
    (0x3000, 0x303F),  # 〔…〕 《》 、
    (0xFF00, 0xFFEF),  # full-width forms
]


def characters():
    """Returns the set of code points to keep; the font decides which of them it has."""
    wanted = {code for first, last in BLOCKS for code in range(first, last + 1)}
    wanted |= {ord(c) for c in EXTRA}
    for row in range(0xA1, 0xF8):
        for cell in range(0xA1, 0xFF):
            wanted |= {ord(c) for c in bytes([row, cell]).decode("gb2312", "ignore")}
    for seed in sorted((ROOT / "seeds").glob("*.txt")):
        wanted |= {ord(c) for c in seed.read_bytes().decode("utf-8", "replace")}
    return wanted


def rename(font, style):
    """Gives the subset its own family name and keeps the names that tell copyright, version and licence."""
    for record in list(font["name"].names):
        if record.nameID not in (0, 5, 7, 8, 9, 11, 13, 14):
            font["name"].removeNames(record.nameID, record.platformID, record.platEncID, record.langID)
    for name_id, value in {
        1: FAMILY,
        2: style,
        3: f"{FAMILY} {style}: subset of Noto Sans SC {style}, {PACKAGE}",
        4: f"{FAMILY} {style}",
        6: f"{FAMILY} {style}".replace(" ", ""),
    }.items():
        font["name"].setName(value, name_id, 3, 1, 0x409)


def make(source, style, wanted):
    """Returns the bytes of the subset of one font file and the number of characters in it."""
    options = subset.Options()
    # matplotlib hints by itself and sets lines horizontally: neither hints nor vertical metrics are of use.
    options.hinting = False
    options.drop_tables += ["vhea", "vmtx", "VORG", "DSIG"]
    options.layout_features = ["kern", "mark", "mkmk", "ccmp"]
    options.name_IDs = ["*"]
    options.glyph_names = False
    options.recalc_timestamp = False
    font = TTFont(io.BytesIO(source), recalcTimestamp=False)
    subsetter = subset.Subsetter(options)
    subsetter.populate(unicodes=wanted)
    subsetter.subset(font)
    rename(font, style)
    out = io.BytesIO()
    font.save(out, reorderTables=True)
    return out.getvalue(), len(font.getBestCmap())


def main(path):
    package = Path(path).read_bytes()
    found = hashlib.sha256(package).hexdigest()
    if found != PACKAGE_SHA256:
        sys.exit(
            f"{path}: sha256 is {found}, not {PACKAGE_SHA256}.\n"
            f"Get the right one: npm pack {PACKAGE.replace(' ', '@')}"
        )
    OUT.mkdir(parents=True, exist_ok=True)
    wanted = characters()
    lines = []
    with tarfile.open(fileobj=io.BytesIO(package)) as files:
        licence = files.extractfile(LICENCE).read()
        (OUT / "OFL.txt").write_bytes(licence)
        for style, member in WEIGHTS.items():
            source = files.extractfile(member).read()
            data, count = make(source, style, wanted)
            target = OUT / f"{FAMILY.replace(' ', '')}-{style}.ttf"
            target.write_bytes(data)
            print(f"{target.name}: {count:,} characters, {len(data) / 1e6:.2f} MB")
            lines.append(
                f"| `{target.name}` | {count:,} | `{hashlib.sha256(data).hexdigest()}` "
                f"| `{Path(member).name}`, `{hashlib.sha256(source).hexdigest()}` |\n"
            )
    (OUT / "README.md").write_bytes(
        (
            "# The font that every figure is drawn with, whatever fonts the machine has\n\n"
            "Subset of Noto Sans SC: GB2312, every character of the seeds, "
            "Latin with tone marks, Greek, signs. "
            "Made by\n"
            f"`tools/make_font.py` from the npm package `{PACKAGE}` (sha256 of the packed package\n"
            f"`{PACKAGE_SHA256}`).\n"
            "SIL Open Font License 1.1, see `OFL.txt`. "
            "The family is renamed so that an installed Noto Sans SC cannot\n"
            "take its place.\n\n"
            "| file | characters | sha256 | made from, its sha256 |\n| --- | --- | --- | --- |\n"
            + "".join(lines)
        ).encode()
    )


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    main(sys.argv[1])
