"""Numbers that carry a check digit: identity numbers of the mainland and Hong Kong, bank cards."""

from __future__ import annotations

from datetime import date

WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
CHECK_DIGITS = "10X98765432"
"""GB 11643-1999: weights of the first 17 digits, and the check digit for each remainder of the sum by 11."""

_REGIONS = (range(11, 16), range(21, 24), range(31, 38), range(41, 47), range(50, 55), range(61, 66), (71, 81, 82, 83))
PROVINCES = frozenset(str(code) for region in _REGIONS for code in region)
"""Of GB/T 2260, region by region."""


def is_identity_number(number: str) -> bool:
    """Whether the 18 characters are a GB 11643 identity number: a province, a date of birth, a right check
    digit; or the 15 digits of the old form, which has no check digit."""
    if number[:2] not in PROVINCES:
        return False
    birth = number[6:14] if len(number) == 18 else "19" + number[6:12]
    try:
        date(int(birth[:4]), int(birth[4:6]), int(birth[6:]))
    except ValueError:
        return False
    if len(number) == 15:
        return True
    total = sum(weight * int(digit) for weight, digit in zip(WEIGHTS, number, strict=False))
    return CHECK_DIGITS[total % 11] == number[17].upper()


def is_hong_kong_identity(number: str) -> bool:
    """Whether one or two letters, six digits and a check digit are a number of Hong Kong's identity card."""
    chars = [char for char in number if char.isalnum()]
    values = [int(char, 36) for char in chars[:-1]]
    values = [36, *values] if len(values) == 7 else values
    total = sum(weight * value for weight, value in zip(range(9, 1, -1), values, strict=True))
    return (total + int(chars[-1], 36)) % 11 == 0


def passes_luhn(number: str) -> bool:
    """Whether the digits end in a right ISO/IEC 7812 check digit."""
    digits = [int(digit) for digit in reversed(number)]
    return sum(digits[::2] + [sum(divmod(2 * digit, 10)) for digit in digits[1::2]]) % 10 == 0
