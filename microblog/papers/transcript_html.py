"""The transcript as one self-contained page; the look is `config/templates/transcript.html.j2`."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from operator import attrgetter

from jinja2 import Environment, StrictUndefined, TemplateError

from microblog.domain.errors import InvalidInput
from microblog.domain.period import SHANGHAI
from microblog.papers.facts import facts
from microblog.papers.transcript import Entry, EntryKind, Mask, Transcript, counts_line, shown, stamp


@dataclass(frozen=True, slots=True)
class Exchange:
    """One section of the page. number: of a netizen's question, from 1, else 0. answer: None while pending."""

    number: int
    question: Entry | None
    answer: Entry | None


def transcript_html(transcript: Transcript, *, template: str, mask: Mask) -> str:
    """The page. template: the source of `transcript.html.j2`; everything put into it is escaped and masked.

    Raises InvalidInput when the template does not fit its values.
    """
    interview, counts = transcript.interview, transcript.counts
    public = tuple(_public(entry, mask) for entry in transcript.entries)
    page = Environment(autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True)
    page.filters["clock"] = lambda at: stamp(at, interview.date)
    page.filters["iso"] = lambda at: at.astimezone(SHANGHAI).isoformat()
    try:
        return page.from_string(template).render(
            topic=shown(interview.topic, mask),
            account=shown(transcript.account, mask),
            facts=[(title, shown(value, mask)) for title, value in facts(interview)[1:]],
            counts=counts,
            summary=counts_line(counts),
            exchanges=exchanges(public),
        )
    except TemplateError as cause:
        message = f"模板 config/templates/transcript.html.j2 无法使用（{cause}），请修改后重试"
        raise InvalidInput(message) from cause


def exchanges(entries: Sequence[Entry]) -> list[Exchange]:
    """The entries, section by section."""
    found: list[Exchange] = []
    number = 0
    for _, group in groupby(entries, key=attrgetter("slot")):
        parts = tuple(group)
        question = next((entry for entry in parts if entry.kind is EntryKind.QUESTION), None)
        answer = next((entry for entry in parts if entry.kind is not EntryKind.QUESTION), None)
        netizen = question is not None and question.netizen
        number += netizen
        found.append(Exchange(number if netizen else 0, question, answer))
    return found


def _public(entry: Entry, mask: Mask) -> Entry:
    """Masked, and without a link that is not a web address."""
    return replace(
        entry,
        text=shown(entry.text, mask).strip(),
        speaker=shown(entry.speaker, mask) or "匿名",
        unit=shown(entry.unit, mask),
        link=entry.link if entry.link.startswith(("https://", "http://")) else "",
    )
