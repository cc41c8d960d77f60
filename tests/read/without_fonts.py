"""Whether what is read of PDF pages depends on the fonts of the machine.

    python -m tests.read.without_fonts

runs the tests of PDF and makes a release of 40 PDF files, of which half embed their fonts and half name standard ones:
with the fonts as they are, with another font in their place, and with none. Exit status: 0 the releases are equal, or
fonts cannot be hidden here (it says why); 1 they differ. Fonts are hidden in a mount namespace, for which one must be
root, or allowed to make user namespaces.
"""

from __future__ import annotations

import os
import random
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from hashlib import sha256
from pathlib import Path

from flows.clean import clean
from flows.read.reader import read_bytes
from tests.read.foundry import cast, font_file
from tests.read.press import Column, Press

FOLDERS = ("/usr/share/fonts", "/usr/local/share/fonts", "/usr/share/X11/fonts", "~/.fonts", "~/.local/share/fonts")

HIDE = f"""
set -e
fonts=$1; shift
mkdir -p /usr/share/fonts 2> /dev/null || true
for folder in {" ".join(FOLDERS)}; do if [ -d "$folder" ]; then mount -t tmpfs tmpfs "$folder"; fi; done
if [ -n "$fonts" ]; then cp "$fonts"/* /usr/share/fonts/; fi
exec "$@"
"""

TITLE = "青禾区社工站启用"
PARAGRAPHS = [
    "近日，青禾区社工站启用，四名社工入驻，居民赵阿姨说：“家门口就有人说话了，‘老邻居’又聚到一起。”",
    "据介绍，社工站由区民政局建设，面积300平方米，设有活动室、个案室和图书角——每天从早到晚开放……",
    "The station of Qinghe is open from 9 to 17, and 20 volunteers help. 下一步，将与社区、学校和医院联动。",
]


def hidden(command: Sequence[str], fonts: Path | None = None) -> list[str]:
    """The command, to be run where there are no fonts but those of the folder."""
    user = [] if os.geteuid() == 0 else ["--map-root-user"]
    return ["unshare", "--mount", *user, "sh", "-c", HIDE, "sh", str(fonts or ""), *command]


def why_not() -> str | None:
    """Why fonts cannot be hidden here; None if they can."""
    try:
        done = subprocess.run(hidden(["true"]), capture_output=True, text=True, timeout=60)
    except OSError as error:
        return f"unshare cannot be run: {error}"
    return f"no mount namespace: {done.stderr.strip()}" if done.returncode else None


def make_pages(folder: Path, count: int = 40) -> None:
    """PDF files, odd ones with fonts of their own, even ones with standard fonts that are not embedded."""
    cast("Embedded", TITLE + "".join(PARAGRAPHS), lambda char: 1000 if ord(char) > 0x3000 else 460)
    folder.mkdir(parents=True)
    for n in range(count):
        font = "Embedded" if n % 2 else ("STSong-Light", "MSung-Light")[n // 2 % 2]
        page = Press(600, 800, font, 9 + n % 3, 15)
        page.centred(TITLE, 40, 300, 40, 22)
        page.down(TITLE, 520, 60 + n, 18, bool(n % 4 // 2) or font == "Embedded")
        page.line(f"2024 No. {n}", 400, 20, 9, ("Helvetica", "Times-Roman", "Courier")[n % 3])
        for i, char in enumerate(PARAGRAPHS[0][:20]):
            page.line(char, 40 + page.body * i, 90, page.body)
        columns = [Column(40 + 16 * page.body * i, 120, 700, 15 * page.body) for i in range(2)]
        page.text([(paragraph, False) for paragraph in PARAGRAPHS * 3], columns, random.Random(n))
        (folder / f"{n:02}.pdf").write_bytes(page.pdf())


def make_font(folder: Path) -> None:
    """A font for whatever the pages do not embed, with outlines that no other has."""
    folder.mkdir(parents=True)
    chars = "".join(map(chr, range(0x20, 0x7F))) + TITLE + "".join(PARAGRAPHS)
    (folder / "other.ttf").write_bytes(font_file("STSong-Light", chars, lambda char: 700))


def sum_of_rows(folder: Path) -> str:
    """The sum of all that is read and extracted of the pages."""
    found = sha256()
    for path in sorted(folder.iterdir()):
        document = read_bytes(path.read_bytes(), path.name)
        found.update(repr((document.text, document.blocks, document.flags, clean(document))).encode())
    return found.hexdigest()


def main() -> int:
    reason = why_not()
    if reason:
        print(f"not compared: {reason}")
        return 0
    with tempfile.TemporaryDirectory() as place:
        here = Path(place)
        make_pages(here / "raw")
        make_font(here / "fonts")
        sums = {}
        for name in ("as they are", "another", "none"):
            fonts = here / "fonts" if name == "another" else None

            def run(*command: str, fonts: Path | None = fonts, name: str = name) -> None:
                whole = [sys.executable, "-m", *command]
                subprocess.run(whole if name == "as they are" else hidden(whole, fonts), check=True)

            releases = here / name
            run("pytest", "-q", "-m", "not slow", "-k", "pdf", "tests/read")
            run("flows", "release", "--raw", str(here / "raw"), "--releases", str(releases))
            sums[name] = next(releases.glob("v*/SHA256SUMS")).read_text()
            print(f"fonts: {name}: {sha256(sums[name].encode()).hexdigest()}", flush=True)
    return 0 if len(set(sums.values())) == 1 else 1


if __name__ == "__main__":
    if sys.argv[1:2] == ["--rows"]:
        print(sum_of_rows(Path(sys.argv[2])))
    else:
        sys.exit(main())
