"""The subcommands that hand releases on: publish, rebuild, verify, export. Each imports what it needs when it runs."""

from __future__ import annotations

import argparse
import os
import sys
from pathlib import Path

from flows.cli.commands import DONE, FAILED, Command, takes_raw, takes_release, takes_workers
from flows.cli.signing import takes_key, use_key


def add_distribution_commands(command: Command) -> None:
    """Adds them to the command line."""

    def add(name: str, does: str, examples: str) -> argparse.ArgumentParser:
        added = command(name, does, examples)
        takes_release(added)
        return added

    _add_publish(add)
    _add_rebuild(add)
    _add_verify(add)
    _add_export(add)


def _add_publish(add: Command) -> None:
    publish = add(
        "publish",
        "copies a release to a directory or an s3:// URL, checks it there, and moves the pointer of a channel last",
        "shegong publish releases/v2026.11.22 /srv/shegong\n"
        "shegong publish releases/v2026.11.22 s3://bucket/shegong --channel stable\n"
        "shegong publish releases/v2026.11.22 /srv/internal --tier full",
    )
    publish.add_argument("store", metavar="STORE", help="a directory or s3://bucket/prefix (AWS_… variables)")
    publish.add_argument("--channel", choices=("nightly", "stable"), default="nightly", help="(nightly)")
    publish.add_argument(
        "--tier",
        choices=("open", "full"),
        default="open",
        help="open withholds the texts whose rights are reserved; full is for stores of those who may have them (open)",
    )
    takes_key(publish)
    publish.add_argument("--back", action="store_true", help="allow a version older than the one the channel is at")
    publish.set_defaults(run=_publish)


def _publish(options: argparse.Namespace) -> int:
    from flows.publish.channel import publish
    from flows.terminal.progress import Progress

    use_key(options)
    found = publish(options.release, options.store, options.channel, options.tier, options.back, tell=Progress().count)
    what = "now points to" if found.moved else "points already to"
    print(f"{options.store}: {found.copied} files copied; {found.pointer} {what} {found.version}")
    return DONE


def _add_rebuild(add: Command) -> None:
    rebuild = add(
        "rebuild",
        "puts back the texts that the open tier withholds, from the raw pages; their hashes prove them",
        "shegong rebuild v2026.11.22 --raw pages --to rebuilt",
    )
    rebuild.add_argument("--raw", type=Path, required=True, metavar="DIR", help="the raw pages, or some of them")
    rebuild.add_argument("--to", type=Path, required=True, metavar="DIR", help="folder for the rebuilt release")
    rebuild.set_defaults(run=_rebuild)


def _rebuild(options: argparse.Namespace) -> int:
    from flows.run.rebuild import rebuild

    found = rebuild(options.release, options.raw, options.to)
    for article in found.differing:
        print(f"{article}: the raw page gives another text; check out the code of the release", file=sys.stderr)
    for article in found.missing:
        print(f"{article}: its raw page is not there", file=sys.stderr)
    print(f"{found.proved} texts proved by their hash, {len(found.missing) + len(found.differing)} still withheld")
    print(found.path)
    return FAILED if found.differing else DONE


def _add_verify(add: Command) -> None:
    verify = add(
        "verify",
        "checks the signature of a release; builds it once more from its raw documents and compares the bytes",
        "shegong verify releases/v2026.11.22\nshegong verify releases/v2026.11.22 --raw pages --workers 8\n"
        "shegong verify releases/v2026.11.22 --signature-only --signers keys.pub",
    )
    takes_raw(verify)
    verify.add_argument("--before", type=Path, metavar="DIR", help="the release before (looked for beside it)")
    verify.add_argument(
        "--signers", type=Path, metavar="FILE", help="public keys that you trust (also by SHEGONG_SIGNERS)"
    )
    verify.add_argument("--signature-only", action="store_true", help="files, sums and signature; build nothing")
    takes_workers(verify)
    verify.set_defaults(run=_verify)


def _verify(options: argparse.Namespace) -> int:
    from flows.publish.inspect import inspect
    from flows.publish.signing import SIGNERS, SigningError, check_signature, is_signed
    from flows.publish.verify import verify

    signers = options.signers or (Path(os.environ[SIGNERS]) if os.environ.get(SIGNERS) else None)
    if signers is not None:
        inspect(options.release)
        signer = check_signature(options.release, signers)
        print(f"{options.release}: signed by {signer.name}, {signer.fingerprint}")
    elif options.signature_only:
        raise SigningError("signers", "nobody is trusted.", "Name your keys with --signers FILE.", options.release)
    elif is_signed(options.release):
        print("It is signed: --signers FILE, with the keys that you trust, checks by whom.")
    if options.signature_only:
        return DONE
    found = verify(options.release, options.raw, options.before, options.workers)
    for name in found.different:
        print(f"different: {name}")
    for name in found.unknown:
        print(f"not compared, for want of the release before: {name}")
    if found.same_code is False:
        print("This is not the code that made the release: build.json names its commit.")
    print(f"{options.release}: {len(found.same)} files are the same, byte for byte; {len(found.different)} differ")
    return FAILED if found.different else DONE


def _add_export(add: Command) -> None:
    export = add(
        "export",
        "writes a release for other tools: a database of SQLite (for datasette) or DuckDB, CSV for spreadsheets",
        "shegong export latest --sqlite shegong.db && datasette shegong.db --metadata shegong.db.metadata.json\n"
        "shegong export latest --duckdb shegong.duckdb\n"
        "shegong export releases/v2026.11.22 --excel sheets",
    )
    export.add_argument(
        "--sqlite", type=Path, metavar="FILE", help="one database: foreign keys, full-text search in Chinese"
    )
    export.add_argument("--duckdb", type=Path, metavar="FILE", help="one database, with the columns described")
    export.add_argument(
        "--excel", type=Path, metavar="DIR", help="a CSV a table: Chinese shows, and no cell is taken for a formula"
    )
    export.set_defaults(run=lambda options: _export(options, export))


def _export(options: argparse.Namespace, parser: argparse.ArgumentParser) -> int:
    if not (options.sqlite or options.duckdb or options.excel):
        parser.error("say what to write: --sqlite FILE, --duckdb FILE or --excel DIR")
    from flows.publish.databases import export_duckdb, export_sqlite
    from flows.publish.spreadsheet import export_spreadsheets

    for write, target in (
        (export_sqlite, options.sqlite),
        (export_duckdb, options.duckdb),
        (export_spreadsheets, options.excel),
    ):
        for path in write(options.release, target) if target else ():
            print(path)
    return DONE
