"""The script beside the netizens' words, to Word and back, handed in, and sealed by two who did not write it."""

import io
import re
from datetime import timedelta

import pyotp
import pytest
from docx import Document

from microblog.domain.people import Role
from microblog.domain.script import Script, ScriptState, Section, SectionKind
from microblog.service.draft import latest_script
from microblog.service.review import pending
from microblog.service.select import select
from microblog.service.vault import Vault
from tests.shared import ANALYST, LEAD, Scene, collected, drafted, scene_of, submitted
from tests.web.site import SECRET, Browser, browser_of, code_at, made, sign_in, signed_in

PAGE, REVIEW = "/console/script/1", "/console/review/1"


@pytest.fixture
def scene() -> Scene:
    return scene_of()


def lead(scene: Scene, name: str = "联络员小王") -> Browser:
    return signed_in(scene, Role.LEAD_UNIT, name=name)


def shown(browser: Browser) -> dict[str, str]:
    """The form as the page shows it."""
    page = browser.get(PAGE).text
    fields = dict(re.findall(r'<input type="hidden" name="(was-[^"]+)" value="([^"]*)"', page))
    areas = re.findall(r'<textarea [^>]*name="([^"]+)"[^>]*>\n(.*?)</textarea>', page, re.DOTALL)
    inputs = re.findall(r'<input (?:type="hidden" )?name="((?:unit|speaker)-[^"]+)" value="([^"]*)"', page)
    return fields | dict(areas) | dict(inputs)


def save(browser: Browser, fields: dict[str, str]) -> int:
    return int(browser.post(PAGE, data={"form_token": browser.form_token(PAGE)} | fields).status_code)


def script(scene: Scene) -> Script:
    """The newest version."""
    found = latest_script(scene.office, scene.interview)
    assert found is not None
    return found


def section(scene: Scene, slot: str) -> Section:
    """A section of the newest version."""
    found = script(scene).section(slot)
    assert found is not None
    return found


def test_without_chosen_questions_there_is_nothing_to_draft(scene: Scene) -> None:
    collected(scene)
    browser = lead(scene)
    assert "还没有选定代表性问题" in browser.get(PAGE).text
    assert browser.submit(f"{PAGE}/build", page="/console/account").status_code == 409


def test_the_first_version_quotes_every_chosen_question(scene: Scene) -> None:
    collected(scene)
    select(scene.office, scene.interview, by=ANALYST)
    browser = lead(scene)
    assert browser.submit(f"{PAGE}/build", page=PAGE).status_code == 303
    page = browser.get(PAGE).text
    for selection in scene.store.questions.selections(1):
        assert f"<blockquote>{selection.quote}</blockquote>" in page
        assert f"@{selection.asker}" in page
    assert "没有答复" in page
    assert "/ 8,000 字" in page


def test_saving_changes_what_was_changed_and_nothing_else(scene: Scene) -> None:
    drafted(scene)
    before = script(scene)
    browser = lead(scene)
    fields = shown(browser)
    slot = before.questions()[0].slot
    assert save(browser, fields | {f"answer-{slot}": "物业应当\r\n立即清理。"}) == 303
    after = script(scene)
    assert section(scene, slot).answer == "物业应当\n立即清理。"
    assert section(scene, slot).author == "联络员小王"
    same = [one for one in after.sections if one.slot != slot]
    assert same == [one for one in before.sections if one.slot != slot]
    assert save(browser, shown(browser)) == 303
    assert script(scene) == after


def test_two_who_edit_different_sections_both_keep_their_words(scene: Scene) -> None:
    drafted(scene)
    first, second = (one.slot for one in script(scene).questions()[:2])
    one, other = lead(scene), lead(scene, "联络员小赵")
    mine, theirs = shown(one), shown(other)
    assert save(one, mine | {f"answer-{first}": "甲的答复。"}) == 303
    assert save(other, theirs | {f"answer-{second}": "乙的答复。"}) == 303
    assert section(scene, first).answer == "甲的答复。"
    assert section(scene, second).answer == "乙的答复。"


