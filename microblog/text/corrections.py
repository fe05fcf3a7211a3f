"""What an analyst corrected, as rules replayed in order on every rebuild.

A rule names remarks, not groups: groups come and go, a remark stays. Rules are values and `correct` is a function of
them, so undoing one is replaying without it; who made it and when is kept beside it in the store.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, Literal, Self

import numpy as np

from microblog.text.grouping import DEFAULT_CUTS, Cuts, Grown, grow
from microblog.text.groups import Grouping
from microblog.text.lexicon import Lexicon
from microblog.text.reading import Edits
from microblog.text.remark import Remark
from microblog.text.segment import Segmenter
from microblog.text.sums import Numbers

Level = Literal["topic", "question"]


class Verb(StrEnum):
    """What a rule does with the groups of its remarks."""

    MERGE = "merge"  # the group of each remark joins the group of the first
    SPLIT = "split"  # the remarks leave their group and make one of their own
    MOVE = "move"  # the first remark goes to the group of the second; at topic level with its question
    RENAME = "rename"  # the group of the first remark is called `name`
    APART = "apart"  # the first and the second never share a group; others go with the nearer
    PIN = "pin"  # the first remark represents its question
    EXCLUDE = "exclude"  # the remarks are placed nowhere and count nowhere


@dataclass(frozen=True, slots=True)
class Rule:
    """One correction. remarks: ids, the order matters as `Verb` says; level: whose groups are meant."""

    verb: Verb
    remarks: tuple[str, ...]
    level: Level = "question"
    name: str = ""

    def as_json(self) -> dict[str, Any]:
        """Plain values."""
        return {"verb": self.verb.value, "remarks": list(self.remarks), "level": self.level, "name": self.name}

    @classmethod
    def from_json(cls, data: dict[str, Any]) -> Self:
        """The inverse of `as_json`."""
        return cls(Verb(data["verb"]), tuple(data["remarks"]), data["level"], data["name"])


@dataclass(frozen=True, slots=True)
class Lapsed:
    """A rule that does not hold in the result. at: its place among the rules; why: in Chinese."""

    at: int
    rule: Rule
    why: str


@dataclass(frozen=True)
class Relabelled:
    """The label of each wording once the tree is cut and every rule replayed, and the rules that no longer apply."""

    topic: Numbers
    question: Numbers
    edits: Edits
    lapsed: tuple[Lapsed, ...]


@dataclass(frozen=True, slots=True)
class Corrected:
    """The grouping with every rule replayed, and the rules that no longer apply."""

    grouping: Grouping
    lapsed: tuple[Lapsed, ...]


def correct(
    remarks: Sequence[Remark],
    rules: Sequence[Rule],
    *,
    segmenter: Segmenter,
    lexicon: Lexicon,
    cuts: Cuts = DEFAULT_CUTS,
) -> Corrected:
    """Group the remarks and replay the rules in order; without rules the same as `group`."""
    excluded = frozenset(name for rule in rules if rule.verb is Verb.EXCLUDE for name in rule.remarks)
    grown = grow(remarks, segmenter=segmenter, lexicon=lexicon, excluded=excluded)
    return replay(grown, rules, cuts=cuts)


def replay(grown: Grown, rules: Sequence[Rule], *, cuts: Cuts = DEFAULT_CUTS) -> Corrected:
    """Cut the tree and replay the rules; `grown` must have been grown without the remarks they exclude."""
    labels = relabel(grown, rules, cuts=cuts)
    return Corrected(grown.read(labels.topic, labels.question, labels.edits), labels.lapsed)


def relabel(grown: Grown, rules: Sequence[Rule], *, cuts: Cuts = DEFAULT_CUTS) -> Relabelled:
    """As `replay`, but no group is described: milliseconds, however many remarks there are."""
    labels = _Labels(grown, cuts)
    lapsed = [Lapsed(at, rule, why) for at, rule in enumerate(rules) if (why := labels.apply(rule))]
    told = {one.at for one in lapsed}
    undone = [
        Lapsed(at, rule, "后来的规则改变了它的结果，请撤销其中一条")
        for at, rule in enumerate(rules)
        if at not in told and not labels.holds(rule)
    ]
    everything = tuple(sorted([*lapsed, *undone], key=lambda one: one.at))
    return Relabelled(labels.topic, labels.question, labels.edits(), everything)


@dataclass
class _Labels:
    """The labels of the wordings while the rules change them; a label is the lowest wording of a group or new."""

    grown: Grown
    cuts: Cuts
    topic: Numbers = field(init=False)
    question: Numbers = field(init=False)
    wording: dict[str, int] = field(init=False)
    place: dict[str, int] = field(init=False)
    names: dict[Level, dict[int, str]] = field(default_factory=lambda: {"topic": {}, "question": {}})
    pinned: set[int] = field(default_factory=set)

    def __post_init__(self) -> None:
        self.topic = self.grown.tree.cut(self.cuts.topic)
        self.question = self.grown.tree.cut(self.cuts.question)
        self.place = {remark.id: at for at, remark in enumerate(self.grown.remarks)}
        of = self.grown.wordings.of
        self.wording = {name: found for name, at in self.place.items() if (found := of[at]) is not None}

    def apply(self, rule: Rule) -> str:
        """Replay one rule; returns why it cannot be, in Chinese, or nothing."""
        if rule.verb is Verb.EXCLUDE:
            gone = [name for name in rule.remarks if name not in self.place]
            return f"评论 {'、'.join(gone)} 已不存在" if len(gone) == len(rule.remarks) else ""
        lost = [name for name in rule.remarks if name not in self.wording]
        if lost:
            return f"评论 {'、'.join(lost)} 已不存在、已被排除或清理后没有文字"
        return self._change(rule, [self.wording[name] for name in rule.remarks])

    def _change(self, rule: Rule, wordings: list[int]) -> str:
        match rule.verb:
            case Verb.MERGE:
                for other in wordings[1:]:
                    self._join(rule.level, other, wordings[0])
            case Verb.SPLIT:
                self._leave(rule.level, sorted(set(wordings)))
            case Verb.MOVE:
                if rule.level == "question":
                    self._leave("question", [wordings[0]])
                    self._join("question", wordings[0], wordings[1])
                else:
                    self.topic[self.question == self.question[wordings[0]]] = self.topic[wordings[1]]
            case Verb.APART:
                return self._part(rule.level, wordings[0], wordings[1])
            case Verb.RENAME:
                self.names[rule.level][wordings[0]] = rule.name
            case Verb.PIN:
                self.pinned.add(self.place[rule.remarks[0]])
        return ""

    def _join(self, level: Level, other: int, first: int) -> None:
        """The group of `other` becomes one with the group of `first`; a question lies in one topic, so it follows."""
        if level == "question":
            inside = self.question == self.question[other]
            self.topic[inside] = self.topic[first]
            self.question[inside] = self.question[first]
        else:
            self.topic[self.topic == self.topic[other]] = self.topic[first]

    def _leave(self, level: Level, wordings: list[int]) -> None:
        """The wordings make a question of their own, and at topic level a topic of their own."""
        for label in (self.question, self.topic) if level == "topic" else (self.question,):
            label[wordings] = int(label.max()) + 1

    def _part(self, level: Level, first: int, second: int) -> str:
        """Divide a group shared by two wordings: everyone goes with the one they are nearer to."""
        if first == second:
            return "两条评论的用词相同，无法分开"
        if level == "topic":
            self._divide(self.question, first, second)
        self._divide(self.topic if level == "topic" else self.question, first, second)
        if level == "topic":
            self._follow(second)
        return ""

    def _divide(self, label: Numbers, first: int, second: int) -> None:
        if label[first] != label[second]:
            return
        inside = np.flatnonzero(label == label[first])
        vectors = self.grown.features.mixed
        nearness = np.asarray((vectors[inside] @ vectors[[first, second]].T).toarray())
        leaving = set(inside[nearness[:, 1] > nearness[:, 0]].tolist()) - {first} | {second}
        label[sorted(leaving)] = int(label.max()) + 1

    def _follow(self, second: int) -> None:
        """After a topic was divided, questions that lie in both halves are divided along the same line."""
        moved = self.topic == self.topic[second]
        for label in np.unique(self.question[moved]):
            torn = self.question == label
            if not moved[torn].all():
                self.question[torn & moved] = int(self.question.max()) + 1

    def holds(self, rule: Rule) -> bool:
        """Whether the result is as the rule asked."""
        wordings = [self.wording[name] for name in rule.remarks if name in self.wording]
        label = self.topic if rule.level == "topic" else self.question
        if rule.verb in (Verb.MERGE, Verb.MOVE):
            return len({int(label[wording]) for wording in wordings}) == 1
        if rule.verb is Verb.SPLIT:
            return set(np.flatnonzero(label == label[wordings[0]]).tolist()) >= set(wordings)
        if rule.verb is Verb.APART:
            return bool(label[wordings[0]] != label[wordings[1]])
        return True

    def edits(self) -> Edits:
        """Names and pins for the reader."""
        return Edits(self.names["topic"], self.names["question"], frozenset(self.pinned))
