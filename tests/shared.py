"""An office on a clock that is moved by hand, a platform that can be watched, and people who act: for many tests."""

from collections import deque
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time, timedelta
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

from microblog.clocks import SetClock
from microblog.domain.errors import PlatformDown
from microblog.domain.interview import Form, Guest, Interview
from microblog.domain.period import SHANGHAI
from microblog.domain.plan import Plan, PlannedTime, PlanRow
from microblog.domain.post import Attempt, Delivery, Outcome, Post, PostKind, PostState, Sighting, Verb
from microblog.domain.rules import RuleSet
from microblog.domain.script import Script, Seal, Section, SectionKind
from microblog.platforms.memory import MemoryPlatform
from microblog.service.agenda import advance
from microblog.service.announce import prepare, set_date
from microblog.service.dispatch import dispatch
from microblog.service.draft import build, submit, write
from microblog.service.office import Office, Practice
from microblog.service.plan import adopt, advance_plan
from microblog.service.polling import group_all, poll
from microblog.service.ports import CommentPage, Store
from microblog.service.read_back import reconcile
from microblog.service.review import approve
from microblog.service.rulesets import load_rule_sets
from microblog.service.select import select
from microblog.service.wording import load_wording
from microblog.service.workdays import Workdays
from microblog.store.memory import MemoryStore
from microblog.text.lexicon import Lexicon, load_lexicon
from microblog.text.segment import Segmenter, load_segmenter

CONFIG = Path(__file__).parents[1] / "config"
BODIES = ("data-centre", "media-centre")
REVIEWERS = {"data-centre": "王审核", "media-centre": "李审核"}
OFFICE, LEAD, ANALYST, OPERATOR = "区政府办", "联络员", "分析员", "值班员"
TOPIC = "消防安全进社区"
MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)


def china(month: int, day: int, hour: int = 0, minute: int = 0, second: int = 0) -> datetime:
    """A moment of 2024 by the clocks of China."""
    return datetime(2024, month, day, hour, minute, second, tzinfo=SHANGHAI)


PLAN_DAY = china(3, 23, 10)
PREVIEW = china(3, 25, 9)
CLOSES = china(4, 15)
START, END = china(4, 25, 15), china(4, 25, 17)
LIVE = START + MINUTE

CONCERNS: dict[str, tuple[str, ...]] = {
    "电动车充电": (
        "楼道里总有人给电动车充电，到底归谁管？",
        "请问楼道里给电动车充电归谁管？",
        "有人在楼道给电动车充电，归谁管啊？",
    ),
    "通道被占": (
        "小区消防通道天天被私家车堵住怎么办？",
        "消防通道被私家车堵住了怎么办？",
        "私家车把消防通道堵住，怎么办呢？",
    ),
    "灭火器过期": ("楼里的灭火器过期了找谁更换？", "灭火器过期没人更换，找谁？"),
    "独居老人": ("独居老人家里能不能免费安装烟感报警器？", "能不能给独居老人免费安装烟感报警器？"),
}
CHATTER = ("支持！", "哈哈哈哈", "[赞][赞]")

PROSE = (
    "居民可以先向物业反映，物业应当在两个工作日内到场查看并书面答复。",
    "物业不处理的，请拨打12345，街道会在三个工作日内联合消防大队上门核查。",
    "情节严重的依法责令改正，逾期不改的给予处罚，处理结果在小区公示栏公布。",
    "我们还将在五月底前完成全区老旧小区的集中排查，并逐户发放明白纸。",
)


@cache
def lexicon() -> Lexicon:
    """What the product ships."""
    return load_lexicon(CONFIG / "lexicon")


@cache
def segmenter() -> Segmenter:
    """Built once for all tests: the dictionary takes a second to load."""
    return load_segmenter(lexicon().segmenter_words())


@cache
def rule_sets() -> dict[str, RuleSet]:
    """What the product ships."""
    return load_rule_sets(CONFIG / "rules")