def test_of_two_who_edit_the_same_section_the_second_is_told(scene: Scene) -> None:
    drafted(scene)
    slot = script(scene).questions()[0].slot
    one, other = lead(scene), lead(scene, "联络员小赵")
    mine, theirs = shown(one), shown(other)
    assert save(one, mine | {f"answer-{slot}": "甲的答复。"}) == 303
    assert save(other, theirs | {f"answer-{slot}": "乙的答复。"}) == 409
    assert section(scene, slot).answer == "甲的答复。"


def test_a_netizens_question_is_not_typed(scene: Scene) -> None:
    drafted(scene)
    asked = script(scene).questions()[0]
    browser = lead(scene)
    save(browser, shown(browser) | {f"question-{asked.slot}": "改过的提问？"})
    assert section(scene, asked.slot).question == asked.question


def test_the_hosts_questions_are_added_written_and_removed(scene: Scene) -> None:
    drafted(scene)
    browser = lead(scene)
    browser.submit(f"{PAGE}/add", page=PAGE, after="opening")
    assert script(scene).sections[1].kind is SectionKind.BACKGROUND
    fields = {"question-background 1": "今年有什么新举措？", "answer-background 1": "今年新增三项。"}
    save(browser, shown(browser) | fields)
    assert section(scene, "background 1").question == "今年有什么新举措？"
    browser.submit(f"{PAGE}/remove", page=PAGE, slot="background 1")
    assert script(scene).section("background 1") is None
    assert browser.submit(f"{PAGE}/remove", page=PAGE, slot="opening").status_code == 409
    assert browser.submit(f"{PAGE}/add", page=PAGE, after="closing").status_code == 409


def test_a_short_script_is_handed_in_only_with_a_reason(scene: Scene) -> None:
    drafted(scene)
    browser = lead(scene)
    refused = browser.submit(f"{PAGE}/submit", page=PAGE)
    assert refused.status_code == 409
    assert "少于规定的8000字" in refused.text
    assert browser.submit(f"{PAGE}/submit", page=PAGE, override="专题短访谈").status_code == 303
    assert script(scene).state is ScriptState.SUBMITTED
    assert "专题短访谈" in browser.get(PAGE).text


def test_a_script_goes_to_word_and_comes_back(scene: Scene) -> None:
    drafted(scene)
    browser = lead(scene)
    answer = browser.get(f"{PAGE}/docx")
    assert answer.headers["content-type"].endswith("wordprocessingml.document")
    document = Document(io.BytesIO(answer.content))
    words = script(scene).questions()[0].answer
    paragraph = next(one for one in document.paragraphs if words in one.text)
    paragraph.runs[-1].text = paragraph.runs[-1].text + "欢迎监督。"
    changed = io.BytesIO()
    document.save(changed)
    files = {"file": ("改.docx", changed.getvalue(), "application/octet-stream")}
    sent = browser.post(f"{PAGE}/docx", data={"form_token": browser.form_token(PAGE)}, files=files)
    assert sent.status_code == 303
    assert script(scene).questions()[0].answer.endswith("欢迎监督。")
    assert script(scene).questions()[0].author == "联络员小王"


def test_what_is_no_word_document_is_not_read(scene: Scene) -> None:
    drafted(scene)
    browser = lead(scene)
    for name, content in (("稿.docx", b"PK"), ("稿.exe", b"MZ")):
        files = {"file": (name, content, "application/octet-stream")}
        sent = browser.post(f"{PAGE}/docx", data={"form_token": browser.form_token(PAGE)}, files=files)
        assert sent.status_code == 422
    assert browser.submit(f"{PAGE}/docx", page=PAGE).status_code == 422


