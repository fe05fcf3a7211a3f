"""The analyst's desk: what it shows, what a deed changes at once, and that everything can be undone."""

import re
from collections.abc import Iterator

import pytest

from microblog.domain.people import Role
from microblog.service.collect import collect
from microblog.service.corrections import standing
from microblog.service.group import propose, regroup
from microblog.web.console.clusters_view import spark
from tests.shared import Scene, collected, scene_of
from tests.web.site import Browser, signed_in

DESK = "/console/clusters/1"
CHARGING, BLOCKED = "楼道里总有人给电动车充电，到底归谁管？", "小区消防通道天天被私家车堵住怎么办？"


@pytest.fixture
def scene() -> Scene:
    opened = scene_of()
    collected(opened)
    return opened


@pytest.fixture
def browser(scene: Scene) -> Iterator[Browser]:
    with signed_in(scene, Role.ANALYST, name="小周") as browser:
        grown(scene)
        yield browser


def grown(scene: Scene) -> None:
    """Let the tree be grown before the page asks for it."""
    regroup(scene.office, scene.interview)


def topics(page: str) -> list[tuple[str, str]]:
    """Id and name of every topic listed."""
    return re.findall(r'id="open-(t-[0-9a-f]+)" data-name="([^"]*)"', page)


def questions(page: str) -> list[str]:
    """Ids of the questions listed."""
    return re.findall(r'id="open-(q-[0-9a-f]+)"', page)


def remarks(page: str) -> list[str]:
    """Ids of the comments listed."""
    return re.findall(r'name="remarks" value="([^"]+)"', page)


def place(scene: Scene, text: str) -> tuple[str, str]:
    """Topic and question of a comment, as a new grouping says."""
    comment = next(one for one in scene.store.comments.of(1) if one.text == text)
    found = next(one for one in regroup(scene.office, scene.interview).placements if one.id == comment.id)
    return found.topic or "", found.question or ""


def comment_id(scene: Scene, text: str) -> str:
    return next(one.id for one in scene.store.comments.of(1) if one.text == text)


def test_the_interviews_are_listed_with_their_comments(scene: Scene, browser: Browser) -> None:
    page = browser.get("/console/clusters").text
    assert "消防安全进社区" in page
    assert f"<span>{len(scene.store.comments.of(1))}</span></td>" in page


def test_topics_questions_and_members_stand_side_by_side(scene: Scene, browser: Browser) -> None:
    page = browser.get(DESK).text
    assert len(topics(page)) >= len(questions(page)) > 0
    opened = browser.get(f"{DESK}?topic={place(scene, CHARGING)[0]}").text
    assert comment_id(scene, CHARGING) in remarks(opened)
    assert "<mark>" in opened
    assert "同问" in opened


def test_chatter_is_kept_apart_from_what_wants_an_answer(browser: Browser) -> None:
    assert "哈哈哈哈" not in browser.get(DESK).text
    assert "哈哈哈哈" in browser.get(f"{DESK}?tab=chatter").text


def test_merging_two_topics_shows_at_once_and_holds_in_every_grouping(scene: Scene, browser: Browser) -> None:
    first, second = place(scene, CHARGING)[0], place(scene, BLOCKED)[0]
    assert first != second
    answer = browser.submit(f"{DESK}/deeds", page=DESK, deed="merge-topics", topics=[first, second])
    assert answer.status_code == 303
    assert place(scene, CHARGING)[0] == place(scene, BLOCKED)[0]
    assert len(propose(scene.office, scene.interview).candidates) < 4
    page = browser.get(DESK).text
    assert {first, second} - {name for name, _ in topics(page)}


def test_htmx_gets_the_desk_alone_with_what_was_done(scene: Scene, browser: Browser) -> None:
    first = place(scene, CHARGING)[0]
    headers = {"HX-Request": "true", "X-Form-Token": browser.form_token("/console/account")}
    data = {"deed": "rename-topic", "topics": first, "name": "电动车充电"}
    answer = browser.post(f"{DESK}/deeds?topic={first}", data=data, headers=headers)
    assert answer.status_code == 200
    assert answer.text.lstrip().startswith('<div id="desk"')
    assert "改名为“电动车充电”" in answer.text
    assert (first, "电动车充电") in topics(answer.text)


