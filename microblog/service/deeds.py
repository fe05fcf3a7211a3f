"""What an analyst does at the desk, as rules: groups are named by remarks in them, for groups come and go.

Every function is pure and returns one correction: its title in Chinese and the rules it stands for.
"""

from collections.abc import Sequence
from typing import NamedTuple

from microblog.domain.errors import InvalidInput
from microblog.text.close_up import groups, heads
from microblog.text.corrections import Level, Rule, Verb
from microblog.text.groups import QuestionGroup
from microblog.text.outline import Outline

_QUOTED = 18


class Deed(NamedTuple):
    """One thing done. title: in Chinese."""

    title: str
    rules: tuple[Rule, ...]

    @property
    def follow(self) -> str:
        """A remark in the group that came of it."""
        return self.rules[-1].remarks[-1]


def merge(outline: Outline, level: Level, ids: Sequence[str]) -> Deed:
    """The groups become one; the first gives its place. Raises InvalidInput below two groups."""
    if len(set(ids)) < 2:
        raise InvalidInput("请选中两个以上再合并")
    if level == "topic":
        anchors, names = [_anchor(outline, name) for name in ids], [_topic_name(outline, name) for name in ids]
    else:
        found = [_question(outline, name) for name in ids]
        anchors, names = [one.best for one in found], [one.name for one in found]
    title = f"合并{'话题' if level == 'topic' else '问题'} {_listed(names)}"
    return Deed(title, (Rule(Verb.MERGE, tuple(anchors), level),))


def move_questions(outline: Outline, ids: Sequence[str], topic: str) -> Deed:
    """The questions leave their topics for another one. Raises InvalidInput when one is there already."""
    found = _some([_question(outline, name) for name in ids])
    if any(one.topic == topic for one in found):
        raise InvalidInput("选中的问题已经在这个话题里，请另选话题")
    target = _anchor(outline, topic)
    rules = tuple(Rule(Verb.MOVE, (one.best, target), "topic") for one in found)
    return Deed(f"把问题 {_listed([one.name for one in found])} 移到话题“{_topic_name(outline, topic)}”", rules)


def split_topic(outline: Outline, ids: Sequence[str]) -> Deed:
    """The questions become a topic of their own."""
    found = _some([_question(outline, name) for name in ids])
    rules = [Rule(Verb.SPLIT, one.members, "topic") for one in found]
    if len(found) > 1:
        rules.append(Rule(Verb.MERGE, tuple(one.best for one in found), "topic"))
    return Deed(f"把问题 {_listed([one.name for one in found])} 拆成单独话题", tuple(rules))


def split(outline: Outline, remarks: Sequence[str]) -> Deed:
    """The remarks become a question of their own."""
    return Deed(f"把 {_quoted(outline, remarks)} 拆成单独问题", (Rule(Verb.SPLIT, tuple(remarks)),))


def move(outline: Outline, remarks: Sequence[str], question: str) -> Deed:
    """The remarks go to another question."""
    target = _question(outline, question)
    title = f"把 {_quoted(outline, remarks)} 移到问题“{target.name}”"
    return Deed(title, tuple(Rule(Verb.MOVE, (remark, target.best)) for remark in remarks))


def rename(outline: Outline, level: Level, name: str, words: str) -> Deed:
    """A group gets a name."""
    if level == "topic":
        anchor, old = _anchor(outline, name), _topic_name(outline, name)
    else:
        found = _question(outline, name)
        anchor, old = found.best, found.name
    words = " ".join(words.split())
    title = f"{'话题' if level == 'topic' else '问题'}“{old}”改名为“{words}”"
    return Deed(title, (Rule(Verb.RENAME, (anchor,), level, words),))


def apart(outline: Outline, level: Level, ids: Sequence[str]) -> Deed:
    """Two groups never become one, whatever else is said there. Raises InvalidInput unless two are given."""
    if len(set(ids)) != 2:
        raise InvalidInput("“永不同组”须选中恰好两个，请重新选择")
    if level == "topic":
        anchors, names = [_anchor(outline, name) for name in ids], [_topic_name(outline, name) for name in ids]
    else:
        found = [_question(outline, name) for name in ids]
        anchors, names = [one.best for one in found], [one.name for one in found]
    title = f"{'话题' if level == 'topic' else '问题'} {_listed(names)} 永不同组"
    return Deed(title, (Rule(Verb.APART, tuple(anchors), level),))


def part(outline: Outline, remarks: Sequence[str]) -> Deed:
    """Two remarks never share a question. Raises InvalidInput unless two are given."""
    if len(set(remarks)) != 2:
        raise InvalidInput("“永不同组”须选中恰好两条，请重新选择")
    return Deed(f"{_quoted(outline, remarks)} 永不同组", (Rule(Verb.APART, tuple(remarks)),))


def pin(outline: Outline, remark: str) -> Deed:
    """The remark represents its question."""
    return Deed(f"固定 {_quoted(outline, [remark])} 为代表", (Rule(Verb.PIN, (remark,)),))


def exclude(outline: Outline, remarks: Sequence[str]) -> Deed:
    """The remarks are placed nowhere and count nowhere; they stay stored."""
    return Deed(f"排除 {_quoted(outline, remarks)}", (Rule(Verb.EXCLUDE, tuple(remarks)),))


def exclude_questions(outline: Outline, ids: Sequence[str]) -> Deed:
    """Every remark of the questions is excluded."""
    found = _some([_question(outline, name) for name in ids])
    remarks = tuple(name for one in found for name in one.members)
    return Deed(
        f"排除问题 {_listed([one.name for one in found])}（{len(remarks)} 条）", (Rule(Verb.EXCLUDE, remarks),)
    )


def _question(outline: Outline, name: str) -> QuestionGroup:
    if name not in outline.questions.number:
        raise InvalidInput("选中的问题已不在归类中，可能刚被修改，请刷新后重选")
    return groups(outline, [outline.questions.number[name]])[0]


def _anchor(outline: Outline, topic: str) -> str:
    """The representative of the topic's most asked question."""
    first = int(outline.questions_of(_topic(outline, topic))[0])
    return groups(outline, [first])[0].best


def _topic_name(outline: Outline, topic: str) -> str:
    return heads(outline, [_topic(outline, topic)])[0].name


def _topic(outline: Outline, name: str) -> int:
    if name not in outline.topics.number:
        raise InvalidInput("选中的话题已不在归类中，可能刚被修改，请刷新后重选")
    return outline.topics.number[name]


def _some(found: list[QuestionGroup]) -> list[QuestionGroup]:
    if not found:
        raise InvalidInput("请先选中要处理的问题")
    return found


def _listed(names: Sequence[str]) -> str:
    shown = "”“".join(names[:3])
    return f"“{shown}”等 {len(names)} 个" if len(names) > 3 else f"“{shown}”"


def _quoted(outline: Outline, remarks: Sequence[str]) -> str:
    """The first of the remarks in a few characters. Raises InvalidInput when one is not placed anywhere."""
    if not remarks:
        raise InvalidInput("请先选中要处理的留言")
    places = outline.places
    if any(name not in places for name in remarks):
        raise InvalidInput("选中的留言已不在归类中，可能刚被排除，请刷新后重选")
    text = next(remark.text for remark in outline.grown.remarks if remark.id == remarks[0])
    short = " ".join(text.split())
    short = short if len(short) <= _QUOTED else f"{short[:_QUOTED]}…"
    return f"留言“{short}”" + (f"等 {len(remarks)} 条" if len(remarks) > 1 else "")
