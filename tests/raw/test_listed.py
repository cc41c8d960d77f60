"""Documents in columns are the documents that went in, in order, whole or in slices."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flows.raw import ordered
from flows.raw.listed import Listed, Listing, batch_of, records_of
from flows.read.archives import Place, Step

names = st.text(st.characters(exclude_characters="\0"), min_size=1, max_size=4) | st.sampled_from(["\udcb9a", "\ue000"])
digests = st.none() | st.integers(0, 5).map(lambda number: f"{number:064x}")
places = st.builds(Place, names, st.lists(st.builds(Step, st.just("zip"), st.integers(0, 9), digests)).map(tuple))
files = st.tuples(names, digests).map(lambda pair: Listed(*pair))
reasons = st.none() | st.just("bad: x")
records = st.tuples(names, digests, places | st.none(), reasons).map(
    lambda one: Listed(one[0], one[1], None, one[2], "about", one[3], 7)
)


def told(documents: Sequence[Listed]) -> list[Listed]:
    """Copies named and all in order, one after the other."""
    first: dict[str, str] = {}
    for one in sorted(documents, key=lambda one: one.name):
        first.setdefault(one.key, one.name)
    found = [one if one.name == first[one.key] else one._replace(copy_of=first[one.key]) for one in documents]
    return sorted(found, key=lambda one: (one.key, one.copy_of is not None, one.name))


def listing(some: Sequence[Listed], more: Sequence[Listed]) -> Listing:
    return Listing.of([batch_of([one.name for one in some], [one.sha256 for one in some]), records_of(more)])


@given(st.lists(files), st.lists(records), st.integers(0, 12), st.integers(0, 12))
def test_columns_give_the_documents_in_order(some: list[Listed], more: list[Listed], start: int, stop: int) -> None:
    unique = list({one.name: one for one in [*some, *more]}.values())
    some = [one for one in unique if one.about == "" and one.reason is None and one.place is None]
    found, expected = listing(some, [one for one in unique if one not in some]), told(unique)
    assert list(found) == expected
    assert list(found[start:stop]) == expected[start:stop]
    assert [found[place] for place in range(len(found))] == expected
    assert [part[0] for part in (found[place:] for place in range(len(found)))] == expected
    gone = {one.key[:16] for one in expected[:2]}
    assert list(found.without(gone)) == [one for one in expected if one.key[:16] not in gone]
    assert list(found[1:].without(gone)) == [one for one in expected[1:] if one.key[:16] not in gone]


@given(st.lists(files, max_size=30), st.integers(1, 5), st.integers(1, 40))
def test_many_documents_are_sorted_on_disk_into_the_same_listing(some: list[Listed], at_once: int, most: int) -> None:
    unique = list({one.name: one for one in some}.values())
    batches = [
        batch_of([one.name for one in part], [one.sha256 for one in part])
        for part in (unique[n : n + at_once] for n in range(0, len(unique), at_once))
    ]
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(ordered, "IN_MEMORY", most)
        found = Listing.of(batches)
        assert list(found) == told(unique)
        gone = {one.key[:16] for one in told(unique)[:1]}
        assert list(found.without(gone)) == [one for one in told(unique) if one.key[:16] not in gone]


def test_a_listing_has_no_steps_and_ends_where_it_ends() -> None:
    found = listing([Listed("a", "0" * 64), Listed("b", "1" * 64)], [])
    assert found[-1].name == "b"
    with pytest.raises(IndexError):
        found[2]
    assert not found[2:]
