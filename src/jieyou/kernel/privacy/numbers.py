"""Is this row of digits an identity number, a bank card, a telephone? Pure.

Sources: GB 11643 (公民身份号码), ISO/IEC 7812-1 annex B (Luhn), telephone plan by `phonenumberslite`.
"""

from __future__ import annotations

from datetime import date

import phonenumbers

_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_CHECKS = "10X98765432"


def is_idcard(number: str) -> bool:
    """18 characters whose birthday exists and whose check digit is right.

    The address code is never looked at: real numbers carry codes that are in nobody's table (6106xx before
    1996, residence permits 81/82/83), and `python-stdnum` refuses them.
    """
    body, check = number[:17], number[17:]
    if len(number) != 18 or not (body.isascii() and body.isdecimal()) or not _is_day(body[6:14]):
        return False
    return _CHECKS[sum(int(d) * w for d, w in zip(body, _WEIGHTS, strict=True)) % 11] == check.upper()


def is_born(number: str) -> bool:
    """18 characters with a province and a birthday, whatever the check digit: a slip of the pen is still somebody."""
    return len(number) == 18 and number[0] in "12345678" and number[:17].isdecimal() and _is_day(number[6:14])


def is_old_idcard(number: str) -> bool:
    """15 digits of before 1999: no check digit, so only the birthday can be looked at."""
    digits = len(number) == 15 and number.isascii() and number.isdecimal()
    return digits and number[0] in "123456" and _is_day("19" + number[6:12])


def is_luhn(number: str) -> bool:
    """The check digit of bank cards is right."""
    total = 0
    for place, digit in enumerate(reversed(number)):
        value = int(digit) * (2 if place % 2 else 1)
        total += value - 9 if value > 9 else value
    return total % 10 == 0


def is_telephone(number: str) -> bool:
    """A number of the Chinese plan (area codes included), digits only."""
    try:
        return phonenumbers.is_valid_number(phonenumbers.parse(number, "CN"))
    except phonenumbers.NumberParseException:
        return False


def _is_day(digits: str) -> bool:
    year = int(digits[:4])
    if not 1900 <= year < 2100:
        return False
    try:
        date(year, int(digits[4:6]), int(digits[6:8]))
    except ValueError:
        return False
    return True
