"""Comments from a back office: columns guessed and shown, each comment once, however often and however it arrives."""

import json
from datetime import datetime

import pytest

from microblog.domain.errors import InvalidInput
from microblog.domain.question import completeness, distinct
from microblog.papers.sheet import Row
from microblog.service.collect import collect, ledger
from microblog.service.group import remarks_of
from microblog.service.importing import Columns, Imported, guess, source_of, take_in, understand
from microblog.service.polling import next_poll
from tests.shared import CLOSES, HOUR, LEAD, MINUTE, PREVIEW, START, Scene, announced, scene_of

HEADERS = ("评论ID", "评论内容", "用户昵称", "评论时间", "点赞数")


@pytest.fixture
def channel() -> Scene:
    """An open question channel, an hour old."""
    scene = scene_of()
    announced(scene)
    scene.at(PREVIEW + HOUR)
    return scene


def row(number: int, text: str, user: str = "江边", time: str = "2024-03-25 09:30", likes: int = 0) -> Row:
    return dict(zip(HEADERS, (str(5118500000900000 + number), text, user, time, likes), strict=True))


def load(scene: Scene, rows: list[Row], name: str = "后台", *, elsewhere: bool = False) -> Imported:
    """Guess, understand and store."""
    source = source_of(name, elsewhere=elsewhere)
    reading = understand(scene.office, scene.interview, rows, guess(rows, {}), source)
    return take_in(scene.office, scene.interview, reading, by=LEAD)


def texts(scene: Scene) -> list[str]:
    return sorted(comment.text for comment in distinct(scene.store.comments.of(1)))


def test_columns_are_known_by_their_headers() -> None:
    assert guess([row(1, "归谁管？")], {}) == Columns("评论内容", "用户昵称", None, "评论时间", "评论ID", "点赞数")


def test_an_unknown_text_column_is_the_one_with_the_most_words() -> None:
    rows: list[Row] = [{"A": "江边", "B": "楼道里总有人给电动车充电，到底归谁管？", "时间": "2024-03-25 09:30"}]
    assert guess(rows, {}).text == "B"


def test_what_a_person_says_goes_before_the_guess() -> None:
    rows: list[Row] = [{"内容": "一", "备注": "归谁管？"}]
    assert guess(rows, {"text": "备注"}).text == "备注"
    with pytest.raises(InvalidInput, match="没有“正文”这一列"):
        guess(rows, {"text": "正文"})
    with pytest.raises(InvalidInput, match="可用"):
        guess(rows, {"words": "内容"})


def test_a_file_without_words_is_refused() -> None:
    with pytest.raises(InvalidInput, match="--columns"):
        guess([{"A": None}], {})


def test_rows_become_comments_with_the_platforms_ids(channel: Scene) -> None:
    assert load(channel, [row(1, "归谁管？", likes=3)]) == Imported("import:后台", 1, 1, 0, 0)
    [comment] = channel.store.comments.of(1)
    assert (comment.id, comment.user_name, comment.likes) == ("import:后台:5118500000900001", "江边", 3)
    assert comment.created_at == PREVIEW + 30 * MINUTE


def test_the_same_file_again_changes_nothing(channel: Scene) -> None:
    rows = [row(number, f"第{number}问") for number in range(5)]
    load(channel, rows)
    before = channel.store.comments.of(1)
    channel.later(HOUR)
    assert (load(channel, rows).new, load(channel, rows[::-1]).new) == (0, 0)
    assert [(one.id, one.text, one.first_seen_at) for one in channel.store.comments.of(1)] == [
        (one.id, one.text, one.first_seen_at) for one in before
    ]


def test_next_weeks_export_under_another_name_brings_only_what_is_new(channel: Scene) -> None:
    load(channel, [row(1, "一")], "评论0401")
    assert load(channel, [row(1, "一"), row(2, "二")], "评论0408") == Imported("import:评论0408", 2, 1, 1, 0)
    assert texts(channel) == ["一", "二"]


def test_what_weibo_served_before_is_recognised_by_its_id(channel: Scene) -> None:
    number = channel.platform.netizen(str(channel.post("preview").platform_id), "归谁管？", name="江边")
    collect(channel.office, channel.interview)
    done = load(channel, [row(1, "归谁管？") | {"评论ID": number}, row(2, "平台没给的")])
    assert (done.new, done.known) == (1, 1)
    assert texts(channel) == ["平台没给的", "归谁管？"]


def test_what_weibo_serves_later_is_still_counted_once(channel: Scene) -> None:
    status = str(channel.post("preview").platform_id)
    number = channel.platform.netizen(status, "归谁管？", name="江边")
    load(channel, [row(1, "归谁管？") | {"评论ID": number}])
    collect(channel.office, channel.interview)
    assert texts(channel) == ["归谁管？"]
    assert [remark.id for remark in remarks_of(channel.office, channel.interview)] == [f"weibo:{number}"]


def test_without_ids_the_same_person_saying_the_same_in_the_same_minute_is_the_same(channel: Scene) -> None:
    channel.platform.netizen(str(channel.post("preview").platform_id), "归谁管？", name="江边")
    collect(channel.office, channel.interview)
    same = {"内容": "归谁管？", "昵称": "江边", "时间": f"{PREVIEW + HOUR:%Y-%m-%d %H:%M}"}
    assert load(channel, [same, same | {"昵称": "山上"}]).new == 1


