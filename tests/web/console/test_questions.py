"""The shortlist: what is offered and why, what an analyst decides, and for whom the choice speaks."""

import re

import pytest

from microblog.domain.people import Role
from microblog.service.choice import Choice, coverage_of
from microblog.service.group import propose
from microblog.text.shortlist import Candidate
from tests.shared import Scene, collected, scene_of
from tests.web.site import Browser, signed_in

PAGE = "/console/questions/1"


@pytest.fixture
def scene() -> Scene:
    opened = scene_of(shortlist_count=3)
    collected(opened)
    return opened


@pytest.fixture
def browser(scene: Scene) -> Browser:
    return signed_in(scene, Role.ANALYST, name="小周")


def offered(scene: Scene) -> list[Candidate]:
    return list(propose(scene.office, scene.interview).candidates)


def form(scene: Scene, **states: str) -> dict[str, str]:
    """The form as shown, with other states for some groups."""
    fields: dict[str, str] = {}
    for one in offered(scene):
        fields |= {f"state-{one.question}": "take", f"rank-{one.question}": str(one.rank)}
    return fields | states


def send(browser: Browser, fields: dict[str, str], path: str = PAGE) -> int:
    token = browser.form_token(PAGE)
    return int(browser.post(path, data={"form_token": token} | fields).status_code)


def test_every_candidate_has_its_words_reason_and_people(scene: Scene, browser: Browser) -> None:
    page = browser.get(PAGE).text
    comments = {one.id: one for one in scene.store.comments.of(1)}
    for one in offered(scene):
        assert comments[one.remark_id].text in page
        assert one.reason in page
    assert propose(scene.office, scene.interview).coverage_line in page


def test_what_was_left_out_has_a_reason_too(scene: Scene, browser: Browser) -> None:
    left = propose(scene.office, scene.interview).left_out
    assert left
    assert left[0].reason in browser.get(PAGE).text


def test_the_choice_is_kept_in_the_order_given(scene: Scene, browser: Browser) -> None:
    first, second, third = (one.question for one in offered(scene))
    assert send(browser, form(scene) | {f"rank-{third}": "1", f"rank-{first}": "2", f"rank-{second}": "3"}) == 303
    chosen = scene.store.questions.selections(1)
    assert [one.group for one in chosen] == [third, first, second]
    assert {one.chosen_by for one in chosen} == {"小周"}
    again = browser.get(PAGE).text
    assert "小周 于" in again
    assert re.findall(r'id="c-(q-[0-9a-f]+)"', again) == [third, first, second]


def test_a_question_dropped_keeps_the_analysts_reason(scene: Scene, browser: Browser) -> None:
    name = offered(scene)[0].question
    assert send(browser, form(scene) | {f"state-{name}": "drop", f"reason-{name}": "不属于本期"}) == 303
    assert len(scene.store.questions.selections(1)) == 2
    assert ("不属于本期", name) in [(one.reason, one.group) for one in scene.store.questions.left_out(1)]
    assert "不属于本期" in browser.get(PAGE).text


def test_a_question_joined_to_another_gives_it_its_people(scene: Scene, browser: Browser) -> None:
    first, second = offered(scene)[:2]
    send(browser, form(scene) | {f"state-{second.question}": f"join:{first.question}"})
    kept = next(one for one in scene.store.questions.selections(1) if one.group == first.question)
    assert second.remark_id in kept.speaks_for
    assert kept.askers == first.askers + second.askers
    assert f'value="join:{first.question}" selected' in browser.get(PAGE).text


def test_a_question_left_out_can_be_added_with_a_reason(scene: Scene, browser: Browser) -> None:
    left = next(one for one in propose(scene.office, scene.interview).left_out if "名额已满" in one.reason)
    send(browser, form(scene) | {f"add-{left.question}": "yes", f"reason-{left.question}": "领导关心"})
    chosen = scene.store.questions.selections(1)
    assert (chosen[-1].group, chosen[-1].reason) == (left.question, "分析员加入：领导关心")
    assert "领导关心" in browser.get(PAGE).text


def test_a_quote_may_be_a_part_of_the_words_and_nothing_else(scene: Scene, browser: Browser) -> None:
    one = offered(scene)[0]
    text = next(comment.text for comment in scene.store.comments.of(1) if comment.id == one.remark_id)
    assert send(browser, form(scene) | {f"quote-{one.remark_id}": text[:6]}) == 303
    assert text[:6] in [kept.quote for kept in scene.store.questions.selections(1)]
    assert send(browser, form(scene) | {f"quote-{one.remark_id}": "润色过的话"}) == 422


def test_the_coverage_of_a_choice_is_told_before_it_is_kept(scene: Scene, browser: Browser) -> None:
    name = offered(scene)[0].question
    whole = coverage_of(scene.office, scene.interview, Choice())
    part = coverage_of(scene.office, scene.interview, Choice(dropped={name: ""}))
    assert part.spoken < whole.spoken <= whole.everyone
    data = {"form_token": browser.form_token(PAGE)} | form(scene) | {f"state-{name}": "drop"}
    page = browser.post(f"{PAGE}/coverage", data=data, headers={"HX-Request": "true"}).text
    assert part.chinese in page
    assert scene.store.questions.selections(1) == []


def test_an_empty_choice_is_not_kept(scene: Scene, browser: Browser) -> None:
    assert send(browser, {}) == 422
    assert scene.store.questions.selections(1) == []


def test_the_choice_is_on_record(scene: Scene, browser: Browser) -> None:
    send(browser, form(scene))
    (record,) = scene.store.people.records(limit=1)
    assert (record.who, record.verb) == ("小周", "select")
    assert record.after is not None
    assert len(record.after["chosen"]) == 3


def test_who_only_looks_sees_no_button(scene: Scene) -> None:
    page = signed_in(scene, Role.AUDITOR).get(PAGE).text
    assert "确定选题" not in page
    assert offered(scene)[0].reason in page
