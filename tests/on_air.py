"""An interview that is about to begin: opening post and two answers, sealed, without the months before."""

from datetime import datetime, timedelta

from microblog.domain.interview import Guest, InterviewState
from microblog.domain.outbox import Change
from microblog.domain.post import Post, PostKind, PostState, Verb
from microblog.domain.script import Script, ScriptState, Section, SectionKind
from microblog.service.dispatch import dispatch
from microblog.service.read_back import reconcile
from tests.shared import END, LEAD, MINUTE, START, Scene, a_post, adopted, dated, put, scene_of

OPENING = "interview 1 · opening"
FIRST, SECOND = "interview 1 · answer 1", "interview 1 · answer 2"
QUESTIONS = ("楼道里总有人给电动车充电，到底归谁管？", "消防通道天天被私家车堵住怎么办？")
LATE = timedelta(minutes=30)


def part_of(answer: str, number: int) -> str:
    """The key of a part."""
    return f"{answer} · part {number}"


def opening() -> Post:
    """The opening post, due at the event's start, ten minutes of patience."""
    text = "【访谈开始】张三在线答复，详情：https://www.example.gov.cn/ft/interviews/1 "
    return a_post(OPENING, kind=PostKind.OPENING, text=text, latest_at=START + 10 * MINUTE)


def answer(name: str, number: int, order: int) -> Post:
    """One part of an answer, due so many minutes after the start."""
    first = number == 1
    return a_post(
        part_of(name, number),
        kind=PostKind.ANSWER,
        verb=Verb.COMMENT if first else Verb.REPLY,
        text=f"【答】{name}：物业应当在两个工作日内到场查看，第 {number} 段。({number}/2)",
        follows=OPENING if first else part_of(name, number - 1),
        under=OPENING,
        due_at=START + order * MINUTE,
        latest_at=END + LATE,
        order=order,
    )


def on_air(at: datetime = START, **practice: object) -> Scene:
    """The clock stands at the event's start, or where told; nothing is sent yet."""
    scene = scene_of(**practice)  # type: ignore[arg-type]  # scene_of hands them to Practice, which checks them
    adopted(scene)
    dated(scene)
    interview = scene.interview
    guests = (Guest("张三", "大队长", "消防大队"),)
    scene.store.interviews.save(interview.evolve(state=InterviewState.SEALED, guests=guests, host="小浦"))
    sections = tuple(
        Section(f"question {rank}", SectionKind.QUESTION, question, asker=f"网友{rank}", rank=rank, askers=rank)
        for rank, question in enumerate(QUESTIONS, 1)
    )
    scene.store.reviews.add_script(Script(1, 1, sections, LEAD, START, ScriptState.FINAL))
    put(scene, opening())
    for order, (name, number) in enumerate([(FIRST, 1), (FIRST, 2), (SECOND, 1), (SECOND, 2)], 1):
        put(scene, answer(name, number, order))
    scene.at(at)
    return scene


def run(scene: Scene, minutes: int = 1) -> None:
    """The worker sends and looks, once a minute from now on."""
    for minute in range(minutes):
        if minute:
            scene.later(MINUTE)
        reconcile(scene.office)
        dispatch(scene.office)


def force(scene: Scene, key: str, state: PostState, **changes: object) -> None:
    """Put a post in a state as if it had come there."""
    assert scene.store.outbox.move(key, Change(state, **changes), expect=list(PostState))  # type: ignore[arg-type]