@dataclass
class Stage(MemoryPlatform):
    """The memory platform, with answers put in its mouth, pages that can be short or fail, and an eye on every call.

    answers: outcomes of the next deliveries, nothing being posted. sightings: of the next look-ups.
    hidden: comments counted and not shown. page_most: comments a page holds. down: reads and look-ups fail.
    stuck: the cursor of every page but the first stands still. fail_read: number of the read that fails.
    watch: told of every delivery before it is carried out.
    """

    clock: SetClock
    answers: deque[Outcome] = field(default_factory=deque)
    sightings: deque[Sighting] = field(default_factory=deque)
    hidden: set[str] = field(default_factory=set)
    page_most: int = 200
    down: bool = False
    stuck: bool = False
    fail_read: int = 0
    reads: int = 0
    looks: int = 0
    delivered: list[Delivery] = field(default_factory=list)
    histories: list[tuple[Attempt, ...]] = field(default_factory=list)
    watch: Callable[[Delivery], None] = lambda _: None

    def __post_init__(self) -> None:
        super().__init__(self.clock, expires_at=self.clock.now() + 90 * DAY)

    @property
    def calls(self) -> int:
        return self.reads + self.looks + len(self.delivered)

    def deliver(self, delivery: Delivery, history: Sequence[Attempt]) -> Outcome:
        self.watch(delivery)
        self.delivered.append(delivery)
        self.histories.append(tuple(history))
        return self.answers.popleft() if self.answers else super().deliver(delivery, history)

    def look_for(self, delivery: Delivery, *, sent_at: datetime, now: datetime) -> Sighting:
        self.looks += 1
        if self.down:
            raise PlatformDown("平台没有回应，稍后再试")
        return self.sightings.popleft() if self.sightings else super().look_for(delivery, sent_at=sent_at, now=now)

    def comments(
        self, status_id: str, *, since_id: str | None = None, max_id: str | None = None, count: int = 200
    ) -> CommentPage:
        self.reads += 1
        if self.down or self.reads == self.fail_read:
            raise PlatformDown("平台没有回应，稍后再试")
        page = super().comments(status_id, since_id=since_id, max_id=max_id, count=min(count, self.page_most))
        if self.stuck and max_id is not None:
            page = replace(page, next_max_id=max_id)
        return replace(page, comments=tuple(one for one in page.comments if one.platform_id not in self.hidden))

    def edit(self, platform_id: str, text: str) -> None:
        """Somebody rewrites their comment."""
        self._entries[platform_id] = replace(self._entries[platform_id], text=text)

    def texts(self) -> list[str]:
        """The words of everything we posted, oldest first."""
        return [entry.text for entry in self.posted()]


@dataclass
class Scene:
    """One office with its clock and platform in reach."""

    office: Office
    clock: SetClock
    platform: Stage

    @property
    def store(self) -> Store:
        return self.office.store

    @property
    def interview(self) -> Interview:
        """The first interview as it stands now."""
        return self.store.interviews.get(1)

    def at(self, moment: datetime) -> None:
        """Move the clock to a moment."""
        self.clock.set(moment)

    def later(self, by: timedelta) -> None:
        """Let time pass."""
        self.clock.set(self.clock.now() + by)

    def post(self, name: str) -> Post:
        """A post of the first interview, by the end of its key."""
        return self.store.outbox.get(f"interview 1 · {name}")

    def state(self, name: str) -> PostState:
        """Where that post is."""
        return self.post(name).state

    def states(self) -> dict[str, str]:
        """Every post and where it is."""
        return {post.key.removeprefix("interview 1 · "): post.state.value for post in self.store.outbox.posts()}


SCRATCH = TemporaryDirectory(prefix="microblog-filing-")
"""Filing folders of scenes that do not look at them; gone with the process."""


def scene_of(
    store: Store | None = None, *, start: datetime = PLAN_DAY, files: Path | None = None, **practice: object
) -> Scene:
    """A new office; practice: fields of `Practice` that differ. files: a scratch folder where none is given."""
    clock = SetClock(start)
    platform = Stage(clock)
    kept = files or Path(SCRATCH.name)
    habits = Practice("浦口发布", "https://www.example.gov.cn/ft", files=kept, worker="worker 1")
    office = Office(
        store=store or MemoryStore(),
        platform=platform,
        clock=clock,
        practice=replace(habits, **practice),  # type: ignore[arg-type]  # dataclasses.replace checks the names
        rule_sets=rule_sets(),
        workdays=Workdays(),
        wording=load_wording(CONFIG / "templates"),
        lexicon=lexicon(),
        load_segmenter=segmenter,
    )
    return Scene(office, clock, platform)


def beside(scene: Scene, store: Store | None = None, **practice: object) -> Scene:
    """Another worker of the same office, or the same one started anew: nothing in memory is shared but the world."""
    office = replace(
        scene.office,
        store=store or scene.store,
        practice=replace(scene.office.practice, **practice),  # type: ignore[arg-type]  # replace checks the names
    )
    return Scene(office, scene.clock, scene.platform)


def a_post(key: str = "interview 1 · preview", **changes: object) -> Post:
    """A draft due now at the event's start, with an hour of patience."""
    post = Post(
        key=key,
        interview=1,
        kind=PostKind.PREVIEW,
        verb=Verb.SHARE,
        text=f"【微访谈】{key}，详情：https://www.example.gov.cn/ft/interviews/1 ",
        author=LEAD,
        due_at=START,
        latest_at=START + HOUR,
        bodies=BODIES,
    )
    return post.evolve(**changes)


def seals_of(post: Post, bodies: Sequence[str] = BODIES) -> tuple[Seal, ...]:
    """The bodies' yes to the post's words as they stand."""
    return tuple(Seal(post.key, post.hash, body, REVIEWERS[body], post.due_at - HOUR) for body in bodies)


