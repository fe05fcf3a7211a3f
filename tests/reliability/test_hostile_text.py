"""What strangers write, through the whole path: platform, collection, groups, script, posts, papers.

Nothing crashes, nothing is executed, and the words are kept as they were written.
"""

import json
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path

import pytest
from docx import Document
from openpyxl import load_workbook

from bench.chaos.killing import nothing_drawn
from bench.chaos.people import People
from bench.chaos.record import Record
from bench.chaos.stage import MachineClock, Stage, set_up
from bench.chaos.times import END, HOUR, PREVIEW
from microblog.domain.interview import InterviewState
from microblog.domain.post import PostState
from microblog.service.agenda import advance
from microblog.service.dispatch import dispatch
from microblog.service.filing import write_folder
from microblog.service.office import Office
from microblog.service.polling import group_all, poll
from microblog.service.read_back import reconcile
from microblog.store.sql import open_store

HOSTILE = {
    "long": "请问消防通道被占怎么办？" + "长" * 50_000,
    "zero width": "请问楼道\u200b里\u200d能\ufeff充电\u2060吗？",
    "bidi": "请问\u202e这段话\u202c会\u2066倒过来\u2069显示吗？",
    "half an emoji": "请问路灯\ud83d什么时候修好\udca1？",
    "script": "请问<script>document.title='owned'</script>什么时候修路？",
    "image": '请问<img src=x onerror="alert(1)">停车位够吗？',
    "entities": "请问 &lt;b&gt;&amp;amp; 是什么意思？",
    "formula": '=cmd|"/C calc"!A0',
    "formula asked": '=HYPERLINK("http://evil.example","请问点这里吗？")',
    "plus": "+1+1 请问电费怎么算？",
    "at": "@SUM(1,1)请问物业费标准是多少？",
    "tab": "\t=1+1请问排水管堵了找谁？",
    "sql": "'); DROP TABLE comments; -- 请问数据安全吗？",
    "template": "{{ 7*7 }}{% include '/etc/passwd' %}${7*7}请问能办吗？",
    "format": "%s %(x)s {0} {x!r} 请问多少钱？",
    "emoji": "👨‍👩‍👧‍👦🏳️‍🌈🇨🇳👩🏽‍🚒请问家庭怎么参加演练？",
    "only emoji": "👍👍👍😂",
    "combining": "请问Z͑ͫ̓ͪ̂ͫ̽͏̴̙̤̞͉͚̯̞̠͍A̴̵̜̰͔ͫ͗͢L̠ͨͧͩ͘G̴̻͈͍͔̹̑͗̎̅͛́Ǫ̵̹̻̝̳͂̌̌͘字怎么写？",
    "nul": "请问\x00空字符\x1a呢？",
    "newlines": "请问\r\n一行\u2028两行\u2029三行\n？",
    "mention": "回复@某某:请问//@别人:转发微博 #话题# http://t.cn/A6abc 呢？",
    "crlf": "请问\r\nSet-Cookie: a=b\r\n\r\n头部？",
    "path": "../../etc/passwd 请问？",
    "xml": ']]><!ENTITY x SYSTEM "file:///etc/passwd">请问&x;？',
    "blank": " \u3000\u200b ",
}
NAMES = ("=cmd()", "<b>网友</b>", "\u202e友网", "网友\ud83d", "'; --", "@网友")


@dataclass
class Walk:
    """The path, walked to its end."""

    stage: Stage
    office: Office
    folder: Path
    status: int


@pytest.fixture(scope="module")
def walked(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Walk]:
    """An interview under whose preview every hostile text was written, played to its closing post and filed."""
    place = tmp_path_factory.mktemp("hostile")
    store = open_store(f"sqlite:///{place / 'microblog.db'}")
    stage = set_up(replace(nothing_drawn(0, 0), parts=(1,) * len(HOSTILE)), store)
    stage.world.set_options(stage.world.options.changed({"calls_per_day": 0, "page_max": 7}))
    worker = stage.office(MachineClock(stage.world), "worker")
    office = replace(worker, practice=replace(worker.practice, files=place / "filing", pace=timedelta(seconds=1)))
    people = People(stage, Record(stage), timedelta(0))
    advance(office)
    people.act()
    stage.world.clock.set(PREVIEW.timestamp())
    dispatch(office)
    status = next(iter(stage.world.statuses))
    for number, text in enumerate(HOSTILE.values()):
        stage.world.clock.advance(1)
        stage.sandbox.cast.add_comment(status, f"{NAMES[number % len(NAMES)]}{number}", text)
    _play(stage, office, people)
    yield Walk(stage, office, write_folder(office, store.interviews.get(1)), status)
    store.close()


