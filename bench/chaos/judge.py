"""The verdict on one scenario, by the sandbox's own ledger and what people really sealed and allowed."""

from dataclasses import dataclass, field

from bench.chaos.record import Record
from bench.chaos.stage import Stage
from bench.chaos.times import SHANGHAI
from microblog.domain.post import Post, PostKind, PostState, text_hash
from microblog.sandbox.moments import aware
from microblog.sandbox.rows import NEVER, Comment, Status, Write
from microblog.sandbox.server import UID

PROMISES = ("duplicates", "lost", "orphans", "unsealed", "too_late", "too_early", "decidable")


@dataclass
class Verdict:
    """What became of one interview; each list holds a line a case.

    intended: posts that were to go out. posts: accepted by the platform. asked: of unknown fate, left to a person, by
    why no machine could tell. decidable: those of them that a machine could have told. impossible: given up by a
    person, since what they hung on was gone.
    """

    intended: int = 0
    posts: int = 0
    impossible: int = 0
    asked: dict[str, int] = field(default_factory=dict)
    duplicates: list[str] = field(default_factory=list)
    lost: list[str] = field(default_factory=list)
    orphans: list[str] = field(default_factory=list)
    unsealed: list[str] = field(default_factory=list)
    too_late: list[str] = field(default_factory=list)
    too_early: list[str] = field(default_factory=list)
    decidable: list[str] = field(default_factory=list)

    @property
    def broken(self) -> dict[str, list[str]]:
        """The promises broken, with their cases."""
        return {name: getattr(self, name) for name in PROMISES if getattr(self, name)}


def judge(stage: Stage, record: Record, impossible: dict[str, str]) -> Verdict:
    """Hold every accepted write against the posts it can have come from, and every post against the ledger."""
    posts = {post.key: post for post in stage.store.outbox.posts()}
    court = _Court(stage, record, posts, Verdict(intended=len(posts), impossible=len(impossible)))
    writes = court.writes_by_post()
    for key, post in posts.items():
        court.judge_post(post, writes.get(key, []))
        for write in writes.get(key, []):
            court.judge_write(post, write)
    court.judge_asking()
    return court.verdict


@dataclass
class _Court:
    stage: Stage
    record: Record
    posts: dict[str, Post]
    verdict: Verdict

    def writes_by_post(self) -> dict[str, list[Write]]:
        """Accepted writes by the post whose words, present or past, they carry; words of no post are unsealed."""
        owners = {text: key for key, texts in self.record.texts.items() for text in texts}
        found: dict[str, list[Write]] = {}
        for write in self.stage.world.writes:
            key = owners.get(write.sent)
            if key is None:
                self.verdict.unsealed.append(f"words of no post: {write.sent[:40]}")
            else:
                found.setdefault(key, []).append(write)
        return found

    def judge_post(self, post: Post, writes: list[Write]) -> None:
        """Once at most, and there where the store says it is."""
        if len(writes) > 1:
            self.verdict.duplicates.append(f"{post.key}: accepted {len(writes)} times, at {_times(writes)}")
        if post.state is PostState.POSTED:
            row = _row(self.stage, post.platform_id)
            if row is None or row.uid != UID or row.sent != post.text:
                self.verdict.lost.append(f"{post.key}: said to be posted as {post.platform_id}, which is not it")
        elif post.state is not PostState.CANCELLED:
            self.verdict.lost.append(f"{post.key}: {post.state.value} ({post.reason})")
        elif writes:
            self.verdict.duplicates.append(f"{post.key}: cancelled and yet on the platform")

    def judge_write(self, post: Post, write: Write) -> None:
        """Sealed by every body, in time, and no part without the one before it."""
        self.verdict.posts += 1
        begun = self.stage.line.begun.get(write.number, write.at)
        words = text_hash(write.sent)
        missing = [body for body in post.bodies if self.record.sealed.get((post.key, words, body), NEVER) > begun]
        if missing:
            self.verdict.unsealed.append(f"{post.key}: sent at {_at(begun)} without the seal of {', '.join(missing)}")
        allowed = [until for since, until in self.record.latest[post.key] if since <= begun]
        if begun > allowed[-1]:
            self.verdict.too_late.append(f"{post.key}: begun at {_at(begun)}, latest {_at(allowed[-1])}")
        if begun < post.due_at.timestamp():
            self.verdict.too_early.append(f"{post.key}: begun at {_at(begun)}, due {_at(post.due_at.timestamp())}")
        before = self.posts.get(post.follows or "")
        if before is not None and post.kind is PostKind.ANSWER and not _visible(self.stage, before, write.at):
            self.verdict.orphans.append(f"{post.key}: at {_at(write.at)} without {before.key}")

    def judge_asking(self) -> None:
        """What was left to a person must have been beyond a machine; a later yes must have been a person's."""
        moved = [f"{key}: its latest time was moved without a person" for key in self.record.by_machine]
        self.verdict.too_late += moved
        for ask in self.record.asked.values():
            self.verdict.asked[ask.kind] = self.verdict.asked.get(ask.kind, 0) + 1
            if not ask.proof:
                self.verdict.decidable.append(f"{ask.key}: {ask.why}")


def _visible(stage: Stage, post: Post, at: float) -> bool:
    row = _row(stage, post.platform_id)
    return row is not None and row.visible <= at < row.deleted


def _row(stage: Stage, platform_id: str | None) -> Status | Comment | None:
    number = int(platform_id or 0)
    return stage.world.statuses.get(number) or stage.world.comments.get(number)


def _times(writes: list[Write]) -> str:
    return ", ".join(_at(write.at) for write in writes)


def _at(moment: float) -> str:
    return f"{aware(moment).astimezone(SHANGHAI):%m-%d %H:%M:%S}"
