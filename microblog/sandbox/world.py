"""The whole state of the sandbox: rows in tables, behind one lock, written to the journal as they are put."""

from bisect import insort
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import asdict, replace
from itertools import count
from threading import RLock
from typing import Any, TypeVar
from zlib import crc32

from microblog.sandbox.journal import Journal
from microblog.sandbox.moments import DAY, HOUR, Clock, id_at, window_start
from microblog.sandbox.options import OPEN, Options
from microblog.sandbox.rows import Account, App, Call, Code, Comment, Row, Status, Token, Write

POSTING = ("statuses/share", "statuses/repost")
COMMENTING = ("comments/create", "comments/reply")

_ROW_TYPES: dict[str, type[Row]] = {
    "account": Account,
    "app": App,
    "code": Code,
    "token": Token,
    "status": Status,
    "comment": Comment,
    "call": Call,
    "write": Write,
}
R = TypeVar("R", Account, App, Code, Token, Status, Comment, Call, Write)

_FIRST_NETIZEN = 5_000_000_000


class World:
    """Rows by key. Whoever reads or changes it holds `lock`; nothing here waits or does I/O but the journal.

    used: how often each budget was drawn on, by (budget, owner, start of its window).
    """

    def __init__(self, clock: Clock, options: Options = OPEN, journal: Journal | None = None) -> None:
        self.lock = RLock()
        self.clock = clock
        self.options = options
        self.accounts: dict[int, Account] = {}
        self.apps: dict[str, App] = {}
        self.codes: dict[str, Code] = {}
        self.tokens: dict[str, Token] = {}
        self.statuses: dict[int, Status] = {}
        self.comments: dict[int, Comment] = {}
        self.calls: list[Call] = []
        self.writes: list[Write] = []
        self.used: Counter[tuple[str, str, int]] = Counter()
        self._journal = journal or Journal(None)
        self._under: dict[int, list[int]] = {}
        self._names: dict[str, int] = {}

    def now(self) -> float:
        """The present sandbox moment."""
        return self.clock.now()

    def replay(self) -> bool:
        """Take in what the journal holds. False when it holds nothing."""
        seen = False
        for table, values in self._journal.read():
            seen = True
            if table == "clock":
                self.clock.set(values["moment"])
                self.clock.run(values["speed"])
            elif table == "options":
                self.options = OPEN.changed(values)
            else:
                self._keep(_ROW_TYPES[table](**_tuples(values)))
        if self.clock.speed and self.calls:
            self.clock.set(max(self.clock.now(), self.calls[-1].at))
        return seen

    def put(self, row: R) -> R:
        """Keep the row in place of the one with its key, and journal it."""
        self._keep(row)
        self._journal.write(type(row).__name__.lower(), asdict(row))
        return row

    def set_options(self, options: Options) -> None:
        """Put other switches in force."""
        self.options = options
        self._journal.write("options", asdict(options))

    def note_clock(self) -> None:
        """Journal where the clock stands and how fast it runs."""
        self._journal.write("clock", {"moment": self.clock.now(), "speed": self.clock.speed})

    def flush(self) -> None:
        """Make safe what was put."""
        self._journal.flush()

    def close(self) -> None:
        """Let go of the journal's file."""
        self._journal.close()

    def new_id(self, moment: float, first: int = 0) -> int:
        """An id of that moment nobody has; sequences below `first` are left to others."""
        return next(
            free
            for sequence in count(first)
            if (free := id_at(moment, sequence)) not in self.statuses and free not in self.comments
        )

    def comments_under(self, status: int) -> list[Comment]:
        """Every comment ever put under a status, by falling id: future, filtered and deleted ones included."""
        return [self.comments[identifier] for identifier in reversed(self._under.get(status, ()))]

    def named(self, name: str) -> Account | None:
        """The account with this nickname."""
        uid = self._names.get(name)
        return None if uid is None else self.accounts[uid]

    def netizen(self, name: str) -> Account:
        """The account with this nickname, opened as an ordinary user's where there is none."""
        known = self.named(name)
        if known is not None:
            return known
        uid = _FIRST_NETIZEN + crc32(name.encode("utf-8", "surrogatepass")) % 1_000_000_000
        while uid in self.accounts:
            uid += 1
        return self.put(Account(uid=uid, name=name))

    def authorised(self, uid: int, app: str) -> bool:
        """Whether the user has given the app a token that still lives."""
        now = self.now()
        return any(t.uid == uid and t.app == app and not t.dead and t.expires > now for t in self.tokens.values())

    def record(self, write: Callable[[int], Write]) -> Write:
        """Enter an accepted write under the next number."""
        return self.put(write(len(self.writes) + 1))

    def own_statuses(self, uid: int) -> Iterator[Status]:
        """The account's statuses, newest first, deleted and held-back ones included."""
        ids = sorted((s.id for s in self.statuses.values() if s.uid == uid), reverse=True)
        return (self.statuses[identifier] for identifier in ids)

    def change(self, row: R, **changes: Any) -> R:
        """Put a copy of the row with the named fields changed."""
        return self.put(replace(row, **changes))

    def _keep(self, row: Row) -> None:
        match row:
            case Account():
                self.accounts[row.uid] = row
                self._names[row.name] = row.uid
            case App():
                self.apps[row.key] = row
            case Code():
                self.codes[row.code] = row
            case Token():
                self.tokens[row.token] = row
            case Status():
                self.statuses[row.id] = row
            case Comment():
                if row.id not in self.comments:
                    insort(self._under.setdefault(row.status, []), row.id)
                self.comments[row.id] = row
            case Call():
                self._keep_call(row)
            case Write():
                self._keep_write(row)

    def _keep_call(self, call: Call) -> None:
        self.calls.append(call)
        self.used["ip", call.ip, window_start(call.at, HOUR)] += 1
        if call.counted:
            self.used["user", f"{call.uid}/{call.app}", window_start(call.at, DAY)] += 1

    def _keep_write(self, write: Write) -> None:
        self.writes.append(write)
        kind = "posts" if write.endpoint in POSTING else "comments"
        self.used[kind, str(write.uid), window_start(write.at, HOUR)] += 1


def _tuples(values: dict[str, Any]) -> dict[str, Any]:
    return {name: _tuple(value) for name, value in values.items()}


def _tuple(value: Any) -> Any:
    return tuple(_tuple(part) for part in value) if isinstance(value, list) else value
