"""Everyone who decides something: reviewers, analyst, lead unit, and the operator, who can look at the platform."""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import timedelta

from bench.chaos.record import Record, asks
from bench.chaos.stage import MachineClock, Stage
from bench.chaos.truth import standing, why_undecidable
from microblog.domain.errors import NotAllowed
from microblog.domain.interview import Interview, InterviewState
from microblog.domain.post import Post, PostKind, PostState, Verb
from microblog.domain.question import Selection
from microblog.domain.script import Script, ScriptState, Section, SectionKind
from microblog.sandbox.server import APP_KEY, UID
from microblog.service.draft import build, latest_script, submit, write
from microblog.service.outbox import (
    answer_openly,
    cancel,
    change_words,
    send_again,
    send_late,
    settle_absent,
    settle_posted,
)
from microblog.service.review import approve
from microblog.service.select import select

OPERATOR, LEAD, ANALYST = "值班员", "联络员", "分析员"
SEALING, LOGGING_IN = "sealing", "logging in"
REVIEWERS = {"data-centre": "王审核", "media-centre": "李审核"}
GONE = ("已不存在", "被屏蔽", "隐私设置", "拉黑", "还没有发出", "没有编号")
WRONG_WORDS = ("违规", "网址", "广告", "禁用", "重复", "相近", "字数")
PROSE = "居民可以先向物业反映，物业应当在两个工作日内到场查看并书面答复；逾期不改的依法处罚，结果在小区公示栏公布。"
BY_TELEPHONE = ("telephone:1", "家里的燃气热水器用了十年，找谁检查？")
"""A question that did not come over the platform: its name and words."""
LATE_WITHIN = timedelta(hours=6)