def test_versions_are_compared_side_by_side(scene: Scene) -> None:
    submitted(scene)
    slot = script(scene).questions()[0].slot
    browser = lead(scene)
    save(browser, shown(browser) | {f"answer-{slot}": script(scene).questions()[0].answer + "新增一句。"})
    assert script(scene).version == 2
    page = browser.get(f"{PAGE}/diff?before=1&after=2").text
    assert "<ins>新增一句。</ins>" in page
    assert "共 1 节不同" in page
    assert browser.get(f"{PAGE}/diff?before=1&after=9").status_code == 404
    assert "这是旧版" in browser.get(f"{PAGE}?version=1").text
    assert "本版改动" in browser.get(PAGE).text


def reviewer(scene: Scene, role: Role, name: str) -> tuple[Browser, str]:
    """A reviewer who came in, and the secret of their code generator."""
    browser = browser_of(scene)
    secret = made(scene, name, [role])
    sign_in(browser, scene, name, secret)
    scene.later(timedelta(seconds=60))  # a code works once
    return browser, secret


def ticked(browser: Browser) -> list[str]:
    """Everything the page offers to be sealed."""
    return re.findall(r'name="read" value="([^"]+)"', browser.get(REVIEW).text)


def seal(scene: Scene, browser: Browser, secret: str, read: list[str]) -> int:
    code = code_at(secret, scene.clock.now())
    return int(browser.submit(f"{REVIEW}/seal", page=REVIEW, read=read, code=code).status_code)


def test_two_reviewers_seal_the_words_they_read_and_the_script_is_final(scene: Scene) -> None:
    submitted(scene)
    for role, name in ((Role.DATA_CENTRE, "王审核"), (Role.MEDIA_CENTRE, "李审核")):
        browser, secret = reviewer(scene, role, name)
        read = ticked(browser)
        assert len(read) == len(pending(scene.office, scene.interview, role.value))
        assert seal(scene, browser, secret, read) == 303
        assert pending(scene.office, scene.interview, role.value) == []
        assert "没有待审核的文字" in browser.get(REVIEW).text
    assert script(scene).state is ScriptState.FINAL


def test_without_a_fresh_code_nothing_is_sealed(scene: Scene) -> None:
    submitted(scene)
    browser, secret = reviewer(scene, Role.DATA_CENTRE, "王审核")
    read = ticked(browser)
    for code in ("", "000000"):
        assert browser.submit(f"{REVIEW}/seal", page=REVIEW, read=read, code=code).status_code == 409
    assert seal(scene, browser, secret, read[:1]) == 303
    assert seal(scene, browser, secret, read[1:]) == 409
    assert len(pending(scene.office, scene.interview, "data-centre")) == len(read) - 1


def test_words_changed_since_they_were_shown_are_not_sealed(scene: Scene) -> None:
    submitted(scene)
    browser, secret = reviewer(scene, Role.DATA_CENTRE, "王审核")
    read = ticked(browser)
    author = lead(scene)
    slot = script(scene).questions()[0].slot
    save(author, shown(author) | {f"answer-{slot}": "改过的答复。"})
    author.submit(f"{PAGE}/submit", page=PAGE, override="专题短访谈")
    assert seal(scene, browser, secret, read) == 409
    assert scene.store.reviews.seals([script(scene).subject(section(scene, slot))]) == []


def test_nobody_seals_their_own_words(scene: Scene) -> None:
    submitted(scene)
    browser, secret = reviewer(scene, Role.DATA_CENTRE, LEAD)
    page = browser.get(REVIEW).text
    assert "本人撰写，须由他人审核" in page
    assert ticked(browser) == []
    item = pending(scene.office, scene.interview, "data-centre")[0]
    assert seal(scene, browser, secret, [f"{item.hash} {item.subject}"]) == 409


