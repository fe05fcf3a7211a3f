"""The token at rest: encrypted, readable by its owner alone, read anew when it changes."""

import logging
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from cryptography.fernet import Fernet

from microblog.domain.errors import InvalidInput, MicroblogError, NotAllowed
from microblog.platforms.token_file import Key, TokenFile
from microblog.service.ports import Token

NOW = datetime(2024, 3, 23, 2, tzinfo=UTC)
TOKEN = Token("2.00NeverShown", "1000000001", NOW, NOW + timedelta(days=30))


@pytest.fixture
def safe(tmp_path: Path) -> TokenFile:
    return TokenFile(tmp_path / "login.token", Key(tmp_path / "login.key"))


def test_what_was_saved_is_read_back(safe: TokenFile) -> None:
    safe.save(TOKEN)
    assert safe.load() == TOKEN
    assert safe.current() == "2.00NeverShown"


def test_a_token_of_unknown_life_is_kept_as_such(safe: TokenFile) -> None:
    endless = Token("2.00x", "7", NOW, None)
    safe.save(endless)
    assert safe.load() == endless


def test_before_the_first_login_there_is_none(safe: TokenFile) -> None:
    assert safe.load() is None
    assert safe.current() == ""


def test_neither_file_holds_the_token_in_clear_and_others_can_read_neither(safe: TokenFile, tmp_path: Path) -> None:
    safe.save(TOKEN)
    files = sorted(tmp_path.iterdir())
    assert [file.name for file in files] == ["login.key", "login.token"]
    for file in files:
        assert b"NeverShown" not in file.read_bytes()
        assert file.stat().st_mode & 0o777 == 0o600


@pytest.mark.parametrize("name", ["login.key", "login.token"])
def test_a_file_that_others_can_read_is_refused_in_one_line_that_says_what_to_do(
    safe: TokenFile, tmp_path: Path, name: str
) -> None:
    safe.save(TOKEN)
    (tmp_path / name).chmod(0o644)
    fresh = TokenFile(tmp_path / "login.token", Key(tmp_path / "login.key"))
    with pytest.raises(NotAllowed, match=r"权限 0644.*chmod 600") as refused:
        fresh.load()
    assert "\n" not in str(refused.value)
    with pytest.raises(NotAllowed) if name == "login.key" else _nothing():
        fresh.save(TOKEN)


class _nothing:  # noqa: N801 - reads as a context manager function
    def __enter__(self) -> None: ...

    def __exit__(self, *_: object) -> None: ...


def test_a_key_from_the_environment_leaves_no_key_file(tmp_path: Path) -> None:
    key = Key(tmp_path / "login.key", Fernet.generate_key().decode())
    TokenFile(tmp_path / "login.token", key).save(TOKEN)
    assert TokenFile(tmp_path / "login.token", key).load() == TOKEN
    assert not (tmp_path / "login.key").exists()


def test_a_key_that_is_none_is_named_and_never_shown(tmp_path: Path) -> None:
    with pytest.raises(InvalidInput, match="MICROBLOG_KEY") as refused:
        TokenFile(tmp_path / "login.token", Key(tmp_path / "login.key", "hunter2")).save(TOKEN)
    assert "hunter2" not in str(refused.value)
    assert "hunter2" not in repr(Key(tmp_path / "login.key", "hunter2"))


def test_another_key_opens_nothing(safe: TokenFile, tmp_path: Path) -> None:
    safe.save(TOKEN)
    other = TokenFile(tmp_path / "login.token", Key(tmp_path / "x", Fernet.generate_key().decode()))
    with pytest.raises(InvalidInput, match="打不开"):
        other.load()


def test_a_lost_key_is_said_and_a_call_goes_without_token(
    safe: TokenFile, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    safe.save(TOKEN)
    (tmp_path / "login.key").unlink()
    fresh = TokenFile(tmp_path / "login.token", Key(tmp_path / "login.key"))
    with pytest.raises(InvalidInput, match="找不到密钥文件"):
        fresh.load()
    with caplog.at_level(logging.WARNING):
        assert fresh.current() == ""
    assert "找不到密钥文件" in caplog.text


def test_a_new_login_is_seen_by_whoever_holds_the_old_one(safe: TokenFile, tmp_path: Path) -> None:
    safe.save(TOKEN)
    worker = TokenFile(tmp_path / "login.token", Key(tmp_path / "login.key"))
    assert worker.current() == "2.00NeverShown"
    safe.save(Token("2.00Newer", "1000000001", NOW, None))
    assert worker.current() == "2.00Newer"


def test_a_torn_file_is_an_error_in_chinese_and_not_a_crash(safe: TokenFile, tmp_path: Path) -> None:
    safe.save(TOKEN)
    (tmp_path / "login.token").write_bytes(b"half")
    with pytest.raises(MicroblogError, match="打不开"):
        safe.load()


def test_the_token_is_in_no_repr() -> None:
    assert "NeverShown" not in repr(TOKEN)