@dataclass
class People:
    """They act between the worker's rounds, each ask `patience` after it came up; once everything heals, at once."""

    stage: Stage
    record: Record
    patience: timedelta
    since: dict[str, float] = field(default_factory=dict)
    impossible: dict[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.office = self.stage.office(MachineClock(self.stage.world), "people")
        self._random = self.stage.scenario.random("people")

    def act(self) -> None:
        """Do what waits for them now."""
        self.record.look(people=False)
        for interview in self.office.store.interviews.all():
            self._write_script(interview)
            self._seal(interview)
        for post in self.office.store.outbox.posts():
            if self._ripe(post):
                self._decide(post)
        self._log_in()
        self.record.look(people=True)

    def next_moment(self) -> Iterator[float]:
        """When somebody will next act."""
        for at in self.since.values():
            yield at + self.patience.total_seconds()

    def _ripe(self, post: Post) -> bool:
        """Whether the post asks, and has asked long enough for somebody to come."""
        waits = asks(post)
        if waits and post.key not in self.record.asked:
            self.record.ask(post, *why_undecidable(self.stage, post))
        if not (waits or post.state.asks):
            self.since.pop(post.key, None)
            return False
        return self._waited(post.key)

    def _decide(self, post: Post) -> None:
        self.since.pop(post.key, None)
        match post.state:
            case PostState.UNKNOWN | PostState.LANDED:
                self._settle(post)
            case PostState.MISSED:
                self._say_yes(post)
            case _:
                self._mend(post)

    def _settle(self, post: Post) -> None:
        row = standing(self.stage, post)
        if row is not None:
            settle_posted(self.office, post.key, str(row.id), by=OPERATOR)
        else:
            settle_absent(self.office, post.key, by=OPERATOR)

    def _say_yes(self, post: Post) -> None:
        """Late is better than never, unless what it hangs on will never be there."""
        if self._hopeless(post):
            self._give_up(post, "所跟的内容不会再有")
        elif self._follows_is_out(post):
            send_late(self.office, post.key, by=OPERATOR, within=LATE_WITHIN)

    def _follows_is_out(self, post: Post) -> bool:
        before = self.office.store.outbox.find(post.follows) if post.follows else None
        return post.follows is None or (before is not None and before.platform_id is not None)

    def _hopeless(self, post: Post) -> bool:
        outbox = self.office.store.outbox
        before = outbox.find(post.follows) if post.follows else None
        under = outbox.find(post.under) if post.under else None
        return any(
            one is not None and (one.state is PostState.CANCELLED or self._deleted(one)) for one in (before, under)
        ) and (post.verb is not Verb.SHARE or (before is not None and before.state is PostState.CANCELLED))

    def _deleted(self, post: Post) -> bool:
        row = self._row(post.platform_id)
        return row is not None and row

    def _row(self, platform_id: str | None) -> bool | None:
        """Whether what has this id is gone from the platform; None: no such thing."""
        if platform_id is None:
            return None
        world, number = self.stage.world, int(platform_id)
        if number in world.statuses:
            status = world.statuses[number]
            return status.deleted <= world.now() or status.illegal
        comment = world.comments.get(number)
        return None if comment is None else comment.deleted <= world.now()

    def _mend(self, post: Post) -> None:
        """Find out why it was refused and do something about it."""
        world = self.stage.world
        if world.accounts[UID].blocked:
            self.stage.sandbox.cast.clear_account(UID)
        if self._hopeless(post):
            self._give_up(post, "所跟的内容已被删除")
        elif post.replies_to is not None and any(word in post.reason for word in GONE):
            answer_openly(self.office, post.key, by=OPERATOR)
        elif any(word in post.reason for word in WRONG_WORDS):
            change_words(self.office, post.key, _reworded(post.text), by=OPERATOR)
        else:
            self._clear_our_name()
            send_again(self.office, post.key, by=OPERATOR)

    def _clear_our_name(self) -> None:
        """Whoever refused to hear from us hears from us again."""
        account = self.stage.world.accounts[UID]
        if account.refuses:
            self.stage.world.change(account, refuses=0)

    def _give_up(self, post: Post, reason: str) -> None:
        cancel(self.office, post.key, by=OPERATOR, reason=reason)
        self.impossible[post.key] = reason

    def _log_in(self) -> None:
        """Bring a new token for a dead one."""
        known = self.stage.world.tokens.get(self.stage.token)
        dead = known is None or known.dead or known.expires <= self.stage.world.now()
        if dead and self._waited(LOGGING_IN):
            self.stage.token = self.stage.sandbox.cast.add_token(UID, APP_KEY).token
            self.since.pop(LOGGING_IN, None)

    def _write_script(self, interview: Interview) -> None:
        """Choose, answer and submit once the channel has closed."""
        if interview.state is not InterviewState.COLLECTED or latest_script(self.office, interview) is not None:
            return
        if not select(self.office, interview, by=ANALYST):
            self._ask_ourselves(interview)
        blank = build(self.office, interview, by=LEAD)
        write(self.office, interview, _answered(blank, self.stage.scenario.parts), by=LEAD)
        submit(self.office, interview, by=LEAD, override="专题短访谈，已经区政府办同意")

    def _ask_ourselves(self, interview: Interview) -> None:
        """The app was shown no question: the analyst takes those that the account's back office shows.

        It shows what is filtered as well. Where netizens deleted all of theirs, one that came by telephone is put.
        """
        world, now = self.stage.world, self.office.clock.now()
        rows = [row for row in world.comments.values() if row.uid != UID and world.now() < row.deleted]
        asked = [(f"weibo:{row.id}", row.text) for row in rows][: len(self.stage.scenario.parts)]
        chosen = [
            Selection(interview.id, rank, name, text, "网友", "q", "t", 1, "人工抄录", ANALYST, now)
            for rank, (name, text) in enumerate(asked or [BY_TELEPHONE], 1)
        ]
        self.office.store.questions.choose(interview.id, chosen, [])

    def _seal(self, interview: Interview) -> None:
        script = latest_script(self.office, interview)
        submitted = script is not None and script.state is ScriptState.SUBMITTED
        if not submitted and not self.office.store.outbox.posts(states=[PostState.DRAFT]):
            self.since.pop(SEALING, None)
        elif self._waited(SEALING):
            self._approve(interview)

    def _waited(self, what: str) -> bool:
        """Whether this has waited for as long as people take."""
        since = self.since.setdefault(what, self.stage.world.now())
        return self.stage.world.now() >= since + self.patience.total_seconds()

    def _approve(self, interview: Interview) -> None:
        self.since.pop(SEALING, None)
        for body, reviewer in REVIEWERS.items():
            approve(self.office, interview, body=body, by=reviewer)

    def edit_something(self, luck: int) -> None:
        """Reword a post that was sealed already; the bodies seal it anew at their next round."""
        posts = self.office.store.outbox.posts(states=[PostState.SEALED])
        if posts:
            post = posts[luck % len(posts)]
            try:
                change_words(self.office, post.key, _reworded(post.text), by=OPERATOR)
            except NotAllowed:
                return

    def cancel_something(self, luck: int) -> None:
        """Decide that one answer will not be given; the parts after it go with it."""
        posts = self.office.store.outbox.posts(states=[PostState.SEALED])
        answers = [post for post in posts if post.kind is PostKind.ANSWER]
        if answers:
            self._give_up(answers[luck % len(answers)], "临时决定不发")


def _reworded(text: str) -> str:
    """Other words of the same length, so that they still fit."""
    for old, new in (("可以", "请"), ("两个", "三个"), ("，", "、"), ("：", ":"), ("】", "】更正 ")):
        if old in text:
            return text.replace(old, new, 1)
    return text[:-1] + "。"


def _answered(script: Script, parts: tuple[int, ...]) -> list[Section]:
    lengths = iter(parts)
    return [
        replace(section, answer=_prose(next(lengths, 1), section.slot), speaker="张三")
        if section.kind is SectionKind.QUESTION
        else replace(section, answer=f"关于{section.slot}：{PROSE}")
        for section in script.sections
    ]


def _prose(parts: int, slot: str) -> str:
    """An answer of about so many parts."""
    sentences = (f"{slot}第{number}点，{PROSE}" for number in range(1, 2 * parts))
    return "".join(sentences)
