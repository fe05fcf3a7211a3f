"""Settings: the file, the environment over it, and one line that names what is wrong."""

import os
from datetime import time, timedelta
from pathlib import Path

import pytest

from microblog.bootstrap import open_office, practice_of
from microblog.clocks import SetClock
from microblog.domain.errors import InvalidInput, MicroblogError
from microblog.platforms.memory import MemoryPlatform
from microblog.settings import carried, home, load_settings
from tests.shared import CONFIG, PLAN_DAY


@pytest.fixture
def office_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A home of its own, and no setting of ours in the environment."""
    for name in list(os.environ):
        if name.startswith("MICROBLOG_"):
            monkeypatch.delenv(name)
    (tmp_path / "config").mkdir()
    (tmp_path / "config" / "tiers.toml").symlink_to(CONFIG / "tiers.toml")
    monkeypatch.setenv("MICROBLOG_HOME", str(tmp_path))
    return tmp_path


def written(folder: Path, text: str) -> None:
    """The settings file of a home."""
    (folder / "config" / "settings.toml").write_text(text, encoding="utf-8")


def test_without_a_file_the_defaults_hold(office_home: Path) -> None:
    settings = load_settings()
    assert settings.weibo.api_base == "https://api.weibo.com"
    assert settings.posting.publish_at == time(9)
    assert settings.rule_set == "pukou"


def test_the_file_overrides_the_defaults(office_home: Path) -> None:
    written(office_home, '[weibo]\naccount = "浦口发布"\n[posting]\npublish_at = "08:30"\n')
    settings = load_settings()
    assert (settings.weibo.account, settings.posting.publish_at) == ("浦口发布", time(8, 30))


def test_the_environment_overrides_one_value_of_a_section_and_leaves_the_others(
    office_home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    written(office_home, '[weibo]\naccount = "浦口发布"\nsafe_domain = "pukou.gov.cn"\n')
    monkeypatch.setenv("MICROBLOG_WEIBO__ACCOUNT", "别的账号")
    monkeypatch.setenv("MICROBLOG_WEIBO__API_BASE", "http://127.0.0.1:8080")
    weibo = load_settings().weibo
    assert (weibo.account, weibo.safe_domain, weibo.api_base) == ("别的账号", "pukou.gov.cn", "http://127.0.0.1:8080")


def test_what_is_given_overrides_the_environment(office_home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MICROBLOG_WORKER", "from the environment")
    assert load_settings(worker="given").worker == "given"


@pytest.mark.parametrize(
    ("text", "where"),
    [
        ("[posting]\npace_seconds = -1\n", "posting.pace_seconds"),
        ('[posting]\nstrategy = "tread"\n', "posting.strategy"),
        ('[posting]\npublish_at = "25:00"\n', "posting.publish_at"),
        ("[posting]\npace = 3\n", "posting.pace"),
        ("[weibo]\npage = 201\n", "weibo.page"),
        ('[weibo]\nread_timeout = "soon"\n', "weibo.read_timeout"),
        ('rule = "pukou"\n', "rule"),
        ("[posting\n", "settings.toml"),
    ],
)
def test_a_wrong_value_is_named_in_one_line(office_home: Path, text: str, where: str) -> None:
    written(office_home, text)
    with pytest.raises(InvalidInput) as caught:
        load_settings()
    message = str(caught.value)
    assert where in message
    assert "\n" not in message


def test_a_wrong_value_in_the_environment_is_named(office_home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MICROBLOG_POSTING__LEASE_SECONDS", "0")
    with pytest.raises(InvalidInput, match=r"posting\.lease_seconds"):
        load_settings()


def test_a_lease_that_ends_before_a_call_may_is_refused(office_home: Path) -> None:
    timeouts = "[weibo]\nconnect_timeout = 5\nread_timeout = 25\n[posting]\nlease_seconds = "
    written(office_home, f"{timeouts}30\n")
    with pytest.raises(InvalidInput, match=r"posting\.lease_seconds（30 秒）须长于.*（30 秒）.*请改大后重试"):
        load_settings()
    written(office_home, f"{timeouts}31\n")
    assert practice_of(load_settings()).lease == timedelta(seconds=31)


def test_secrets_are_not_shown(office_home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MICROBLOG_WEIBO__ACCESS_TOKEN", "2.00abcdef")
    monkeypatch.setenv("MICROBLOG_WEIBO__APP_SECRET", "geheim")
    settings = load_settings()
    assert settings.weibo.access_token.get_secret_value() == "2.00abcdef"
    assert "2.00abcdef" not in f"{settings!r}{settings}"
    assert "geheim" not in f"{settings!r}{settings}"


def test_a_wrong_secret_is_not_repeated_in_the_error(office_home: Path) -> None:
    written(office_home, "[weibo]\naccess_token = 20012345\n")
    with pytest.raises(InvalidInput) as caught:
        load_settings()
    assert "20012345" not in str(caught.value)


def test_the_database_lies_in_the_home_unless_one_is_named(
    office_home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert load_settings().url == f"sqlite:///{office_home / 'data' / 'microblog.db'}"
    monkeypatch.setenv("MICROBLOG_DATABASE_URL", "postgresql://user@host/name")
    assert load_settings().url == "postgresql://user@host/name"


def test_the_working_folder_is_the_home_where_it_has_a_config(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("MICROBLOG_HOME", raising=False)
    monkeypatch.chdir(tmp_path)
    assert home() == carried()
    (tmp_path / "config").mkdir()
    assert home() == tmp_path
    monkeypatch.setenv("MICROBLOG_HOME", str(tmp_path / "elsewhere"))
    assert home() == tmp_path / "elsewhere"


def test_what_came_with_the_package_is_complete() -> None:
    assert (carried() / "config" / "settings.toml").exists()
    assert (carried() / "schedules" / "jobs.toml").exists()


def test_minutes_and_seconds_become_the_offices_practice(office_home: Path) -> None:
    written(
        office_home,
        "[posting]\npace_seconds = 30\nlease_seconds = 90\nopening_grace_minutes = 5\n"
        'portal = "https://www.example.gov.cn/ft/"\n[questions]\npoll_minutes = 15\nshortlist = 12\n',
    )
    practice = practice_of(load_settings(worker="desk 1"))
    assert (practice.pace, practice.lease) == (timedelta(seconds=30), timedelta(seconds=90))
    assert (practice.opening_grace, practice.poll_every) == (timedelta(minutes=5), timedelta(minutes=15))
    assert (practice.portal, practice.shortlist_count) == ("https://www.example.gov.cn/ft", 12)
    assert (practice.worker, practice.files) == ("desk 1", office_home / "data" / "filing")


def test_workers_on_one_machine_are_told_apart(office_home: Path) -> None:
    assert practice_of(load_settings()).worker.endswith(f"-{os.getpid()}")


def test_the_office_is_joined_from_its_home_with_any_part_given_used_instead(office_home: Path) -> None:
    for path in CONFIG.iterdir():
        if path.name != "tiers.toml":
            (office_home / "config" / path.name).symlink_to(path)
    clock = SetClock(PLAN_DAY)
    platform = MemoryPlatform(clock)
    office = open_office(clock=clock, platform=platform)
    assert (office.platform, office.clock) == (platform, clock)
    assert (office_home / "data" / "microblog.db").exists()
    assert "pukou" in office.rule_sets
    office.store.close()  # type: ignore[attr-defined]  # the SQL store, which is closed by whoever opened it


def test_an_office_without_its_config_says_what_is_missing(office_home: Path) -> None:
    with pytest.raises(MicroblogError, match="config"):
        open_office(clock=SetClock(PLAN_DAY))
