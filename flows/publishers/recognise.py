"""Which publisher a page is from, once a document: its name, its profile, and the profile's rules that hold for it.

Asked in this order, until one answers: the host of the address that the page was fetched from, the host of the one
that it states itself, the publisher that its markup or its record names, the publisher that its text names
(`flows.extract.page.publisher`), the domain in its notice of copyright, the cues of the profiles. Cues of two profiles
on one page are none (flag `publisher_ambiguous`).

`documents.publisher` is the profile's name if the page's text names nobody, or the publisher itself in any of its
names, or a part of it. If it names somebody else, that name stays, with the flag `publisher_mismatch:<profile>`; the
profile's rules still hold, since the markup is that of the site, but not its rights.
"""

from __future__ import annotations

from dataclasses import replace

from flows.document import Page
from flows.extract.page.publisher import owned_address, read_publisher
from flows.publishers.day import day_of
from flows.publishers.loading import Publishers, publishers
from flows.publishers.profile import Profile


def recognise_publisher(page: Page, known: Publishers | None = None) -> Page:
    """The page, Simplified and of one width, with its publisher; cheap for a page without a profile."""
    known = known or publishers()
    own = read_publisher(page.text.chars)
    profile, flags = _find(page, own, known)
    if profile is None:
        return replace(page, publisher=own or page.raw.stated.publisher, flags=(*page.flags, *flags))
    rules = profile.rules_on(day_of(page) if profile.has_dates else None)
    publisher = profile.name
    if own is not None and not known.is_named(profile, own):
        publisher, flags = own, (*flags, f"publisher_mismatch:{profile.id}")
    return replace(page, publisher=publisher, profile=profile.id, rules=rules, flags=(*page.flags, *flags))


def _find(page: Page, own: str | None, known: Publishers) -> tuple[Profile | None, tuple[str, ...]]:
    """The profile, and flags."""
    raw = page.raw
    certain = (
        known.of_url(raw.origin.url)
        or known.of_url(raw.stated.url)
        or known.of_name(raw.stated.publisher)
        or known.of_name(own)
        or known.of_url(owned_address(page.text.chars))
    )
    if certain is not None:
        return certain, ()
    cued = known.of_text(page.text.chars)
    return (cued[0] if len(cued) == 1 else None), (("publisher_ambiguous",) if len(cued) > 1 else ())


def rights_of(page: Page, said: str, known: Publishers | None = None) -> tuple[str, tuple[str, ...]]:
    """The rights of a page, and a flag: those that it states; where it says nothing, the policy of the source that it
    was collected from, or its publisher's default.

    The flag is `rights_of_publisher:source`, or `rights_of_publisher:<profile>`: no statement stands on the page then,
    the reason is in raw/sources.yaml or in the profile. A page that names another publisher than its profile's has no
    default.
    """
    if said == "unspecified" and page.raw.stated.rights not in (None, said):
        return page.raw.stated.rights, ("rights_of_publisher:source",)
    profile = (known or publishers()).profiles.get(page.profile or "")
    if said != "unspecified" or profile is None or page.publisher != profile.name:
        return said, ()
    return profile.rights, () if profile.rights == said else (f"rights_of_publisher:{profile.id}",)
