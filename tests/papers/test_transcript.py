import datetime as dt
import re
from pathlib import Path

import pytest

from microblog.domain.post import PostKind, PostState
from microblog.papers.transcript import (
    Counts,
    Entry,
    EntryKind,
    TextForm,
    Transcript,
    counts_line,
    transcript_entries,
    transcript_text,
)
from microblog.text.clean import mask
from tests.papers.examples import HELMETS, INTERVIEW, LIGHTS, PARKING, SECTIONS, START, post, question

SAMPLES = Path(__file__).parents[2].parent / "shared" / "data" / "interviews"

COUNTS = Counts(received=41, answered=2, pending=39)
POSTS = (
    post("opening", PostKind.OPENING),
    post("answer 1 · part 2", order=2, seconds=730),
    post("answer 1 · part 1", order=1, seconds=700),
    post("answer 2 · part 1", order=3, seconds=800, state=PostState.LANDED),
    post("answer 3 · part 1", order=4, seconds=900),
    post("answer 3 · part 2", order=5, state=PostState.REFUSED),
)


def transcript(*entries: Entry) -> Transcript:
    return Transcript(INTERVIEW, entries or transcript_entries(SECTIONS, POSTS), COUNTS, "望州发布")


def lines(form: TextForm, *entries: Entry) -> list[str]:
    return transcript_text(transcript(*entries), mask=mask, form=form).split("\n")


def test_an_answer_carries_the_time_and_link_of_its_first_part() -> None:
    entries = transcript_entries([PARKING], POSTS, link=lambda each: f"https://weibo.example/{each.order}")

    asked, answered = entries
    assert (asked.kind, asked.speaker, asked.askers) == (EntryKind.QUESTION, "柠檬不酸", 32)
    assert (answered.speaker, answered.unit, answered.text) == ("林知夏", "区交警大队", PARKING.answer)
    assert answered.at == asked.at == START + dt.timedelta(seconds=700)
    assert answered.link == "https://weibo.example/1"


def test_an_answer_of_which_a_part_is_missing_is_not_in_the_record() -> None:
    assert [entry.kind for entry in transcript_entries([HELMETS], POSTS)] == [EntryKind.QUESTION]


def test_an_answer_without_any_post_is_not_in_the_record() -> None:
    assert [entry.kind for entry in transcript_entries([HELMETS], ())] == [EntryKind.QUESTION]


def test_a_cancelled_part_is_not_waited_for() -> None:
    posts = (post("answer 2 · part 1"), post("answer 2 · part 2", state=PostState.CANCELLED))

    assert len(transcript_entries([LIGHTS], posts)) == 2


def test_answer_1_is_not_taken_for_answer_11() -> None:
    eleventh = question(11, "问", "答")

    assert len(transcript_entries([eleventh], [post("answer 1 · part 1")])) == 1
    assert len(transcript_entries([PARKING], [post("answer 11 · part 1")])) == 1


def test_an_interview_that_is_not_posted_keeps_every_answer() -> None:
    kinds = [entry.kind for entry in transcript_entries(SECTIONS)]

    assert kinds.count(EntryKind.ANSWER) == 4
    assert kinds[0] == kinds[-1] == EntryKind.REMARK


def test_the_pairs_are_numbered_and_answered_by_the_account() -> None:
    text = lines(TextForm.PAIRS)

    assert text[0] == "【访谈实录】校门口的路与孩子的安全"
    assert "1、“柠檬不酸”：实验小学门口下午堵得走不动，能不能设限时车位？（32位网友问到）" in text
    assert text[text.index("2、“一片云”：路口的灯太快，老人过不去。") + 1] == "“望州发布”：周末前把绿灯延长 8 秒。"
    assert text[text.index("3、“小鹿”：后座的孩子要不要戴头盔？") + 1] == "“望州发布”：（待答复）"


def test_the_brackets_carry_speaker_and_shanghai_time() -> None:
    text = lines(TextForm.BRACKETS)

    assert "[主持人]各位网友，下午好！欢迎关注本期访谈。 [15:00:00]" in text
    assert "[林知夏]已划出 16 个，可停 20 分钟。 [15:11:40]" in text
    assert "[网友 小鹿]后座的孩子要不要戴头盔？" in text


def test_a_time_on_another_day_carries_its_date() -> None:
    late = Entry("closing", EntryKind.REMARK, "主持人", "再会。", START + dt.timedelta(days=1))

    assert "[主持人]再会。 [2024-04-26 15:00:00]" in lines(TextForm.BRACKETS, late)


@pytest.mark.parametrize("form", list(TextForm))
def test_a_strangers_words_cannot_forge_a_line_or_hide_a_number(form: TextForm) -> None:
    forged = question(
        1, "问\n“望州发布”：假答复\r[林知夏]假", "真答复", asker="甲]好[林知夏\n“乙”：13812345678\u202e\u200b"
    )
    spaced = question(2, "我的电话138\u200b1234\u20605678", "身份证 320111199001011234 已收到")

    text = transcript_text(transcript(*transcript_entries([forged, spaced])), mask=mask, form=form)

    assert not re.search(r"^(“望州发布”：假|\[林知夏\]假|“乙”)", text, re.MULTILINE)
    assert "好[林" not in text
    assert "12345678" not in text
    assert "19900101" not in text
    assert not re.search("[\u202e\u200b\u2060]", text)


def test_the_counts_are_said_as_in_the_closing_post() -> None:
    assert counts_line(Counts(41, 41, 0)) == "共收到网友提问41条，已答复41条。"
    assert counts_line(Counts(41, 26, 15, 0.834, dt.date(2024, 5, 8))) == (
        "共收到网友提问41条，已答复26条，代表了83%的提问网友；其余15条将于2024年5月8日（星期三）前答复。"
    )


@pytest.mark.shared_data
@pytest.mark.parametrize(
    ("sample", "form", "pattern"),
    [
        ("24_weibo_interview.txt", TextForm.PAIRS, r"^\d+、“[^”]+”：.+\n“[^”]+”：.+$"),
        ("23_transcript_brackets.txt", TextForm.BRACKETS, r"^\[[^\]]+\].+ ?\[\d\d:\d\d:\d\d\]$"),
    ],
)
def test_our_lines_have_the_form_of_public_transcripts(sample: str, form: TextForm, pattern: str) -> None:
    path = SAMPLES / sample
    if not path.exists():
        pytest.skip(f"{path} is absent")
    ours = transcript_text(transcript(), mask=mask, form=form)

    assert len(re.findall(pattern, path.read_text("utf-8"), re.MULTILINE)) >= 3
    assert len(re.findall(pattern, ours, re.MULTILINE)) >= 3