@pytest.mark.parametrize("order", [("import", "weibo"), ("weibo", "import")])
def test_an_export_fills_the_gap_in_the_ledger(channel: Scene, order: tuple[str, str]) -> None:
    status = str(channel.post("preview").platform_id)
    ids = [channel.platform.netizen(status, f"第{n}问", name=f"网友{n}") for n in range(5)]
    channel.platform.hidden |= set(ids[:3])
    rows = [row(n, f"第{n}问", f"网友{n}") | {"评论ID": ids[n]} for n in range(4)]
    for step in order:
        collect(channel.office, channel.interview, full=True) if step == "weibo" else load(channel, rows)
    held = ledger(channel.office, channel.interview)
    assert (held.total, held.stored, held.imported, held.unseen) == (5, 5, 3, 0)


def test_a_full_sweep_never_calls_an_imported_comment_deleted(channel: Scene) -> None:
    load(channel, [row(1, "平台没给的")])
    channel.later(HOUR)
    collect(channel.office, channel.interview, full=True)
    assert ledger(channel.office, channel.interview).deleted == 0


def test_what_came_from_elsewhere_fills_no_gap(channel: Scene) -> None:
    channel.platform.netizen(str(channel.post("preview").platform_id), "看不到的")
    channel.platform.hidden |= {entry.platform_id for entry in channel.platform._entries.values()}
    collect(channel.office, channel.interview)
    load(channel, [row(1, "热线来电")], "12345", elsewhere=True)
    held = ledger(channel.office, channel.interview)
    assert (held.stored, held.imported, held.unseen) == (1, 0, 1)
    assert channel.store.comments.of(1)[0].source == "file:12345"


@pytest.mark.parametrize(
    ("ids", "warned"),
    [
        (("5.1185E+15", "5.1185E+15"), "科学计数"),
        (("5118500000000120", "5118500000000450"), "截断"),
        (("5118500000900001", "5118500000900001"), "重复"),
        (("1", "2"), "太短"),
        (("5118500000900001", ""), "不是数字"),
    ],
)
def test_ids_that_a_spreadsheet_has_spoilt_are_not_trusted(channel: Scene, ids: tuple[str, str], warned: str) -> None:
    rows = [row(n, f"第{n}问") | {"评论ID": one} for n, one in enumerate(ids)]
    reading = understand(channel.office, channel.interview, rows, guess(rows, {}), "import:后台")
    assert any(warned in warning for warning in reading.warnings)
    assert len({comment.platform_id for comment in reading.comments} & set(ids)) == 0
    assert take_in(channel.office, channel.interview, reading, by=LEAD).new == 2
    assert load(channel, rows).new == 0


def test_empty_rows_are_passed_over_and_counted(channel: Scene) -> None:
    assert load(channel, [row(1, "一"), row(2, "  "), row(3, "")]).skipped == 2


def test_a_person_known_from_weibo_stays_one_person(channel: Scene) -> None:
    channel.platform.netizen(str(channel.post("preview").platform_id), "一", user_id="7001", name="江边")
    collect(channel.office, channel.interview)
    load(channel, [row(1, "平台没给的", "江边"), row(2, "又一条", "山上")])
    assert {one.user_id for one in channel.store.comments.of(1)} == {"7001", "@山上"}


def test_nobodys_names_are_people_of_their_own(channel: Scene) -> None:
    load(channel, [{"内容": "一"}, {"内容": "二"}])
    assert {remark.asker for remark in remarks_of(channel.office, channel.interview)} >= {
        f"remark {one.id}" for one in channel.store.comments.of(1)
    }


@pytest.mark.parametrize(
    ("time", "late"),
    [(CLOSES - MINUTE, False), (CLOSES, True), (START - MINUTE, True), (START + MINUTE, False)],
)
def test_late_is_after_the_closing_and_before_the_event(channel: Scene, time: datetime, late: bool) -> None:
    channel.at(START + HOUR)
    load(channel, [row(1, "一", time=f"{time:%Y-%m-%d %H:%M}")])
    assert channel.store.comments.of(1)[0].late is late


def test_our_own_account_asks_nothing(channel: Scene) -> None:
    load(channel, [row(1, "请大家文明留言", channel.office.practice.account)])
    assert remarks_of(channel.office, channel.interview) == []


def test_an_import_does_not_put_off_the_next_poll(channel: Scene) -> None:
    collect(channel.office, channel.interview)
    before = next_poll(channel.office, channel.interview)
    channel.later(10 * MINUTE)
    load(channel, [{"内容": "一"}])
    assert next_poll(channel.office, channel.interview) <= before + MINUTE


def test_the_rows_as_exported_are_kept(channel: Scene) -> None:
    load(channel, [row(1, "=cmd|'/c calc'!A1", likes=2)])
    [comment] = channel.store.comments.of(1)
    kept = channel.store.comments.raw("import:后台", comment.platform_id)
    assert kept == {header: str(cell) for header, cell in row(1, "=cmd|'/c calc'!A1", likes=2).items()}
    assert json.dumps(kept)


def test_each_comment_once_is_a_pure_matter(channel: Scene) -> None:
    load(channel, [row(1, "一")])
    comments = channel.store.comments.of(1)
    assert distinct(comments) == comments
    assert completeness(tuple(comments), 3).unseen == 2
