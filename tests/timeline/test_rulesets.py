from collections.abc import Callable
from datetime import date, time
from pathlib import Path

import pytest

from microblog.domain.errors import InvalidInput, NotFound
from microblog.domain.interview import Form
from microblog.domain.offset import Offset, Unit
from microblog.domain.rules import CountKind, MilestoneRule, Role, Roll, RuleSet
from microblog.service.rulesets import load_rule_set, load_rule_sets
from tests.timeline.conftest import RULES

Edited = Callable[[str, str], Path]


@pytest.fixture
def edited(tmp_path: Path) -> Edited:
    """The Pukou rules with one place changed."""

    def edit(old: str, new: str) -> Path:
        text = (RULES / "pukou.toml").read_text("utf-8")
        assert old in text
        path = tmp_path / "mine.toml"
        path.write_text(text.replace(old, new, 1), "utf-8")
        return path

    return edit


def rule(rules: RuleSet, name: str, form: Form | None = None) -> MilestoneRule:
    return next(each for each in rules.milestones_of(form or rules.forms[0]) if each.id == name)


def test_the_shipped_rule_sets_load_by_name(rule_sets: dict[str, RuleSet]) -> None:
    assert list(rule_sets) == ["dayu-2023", "guangdong", "luan-2023", "pukou", "xuancheng-2024"]
    assert all(name == rules.name and rules.title and rules.source for name, rules in rule_sets.items())


def test_pukou_says_what_its_plan_says(pukou: RuleSet) -> None:
    assert pukou.script_min_count == 8000
    assert pukou.script_count_kind is CountKind.WORD
    assert pukou.reviewers == (Role.DATA_CENTRE, Role.MEDIA_CENTRE)
    assert pukou.channel_days == 20
    assert pukou.unanswered_workdays == 7
    assert rule(pukou, "preview").offset == Offset(-1, Unit.MONTH)
    assert (rule(pukou, "introduction").owner, rule(pukou, "preview").owner) == (Role.LEAD_UNIT, Role.DATA_CENTRE)
    assert (rule(pukou, "video-edit").owner, rule(pukou, "video").owner) == (Role.MEDIA_CENTRE, Role.DATA_CENTRE)
    assert rule(pukou, "summary").offset == Offset(10, Unit.WORKING_DAY)
    assert not rule(pukou, "draft").hard


def test_the_weibo_form_of_pukou_has_no_video(pukou: RuleSet) -> None:
    video = {each.id for each in pukou.milestones_of(Form.VIDEO)}
    weibo = {each.id for each in pukou.milestones_of(Form.WEIBO)}
    assert video - weibo == {"venue", "video-edit", "video"}
    assert weibo <= video


def test_in_guangdong_ownership_depends_on_the_form(rule_sets: dict[str, RuleSet]) -> None:
    guangdong = rule_sets["guangdong"]
    assert rule(guangdong, "interview", Form.WEIBO).owner is Role.OPERATOR
    assert rule(guangdong, "interview", Form.MICRO_VIDEO).owner is Role.LEAD_UNIT
    assert rule(guangdong, "roundup").offset == Offset(3, Unit.WORKING_DAY)
    assert rule(guangdong, "interview").hard
    assert not rule(guangdong, "preview").hard


def test_the_local_rules_keep_their_numbers(rule_sets: dict[str, RuleSet]) -> None:
    xuancheng, dayu, luan = (rule_sets[name] for name in ("xuancheng-2024", "dayu-2023", "luan-2023"))
    assert rule(xuancheng, "preview").offset == rule(xuancheng, "introduction").offset == Offset(-1, Unit.WEEK)
    assert (xuancheng.minutes, xuancheng.unanswered_workdays, xuancheng.channel_days) == (60, 5, None)
    assert rule(dayu, "preview").offset == Offset(-5, Unit.WORKING_DAY)
    assert dayu.change_notice == Offset(-2, Unit.WEEK)
    assert rule(luan, "materials").offset == rule(luan, "preview").offset == Offset(-1, Unit.WEEK)
    assert luan.slot is not None
    assert (luan.minutes, luan.slot.start, luan.slot.end) == (120, time(15), time(17))
    assert [luan.slot.day_in(2023, month) for month in (2, 6)] == [date(2023, 2, 9), date(2023, 6, 8)]


def test_what_happens_on_a_day_off_follows_the_direction_unless_said(pukou: RuleSet) -> None:
    rolls = {each.id: each.rolling for each in pukou.milestones_of(Form.VIDEO)}
    assert rolls["preview"] is rolls["introduction"] is rolls["final"] is Roll.PROPOSE
    assert rolls["unanswered"] is Roll.NEXT
    assert rolls["channel-close"] is rolls["interview"] is Roll.KEEP


