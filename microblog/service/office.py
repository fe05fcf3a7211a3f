"""What every service function works with: the store, the platform, the clock and the office's own practice."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import time, timedelta
from functools import cached_property
from pathlib import Path

from microblog.domain.outbox import LEASE
from microblog.domain.rules import RuleSet
from microblog.domain.tier import OPEN, Tier
from microblog.service.ports import Clock, Entry, Platform, Store
from microblog.service.trees import Trees
from microblog.service.wording import Wording
from microblog.service.workdays import Workdays
from microblog.text.lexicon import Lexicon
from microblog.text.segment import Segmenter


@dataclass(frozen=True, slots=True)
class Practice:
    """How this office works, from `config/settings.toml`.

    account: the official account's display name. portal: base address of the public pages, under the safe domain.
    publish_at: hour of the day for previews and roundups, Asia/Shanghai. pace: least time between two writes.
    lease: how long a worker may hold a post it is sending. *_grace: how late a post may go out unasked.
    strategy: `thread` (numbered comments under the opening post) or `reply` (to the asker's own comment).
    tier: what the platform lets the account do. poll_every: least time between two polls, live_poll_every: while
    the interview is on. page: comments a page holds. files: where filing folders are written.
    """

    account: str
    portal: str
    publish_at: time = time(9, 0)
    pace: timedelta = timedelta(seconds=60)
    lease: timedelta = LEASE
    preview_grace: timedelta = timedelta(hours=8)
    opening_grace: timedelta = timedelta(minutes=10)
    answer_grace: timedelta = timedelta(minutes=30)
    closing_grace: timedelta = timedelta(hours=2)
    roundup_grace: timedelta = timedelta(days=1)
    post_limit: int = 140
    strategy: str = "thread"
    shortlist_count: int = 20
    tier: Tier = OPEN
    poll_every: timedelta = timedelta(minutes=30)
    live_poll_every: timedelta = timedelta(minutes=5)
    page: int = 200
    files: Path = Path("data/filing")
    worker: str = "worker"


@dataclass(frozen=True)
class Office:
    """The parts joined by `bootstrap.py`; nothing here is global."""

    store: Store
    platform: Platform
    clock: Clock
    practice: Practice
    rule_sets: Mapping[str, RuleSet]
    workdays: Workdays
    wording: Wording
    lexicon: Lexicon
    load_segmenter: Callable[[], Segmenter]

    @cached_property
    def segmenter(self) -> Segmenter:
        """Built on first use: the dictionary takes a second to load and most commands never need it."""
        return self.load_segmenter()

    @cached_property
    def trees(self) -> Trees:
        """The grown trees of the interviews at hand, for every page and every grouping of this process."""
        return Trees()

    def note(self, who: str, verb: str, subject: str, **detail: object) -> None:
        """Append to the journal who did what, now."""
        self.store.journal.write(Entry(self.clock.now(), who, verb, subject, detail))
