"""The office's one secret, and what is made of it: signatures of forms, and the encryption of code generators."""

import base64
import hashlib
import hmac
import secrets
from datetime import datetime, timedelta

from cryptography.fernet import Fernet, InvalidToken
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from microblog.domain.errors import NotAllowed

LEAST = 32
"""Bytes a secret has at least."""


def new_token() -> str:
    """256 random bits for a URL, a cookie or a form."""
    return secrets.token_urlsafe(32)


def digest(token: str) -> str:
    """What is kept of a token: it cannot be turned back into one."""
    return hashlib.sha256(token.encode()).hexdigest()


class Vault:
    """Signs and encrypts; every purpose has a key of its own, derived from one secret."""

    def __init__(self, secret: bytes) -> None:
        """Raises ValueError when the secret is shorter than `LEAST`."""
        if len(secret) < LEAST:
            raise ValueError(f"a secret needs at least {LEAST} bytes")
        self._secret = secret

    def sign(self, purpose: str, *parts: str) -> str:
        """A signature of the parts, good for this purpose only; for a URL or a form."""
        message = "\x00".join(f"{len(part)}:{part}" for part in parts)
        return base64.urlsafe_b64encode(self._mac(purpose, message)).decode().rstrip("=")

    def signed(self, signature: str, purpose: str, *parts: str) -> bool:
        """Whether the signature is ours; takes the same time whichever byte is wrong."""
        return hmac.compare_digest(signature.encode(), self.sign(purpose, *parts).encode())

    def number(self, purpose: str, text: str) -> int:
        """A large number that only we can tell from the text."""
        return int.from_bytes(self._mac(purpose, text)[:8], "big")

    def encrypt(self, purpose: str, text: str, *, now: datetime) -> str:
        """The text, readable only with this secret and for this purpose."""
        return self._box(purpose).encrypt_at_time(text.encode(), int(now.timestamp())).decode()

    def decrypt(self, purpose: str, sealed: str, *, now: datetime, within: timedelta | None = None) -> str:
        """Raises NotAllowed when it was encrypted with another secret, changed, or longer ago than `within`."""
        box = self._box(purpose)
        try:
            if within is None:
                return box.decrypt(sealed).decode()
            return box.decrypt_at_time(sealed, int(within.total_seconds()), int(now.timestamp())).decode()
        except InvalidToken as error:
            raise NotAllowed("加密内容无法读取：已过期，或网站密钥已更换；请重新操作") from error

    def _mac(self, purpose: str, message: str) -> bytes:
        return hmac.new(self._key(purpose), message.encode("utf-8", "surrogatepass"), hashlib.sha256).digest()

    def _box(self, purpose: str) -> Fernet:
        return Fernet(base64.urlsafe_b64encode(self._key(purpose)))

    def _key(self, purpose: str) -> bytes:
        derive = HKDF(algorithm=hashes.SHA256(), length=32, salt=None, info=f"microblog {purpose}".encode())
        return derive.derive(self._secret)
