"""Personal data at rest: sealed under the installation's secret, found by blind index."""

import base64
import hashlib
import hmac
import unicodedata

from cryptography.fernet import Fernet, InvalidToken
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF


class Seal:
    """Seals and opens text under one secret. Whoever loses it loses what was sealed."""

    def __init__(self, key: bytes) -> None:
        self._fernet = Fernet(base64.urlsafe_b64encode(derive(key, b"consult seal")))
        self._blinding = derive(key, b"consult blind index")

    def seal(self, text: str) -> str:
        return self._fernet.encrypt(text.encode()).decode()

    def open(self, sealed: str) -> str:
        try:
            return self._fernet.decrypt(sealed.encode()).decode()
        except InvalidToken:
            raise ValueError(
                "This cannot be read: it was sealed with another secret, or it has been altered."
            ) from None

    def blind(self, value: str) -> str:
        """Equal for equal values, whatever their case; tells nothing without the secret."""
        folded = unicodedata.normalize("NFKC", value).strip().casefold()
        return hmac.new(self._blinding, folded.encode(), hashlib.sha256).hexdigest()


def derive(key: bytes, purpose: bytes) -> bytes:
    """A 32-byte key for one purpose, from the installation's secret (HKDF-SHA256)."""
    if len(key) < 16:
        raise ValueError("The secret is too short: set one of at least 32 characters.")
    return HKDF(algorithm=SHA256(), length=32, salt=None, info=purpose).derive(key)
