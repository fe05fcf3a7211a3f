"""Everything that is kept, as protocols; the memory store and the SQL store provide them."""

from collections.abc import Collection, Sequence
from datetime import datetime, timedelta
from typing import Any, Protocol

from microblog.domain.interview import Interview
from microblog.domain.outbox import Change
from microblog.domain.post import Attempt, Post, PostState, Verb
from microblog.domain.question import Comment, LeftOut, Selection, Sweep
from microblog.domain.script import Rejection, Script, Seal
from microblog.service.ports.corrections import Corrections, Requests
from microblog.service.ports.materials import Materials
from microblog.service.ports.people import People
from microblog.service.ports.records import Beat, Entry, Pause, Pulse, StoredGrouping, StoredPlan, Upsert


class Plans(Protocol):
    """Imported plans."""

    def add(self, plan: StoredPlan) -> StoredPlan:
        """Store under the next number; returns it with that number."""

    def get(self, number: int) -> StoredPlan:
        """Raises NotFound."""

    def all(self) -> list[StoredPlan]:
        """By number."""

    def set_state(self, number: int, state: str) -> None:
        """Raises NotFound."""


class Interviews(Protocol):
    """Interviews, each saved whole and guarded by its revision."""

    def add(self, interview: Interview) -> Interview:
        """Store under the next number; returns it with that number."""

    def get(self, number: int) -> Interview:
        """Raises NotFound."""

    def all(self) -> list[Interview]:
        """By number."""

    def save(self, interview: Interview) -> bool:
        """Store unless someone saved in between (the revision moved); False then, and nothing is changed."""


class Outbox(Protocol):
    """Posts and their attempts; a row stays, whatever becomes of it. Every call is one transaction."""

    def enqueue(self, post: Post) -> bool:
        """False: this key is there already, and nothing is changed."""

    def get(self, key: str) -> Post:
        """Raises NotFound."""

    def find(self, key: str) -> Post | None:
        """The post, or None."""

    def posts(self, *, interview: int | None = None, states: Collection[PostState] | None = None) -> list[Post]:
        """By due time, order, key."""

    def ripe(self, now: datetime) -> list[Post]:
        """Sealed posts whose time has come, and due ones past their latest time; by due time, order, key."""

    def move(
        self, key: str, change: Change, *, expect: Collection[PostState], fence: int | None = None, by: str = ""
    ) -> bool:
        """Apply the change only while the post is in an expected state (and has this fence); False otherwise."""

    def reword(self, key: str, text: str, author: str, *, expect: Collection[PostState]) -> bool:
        """Give a post new words and make it a draft; False when it is not in an expected state."""

    def reschedule(self, key: str, due_at: datetime, latest_at: datetime, *, expect: Collection[PostState]) -> bool:
        """Give a post new times; False when it is not in an expected state."""

    def hold(self, key: str, held: str, *, expect: Collection[PostState]) -> bool:
        """Keep a post from being claimed, or let it go again with an empty `held`; False as for `reword`."""

    def unhook(self, key: str, change: Change, *, expect: Collection[PostState]) -> bool:
        """Apply the change and make a reply to a stranger's comment a comment of its own; False as for `move`."""

    def claim(
        self, now: datetime, worker: str, lease: timedelta, verbs: Collection[Verb]
    ) -> tuple[Post, Attempt] | None:
        """Take one due post of these verbs for this worker: fence raised, lease set, attempt row committed.

        None: nothing is due.
        """

    def settle(
        self, attempt: Attempt, outcome: str, detail: str, change: Change, *, fence: int, at: datetime
    ) -> bool:
        """Record what an attempt came to and move its post; the move is refused (False) when the fence is old."""

    def attempts(self, key: str) -> list[Attempt]:
        """By number."""

    def stalled(self, now: datetime) -> list[Post]:
        """Posts in sending whose lease has run out."""

    def to_look_for(self, now: datetime) -> list[Post]:
        """Landed and unknown posts whose next look-up is due."""

    def last_sent_at(self) -> datetime | None:
        """When the newest attempt was made."""

    def by_platform_id(self, platform_id: str) -> Post | None:
        """The post that became this status or comment."""


