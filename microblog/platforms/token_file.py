"""The token at rest: one encrypted file, read anew whenever it changes, so that a new login reaches a running worker.

The key comes from the environment (`MICROBLOG_KEY`) or from a file that its owner alone may read, made at the first
login. Without the key the token file says nothing.
"""

import json
import logging
import os
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from cryptography.fernet import Fernet, InvalidToken

from microblog.domain.errors import InvalidInput, MicroblogError, NotAllowed
from microblog.service.ports import Token

log = logging.getLogger(__name__)

OWNER_ONLY = 0o600
_OTHERS = 0o077


@dataclass(frozen=True, slots=True, repr=False)
class Key:
    """Where the key is. given: from the environment, empty to use the file."""

    file: Path
    given: str = ""

    def fernet(self, *, make: bool = False) -> Fernet:
        """The cipher. make: write a new key where there is none.

        Raises NotAllowed when others may read the key, InvalidInput when it is no key or there is none.
        """
        if self.given:
            return _cipher(self.given.encode(), "环境变量 MICROBLOG_KEY")
        if make:
            self._make()
        return _cipher(_read_own(self.file, "密钥文件"), f"密钥文件 {self.file}")

    def secret(self) -> bytes:
        """The key itself, made where there is none, for other keys to be derived from. Raises as `fernet` does."""
        self.fernet(make=True)
        return self.given.encode() if self.given else _read_own(self.file, "密钥文件").strip()

    def _make(self) -> None:
        with suppress(FileExistsError):
            self.file.parent.mkdir(parents=True, exist_ok=True)
            handle = os.open(self.file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, OWNER_ONLY)
            with os.fdopen(handle, "wb") as file:
                file.write(Fernet.generate_key())


class TokenFile:
    """Implements `service.ports.Safe`; safe to share between threads."""

    def __init__(self, path: Path, key: Key) -> None:
        self._path = path
        self._key = key
        self._read: tuple[tuple[int, int, int] | None, Token | None] = (None, None)

    def load(self) -> Token | None:
        """The token; None before the first login. Raises NotAllowed, InvalidInput."""
        mark = self._mark()
        if mark is None:
            return None
        seen, token = self._read
        if mark != seen:
            token = self._decrypted()
            self._read = (mark, token)
        return token

    def save(self, token: Token) -> None:
        """Encrypt and put in place of the one before; a reader sees the old file or the new one, never half."""
        content = {
            "secret": token.secret,
            "user_id": token.user_id,
            "obtained_at": token.obtained_at.isoformat(),
            "expires_at": token.expires_at.isoformat() if token.expires_at else None,
        }
        self._path.parent.mkdir(parents=True, exist_ok=True)
        sealed = self._key.fernet(make=True).encrypt(json.dumps(content).encode())
        fresh = self._path.with_suffix(f".{os.getpid()}.new")
        handle = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, OWNER_ONLY)
        with os.fdopen(handle, "wb") as file:
            file.write(sealed)
            file.flush()
            os.fsync(file.fileno())
        fresh.replace(self._path)

    def current(self) -> str:
        """The token for a call, empty when there is none or it cannot be read: the call then says «log in»."""
        try:
            token = self.load()
        except MicroblogError as error:
            log.warning("%s", error)
            return ""
        return token.secret if token else ""

    def _mark(self) -> tuple[int, int, int] | None:
        try:
            stat = self._path.stat()
        except FileNotFoundError:
            return None
        return stat.st_ino, stat.st_mtime_ns, stat.st_size

    def _decrypted(self) -> Token:
        try:
            plain = self._key.fernet().decrypt(_read_own(self._path, "令牌文件"))
        except InvalidToken as wrong:
            raise InvalidInput(
                f"令牌文件 {self._path} 用现在的密钥打不开，请恢复原来的密钥，或重新运行 microblog auth login"
            ) from wrong
        content = json.loads(plain)
        ends = content["expires_at"]
        return Token(
            content["secret"],
            content["user_id"],
            datetime.fromisoformat(content["obtained_at"]),
            datetime.fromisoformat(ends) if ends else None,
        )


def _read_own(path: Path, name: str) -> bytes:
    """The content of a file that nobody but its owner may read or write."""
    try:
        mode = path.stat().st_mode & 0o777
        if mode & _OTHERS:
            raise NotAllowed(f"{name} {path} 别人也能读（权限 {mode:04o}），请运行 chmod 600 {path} 后重试")
        return path.read_bytes()
    except FileNotFoundError as missing:
        raise InvalidInput(f"找不到{name} {path}，请恢复它，或重新运行 microblog auth login") from missing
    except OSError as error:
        raise InvalidInput(f"{name} {path} 读不出来（{error.strerror}），请检查权限") from error


def _cipher(key: bytes, where: str) -> Fernet:
    try:
        return Fernet(key.strip())
    except ValueError as wrong:
        raise InvalidInput(f"{where} 不是有效的密钥（应为 32 字节的 base64url 文字），请改正后重试") from wrong
