"""The only place that chooses adapters and joins the parts."""

import os
import socket
from datetime import timedelta
from typing import TYPE_CHECKING

from argon2 import PasswordHasher

from microblog.clocks import SystemClock
from microblog.platforms.token_file import Key, TokenFile
from microblog.platforms.weibo import WeiboPlatform
from microblog.platforms.weibo_checks import Limits
from microblog.platforms.weibo_client import WeiboClient
from microblog.platforms.weibo_door import WeiboDoor
from microblog.platforms.weibo_errors import load_table
from microblog.platforms.weibo_http import Http
from microblog.service.office import Office, Practice
from microblog.service.people import Gate
from microblog.service.ports import Clock, Platform, Store
from microblog.service.rulesets import load_rule_sets
from microblog.service.tiers import load_tier
from microblog.service.vault import Vault
from microblog.service.wording import load_wording
from microblog.service.workdays import Workdays
from microblog.settings import Settings, load_settings
from microblog.store.sql import open_store
from microblog.text.count import weibo_length, weibo_length_undiscounted
from microblog.text.lexicon import load_lexicon
from microblog.text.segment import load_segmenter

if TYPE_CHECKING:
    from microblog.web.server import WebServer


def open_office(
    settings: Settings | None = None,
    *,
    clock: Clock | None = None,
    platform: Platform | None = None,
    store: Store | None = None,
) -> Office:
    """Join everything by the settings; any part given is used instead. Raises MicroblogError with what is wrong."""
    settings = settings or load_settings()
    clock = clock or SystemClock()
    config = settings.home / "config"
    lexicon = load_lexicon(config / "lexicon")
    return Office(
        store=store or open_database(settings),
        platform=platform or open_platform(settings, clock),
        clock=clock,
        practice=practice_of(settings),
        rule_sets=load_rule_sets(config / "rules"),
        workdays=Workdays(),
        wording=load_wording(config / "templates"),
        lexicon=lexicon,
        load_segmenter=lambda: load_segmenter(lexicon.segmenter_words()),
    )


def open_database(settings: Settings) -> Store:
    """The database of the settings, brought up to date; its folder is made when it is a file of ours."""
    if not settings.database_url:
        settings.data.mkdir(parents=True, exist_ok=True)
    return open_store(settings.url)


def open_platform(settings: Settings, clock: Clock) -> WeiboPlatform:
    """The Weibo account of the settings."""
    weibo = settings.weibo
    given = weibo.access_token.get_secret_value()
    token = (lambda: given) if given else open_safe(settings).current
    client = WeiboClient(_http(settings), token, rip=weibo.rip)
    limits = Limits(weibo_length, weibo_length_undiscounted, (weibo.safe_domain,), settings.posting.limit)
    return WeiboPlatform(client, load_table(settings.home / "config" / "weibo_errors.toml"), limits, clock)


def open_safe(settings: Settings) -> TokenFile:
    """Where the token of the last login lies; not used while the environment names a token."""
    return TokenFile(settings.data / "login.token", Key(settings.data / "login.key", settings.key.get_secret_value()))


def open_door(settings: Settings, clock: Clock) -> WeiboDoor:
    """Where a person logs in."""
    return WeiboDoor(
        _http(settings),
        load_table(settings.home / "config" / "weibo_errors.toml"),
        clock,
        app_key=settings.weibo.app_key,
        app_secret=settings.weibo.app_secret.get_secret_value(),
        redirect_uri=settings.weibo.redirect_uri,
    )


def _http(settings: Settings) -> Http:
    weibo = settings.weibo
    return Http(weibo.api_base, connect_timeout=weibo.connect_timeout, read_timeout=weibo.read_timeout)


def open_gate(settings: Settings, office: Office) -> Gate:
    """What it takes to let people in. The key is the token's: one secret for the whole office."""
    return Gate(office, Vault(_secret(settings)), PasswordHasher())


def open_web(settings: Settings, office: Office, *, port: int | None = None) -> "WebServer":
    """Console and portal on their address, not yet serving. port: instead of the settings'. Raises InvalidInput."""
    # Half a second of imports that no other command needs.
    from microblog.web.app import create_app  # noqa: PLC0415
    from microblog.web.options import WebOptions  # noqa: PLC0415
    from microblog.web.server import WebServer  # noqa: PLC0415

    web = settings.web
    options = WebOptions(secret=_secret(settings), plain_http=web.plain_http_on_this_machine, hosts=web.hosts)
    app = create_app(office, options)
    return WebServer(app, host=web.host, port=web.port if port is None else port, proxies=web.proxies)


def _secret(settings: Settings) -> bytes:
    return Key(settings.data / "login.key", settings.key.get_secret_value()).secret()


def practice_of(settings: Settings) -> Practice:
    """The office's practice from its settings."""
    posting = settings.posting
    return Practice(
        account=settings.weibo.account,
        portal=posting.portal.rstrip("/"),
        publish_at=posting.publish_at,
        pace=timedelta(seconds=posting.pace_seconds),
        lease=timedelta(seconds=posting.lease_seconds),
        preview_grace=timedelta(minutes=posting.preview_grace_minutes),
        opening_grace=timedelta(minutes=posting.opening_grace_minutes),
        answer_grace=timedelta(minutes=posting.answer_grace_minutes),
        closing_grace=timedelta(minutes=posting.closing_grace_minutes),
        roundup_grace=timedelta(minutes=posting.roundup_grace_minutes),
        post_limit=posting.limit,
        strategy=posting.strategy,
        shortlist_count=settings.questions.shortlist,
        tier=load_tier(settings.home / "config" / "tiers.toml", settings.weibo.tier),
        poll_every=timedelta(minutes=settings.questions.poll_minutes),
        live_poll_every=timedelta(minutes=settings.questions.live_poll_minutes),
        page=settings.weibo.page,
        files=settings.filing or settings.data / "filing",
        worker=settings.worker or f"{socket.gethostname()}-{os.getpid()}",
    )