def put(scene: Scene, post: Post, bodies: Sequence[str] = BODIES) -> Post:
    """Enqueue a post as sealed, with the seals of these bodies on its words."""
    for seal in seals_of(post, bodies):
        scene.store.reviews.seal(seal)
    scene.store.outbox.enqueue(post.evolve(state=PostState.SEALED))
    return post


def a_plan(rows: int = 1) -> Plan:
    """A plan of so many April interviews."""
    return Plan(
        2024,
        title="2024年在线访谈计划",
        issuer="区政府办公室",
        issued=date(2024, 3, 23),
        rows=tuple(
            PlanRow(no, PlannedTime("4月", months=(4,)), TOPIC, ("消防大队", "江浦街道"), ("消防大队",))
            for no in range(1, rows + 1)
        ),
    )


def adopted(scene: Scene, *, form: Form = Form.WEIBO, rows: int = 1, approved: bool = True) -> Interview:
    """Import a plan, and take it to its publication if it is to be approved."""
    plan = adopt(scene.office, a_plan(rows), rule_set="pukou", form=form, by=OFFICE)
    for _ in range(3 if approved else 0):
        advance_plan(scene.office, plan.id, by=OFFICE)
    return scene.interview


def dated(scene: Scene, number: int = 1, *, confirmed: bool = True) -> None:
    """Set the day and hours of the event."""
    day, start, end = START.date(), START.time(), END.time()
    set_date(scene.office, number, day=day, start=start, end=end, confirmed=confirmed, by=OFFICE)


def prepared(scene: Scene, number: int = 1) -> None:
    """Hand in what a preview needs."""
    guests = (Guest("张三", "大队长", "消防大队"), Guest("李四", "主任", "江浦街道"))
    prepare(scene.office, number, by=LEAD, introduction="消防安全关系千家万户。", guests=guests, host="小浦")


def seal_all(scene: Scene, number: int = 1) -> None:
    """Both bodies seal everything that waits for them."""
    for body, reviewer in REVIEWERS.items():
        approve(scene.office, scene.store.interviews.get(number), body=body, by=reviewer)


def work(scene: Scene) -> None:
    """One round of everything the worker does."""
    office = scene.office
    reconcile(office)
    advance(office)
    dispatch(office)
    poll(office)
    group_all(office)
    advance(office)


def announced(scene: Scene) -> Interview:
    """As far as an open question channel."""
    adopted(scene)
    dated(scene)
    prepared(scene)
    work(scene)
    seal_all(scene)
    scene.at(PREVIEW)
    work(scene)
    return scene.interview


def crowd(scene: Scene) -> list[str]:
    """Netizens comment under the preview, each wording by another person; returns the ids of their comments."""
    status = str(scene.post("preview").platform_id)
    wordings = [wording for concern in CONCERNS.values() for wording in concern] + list(CHATTER)
    return [
        scene.platform.netizen(status, wording, user_id=f"20{number:05d}", name=f"网友{number}", likes=number % 3)
        for number, wording in enumerate(wordings)
    ]


def collected(scene: Scene) -> Interview:
    """As far as a closed channel with grouped questions."""
    announced(scene)
    scene.at(PREVIEW + HOUR)
    crowd(scene)
    scene.at(CLOSES)
    work(scene)
    return scene.interview


def prose(slot: str, characters: int = 120) -> str:
    """An answer of at least so many characters that reads differently in every slot."""
    answer = f"关于{slot}："
    number = 0
    while len(answer) < characters:
        answer += f"第{number + 1}点，{PROSE[number % len(PROSE)]}"
        number += 1
    return answer


def answered(script: Script, characters: int = 120) -> list[Section]:
    """Every section of a script with an answer of at least so many characters."""
    return [
        replace(section, answer=prose(section.slot, characters), speaker="张三")
        if section.kind is SectionKind.QUESTION
        else replace(section, answer=prose(section.slot, 40))
        for section in script.sections
    ]


def drafted(scene: Scene, characters: int = 120) -> Script:
    """As far as a script with every answer written."""
    collected(scene)
    select(scene.office, scene.interview, by=ANALYST)
    blank = build(scene.office, scene.interview, by=LEAD)
    return write(scene.office, scene.interview, answered(blank, characters), by=LEAD)


def submitted(scene: Scene, characters: int = 120) -> Script:
    """As far as a script before the bodies, with the posts made from it."""
    drafted(scene, characters)
    return submit(scene.office, scene.interview, by=LEAD, override="专题短访谈，已经区政府办同意")


def sealed(scene: Scene, characters: int = 120) -> Interview:
    """As far as a script and posts under both seals."""
    submitted(scene, characters)
    seal_all(scene)
    work(scene)
    return scene.interview


def play(scene: Scene, until: datetime, step: timedelta = MINUTE) -> None:
    """The worker runs once every step until a moment; the bodies seal the closing posts as they come."""
    while scene.clock.now() < until:
        scene.later(step)
        work(scene)
        seal_all(scene)


def hour(text: str) -> time:
    """`15:00` as a time of day."""
    return time.fromisoformat(text)
