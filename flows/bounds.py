"""Where a row of document ids is cut: at round numbers, so that the cuts stay when documents come or go."""

from __future__ import annotations

ID_DIGITS = 16
"""Hexadecimal digits of a document id."""


def between(last: str, first: str) -> str:
    """The roundest number after `last` and up to `first`, in binary, without the zeros at its end: 1 for 07f… and 12….

    It is where `flows.raw.listing.cut` halved the two apart, whatever their neighbours are. Ids that are no hexadecimal
    numbers are cut before `first`.
    """
    try:
        low, high = (int(one[:ID_DIGITS].ljust(ID_DIGITS, "0"), 16) for one in (last, first))
    except ValueError:
        return first
    if low >= high:
        return first
    bit = (low ^ high).bit_length() - 1
    return f"{high >> bit << bit:0{ID_DIGITS}x}".rstrip("0")
