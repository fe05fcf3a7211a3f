"""Drafting the script: from the chosen questions to sections, answered by the lead unit, checked and submitted."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from microblog.domain.errors import InvalidInput, NotAllowed, NotFound
from microblog.domain.interview import Interview
from microblog.domain.question import Selection
from microblog.domain.rules import CountKind, RuleSet
from microblog.domain.script import Script, ScriptState, Section, SectionKind
from microblog.service.answer import draft_event
from microblog.service.dates import rule_set_of
from microblog.service.office import Office
from microblog.text.count import strict_count, word_count


@dataclass(frozen=True, slots=True)
class Findings:
    """What stands between a script and its submission.

    counted: characters by the rule set's count; strict: Chinese characters alone; minimum: 0 where none is set.
    unanswered: slots without an answer. missing: chosen questions not in the script, as their quotes.
    altered: slots whose question is no exact part of a chosen quote.
    """

    counted: int
    strict: int
    minimum: int
    unanswered: tuple[str, ...]
    missing: tuple[str, ...]
    altered: tuple[str, ...]

    @property
    def long_enough(self) -> bool:
        """Whether the script reaches the minimum (P9)."""
        return self.counted >= self.minimum

    def chinese(self) -> tuple[str, ...]:
        """What is wrong, a line each; empty when the script may be submitted."""
        lines = []
        if not self.long_enough:
            lines.append(f"全文{self.counted}字，少于规定的{self.minimum}字")
        lines += [f"“{slot}”还没有答复" for slot in self.unanswered]
        lines += [f"入选问题不在稿中：“{quote[:30]}”" for quote in self.missing]
        lines += [f"“{slot}”的提问与网友原话不一致" for slot in self.altered]
        return tuple(lines)


def latest_script(office: Office, interview: Interview) -> Script | None:
    """The newest version, or None."""
    versions = office.store.reviews.scripts(interview.id)
    return versions[-1] if versions else None


def build(office: Office, interview: Interview, *, by: str) -> Script:
    """Version 1: a section for the opening, each chosen question in order, and the closing, answers empty.

    Harmless to repeat: an existing script is returned as it is. Raises NotAllowed when nothing is chosen.
    """
    existing = latest_script(office, interview)
    if existing is not None:
        return existing
    selections = office.store.questions.selections(interview.id)
    if not selections:
        raise NotAllowed(f"第{interview.no}期还没有选定代表性问题，请先选题再起草访谈稿")
    sections = (
        Section("opening", SectionKind.OPENING, author=by),
        *(_question(selection, interview, by) for selection in selections),
        Section("closing", SectionKind.CLOSING, author=by),
    )
    script = Script(interview.id, 1, sections, by, office.clock.now())
    office.store.reviews.add_script(script)
    office.note(by, "draft", interview.name, version=1, questions=len(selections))
    return script


def _question(selection: Selection, interview: Interview, by: str) -> Section:
    return Section(
        slot=f"question {selection.rank}",
        kind=SectionKind.QUESTION,
        question=selection.quote,
        unit=interview.lead or "",
        asker=selection.asker,
        comment=selection.comment,
        rank=selection.rank,
        askers=selection.askers,
        author=by,
    )


def write(office: Office, interview: Interview, sections: Iterable[Section], *, by: str) -> Script:
    """Save new words. A draft is changed in place; a submitted, rejected or final script gets a new version.

    Sections whose words did not change keep their author and, with it, their seals.
    """
    before = latest_script(office, interview)
    if before is None:
        raise NotFound(f"第{interview.no}期还没有访谈稿，请先用 microblog script build {interview.id} 起草")
    written = tuple(_by(section, before.section(section.slot), by) for section in sections)
    if before.state is ScriptState.DRAFT:
        script = before.evolve(sections=written, author=by)
        office.store.reviews.save_script(script)
    elif written == before.sections and before.state is not ScriptState.REJECTED:
        return before
    else:
        script = Script(interview.id, before.version + 1, written, by, office.clock.now())
        office.store.reviews.add_script(script)
    office.note(by, "write", interview.name, version=script.version)
    return script


def _by(section: Section, before: Section | None, by: str) -> Section:
    unchanged = before is not None and before.hash == section.hash
    return replace(section, author=before.author if unchanged and before else by)


def check(office: Office, interview: Interview, script: Script) -> Findings:
    """Count the script and hold it against the chosen questions."""
    return findings(script, office.store.questions.selections(interview.id), rule_set_of(office, interview))


def findings(script: Script, selections: Sequence[Selection], rules: RuleSet) -> Findings:
    """What is wrong with a script; pure."""
    text = script.printed()
    quotes = {selection.comment: selection.quote for selection in selections}
    present = {section.comment for section in script.questions()}
    return Findings(
        counted=word_count(text) if rules.script_count_kind is CountKind.WORD else strict_count(text),
        strict=strict_count(text),
        minimum=rules.script_min_count,
        unanswered=tuple(section.slot for section in script.sections if not section.answer.strip()),
        missing=tuple(item.quote for item in selections if item.comment not in present),
        altered=tuple(
            section.slot
            for section in script.questions()
            if not section.question.strip() or section.question not in quotes.get(section.comment, "")
        ),
    )


def submit(office: Office, interview: Interview, *, by: str, override: str = "") -> Script:
    """Hand the latest version to the reviewing bodies.

    override: the reason for handing in a script below the minimum count; everything else must be right.
    Raises NotAllowed naming what is wrong, InvalidInput when a post made from it would be too long.
    """
    script = latest_script(office, interview)
    if script is None:
        raise NotFound(f"第{interview.no}期还没有访谈稿，请先用 microblog script build {interview.id} 起草")
    if script.state is not ScriptState.DRAFT:
        raise NotAllowed(
            f"第{interview.no}期访谈稿第{script.version}版已是“{script.state.chinese}”，修改后才能再次提交"
        )
    found = check(office, interview, script)
    wrong = replace(found, minimum=0).chinese() if override else found.chinese()
    if wrong:
        raise NotAllowed(f"第{interview.no}期访谈稿不能提交：{'；'.join(wrong)}")
    submitted = script.evolve(state=ScriptState.SUBMITTED, override=override)
    draft_event(office, interview, submitted)  # first, for a submitted script cannot be submitted again
    office.store.reviews.save_script(submitted)
    office.note(by, "submit", interview.name, version=script.version, counted=found.counted, override=override)
    return submitted


def section_of(script: Script, slot: str) -> Section:
    """Raises InvalidInput listing the slots there are."""
    section = script.section(slot)
    if section is None:
        slots = "、".join(section.slot for section in script.sections)
        raise InvalidInput(f"访谈稿里没有“{slot}”，现有：{slots}")
    return section