@pytest.mark.parametrize(
    ("deed", "expected"),
    [("split-remarks", "拆成单独问题"), ("pin-remark", "为代表"), ("exclude-remarks", "排除")],
)
def test_a_comment_can_be_split_off_pinned_and_excluded(
    scene: Scene, browser: Browser, deed: str, expected: str
) -> None:
    chosen = comment_id(scene, CHARGING)
    browser.submit(f"{DESK}/deeds", page=DESK, deed=deed, remarks=[chosen])
    assert expected in scene.store.corrections.of(1)[-1].title
    if deed == "split-remarks":
        question = place(scene, CHARGING)[1]
        members = [one for one in regroup(scene.office, scene.interview).placements if one.question == question]
        assert [one.id for one in members] == [chosen]
    elif deed == "pin-remark":
        assert chosen in [one.remark_id for one in propose(scene.office, scene.interview).candidates]
    else:
        assert place(scene, CHARGING) == ("", "")
        assert CHARGING in browser.get(f"{DESK}?tab=excluded").text


def test_what_is_excluded_is_asked_for_nowhere(scene: Scene, browser: Browser) -> None:
    everyone = propose(scene.office, scene.interview).coverage_line
    browser.submit(f"{DESK}/deeds", page=DESK, deed="exclude-remarks", remarks=[comment_id(scene, CHARGING)])
    assert propose(scene.office, scene.interview).coverage_line != everyone


def test_moving_a_question_and_a_comment(scene: Scene, browser: Browser) -> None:
    _, question = place(scene, CHARGING)
    target = place(scene, BLOCKED)
    browser.submit(f"{DESK}/deeds", page=DESK, deed=f"move-questions:{target[0]}", questions=[question])
    assert place(scene, CHARGING)[0] == place(scene, BLOCKED)[0]
    browser.submit(
        f"{DESK}/deeds", page=DESK, deed=f"move-remarks:{target[1]}", remarks=[comment_id(scene, CHARGING)]
    )
    assert place(scene, CHARGING)[1] == place(scene, BLOCKED)[1]


def test_two_that_were_told_apart_stay_apart(scene: Scene, browser: Browser) -> None:
    pair = [comment_id(scene, text) for text in (CHARGING, "请问楼道里给电动车充电归谁管？")]
    browser.submit(f"{DESK}/deeds", page=DESK, deed="part-remarks", remarks=pair)
    assert place(scene, CHARGING)[1] != place(scene, "请问楼道里给电动车充电归谁管？")[1]


def test_every_deed_can_be_undone_and_done_again(scene: Scene, browser: Browser) -> None:
    before = place(scene, CHARGING)
    merge = {"deed": "merge-topics", "topics": [before[0], place(scene, BLOCKED)[0]]}
    browser.submit(f"{DESK}/deeds", page=DESK, **merge)
    after = place(scene, BLOCKED)
    browser.submit(f"{DESK}/undo", page=DESK)
    assert place(scene, CHARGING) == before
    assert place(scene, BLOCKED) != place(scene, CHARGING)
    history = browser.get(f"{DESK}?tab=history").text
    assert "小周" in history
    assert "撤销" in history
    number = scene.store.corrections.of(1)[0].id
    browser.submit(f"{DESK}/redo", page=DESK, correction=number)
    assert place(scene, BLOCKED) == after


def test_a_correction_that_no_longer_applies_says_so(scene: Scene, browser: Browser) -> None:
    chosen = comment_id(scene, CHARGING)
    browser.submit(f"{DESK}/deeds", page=DESK, deed="pin-remark", remarks=[chosen])
    browser.submit(f"{DESK}/deeds", page=DESK, deed="exclude-remarks", remarks=[chosen])
    grown(scene)
    assert "不再成立" in browser.get(f"{DESK}?tab=history").text


