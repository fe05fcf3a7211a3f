"""Settings: `config/settings.toml` under `MICROBLOG_HOME`, each value overridable by environment.

`MICROBLOG_WEIBO__API_BASE=http://127.0.0.1:8080` overrides `api_base` in `[weibo]`.
"""

import os
from datetime import time, timedelta
from pathlib import Path
from typing import Annotated, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, SecretStr, ValidationError
from pydantic_settings import BaseSettings, PydanticBaseSettingsSource, SettingsConfigDict, TomlConfigSettingsSource

from microblog.domain.errors import InvalidInput

Seconds = Annotated[timedelta, Field(ge=timedelta(0))]
HourOfDay = Annotated[
    time, BeforeValidator(lambda value: time.fromisoformat(value) if isinstance(value, str) else value)
]


class _Section(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class WeiboSettings(_Section):
    """The account and the door to it.

    connect_timeout, read_timeout: seconds. rip: the office's egress IPv4. tier: one of `config/tiers.toml`.
    """

    api_base: str = "https://api.weibo.com"
    access_token: SecretStr = SecretStr("")
    app_key: str = ""
    app_secret: SecretStr = SecretStr("")
    redirect_uri: str = "http://127.0.0.1:8711/callback"
    account: str = "政务微博"
    safe_domain: str = "example.gov.cn"
    rip: str = "127.0.0.1"
    connect_timeout: float = Field(5.0, gt=0)
    read_timeout: float = Field(15.0, gt=0)
    tier: str = "open"
    page: int = Field(200, gt=0, le=200)


class PostingSettings(_Section):
    """When and how posts go out; see `Practice`. Minutes and seconds as numbers."""

    portal: str = "https://www.example.gov.cn/ft"
    publish_at: HourOfDay = time(9, 0)
    pace_seconds: float = Field(60, ge=0)
    lease_seconds: float = Field(120, gt=0)
    preview_grace_minutes: float = Field(480, gt=0)
    opening_grace_minutes: float = Field(10, gt=0)
    answer_grace_minutes: float = Field(30, gt=0)
    closing_grace_minutes: float = Field(120, gt=0)
    roundup_grace_minutes: float = Field(1440, gt=0)
    limit: int = Field(140, gt=0)
    strategy: Literal["thread", "reply"] = "thread"


class QuestionSettings(_Section):
    """How questions are read and chosen."""

    poll_minutes: float = Field(30, gt=0)
    live_poll_minutes: float = Field(5, gt=0)
    shortlist: int = Field(25, gt=0)


class WebSettings(_Section):
    """Console and portal. host, port: where this process listens, usually behind a proxy that ends TLS.

    enabled: the worker serves it too. hosts: names the site answers to besides the portal's own. proxies: addresses
    whose word on the client's address is taken. plain_http_on_this_machine: sign-in over http from here to here.
    """

    enabled: bool = False
    host: str = "127.0.0.1"
    port: int = Field(8710, ge=0, le=65535)
    hosts: tuple[str, ...] = ()
    proxies: tuple[str, ...] = ("127.0.0.1",)
    plain_http_on_this_machine: bool = True


class Settings(BaseSettings):
    """Everything an office sets.

    home: where `config/`, `schedules/` and the data lie; filing: the filing folders. key: what the token is encrypted
    with; without one, a key file is made beside it.
    """

    model_config = SettingsConfigDict(
        env_prefix="MICROBLOG_",
        env_nested_delimiter="__",
        extra="forbid",
        frozen=True,
        nested_model_default_partial_update=True,
    )

    home: Path = Path()
    key: SecretStr = SecretStr("")
    database_url: str = ""
    worker: str = ""
    rule_set: str = "pukou"
    filing: Path | None = None
    weibo: WeiboSettings = WeiboSettings()
    posting: PostingSettings = PostingSettings()
    questions: QuestionSettings = QuestionSettings()
    web: WebSettings = WebSettings()

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,
        file_secret_settings: PydanticBaseSettingsSource,
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """Given values, then the environment, then the file."""
        file = TomlConfigSettingsSource(settings_cls, toml_file=home() / "config" / "settings.toml")
        return init_settings, env_settings, file

    @property
    def data(self) -> Path:
        """Where the database and the filing folders lie."""
        return self.home / "data"

    @property
    def url(self) -> str:
        """The database: a SQLite file under `data` unless one is set."""
        return self.database_url or f"sqlite:///{self.data / 'microblog.db'}"


def home() -> Path:
    """`MICROBLOG_HOME`, or the working folder where it has a `config`, or what the package carries."""
    if named := os.environ.get("MICROBLOG_HOME"):
        return Path(named).resolve()
    here = Path.cwd()
    return here if (here / "config").is_dir() else carried()


def carried() -> Path:
    """The folder that holds the `config` and `schedules` that came with the package: checkout or wheel."""
    package = Path(__file__).resolve().parent
    resources = package / "resources"
    return resources if resources.is_dir() else package.parent


def load_settings(**given: object) -> Settings:
    """Raises InvalidInput naming the setting that is wrong and where it came from."""
    try:
        settings = Settings(**{"home": home(), **given})  # type: ignore[arg-type]  # pydantic checks the values
    except ValidationError as error:
        first = error.errors()[0]
        where = ".".join(str(part) for part in first["loc"])
        message = f"设置 {where} 有误（{first['msg']}），请检查 config/settings.toml 或环境变量 MICROBLOG_…"
        raise InvalidInput(message) from error
    except (OSError, ValueError) as error:
        raise InvalidInput(f"config/settings.toml 读不出来（{error}），请改正后重试") from error
    _check_lease(settings)
    return settings


def _check_lease(settings: Settings) -> None:
    """A lease must outlast the longest call, or a second worker takes a post over while the first still waits."""
    lease = settings.posting.lease_seconds
    longest = settings.weibo.connect_timeout + settings.weibo.read_timeout
    if lease <= longest:
        raise InvalidInput(
            f"设置 posting.lease_seconds（{lease:g} 秒）须长于 weibo.connect_timeout 与 weibo.read_timeout 之和"
            f"（{longest:g} 秒），否则还在等回应的微博会被另一个进程接手，请改大后重试"
        )