class Comments(Protocol):
    """Every comment seen."""

    def upsert(self, comments: Sequence[Comment], raw: Sequence[dict[str, Any]]) -> Upsert:
        """Insert or refresh by (source, platform id); a re-served comment changes only when it was last seen."""

    def of(self, interview: int) -> list[Comment]:
        """By creation time, then id."""

    def pulse(self, interview: int) -> Pulse:
        """Counts that tell whether anything changed: cheap to ask often."""

    def newest(self, source: str, under: str) -> str | None:
        """The highest platform id held under a status, compared as numbers; None when there is none."""

    def raw(self, source: str, platform_id: str) -> dict[str, Any]:
        """The payload as first served. Raises NotFound."""

    def mark_deleted(self, source: str, under: str, *, seen_before: datetime, at: datetime) -> int:
        """Mark comments under a status not seen since `seen_before` as deleted; returns how many newly are."""

    def record(self, sweep: Sweep) -> None:
        """Keep a sweep."""

    def sweeps(self, interview: int) -> list[Sweep]:
        """By time."""

    def last_sweeps(self, interview: int) -> list[Sweep]:
        """The newest sweep of each status, by status: cheap to ask often."""

    def arrived(self, interview: int, since: datetime | None) -> int:
        """How many new comments the sweeps after `since` brought; all of them when None."""


class Questions(Protocol):
    """Groupings and the representative questions chosen from them."""

    def save_grouping(self, grouping: StoredGrouping) -> None:
        """Keep as the latest grouping of its interview."""

    def grouping(self, interview: int) -> StoredGrouping | None:
        """The latest grouping."""

    def grouped(self, interview: int) -> tuple[datetime, int] | None:
        """When the latest grouping was built and of how many remarks: cheap to ask often."""

    def choose(self, interview: int, chosen: Sequence[Selection], left_out: Sequence[LeftOut]) -> None:
        """Replace what was chosen and left out."""

    def selections(self, interview: int) -> list[Selection]:
        """By rank."""

    def left_out(self, interview: int) -> list[LeftOut]:
        """By askers, most first, then group."""


class Reviews(Protocol):
    """Scripts in all their versions, seals and rejections."""

    def add_script(self, script: Script) -> bool:
        """Store a new version; False when that version is there already."""

    def save_script(self, script: Script) -> None:
        """Change state or words of a stored version. Raises NotFound."""

    def scripts(self, interview: int) -> list[Script]:
        """By version."""

    def seal(self, seal: Seal) -> bool:
        """False: this body has sealed these words already."""

    def seals(self, subjects: Collection[str]) -> list[Seal]:
        """All seals of the subjects, by time."""

    def reject(self, rejection: Rejection) -> None:
        """Keep a no."""

    def rejections(self, subjects: Collection[str]) -> list[Rejection]:
        """By time."""


class Journal(Protocol):
    """What was done, append-only, and the workers' signs of life."""

    def write(self, entry: Entry) -> None:
        """Append."""

    def entries(self, subject: str | None = None) -> list[Entry]:
        """In the order written; all, or those of a subject."""

    def beat(self, beat: Beat) -> None:
        """Keep as the worker's latest."""

    def beats(self) -> list[Beat]:
        """The latest of each worker, by name."""

    def pause(self, pause: Pause) -> None:
        """Keep as the pause of its scope."""

    def pauses(self, now: datetime) -> list[Pause]:
        """Those still in force, by scope."""

    def spend(self, at: datetime, kind: str, calls: int) -> None:
        """Write down platform calls made; kind: the verb of a write, `poll`, `sweep`, `look` or `login`."""

    def spent(self, since: datetime) -> dict[str, int]:
        """Calls made from `since` on, by kind."""


class Store(Protocol):
    """Everything kept. The database is the truth; the scheduler only wakes us."""

    @property
    def plans(self) -> Plans: ...
    @property
    def interviews(self) -> Interviews: ...
    @property
    def outbox(self) -> Outbox: ...
    @property
    def comments(self) -> Comments: ...
    @property
    def questions(self) -> Questions: ...
    @property
    def reviews(self) -> Reviews: ...
    @property
    def journal(self) -> Journal: ...
    @property
    def people(self) -> People: ...
    @property
    def corrections(self) -> Corrections: ...
    @property
    def requests(self) -> Requests: ...
    @property
    def materials(self) -> Materials: ...