def test_the_slider_cuts_anew_and_is_a_correction_like_any_other(scene: Scene, browser: Browser) -> None:
    count = len(questions_in(scene))
    browser.submit(f"{DESK}/grain", page=DESK, grain=5)
    assert len(questions_in(scene)) > count
    assert standing(scene.office, scene.interview).grain == 5
    browser.submit(f"{DESK}/grain", page=DESK, grain=5)
    assert len(scene.store.corrections.of(1)) == 1
    browser.submit(f"{DESK}/undo", page=DESK)
    assert len(questions_in(scene)) == count
    assert browser.submit(f"{DESK}/grain", page=DESK, grain=9).status_code == 422


def questions_in(scene: Scene) -> list[str]:
    grouping = regroup(scene.office, scene.interview)
    return [question.id for topic in grouping.topics for question in topic.questions]


@pytest.mark.parametrize(
    "fields",
    [
        {"deed": "merge-topics", "topics": ["t-1"]},
        {"deed": "merge-topics", "topics": ["t-1", "t-2"]},
        {"deed": "split-remarks"},
        {"deed": "exclude-remarks", "remarks": ["weibo:1"]},
        {"deed": "rename-topic", "name": "甲"},
        {"deed": "nonsense"},
        {},
    ],
)
def test_a_deed_that_makes_no_sense_is_refused_and_nothing_is_kept(
    scene: Scene, browser: Browser, fields: dict[str, object]
) -> None:
    assert browser.submit(f"{DESK}/deeds", page=DESK, **fields).status_code == 422
    assert scene.store.corrections.of(1) == []


def test_a_name_is_neither_empty_nor_a_story(scene: Scene, browser: Browser) -> None:
    topic = place(scene, CHARGING)[0]
    for name in ("", "长" * 41):
        answer = browser.submit(f"{DESK}/deeds", page=DESK, deed="rename-topic", topics=[topic], name=name)
        assert answer.status_code == 422


def test_a_search_finds_words_and_authors(browser: Browser) -> None:
    assert "灭火器过期没人更换" in browser.get(f"{DESK}?find=没人更换").text.replace("<mark>", "").replace(
        "</mark>", ""
    )
    assert "<mark>网友3</mark>" not in browser.get(f"{DESK}?find=网友3").text
    assert "@网友3" in browser.get(f"{DESK}?find=网友3").text
    assert "没有找到" in browser.get(f"{DESK}?find=外星人").text


def test_why_two_are_together_names_the_words_they_share(scene: Scene, browser: Browser) -> None:
    pair = [comment_id(scene, text) for text in (CHARGING, "请问楼道里给电动车充电归谁管？")]
    page = browser.get(f"{DESK}/why", params={"remarks": pair}).text
    assert "<mark>充电</mark>" in page
    assert "同一" in page
    assert browser.get(f"{DESK}/why", params={"remarks": pair[:1]}).status_code == 422


def test_targets_are_found_by_the_words_of_any_comment_in_them(scene: Scene, browser: Browser) -> None:
    listed = browser.get(f"{DESK}/targets?level=question&sought=灭火器").text
    assert "灭火器" in listed
    assert "充电" not in listed
    assert place(scene, CHARGING)[0] in browser.get(f"{DESK}/targets?level=topic").text
    assert browser.get(f"{DESK}/targets?level=x").status_code == 422


def test_floods_are_shown_apart_by_people(scene: Scene, browser: Browser) -> None:
    flood(scene)
    page = browser.get(f"{DESK}?tab=floods&fresh=true").text
    assert "抵制黑心物业，业主要求换物业" in page
    assert "少数人重复发" in page


def flood(scene: Scene) -> None:
    """One person says the same thing six times."""
    status = str(scene.post("preview").platform_id)
    for _ in range(6):
        scene.platform.netizen(status, "抵制黑心物业，业主要求换物业", user_id="9", name="复读机")
    read_again(scene)
    grown(scene)


