"""Comments and sweeps in memory."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from threading import RLock
from typing import Any

from microblog.domain.question import Comment, Sweep
from microblog.service.ports import Pulse, Upsert
from microblog.store.changes import Serving
from microblog.store.kept import copied, kept
from microblog.store.missing import no_comment


class MemoryComments:
    """`service.ports.Comments` in memory."""

    def __init__(self, lock: RLock) -> None:
        self._lock = lock
        self._comments: dict[tuple[str, str], Comment] = {}
        self._raw: dict[tuple[str, str], dict[str, Any]] = {}
        self._sweeps: list[Sweep] = []

    def upsert(self, comments: Sequence[Comment], raw: Sequence[dict[str, Any]]) -> Upsert:
        """Insert or refresh by (source, platform id)."""
        with self._lock:
            served = [(kept(comment), copied(payload)) for comment, payload in zip(comments, raw, strict=True)]
            keys = [(comment.source, comment.platform_id) for comment, _ in served]
            serving = Serving({key: self._comments[key] for key in keys if key in self._comments})
            changed = serving.take(served)
            self._comments.update(serving.known)
            self._raw.update(serving.raw)
            return changed

    def of(self, interview: int) -> list[Comment]:
        """By creation time, then id."""
        with self._lock:
            found = [comment for comment in self._comments.values() if comment.interview == interview]
        return sorted(found, key=lambda comment: (comment.created_at, comment.id))

    def pulse(self, interview: int) -> Pulse:
        """Counts that tell whether anything changed."""
        found = self.of(interview)
        return Pulse(
            count=len(found),
            deleted=sum(comment.deleted_at is not None for comment in found),
            edited=sum(len(comment.prior_texts) for comment in found),
            likes=sum(comment.likes for comment in found),
        )

    def newest(self, source: str, under: str) -> str | None:
        """The highest platform id held under a status, compared as numbers; None when there is none."""
        with self._lock:
            held = [key for (origin, key), one in self._comments.items() if (origin, one.under) == (source, under)]
        return max(held, key=lambda platform_id: (len(platform_id), platform_id), default=None)

    def raw(self, source: str, platform_id: str) -> dict[str, Any]:
        """The payload as first served. Raises NotFound."""
        with self._lock:
            if (source, platform_id) not in self._raw:
                raise no_comment(f"{source}:{platform_id}")
            return copied(self._raw[source, platform_id])

    def mark_deleted(self, source: str, under: str, *, seen_before: datetime, at: datetime) -> int:
        """Mark comments under a status not seen since `seen_before`; returns how many were newly marked."""
        with self._lock:
            gone = [
                key
                for key, comment in self._comments.items()
                if (comment.source, comment.under) == (source, under)
                and comment.deleted_at is None
                and comment.last_seen_at < seen_before
            ]
            for key in gone:
                self._comments[key] = kept(replace(self._comments[key], deleted_at=at))
            return len(gone)

    def record(self, sweep: Sweep) -> None:
        """Keep a sweep."""
        with self._lock:
            self._sweeps.append(kept(sweep))

    def sweeps(self, interview: int) -> list[Sweep]:
        """By time."""
        with self._lock:
            found = [sweep for sweep in self._sweeps if sweep.interview == interview]
        return sorted(found, key=lambda sweep: sweep.at)

    def last_sweeps(self, interview: int) -> list[Sweep]:
        """The newest sweep of each status, by status: cheap to ask often."""
        with self._lock:
            newest = {sweep.under: sweep for sweep in self._sweeps if sweep.interview == interview}
        return [newest[under] for under in sorted(newest)]

    def arrived(self, interview: int, since: datetime | None) -> int:
        """How many new comments the sweeps after `since` brought; all of them when None."""
        with self._lock:
            mine = [sweep for sweep in self._sweeps if sweep.interview == interview]
        return sum(sweep.new for sweep in mine if since is None or sweep.at > since)
