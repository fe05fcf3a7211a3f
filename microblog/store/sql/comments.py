"""Comments and sweeps in SQL."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from itertools import groupby, islice
from typing import Any

from sqlalchemy import Connection, Text, func, select, type_coerce

from microblog.domain.question import Comment, Sweep
from microblog.service.ports import Pulse, Upsert
from microblog.store.changes import Serving
from microblog.store.kept import kept
from microblog.store.missing import no_comment
from microblog.store.sql.database import Database
from microblog.store.sql.rows import read, selecting, values_of, write
from microblog.store.tables import COMMENTS, SWEEPS

ASKED_AT_ONCE = 5_000
"""Ids in one SELECT: well below the parameters a statement may have (SQLite 32,766, PostgreSQL 65,535)."""

_REFRESHED = ("text", "prior_texts", "likes", "last_seen_at", "deleted_at")
"""The columns a re-serve may change."""


class SqlComments:
    """`service.ports.Comments` in SQL."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def upsert(self, comments: Sequence[Comment], raw: Sequence[dict[str, Any]]) -> Upsert:
        """Insert or refresh by (source, platform id), however many, in one transaction.

        Two callers that bring the same new comment at the same moment may both count it as new; it is stored once.
        """
        served = list(zip(map(kept, comments), raw, strict=True))
        with self._database.writing() as connection:
            serving = Serving(_known(connection, ((one.source, one.platform_id) for one, _ in served)))
            changed = serving.take(served)
            self._write(connection, serving)
        return changed

    def _write(self, connection: Connection, serving: Serving) -> None:
        insert = self._database.insert(COMMENTS)
        refresh = insert.on_conflict_do_update(
            index_elements=["source", "platform_id"],
            set_={name: insert.excluded[name] for name in _REFRESHED},
        )
        # Always in the same order, so that two collectors wait for each other instead of deadlocking.
        rows = [values_of(serving.known[key]) | {"raw": serving.raw.get(key, {})} for key in sorted(serving.touched)]
        if rows:
            connection.execute(refresh, rows)

    def of(self, interview: int) -> list[Comment]:
        """By creation time, then id."""
        mine = selecting(COMMENTS, Comment).where(COMMENTS.c.interview == interview)
        with self._database.reading() as connection:
            found = read(connection, Comment, mine)
        return sorted(found, key=lambda comment: (comment.created_at, comment.id))

    def pulse(self, interview: int) -> Pulse:
        """Counts that tell whether anything changed; the more wordings are kept, the longer their column."""
        wordings = func.length(type_coerce(COMMENTS.c.prior_texts, Text))
        columns = (
            func.count(),
            func.count(COMMENTS.c.deleted_at),
            func.coalesce(func.sum(wordings), 0),
            func.coalesce(func.sum(COMMENTS.c.likes), 0),
        )
        with self._database.reading() as connection:
            row = connection.execute(select(*columns).where(COMMENTS.c.interview == interview)).one()
        return Pulse(*map(int, row))

    def newest(self, source: str, under: str) -> str | None:
        """The highest platform id held under a status, compared as numbers; None when there is none."""
        number = COMMENTS.c.platform_id
        held = select(number).where(COMMENTS.c.source == source, COMMENTS.c.under == under)
        with self._database.reading() as connection:
            highest = held.order_by(func.length(number).desc(), number.desc()).limit(1)
            return connection.execute(highest).scalar_one_or_none()

    def raw(self, source: str, platform_id: str) -> dict[str, Any]:
        """The payload as first served. Raises NotFound."""
        this = (COMMENTS.c.source == source, COMMENTS.c.platform_id == platform_id)
        with self._database.reading() as connection:
            row = connection.execute(select(COMMENTS.c.raw).where(*this)).one_or_none()
        if row is None:
            raise no_comment(f"{source}:{platform_id}")
        payload: dict[str, Any] = row.raw
        return payload

    def mark_deleted(self, source: str, under: str, *, seen_before: datetime, at: datetime) -> int:
        """Mark comments under a status not seen since `seen_before`; returns how many were newly marked."""
        gone = COMMENTS.update().where(
            COMMENTS.c.source == source,
            COMMENTS.c.under == under,
            COMMENTS.c.last_seen_at < seen_before,
            COMMENTS.c.deleted_at.is_(None),
        )
        with self._database.writing() as connection:
            return connection.execute(gone.values(deleted_at=at)).rowcount

    def record(self, sweep: Sweep) -> None:
        """Keep a sweep."""
        with self._database.writing() as connection:
            write(connection, SWEEPS, [sweep])

    def sweeps(self, interview: int) -> list[Sweep]:
        """By time."""
        mine = selecting(SWEEPS, Sweep).where(SWEEPS.c.interview == interview)
        with self._database.reading() as connection:
            return read(connection, Sweep, mine.order_by(SWEEPS.c.at, SWEEPS.c.id))

    def last_sweeps(self, interview: int) -> list[Sweep]:
        """The newest sweep of each status, by status: cheap to ask often."""
        newest = select(func.max(SWEEPS.c.id)).where(SWEEPS.c.interview == interview).group_by(SWEEPS.c.under)
        last = selecting(SWEEPS, Sweep).where(SWEEPS.c.id.in_(newest)).order_by(SWEEPS.c.under)
        with self._database.reading() as connection:
            return read(connection, Sweep, last)

    def arrived(self, interview: int, since: datetime | None) -> int:
        """How many new comments the sweeps after `since` brought; all of them when None."""
        total = select(func.coalesce(func.sum(SWEEPS.c.new), 0)).where(SWEEPS.c.interview == interview)
        with self._database.reading() as connection:
            return int(connection.execute(total if since is None else total.where(SWEEPS.c.at > since)).scalar_one())


def _known(connection: Connection, keys: Iterable[tuple[str, str]]) -> dict[tuple[str, str], Comment]:
    """The stored ones among these; locked on PostgreSQL until written, always in the same order."""
    known: dict[tuple[str, str], Comment] = {}
    for source, group in groupby(sorted(set(keys)), key=lambda key: key[0]):
        while ids := [platform_id for _, platform_id in islice(group, ASKED_AT_ONCE)]:
            stored = selecting(COMMENTS, Comment).where(COMMENTS.c.source == source, COMMENTS.c.platform_id.in_(ids))
            locked = stored.order_by(COMMENTS.c.platform_id).with_for_update()
            known |= {(one.source, one.platform_id): one for one in read(connection, Comment, locked)}
    return known