def test_a_script_is_sent_back_with_a_note_and_only_changes_are_read_again(scene: Scene) -> None:
    submitted(scene)
    browser, secret = reviewer(scene, Role.DATA_CENTRE, "王审核")
    assert seal(scene, browser, secret, ticked(browser)) == 303
    other, _ = reviewer(scene, Role.MEDIA_CENTRE, "李审核")
    assert other.submit(f"{REVIEW}/reject", page=REVIEW, note=" ").status_code == 422
    assert other.submit(f"{REVIEW}/reject", page=REVIEW, note="请补上时限").status_code == 303
    author = lead(scene)
    assert "请补上时限" in author.get(PAGE).text
    slot = script(scene).questions()[0].slot
    answer = script(scene).questions()[0].answer
    save(author, shown(author) | {f"answer-{slot}": f"{answer}五个工作日内办结。"})
    assert "请补上时限" in author.get(PAGE).text
    author.submit(f"{PAGE}/submit", page=PAGE, override="专题短访谈")
    page = browser.get(REVIEW).text
    assert "<ins>五个工作日内办结。</ins>" in page
    assert sum("script" in subject for subject in ticked(browser)) == 1


def test_a_seal_is_on_record_with_what_was_left_to_read(scene: Scene) -> None:
    submitted(scene)
    browser, secret = reviewer(scene, Role.DATA_CENTRE, "王审核")
    read = ticked(browser)
    seal(scene, browser, secret, read)
    record = next(one for one in scene.store.people.records() if one.verb == "seal")
    assert record.who == "王审核"
    assert record.before is not None
    assert record.before["waiting"]["data-centre"] == len(read)
    assert record.after is not None
    assert record.after["waiting"]["data-centre"] == 0


@pytest.mark.parametrize("role", [Role.AUDITOR, Role.ANALYST])
def test_who_does_not_seal_sees_the_words_and_no_button(scene: Scene, role: Role) -> None:
    submitted(scene)
    page = signed_in(scene, role).get(REVIEW).text
    assert script(scene).questions()[0].question in page
    assert "盖章</button>" not in page


def test_in_an_office_whose_rules_name_organiser_and_operator_those_two_seal(scene: Scene) -> None:
    submitted(scene)
    scene.store.interviews.save(scene.interview.evolve(rule_set="guangdong"))
    organiser, secret = reviewer(scene, Role.ORGANISER, "周主办")
    operator = signed_in(scene, Role.OPERATOR, name="周值班")
    assert seal(scene, organiser, secret, ticked(organiser)) == 303
    read = ticked(operator)
    refused = operator.submit(f"{REVIEW}/seal", page=REVIEW, read=read, code="123456")
    assert (refused.status_code, "请先在“我的账号”中设置" in refused.text) == (409, True)
    assert "处文字待值班员盖章</a> <span" in operator.get("/console/today").text
    user = scene.store.people.user("周值班")
    assert user is not None
    theirs = pyotp.random_base32()
    sealed_secret = Vault(SECRET).encrypt("totp", theirs, now=scene.clock.now())
    assert scene.store.people.save(user.evolve(totp=sealed_secret))
    sign_in(operator, scene, "周值班", theirs)
    scene.later(timedelta(minutes=1))
    assert seal(scene, operator, theirs, ticked(operator)) == 303
    assert script(scene).state is ScriptState.FINAL


def test_a_role_that_this_interviews_rules_do_not_name_seals_nothing(scene: Scene) -> None:
    submitted(scene)
    organiser, secret = reviewer(scene, Role.ORGANISER, "周主办")
    assert ticked(organiser) == []
    item = pending(scene.office, scene.interview, "data-centre")[0]
    assert seal(scene, organiser, secret, [f"{item.hash} {item.subject}"]) == 409
    assert "处文字待数据中心盖章</a> <span" not in organiser.get("/console/today").text


def test_a_reviewer_is_shown_the_errands_of_their_own_body_alone(scene: Scene) -> None:
    submitted(scene)
    browser, _ = reviewer(scene, Role.DATA_CENTRE, "王审核")
    page = browser.get("/console/today").text
    assert "处文字待数据中心盖章</a> <span" in page
    assert "处文字待融媒体中心盖章</a> <span" not in page