def read_again(scene: Scene) -> None:
    """Read what is on the platform now."""
    collect(scene.office, scene.interview, full=True)


def test_nothing_moves_under_the_analysts_eyes_until_asked(scene: Scene, browser: Browser) -> None:
    before = browser.get(DESK).text
    flood(scene)
    seen = re.search(r'data-seen="([^"]*)"', before)
    assert seen is not None
    news = browser.get(f"{DESK}/news?seen={seen[1]}").text
    assert "新到 6 条留言" in news
    assert topics(browser.get(DESK).text) == topics(before)
    browser.get(f"{DESK}?fresh=true")
    assert "新到" not in browser.get(f"{DESK}/news?seen={seen[1]}").text


def test_what_is_new_is_told_with_the_question_it_joins(scene: Scene, browser: Browser) -> None:
    seen = re.search(r'data-seen="([^"]*)"', browser.get(DESK).text)
    assert seen is not None
    status = str(scene.post("preview").platform_id)
    scene.platform.netizen(status, CHARGING + "[泪]", user_id="88", name="新网友")
    scene.platform.netizen(status, "公园的湖水发臭，什么时候治理？", user_id="89", name="业主")
    read_again(scene)
    grown(scene)
    news = browser.get(f"{DESK}/news?seen={seen[1]}").text
    lines = re.findall(r"<li>.*?</li>", news)
    assert [("同问：" in line, "新话题" in line) for line in lines] == [(False, True), (True, False)]


def test_what_a_colleague_did_is_told(scene: Scene, browser: Browser) -> None:
    browser.get(DESK)
    other = signed_in(scene, Role.ANALYST, name="小李")
    other.submit(f"{DESK}/deeds", page=DESK, deed="pin-remark", remarks=[comment_id(scene, CHARGING)])
    assert "小李 固定" in browser.get(f"{DESK}/news?seen=").text


def test_a_page_asked_for_before_the_tree_is_grown_comes_back_by_itself(scene: Scene) -> None:
    browser = signed_in(scene, Role.ANALYST)
    page = browser.get(DESK)
    assert page.status_code == 200
    assert 'id="desk"' in page.text
    assert scene.office.trees.wait(1, 30)
    assert topics(browser.get(DESK).text)


def test_who_only_looks_can_change_nothing(scene: Scene, browser: Browser) -> None:
    reader = signed_in(scene, Role.AUDITOR)
    page = reader.get(DESK).text
    assert 'name="deed"' not in page.partition('<dialog id="targets"')[0]
    assert reader.submit(f"{DESK}/deeds", page="/console/account", deed="merge-topics").status_code == 403


def test_every_correction_is_on_record(scene: Scene, browser: Browser) -> None:
    browser.submit(f"{DESK}/deeds", page=DESK, deed="pin-remark", remarks=[comment_id(scene, CHARGING)])
    (record,) = scene.store.people.records(limit=1)
    assert (record.who, record.verb, record.subject) == ("小周", "correct", "interview 1")
    assert record.before == {"holding": 0, "last": ""}
    assert record.after is not None
    assert "固定" in record.after["last"]


def test_hostile_comments_are_shown_as_words(scene: Scene, browser: Browser) -> None:
    status = str(scene.post("preview").platform_id)
    scene.platform.netizen(status, '<script>alert(1)</script>"><b>怎么办？', user_id="66", name="<i>坏人</i>")
    read_again(scene)
    grown(scene)
    page = browser.get(f"{DESK}?find=alert&fresh=true").text
    assert "<script>alert" not in page
    assert "<i>坏人" not in page
    assert "&lt;script&gt;" in page


def test_a_time_line_is_drawn_without_style(browser: Browser) -> None:
    assert spark((0, 4, 2)) == "M2 14v-13.0h1.5v13.0zM4 14v-7.0h1.5v7.0z"
    assert spark((0, 0)) == ""
    assert "style=" not in browser.get(DESK).text
