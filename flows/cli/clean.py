"""The subcommand `clean`: one or more pages to the terminal, without a folder or a server."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from flows.cli.commands import DONE, FAILED, USAGE, Command

if TYPE_CHECKING:
    from flows.cleaned import Cleaned

COMPARED = """
trafilatura, readability and newspaper4k give one text a page, for any language. This tells the stories of a page apart,
reads plain text and printed pages too, names the rule that each line was taken out under (--explain), and reads people,
bodies, figures and events off the text, with their places in it (--facts). It knows Chinese news, and nothing else.

exit status: 0 an article came out of each page; 1 of some page none, and standard error says why; 2 bad usage, or a
file that cannot be read"""


def add_clean(command: Command) -> None:
    """Adds it to the command line."""
    clean = command(
        "clean",
        "shows what comes out of pages (HTML, text, PDF; archives and dumps of them), without a folder or a server",
        "shegong clean page.html\n"
        "curl -s https://news.example.org/7.html | shegong clean - --url https://news.example.org/7.html\n"
        "shegong clean *.html --format jsonl --facts > articles.jsonl\n"
        "shegong clean page.pdf --explain | less -R",
    )
    clean.epilog = f"{clean.epilog}\n{COMPARED}"
    clean.add_argument("pages", nargs="+", metavar="PAGE", help="a file, or - for standard input")
    clean.add_argument(
        "--format", choices=("text", "markdown", "json", "jsonl"), default="text",
        help="text; markdown; json, a list of the pages; jsonl, an article a line (text)",
    )  # fmt: skip
    clean.add_argument("--facts", action="store_true", help="with people, bodies, events, figures and titles named")
    clean.add_argument(
        "--explain", action="store_true", help="what was kept and removed, by which rule, and the evidence of facts"
    )
    clean.add_argument("--url", metavar="URL", help="the address of the page, by which its publisher is known")
    clean.add_argument(
        "--name", default="-", metavar="NAME", help="what to call standard input: its suffix tells the format"
    )
    clean.set_defaults(run=lambda options: _clean(options, clean))


def _clean(options: argparse.Namespace, parser: argparse.ArgumentParser) -> int:
    if options.explain and options.format != "text":
        parser.error("--explain is for people: it goes with --format text")
    if options.url and len(options.pages) > 1:
        parser.error("--url is the address of one page")
    from flows.errors import InputError
    from flows.terminal.safe import Paint, safe

    shown, status, first = Paint(), DONE, True
    if options.format == "json":
        sys.stdout.write("[")
    for name in options.pages:
        try:
            for page in _read(name, options):
                _write(page, options, shown, first)
                first = False
                if page.reason is not None:
                    print(safe(f"{page.document['path']}: {page.reason}"), file=sys.stderr)
                    status = max(status, FAILED)
        except InputError as error:
            print(safe(f"shegong: {error}"), file=sys.stderr)
            status = USAGE
    if options.format == "json":
        print("]")
    return status


def _read(name: str, options: argparse.Namespace) -> Iterator[Cleaned]:
    from flows.cleaned import clean, clean_all

    if name == "-":
        from flows.read.archives.kinds import kind_of

        content = sys.stdin.buffer.read()
        if kind_of(options.name) is None:
            yield clean(content, url=options.url, name=options.name)
            return
        import tempfile

        with tempfile.TemporaryDirectory(prefix="shegong-") as folder:
            kept = Path(folder, os.path.basename(options.name))
            kept.write_bytes(content)
            yield from clean_all(kept)
        return
    yield from clean_all(name, url=options.url)


def _write(page: Cleaned, options: argparse.Namespace, paint: object, first: bool) -> None:
    """One page on standard output: exactly as it is where a program reads it, with escapes on a terminal."""
    from flows.report.explain import explain_rows
    from flows.shown import as_json
    from flows.terminal.safe import Paint, safe

    assert isinstance(paint, Paint)
    if options.explain:
        print("" if first else "\n", end="")
        for line in explain_rows(page.tables, None, paint):
            print(line)
    elif options.format == "jsonl":
        for article in page.records(options.facts):
            print(as_json(article))
    elif options.format == "json":
        sys.stdout.write(("" if first else ",") + "\n" + as_json(page.record(options.facts), indent=1) + "\n")
    else:
        text = page.markdown if options.format == "markdown" else page.text
        lines = [*text.split("\n"), *(_facts(page) if options.facts else ())]
        if not page.articles:
            return
        print("" if first else "\n", end="")
        for line in lines:
            print(safe(line) if sys.stdout.isatty() else line)


def _facts(page: Cleaned) -> Iterator[str]:
    """The facts of all its articles, a line each."""
    from flows.report.explain import PLACES, fact_line

    for article in page.articles:
        for table, rows in page.facts(article["article_id"]).items():
            yield ""
            yield f"{table} of {article['article_id']}"
            for row in rows:
                yield f"  {fact_line(row, (name for name in row if name not in PLACES))}"
