"""Preparing an interview, giving it a date, and putting its preview in the outbox."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from microblog.domain.errors import InvalidInput, NotAllowed, NotFound
from microblog.domain.interview import DateState, Guest, InterviewState
from microblog.domain.outbox import Change
from microblog.domain.post import PostState, Verb
from microblog.service.announce import announce, keep, prepare, set_date
from microblog.service.dispatch import dispatch
from microblog.service.review import approve, pending
from microblog.text.count import weibo_length
from tests.shared import (
    CLOSES,
    DAY,
    END,
    LEAD,
    OFFICE,
    PREVIEW,
    REVIEWERS,
    START,
    Scene,
    adopted,
    announced,
    china,
    dated,
    hour,
    prepared,
    seal_all,
    work,
)

LATER_DAY = date(2024, 4, 28)


def ready(scene: Scene) -> None:
    """Everything handed in, nothing announced."""
    adopted(scene)
    dated(scene)
    prepared(scene)


def waiting(scene: Scene) -> None:
    """A preview under both seals, waiting for its day."""
    ready(scene)
    announce(scene.office, scene.interview, by=LEAD)
    seal_all(scene)
    assert scene.state("preview") is PostState.SEALED


def to_later_day(scene: Scene) -> list[str]:
    """Put the event off by three days; returns what moved."""
    moves = set_date(
        scene.office, 1, day=LATER_DAY, start=hour("15:00"), end=hour("17:00"), confirmed=True, by=OFFICE
    )
    return [move.after.id for move in moves]


def test_an_interview_is_not_announced_before_everything_is_there(scene: Scene) -> None:
    adopted(scene)
    with pytest.raises(NotAllowed, match="缺少：访谈日期、访谈时段、文字简介、嘉宾、主持人"):
        announce(scene.office, scene.interview, by=LEAD)
    assert scene.store.outbox.posts() == []


def test_the_preview_is_due_in_the_morning_of_its_day(scene: Scene) -> None:
    ready(scene)
    post = announce(scene.office, scene.interview, by=LEAD)
    assert post is not None
    assert (post.key, post.verb, post.due_at) == ("interview 1 · preview", Verb.SHARE, PREVIEW)
    assert post.latest_at == PREVIEW + scene.office.practice.preview_grace
    assert (post.state, post.author) == (PostState.DRAFT, LEAD)


def test_the_preview_says_topic_hours_guests_closing_and_link_within_the_count(scene: Scene) -> None:
    ready(scene)
    post = announce(scene.office, scene.interview, by=LEAD)
    assert post is not None
    for words in (
        "消防安全进社区",
        "4月25日15:00—17:00",
        "消防大队大队长张三、江浦街道主任李四",
        "4月14日24时",
        "https://www.example.gov.cn/ft/interviews/1",
    ):
        assert words in post.text
    assert weibo_length(post.text) <= 140


def test_a_plan_that_comes_late_is_announced_at_once_and_not_refused(scene: Scene) -> None:
    scene.at(china(4, 10, 10))
    ready(scene)
    post = announce(scene.office, scene.interview, by=LEAD)
    assert post is not None
    assert post.due_at == china(4, 10, 10)
    assert "4月30日24时" in post.text


def test_announcing_again_changes_nothing(scene: Scene) -> None:
    waiting(scene)
    before = scene.post("preview")
    assert announce(scene.office, scene.interview, by=OFFICE) is None
    assert scene.post("preview") == before


def test_a_preview_longer_than_the_platform_takes_is_refused_at_once(scene: Scene) -> None:
    ready(scene)
    guests = [Guest(f"某某{number}", "党组成员兼副局长", "城市运行管理服务指挥中心") for number in range(6)]
    prepare(scene.office, 1, by=LEAD, guests=guests)
    with pytest.raises(InvalidInput, match="超过140字"):
        announce(scene.office, scene.interview, by=LEAD)
    assert scene.store.outbox.posts() == []


def test_experts_are_named_after_officials(scene: Scene) -> None:
    ready(scene)
    prepare(
        scene.office,
        1,
        by=LEAD,
        guests=[Guest("王五", "教授", "某大学", expert=True), Guest("张三", "消防大队大队长", "消防大队")],
    )
    post = announce(scene.office, scene.interview, by=LEAD)
    assert post is not None
    assert "消防大队大队长张三、某大学教授王五" in post.text


def test_what_is_left_empty_stays_as_it_was(scene: Scene) -> None:
    ready(scene)
    before = scene.interview
    after = prepare(scene.office, 1, by=LEAD, host="小江")
    assert (after.host, after.introduction, after.guests) == ("小江", before.introduction, before.guests)


def test_a_provisional_date_moves_every_duty_and_a_confirmed_one_moves_none(scene: Scene) -> None:
    adopted(scene)
    moves = set_date(
        scene.office, 1, day=START.date(), start=START.time(), end=END.time(), confirmed=False, by=OFFICE
    )
    assert scene.interview.date_state is DateState.PROVISIONAL
    assert {"preview", "channel-close", "interview", "unanswered"} <= {move.after.id for move in moves}
    confirmed = set_date(
        scene.office, 1, day=START.date(), start=START.time(), end=END.time(), confirmed=True, by=OFFICE
    )
    assert (confirmed, scene.interview.date_state) == ([], DateState.CONFIRMED)


def test_another_date_lists_what_moved(scene: Scene) -> None:
    adopted(scene)
    dated(scene)
    assert {"preview", "channel-close", "interview"} <= set(to_later_day(scene))
    assert scene.interview.date == LATER_DAY


@pytest.mark.parametrize(("start", "end"), [("17:00", "15:00"), ("15:00", "15:00")])
def test_hours_the_wrong_way_round_are_refused(scene: Scene, start: str, end: str) -> None:
    adopted(scene)
    with pytest.raises(InvalidInput, match="不晚于"):
        set_date(scene.office, 1, day=START.date(), start=hour(start), end=hour(end), confirmed=False, by=OFFICE)
    assert scene.interview.date is None


def test_topic_and_time_are_locked_once_the_preview_is_out(scene: Scene) -> None:
    announced(scene)
    with pytest.raises(NotAllowed, match="变更申请"):
        to_later_day(scene)
    assert scene.interview.date == START.date()


def test_the_same_date_may_be_confirmed_after_the_preview(scene: Scene) -> None:
    announced(scene)
    dated(scene, confirmed=True)
    assert scene.interview.date_state is DateState.CONFIRMED


def test_another_date_rewords_a_waiting_preview_and_voids_its_seals(scene: Scene) -> None:
    waiting(scene)
    to_later_day(scene)
    post = scene.post("preview")
    assert "4月28日15:00—17:00" in post.text
    assert (post.state, post.due_at) == (PostState.DRAFT, PREVIEW + 3 * DAY)


def test_a_preview_never_goes_out_with_a_date_that_was_given_up(scene: Scene) -> None:
    waiting(scene)
    to_later_day(scene)
    for day in range(24, 30):
        scene.at(china(3, day, 9))
        work(scene)
        seal_all(scene)
        work(scene)
    [text] = scene.platform.texts()
    assert "4月28日" in text
    assert "4月25日" not in text


def test_other_guests_reword_a_waiting_preview(scene: Scene) -> None:
    waiting(scene)
    prepare(scene.office, 1, by=LEAD, guests=[Guest("王五", "副大队长", "消防大队")])
    assert "副大队长王五" in scene.post("preview").text
    assert scene.state("preview") is PostState.DRAFT


def test_a_preview_waits_until_the_page_it_leads_to_is_sealed_too(scene: Scene) -> None:
    ready(scene)
    announce(scene.office, scene.interview, by=LEAD)
    for body, reviewer in REVIEWERS.items():
        approve(scene.office, scene.interview, body=body, by=reviewer, subjects=["interview 1 · preview"])
    scene.at(PREVIEW)
    work(scene)
    assert scene.platform.delivered == []
    seal_all(scene)
    work(scene)
    assert scene.state("preview") is PostState.POSTED


def test_another_introduction_breaks_the_pages_seals_and_the_preview_waits_for_new_ones(scene: Scene) -> None:
    waiting(scene)
    words = scene.post("preview").text
    prepare(scene.office, 1, by=LEAD, introduction="另一篇简介")
    assert scene.state("preview") is PostState.DRAFT
    for body in REVIEWERS:
        (left,) = pending(scene.office, scene.interview, body)
        assert (left.subject, left.author) == ("interview 1 · introduction", LEAD)
        assert "另一篇简介" in left.text
        assert "主持人：小浦" in left.text
    seal_all(scene)
    assert (scene.state("preview"), scene.post("preview").text) == (PostState.SEALED, words)


def test_the_same_introduction_again_breaks_no_seal(scene: Scene) -> None:
    waiting(scene)
    prepare(scene.office, 1, by="别人", introduction=scene.interview.introduction, host=scene.interview.host)
    assert scene.state("preview") is PostState.SEALED
    assert scene.interview.author == LEAD


def test_nobody_seals_an_introduction_of_their_own(scene: Scene) -> None:
    waiting(scene)
    prepare(scene.office, 1, by="王审核", introduction="另一篇简介")
    with pytest.raises(NotAllowed, match="本人撰写"):
        seal_all(scene)


@pytest.mark.parametrize("state", [PostState.DUE, PostState.SENDING, PostState.UNKNOWN, PostState.LANDED])
def test_while_the_preview_is_on_its_way_the_date_stays(scene: Scene, state: PostState) -> None:
    waiting(scene)
    scene.store.outbox.move("interview 1 · preview", Change(state), expect=[PostState.SEALED])
    with pytest.raises(NotAllowed, match="预告"):
        to_later_day(scene)
    assert scene.interview.date == START.date()


def test_a_cancelled_preview_stays_cancelled_when_the_date_changes(scene: Scene) -> None:
    waiting(scene)
    scene.store.outbox.move("interview 1 · preview", Change(PostState.CANCELLED), expect=[PostState.SEALED])
    to_later_day(scene)
    assert scene.state("preview") is PostState.CANCELLED


def test_of_two_who_save_at_once_the_second_is_told(scene: Scene) -> None:
    ready(scene)
    mine = scene.interview
    prepare(scene.office, 1, by="另一位", host="小江")
    with pytest.raises(NotAllowed, match="刚被他人修改"):
        keep(scene.office, mine.evolve(host="小浦"), LEAD, "prepare")
    assert scene.interview.host == "小江"


def test_rules_that_are_not_there_are_named(scene: Scene) -> None:
    ready(scene)
    office = replace(scene.office, rule_sets={})
    with pytest.raises(NotFound, match="pukou"):
        announce(office, scene.interview, by=LEAD)


def test_the_published_preview_opens_the_channel_for_twenty_days(scene: Scene) -> None:
    interview = announced(scene)
    assert interview.state is InterviewState.ANNOUNCED
    assert (interview.opened_at, interview.closes_at) == (PREVIEW, CLOSES)


def test_an_unsealed_preview_stays_in_until_it_is_sealed(scene: Scene) -> None:
    ready(scene)
    announce(scene.office, scene.interview, by=LEAD)
    scene.at(PREVIEW)
    dispatch(scene.office)
    assert scene.platform.delivered == []
    scene.later(timedelta(hours=1))
    seal_all(scene)
    dispatch(scene.office)
    assert scene.state("preview") is PostState.POSTED
