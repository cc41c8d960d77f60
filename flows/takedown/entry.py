"""An entry of raw/tombstones.yaml, for whatever a document is called."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from flows.clock import today
from flows.decisions import NAMING, DecisionError, Tombstone
from flows.decisions.appending import append_entries
from flows.decisions.names import Name, id_of, is_id, nearest, path_of, paths_around, url_of
from flows.decisions.tombstones import Known, known_of
from flows.folder.stage import latest
from flows.raw.documents import read_listed
from flows.raw.listing import list_documents
from flows.raw.store import is_url
from flows.read.reader import printable
from flows.run.places import Place, fetch_latest, raw_folder, releases_folder
from flows.turn import only_run


class Written(NamedTuple):
    """An entry that was written, where, and the documents that it is known to take down."""

    place: str
    entry: dict[str, Any]
    documents: tuple[Known, ...]


def write_tombstone(raw: Place, releases: Place, wanted: str, why: str, who: str, not_here: bool = False) -> Written:
    """Adds a takedown to raw/tombstones.yaml, whose comments and other entries stay.

    Args:
        raw, releases: where the document is looked for: the raw folder, and the newest release.
        wanted: the id of a document or of an article of it, a sha256, an address, or the path of a page or archive.
        why, who: the reason, and who decides.
        not_here: it may be known nowhere.

    Raises:
        DecisionError: nothing bears that name, or it is taken down already.
    """
    folder = releases_folder(releases)
    if is_url(releases):
        with only_run(folder):
            fetch_latest(releases)
    known = list(_known(raw_folder(raw), folder, wanted))
    name = _name(wanted, known)
    mine = tuple(dict.fromkeys(one for one in known if _bears(one, name)))
    if not mine and not not_here:
        field = "document_id" if name.kind == "id" else name.kind
        near = nearest(name, {text for one in known if (text := getattr(one, field))})
        remedy = f"Nearest: {', '.join(near)}." if near else "shegong explain latest ID shows what a release holds."
        problem = f"neither the raw folder nor the newest release holds {wanted}."
        raise DecisionError("tombstone_unknown", problem, f"{remedy} --not-here writes it all the same.", str(raw))
    entry = _entry(name, wanted, mine, known) | {"date": today().isoformat(), "why": why, "who": who}
    if not mine:
        entry["not_here"] = True
    place = append_entries(raw, "tombstones", [entry], lambda there: _refuse_another(there, entry, str(raw)))
    return Written(place, entry, mine)


def _known(raw: Path, releases: Path, wanted: str) -> Iterator[Known]:
    """What the newest release and the raw folder hold. A page that says its address itself is read for it only where an
    address is wanted that the release does not know."""
    newest = latest(releases)
    released = list(known_of(newest)) if newest else []
    yield from released
    url = url_of(wanted) if "://" in wanted else None
    ask = url is not None and not any(one.url and url_of(one.url) == url for one in released)
    for listed in list_documents(raw):
        address = None
        if ask and listed.reason is None:
            document = read_listed(raw, listed)
            address = document.origin.url or document.stated.url
        yield Known(listed.key[:16], printable(listed.name), address)


def _name(wanted: str, known: Sequence[Known]) -> Name:
    """What is meant: an address, an id or the start of one, or a path."""
    if "://" in wanted:
        return url_of(wanted)
    plain = id_of(wanted)
    if is_id(plain):
        return plain
    if any(path_of(wanted) in paths_around(one.path) for one in known if one.path):
        return path_of(wanted)
    ids = {one.document_id for one in known if one.document_id.startswith(plain.value)}
    if len(ids) == 1:
        return Name("id", ids.pop())
    return plain if set(plain.value) <= set("0123456789abcdef-") else path_of(wanted)


def _bears(one: Known, name: Name) -> bool:
    if name.kind == "id":
        return one.document_id == name.value
    if name.kind == "path":
        return one.path is not None and name in paths_around(one.path)
    return one.url is not None and url_of(one.url) == name


def _entry(name: Name, wanted: str, mine: Sequence[Known], known: Sequence[Known]) -> dict[str, Any]:
    """What the entry names: the document, if it is one, else the address or archive that was wanted; and the address
    that it alone bears, under which it may come back with other bytes."""
    ids = {name.value} if name.kind == "id" else {one.document_id for one in mine}
    entry: dict[str, Any] = {"document": min(ids)} if len(ids) == 1 else {}
    if name.kind == "url" or (name.kind == "path" and not entry):
        entry[name.kind] = wanted.strip()
    if "url" not in entry and "document" in entry:
        for url in sorted({one.url for one in mine if one.url}):
            others = {one.document_id for one in known if one.url and url_of(one.url) == url_of(url)}
            if others == {entry["document"]} and url_of(url).value.count("/") > 2:
                entry["url"] = url
                break
    return entry


def _refuse_another(there: Sequence[Tombstone], entry: dict[str, Any], raw: str) -> None:
    names = {name for field in NAMING if field in entry for name in Tombstone("", **{field: entry[field]}).names}
    for stone in there:
        if names.intersection(stone.names):
            problem = "it is taken down already."
            raise DecisionError(
                "tombstone_there", problem, "Nothing was written.", f"{raw}/tombstones.yaml:{stone.line}"
            )
