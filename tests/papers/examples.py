"""An invented interview on the roads to school, shared by the tests of the papers."""

import datetime as dt

from microblog.domain.interview import Guest, Interview
from microblog.domain.post import Post, PostKind, PostState, Verb
from microblog.domain.script import Script, Section, SectionKind

WRITTEN = dt.datetime(2024, 4, 20, 1, 30, tzinfo=dt.UTC)
START = dt.datetime(2024, 4, 25, 7, 0, tzinfo=dt.UTC)

INTERVIEW = Interview(
    plan=1,
    no=3,
    id=3,
    topic="校门口的路与孩子的安全",
    units=("区教育局", "区交警大队"),
    lead="区教育局",
    rule_set="pukou",
    year=2024,
    date=dt.date(2024, 4, 25),
    start=dt.time(15),
    end=dt.time(16),
    guests=(Guest("高远", "副局长", "区教育局"), Guest("苏问", "教授", "交通学院", expert=True)),
    host="何安",
)


def question(rank: int, asked: str, answer: str, *, asker: str = "柠檬不酸", askers: int = 1) -> Section:
    return Section(
        slot=f"question {rank}",
        kind=SectionKind.QUESTION,
        question=asked,
        answer=answer,
        unit="区交警大队",
        speaker="林知夏",
        asker=asker,
        comment=f"weibo:50{rank}",
        rank=rank,
        askers=askers,
        author="写稿人",
    )


OPENING = Section("opening", SectionKind.OPENING, answer="各位网友，下午好！欢迎关注本期访谈。", author="写稿人")
BACKGROUND = Section(
    slot="background 1",
    kind=SectionKind.BACKGROUND,
    question="先请高局长介绍一下背景。",
    answer="好的，主要有三件事：\n一是增设护学岗；\n二是错峰放学；\n三是改造路口。",
    unit="区教育局",
    speaker="高远",
    author="写稿人",
)
PARKING = question(1, "实验小学门口下午堵得走不动，能不能设限时车位？", "已划出 16 个，可停 20 分钟。", askers=32)
LIGHTS = question(2, "路口的灯太快，老人过不去。", "周末前把绿灯延长 8 秒。\n还不够，请再告诉我们。", asker="一片云")
HELMETS = question(3, "后座的孩子要不要戴头盔？", "要戴。", asker="小鹿")
CLOSING = Section("closing", SectionKind.CLOSING, answer="感谢各位网友，再见。", author="写稿人")
SECTIONS = (OPENING, BACKGROUND, PARKING, LIGHTS, HELMETS, CLOSING)


def script(*sections: Section) -> Script:
    return Script(interview=3, version=2, sections=sections or SECTIONS, author="写稿人", written_at=WRITTEN)


def post(
    name: str,
    kind: PostKind = PostKind.ANSWER,
    *,
    state: PostState = PostState.POSTED,
    seconds: int = 0,
    order: int = 0,
    text: str = "词句",
) -> Post:
    return Post(
        key=f"interview 3 · {name}",
        interview=3,
        kind=kind,
        verb=Verb.COMMENT,
        text=text,
        author="写稿人",
        due_at=START,
        latest_at=START + dt.timedelta(hours=2),
        bodies=("数据中心", "融媒体中心"),
        state=state,
        order=order,
        posted_at=START + dt.timedelta(seconds=seconds) if state.on_platform else None,
    )
