"""Codes people copy by hand and tokens they follow in links; only their digests are ever stored.

A code is twelve random characters and a check character, shown as `XXXX-XXXX-XXXX-X`. The alphabet
has 23 characters and no two that look alike, which makes 54 bits; codes that could spell a word are
drawn again, which costs one bit. 23 is prime, so the check catches every single wrong character and
every pair of neighbours typed in the wrong order.
"""

import hashlib
import hmac
import re
import secrets
import unicodedata

ALPHABET = "34679ACDEFGHJKMNPQRTWXY"
LENGTH = 12
_SYLLABLE = re.compile("[A-Z][AE][A-Z]")
_SEPARATORS = re.compile(r"[\s\-\u2010-\u2015\u2212._,]+")


def new_code() -> str:
    """A fresh code in the form it is shown."""
    while True:
        drawn = "".join(secrets.choice(ALPHABET) for _ in range(LENGTH))
        code = drawn + _check(drawn)
        if not _SYLLABLE.search(code):
            return _shown(code)


def code_from(seed: str, key: bytes) -> str:
    """The code that belongs to a seed: always the same, and not to be guessed without the key.

    For somebody who sends a form again because they never saw the answer to it.
    """
    for attempt in range(1000):
        number = int(_hmac(key, f"seed:{attempt}:{seed}".encode()), 16)
        drawn = ""
        for _ in range(LENGTH):
            number, rest = divmod(number, len(ALPHABET))
            drawn += ALPHABET[rest]
        code = drawn + _check(drawn)
        if not _SYLLABLE.search(code):
            return _shown(code)
    raise AssertionError("A thousand codes in a row that spell something: this cannot be.")


def new_token() -> str:
    """A fresh secret for a link: 256 bits, safe in an address."""
    return secrets.token_urlsafe(32)


def normalise(typed: str) -> str:
    """The code as shown, from what a person typed in any case, with or without spaces and dashes.

    Raises ValueError with the sentence to tell them.
    """
    code = _SEPARATORS.sub("", unicodedata.normalize("NFKC", typed)).upper()
    if not code:
        raise ValueError("Enter the code, such as HJ4K-9WXR-TC3M-3.")
    strange = sorted({char for char in code if char not in ALPHABET})
    if strange:
        raise ValueError(f"Check the code: no code has {' or '.join(strange[:3])} in it.")
    if len(code) != LENGTH + 1:
        raise ValueError(
            f"Check the code: it has {LENGTH + 1} letters and numbers, and you entered {len(code)}."
        )
    if _check(code[:LENGTH]) != code[LENGTH]:
        raise ValueError("Check the code: one or more of its letters and numbers are not right.")
    return _shown(code)


def digest(code: str, key: bytes) -> str:
    """What is stored in place of a code: HMAC-SHA256, hex. As forgiving as `normalise`."""
    return _hmac(key, b"code:" + normalise(code).encode())


def digest_token(token: str, key: bytes) -> str:
    """What is stored in place of a token: HMAC-SHA256, hex."""
    return _hmac(key, b"token:" + token.encode("utf-8", "replace"))


def _hmac(key: bytes, message: bytes) -> str:
    return hmac.new(key, message, hashlib.sha256).hexdigest()


def _shown(code: str) -> str:
    return "-".join(code[start : start + 4] for start in range(0, len(code), 4))


def _check(drawn: str) -> str:
    total = sum(place * ALPHABET.index(char) for place, char in enumerate(drawn, start=1))
    return ALPHABET[total % len(ALPHABET)]