def _play(stage: Stage, office: Office, people: People) -> None:
    jobs = (reconcile, advance, dispatch, poll, group_all)
    for _ in range(2000):
        for job in jobs:
            job(office)
        people.act()
        if office.store.interviews.get(1).state is InterviewState.ENDED:
            return
        live = stage.now() > END - 3 * HOUR
        stage.world.clock.advance(30 if live else 6 * 3600)
    raise AssertionError(office.store.interviews.get(1).state)


def test_the_interview_is_held_to_its_end(walked: Walk) -> None:
    posts = walked.office.store.outbox.posts(interview=1)
    assert {post.state for post in posts if post.kind.value != "roundup"} == {PostState.POSTED}
    assert len([post for post in posts if post.key.endswith("part 1")]) > 5


def test_every_comment_is_kept_as_it_was_written(walked: Walk) -> None:
    """Half an emoji, which no file can hold, is kept in the payload and shown as a replacement character."""
    held = {comment.platform_id: comment.text for comment in walked.office.store.comments.of(1) if not comment.own}
    written = {str(row.id): row.text for row in walked.stage.world.comments.values() if not row.app}
    storable = {
        key: text.encode("utf-16", "surrogatepass").decode("utf-16", "replace") for key, text in written.items()
    }
    decoded = {
        key: text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&") for key, text in storable.items()
    }
    assert held == decoded
    raw = {key: walked.office.store.comments.raw("weibo", key)["text"] for key in written}
    assert raw == written


def test_the_quoted_questions_are_exact_parts_of_what_was_asked(walked: Walk) -> None:
    held = {comment.id: comment.text for comment in walked.office.store.comments.of(1)}
    chosen = walked.office.store.questions.selections(1)
    assert chosen
    assert all(item.quote in held[item.comment] for item in chosen)


def test_everything_posted_can_be_sent_and_fits(walked: Walk) -> None:
    for write in walked.stage.world.writes:
        write.sent.encode()
        assert len(write.sent) <= 600


def test_no_cell_of_the_workbook_is_a_formula(walked: Walk) -> None:
    book = load_workbook(walked.folder / "clusters.xlsx")
    cells = [cell for sheet in book.worksheets for row in sheet.iter_rows() for cell in row if cell.value is not None]
    assert len(cells) > 100
    assert [cell.coordinate for cell in cells if cell.data_type == "f"] == []
    commands = [cell for cell in cells if isinstance(cell.value, str) and cell.value[:1] in tuple("=+@")]
    assert commands
    assert all(cell.data_type == "s" and cell.quotePrefix for cell in commands)


def test_the_page_of_the_record_runs_nothing(walked: Walk) -> None:
    page = (walked.folder / "transcript.html").read_text("utf-8")
    assert "document.title" in page
    assert "<script>document" not in page
    assert "<img src=x" not in page


def test_every_paper_can_be_opened(walked: Walk) -> None:
    json.loads((walked.folder / "evidence.json").read_text("utf-8"))
    (walked.folder / "posts.txt").read_text("utf-8")
    (walked.folder / "transcript.txt").read_text("utf-8")
    assert Document(str(walked.folder / "script.docx")).paragraphs
    assert zipfile.ZipFile(walked.folder / "clusters.xlsx").testzip() is None


def test_templates_in_what_people_write_are_words(walked: Walk) -> None:
    assert not any("49" in write.sent and "7*7" not in write.sent for write in walked.stage.world.writes)


def test_nobody_was_deleted_from_the_database(walked: Walk) -> None:
    assert len([one for one in walked.office.store.comments.of(1) if not one.own]) == len(HOSTILE)
