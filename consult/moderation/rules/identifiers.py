"""Check digits and number plans: whether a number can be what it looks like."""

import re

_NHS_WEIGHTS = range(10, 1, -1)
_UPN_LETTERS = "ABCDEFGHJKLMNPQRTUVWXYZ"


def digits(text: str) -> str:
    """Only the digits."""
    return re.sub(r"\D", "", text)


def is_luhn(number: str) -> bool:
    """The check digit of bank cards (ISO/IEC 7812)."""
    total = 0
    for place, digit in enumerate(reversed(number)):
        value = int(digit) * (1 + place % 2)
        total += value - 9 if value > 9 else value
    return total % 10 == 0


def is_card(number: str) -> bool:
    """A payment card: 13 to 19 digits of a known range, not one digit repeated, Luhn right."""
    known = number[0] in "3456" or 2221 <= int(number[:4]) <= 2720
    return 13 <= len(number) <= 19 and known and len(set(number)) > 1 and is_luhn(number)


def is_nhs_number(number: str) -> bool:
    """Ten digits, the last a modulus 11 check of the nine before."""
    if len(number) != 10 or len(set(number)) == 1:
        return False
    total = sum(int(d) * w for d, w in zip(number, _NHS_WEIGHTS, strict=False))
    check = (11 - total % 11) % 11
    return check == int(number[9])


def is_national_insurance(number: str) -> bool:
    """Two letters, six digits, A to D, with the prefixes that are issued."""
    found = re.fullmatch(r"[A-CEGHJ-PR-TW-Z][A-CEGHJ-NPR-TW-Z]\d{6}[A-D]", number)
    return bool(found) and number[:2] not in {"BG", "GB", "KN", "NK", "NT", "TN", "ZZ"}


def is_upn(number: str) -> bool:
    """A pupil's number: a check letter, then twelve digits weighted 2 to 13, modulus 23."""
    if not re.fullmatch(r"[A-HJ-NP-RT-Z]\d{11}[0-9A-Z]", number) or not number[12].isdigit():
        return False
    total = sum(int(d) * w for d, w in zip(number[1:], range(2, 14), strict=True))
    return _UPN_LETTERS[total % 23] == number[0]


def is_iban(number: str) -> bool:
    """An international account number: modulus 97 of the rearranged characters is 1."""
    moved = number[4:] + number[:4]
    return int("".join(str(int(c, 36)) for c in moved)) % 97 == 1


def is_personal_phone(number: str) -> bool:
    """A UK number that may be someone's own: not freephone, 03, 084, 087, 09 or a short code.

    `number` is digits only, with a leading 0 in place of +44.
    """
    if re.match(r"0(?:3|5|80|84|87|9)", number):
        return False
    return len(number) == 11 or (len(number) == 10 and number[1] == "1")