def test_an_hour_replaces_the_end_of_the_day(edited: Edited) -> None:
    changed = load_rule_set(edited('id = "final"', 'id = "final"\nend = "17:30"'))
    assert rule(changed, "final").end == time(17, 30)
    spelled = load_rule_set(edited('id = "final"', 'id = "final"\nend = "24:00"'))
    assert rule(spelled, "final").end is None


@pytest.mark.parametrize(
    ("old", "new", "place", "words"),
    [
        ('title = "访谈预告"', 'titel = "访谈预告"', "milestones[1].titel", "不认识的字段"),
        ('title = "访谈预告"\n', "", "milestones[1].title", "缺少此项"),
        ('title = "访谈预告"', "title = 7", "milestones[1].title", "须是文字"),
        ('title = "访谈预告"', 'title = ""', "milestones[1].title", "不能为空"),
        ("hard = true", 'hard = "yes"', "milestones[1].hard", "须是 true 或 false"),
        ('"1 month before" #', '"1 moon before" #', "milestones[1].offset", "「1 moon before」不是可识别的期限"),
        ('"1 month before" #', '"-1 day" #', "milestones[1].offset", "不是可识别的期限"),
        ('start = "09:00"', 'start = "25:00"', "milestones[1].start", "「25:00」不是时刻"),
        ('start = "09:00"', "start = 09:00:00", "milestones[1].start", "不是时刻"),
        ('start = "09:00"', 'start = "09:00"\nend = "08:00"', "preview.end", "不晚于开始时间"),
        ('start = "09:00"', 'forms = ["micro-video"]', "preview.forms", "之外的形式"),
        ('start = "09:00"', 'roll = "next"', "preview.roll", "不得顺延"),
        ('owner = "data-centre"', 'owner = "mayor"', "milestones[1].owner", "「mayor」不可用，只能是 'lead-unit'、"),
        ('owner = "data-centre"', 'owner = "operator"', "preview.owner", "未在 roles 中写明"),
        ('id = "preview"', 'id = "Preview"', "milestones[1].id", "只能用小写字母"),
        ('id = "venue"', 'id = "opening"', "opening.id", "保留名称"),
        ('id = "draft"', 'id = "final"', "final.id", "重复出现"),
        ('anchor = "preview"', 'anchor = "final"', "introduction.anchor", "写在它前面"),
        ('id = "channel-close"', 'id = "closing"', "milestones", "缺少 channel-close"),
        ('offset = "same day"\nroll', 'offset = "1 day after"\nroll', "interview", "same day"),
        ("script_min_count = 8000", "script_min_count = -1", "script_min_count", "太小"),
        ("script_min_count = 8000", 'script_min_count = "8000"', "script_min_count", "须是整数"),
        ('script_count_kind = "word"', 'script_count_kind = "byte"', "script_count_kind", "只能是 'word'、'strict'"),
        ('"data-centre", "media-centre"', "", "reviewers", "请写明审核单位"),
        ('"data-centre", "media-centre"', '"operator"', "reviewers", "未在 roles 中写明"),
        ('"video", "weibo"', "", "forms", "为空"),
        ("[roles]", 'colour = "red"\n[roles]', "colour", "不认识的字段"),
        ("[roles]", "minutes = 0\n[roles]", "minutes", "太小"),
        ("[roles]", 'change_notice = "soon"\n[roles]', "change_notice", "不是可识别的期限"),
        ("[roles]", "[slot]\nnth = 5\n[roles]", "slot.nth", "「5」不可用"),
        ("[roles]", "[roles", "mine.toml", "不是有效的 TOML"),
    ],
)
def test_a_wrong_rule_file_is_refused_in_one_line_naming_file_and_field(
    edited: Edited, old: str, new: str, place: str, words: str
) -> None:
    path = edited(old, new)
    with pytest.raises(InvalidInput) as refused:
        load_rule_set(path)
    line = str(refused.value)
    assert line.startswith(f"规则文件 {path}：")
    assert place in line
    assert words in line
    assert "\n" not in line


def test_all_wrong_fields_are_named_at_once(edited: Edited) -> None:
    path = edited('title = "访谈预告"', "titel = 1")
    with pytest.raises(InvalidInput, match=r"milestones\[1\]\.title：缺少此项；milestones\[1\]\.titel：不认识"):
        load_rule_set(path)


def test_a_missing_file_is_not_found(tmp_path: Path) -> None:
    with pytest.raises(NotFound, match="没有规则文件"):
        load_rule_set(tmp_path / "none.toml")


def test_a_file_that_is_not_utf8_is_named(tmp_path: Path) -> None:
    path = tmp_path / "gbk.toml"
    path.write_bytes('title = "访谈"'.encode("gbk"))
    with pytest.raises(InvalidInput, match="UTF-8"):
        load_rule_set(path)


def test_a_folder_in_place_of_a_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(InvalidInput, match="无法读取"):
        load_rule_set(tmp_path)


def test_an_empty_folder_holds_no_rule_sets(tmp_path: Path) -> None:
    assert load_rule_sets(tmp_path) == {}
