"""What an analyst corrects in the groups: kept as rules with who and when, replayed on every grouping, undoable."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import count

from microblog.domain.errors import InvalidInput, NotAllowed
from microblog.domain.interview import Interview
from microblog.domain.question import distinct
from microblog.service.office import Office
from microblog.service.ports import StoredCorrection
from microblog.service.trees import Make, Stand
from microblog.text.corrections import Rule, Verb, relabel
from microblog.text.grouping import DEFAULT_CUTS, Cuts, grow
from microblog.text.outline import Outline, ground_of
from microblog.text.remark import Remark

GRAINS = range(-5, 6)
"""From coarsest to finest; 0 is the default cut."""

_SERIALS = count(1)
_NAME_MOST = 40
_OUTLINES_MOST = 8


@dataclass(frozen=True, slots=True)
class Standing:
    """The corrections that hold: their ids, rules, cut, and what they exclude."""

    ids: tuple[int, ...]
    rules: tuple[Rule, ...]
    grain: int
    excluded: frozenset[str]

    @property
    def cuts(self) -> Cuts:
        """Where the tree is cut."""
        return cuts_at(self.grain)


def cuts_at(grain: int) -> Cuts:
    """The cut of a grain: topics narrow by a ninth a step, questions by 0.04. Raises InvalidInput."""
    if grain not in GRAINS:
        raise InvalidInput(f"粒度只能在 {GRAINS[0]} 到 {GRAINS[-1]} 之间，请重新选择")
    return Cuts(round(DEFAULT_CUTS.topic * 1.12**grain, 4), round(DEFAULT_CUTS.question + 0.04 * grain, 4))


def standing(office: Office, interview: Interview) -> Standing:
    """The corrections of an interview that hold now."""
    return standing_of(office.store.corrections.of(interview.id))


def standing_of(corrections: Sequence[StoredCorrection]) -> Standing:
    """Those that hold, in order; the last grain counts."""
    holding = [one for one in corrections if one.holds]
    rules = tuple(Rule.from_json(rule) for one in holding for rule in one.content.get("rules", ()))
    grains = [one.content["grain"] for one in holding if "grain" in one.content]
    excluded = frozenset(name for rule in rules if rule.verb is Verb.EXCLUDE for name in rule.remarks)
    return Standing(tuple(one.id for one in holding), rules, grains[-1] if grains else 0, excluded)


def correct(office: Office, interview: Interview, title: str, rules: Sequence[Rule], *, by: str) -> StoredCorrection:
    """Keep what an analyst did as one correction. title: in Chinese. Raises InvalidInput on a name too long."""
    for rule in rules:
        if rule.verb is Verb.RENAME and not 0 < len(rule.name.strip()) <= _NAME_MOST:
            raise InvalidInput(f"名称须为 1 到 {_NAME_MOST} 个字，请重新填写")
    return _kept(office, interview, title, {"rules": [rule.as_json() for rule in rules]}, by)


def set_grain(office: Office, interview: Interview, grain: int, *, by: str) -> StoredCorrection | None:
    """Cut finer or coarser; None when it is cut so already."""
    cuts_at(grain)
    if standing(office, interview).grain == grain:
        return None
    told = "恢复默认粒度" if not grain else f"归类调{'细' if grain > 0 else '粗'}到 {grain:+d}"
    return _kept(office, interview, told, {"grain": grain}, by)


def _kept(office: Office, interview: Interview, title: str, content: dict[str, object], by: str) -> StoredCorrection:
    made = StoredCorrection(interview.id, by, office.clock.now(), title, content)
    stored = office.store.corrections.add(made)
    office.note(by, "correct", interview.name, correction=stored.id, title=title)
    return stored


def undo(office: Office, interview: Interview, number: int, *, by: str) -> StoredCorrection:
    """Let a correction hold no longer; every other one is replayed without it. Raises NotAllowed."""
    found = _correction(office, interview, number)
    if not office.store.corrections.undo(number, by=by, at=office.clock.now()):
        raise NotAllowed(f"“{found.title}”已经撤销过，请刷新页面查看")
    office.note(by, "undo", interview.name, correction=number)
    return found


def redo(office: Office, interview: Interview, number: int, *, by: str) -> StoredCorrection:
    """Let an undone correction hold again, at its old place. Raises NotAllowed."""
    found = _correction(office, interview, number)
    if not office.store.corrections.redo(number):
        raise NotAllowed(f"“{found.title}”没有被撤销，请刷新页面查看")
    office.note(by, "redo", interview.name, correction=number)
    return found


def _correction(office: Office, interview: Interview, number: int) -> StoredCorrection:
    found = next((one for one in office.store.corrections.of(interview.id) if one.id == number), None)
    if found is None:
        raise InvalidInput(f"本期没有编号为 {number} 的修改，请刷新页面查看")
    return found


def last_holding(office: Office, interview: Interview) -> StoredCorrection | None:
    """The newest correction not undone: what «undo» without more means."""
    return next((one for one in reversed(office.store.corrections.of(interview.id)) if one.holds), None)


def maker(office: Office, interview: Interview) -> Make:
    """Makes a stand of what is stored now."""

    def make(last: Stand | None) -> Stand:
        pulse = office.store.comments.pulse(interview.id)  # first: what comes while we read is news
        excluded = standing(office, interview).excluded
        if last is not None and (last.pulse, last.excluded) == (pulse, excluded):
            return last
        comments = {one.id: one for one in distinct(office.store.comments.of(interview.id))}
        remarks = [
            Remark(one.id, one.text, one.user_id, one.likes, one.created_at)
            for one in comments.values()
            if not one.own and one.deleted_at is None
        ]
        said = [(remark.id, remark.text) for remark in remarks]
        if last is not None and last.excluded == excluded and last.said == said:
            grown = replace(last.grown, remarks=tuple(remarks))
        else:
            grown = grow(remarks, segmenter=office.segmenter, lexicon=office.lexicon, excluded=excluded)
        return Stand(pulse, comments, grown, ground_of(grown), excluded, next(_SERIALS))

    return make


def outline_under(stand: Stand, held: Standing) -> Outline:
    """The groups under these corrections; counted once while nobody corrects anything."""
    known = stand.outlines.get(held.ids)
    if known is None:
        labels = relabel(stand.grown, held.rules, cuts=held.cuts)
        known = Outline(stand.grown, stand.ground, labels, held.excluded)
        stand.outlines[held.ids] = known
        while len(stand.outlines) > _OUTLINES_MOST:
            stand.outlines.pop(next(iter(stand.outlines)), None)
    return known
