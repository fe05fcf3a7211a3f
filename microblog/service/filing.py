"""Writing the filing folder of an interview: one folder, everything an inspection asks for, made anew each time."""

import json
from collections.abc import Iterator
from pathlib import Path

from microblog.domain.interview import Form, Interview
from microblog.domain.period import shanghai_day
from microblog.papers.clusters_xlsx import clusters_to_xlsx
from microblog.papers.posts_text import posts_text
from microblog.papers.roundup_docx import roundup_to_docx
from microblog.papers.script_docx import script_to_docx
from microblog.papers.transcript import Counts, Transcript, transcript_entries, transcript_text
from microblog.papers.transcript_html import transcript_html
from microblog.service.cluster_rows import comment_rows, left_out_rows, skipped_rows, topic_rows
from microblog.service.collect import ledger
from microblog.service.dates import unanswered_due
from microblog.service.draft import latest_script
from microblog.service.evidence import evidence
from microblog.service.group import asking_comments, grouping_of
from microblog.service.office import Office
from microblog.service.public_record import sealed_script
from microblog.service.public_words import sealed_materials
from microblog.service.select import share_spoken_for
from microblog.service.skipped import skipped_questions, spoken_for
from microblog.text.clean import mask

PAPERS = {
    "transcript": "transcript.html",
    "transcript_text": "transcript.txt",
    "script": "script.docx",
    "clusters": "clusters.xlsx",
    "posts": "posts.txt",
    "roundup": "roundup.docx",
    "evidence": "evidence.json",
}
"""The papers of a folder by what they are."""


def folder_of(office: Office, interview: Interview) -> Path:
    """Where the papers of an interview lie: `2024-01` under the office's filing folder."""
    return office.practice.files / f"{interview.year}-{interview.no:02d}"


def write_folder(office: Office, interview: Interview) -> Path:
    """Write every paper there is material for; returns the folder. Harmless to repeat."""
    folder = folder_of(office, interview)
    folder.mkdir(parents=True, exist_ok=True)
    for name, content in _papers(office, interview):
        (folder / PAPERS[name]).write_bytes(content)
    return folder


def _papers(office: Office, interview: Interview) -> Iterator[tuple[str, bytes]]:
    yield "evidence", json.dumps(evidence(office, interview), ensure_ascii=False, indent=1, default=str).encode()
    yield "posts", posts_text(office.store.outbox.posts(interview=interview.id)).encode()
    yield "clusters", clusters_paper(office, interview)
    script = latest_script(office, interview)
    if script is None:
        return
    yield "script", script_to_docx(script, interview)
    record = transcript_of(office, interview)
    template = office.wording.source("transcript.html.j2")
    yield "transcript", transcript_html(record, template=template, mask=mask).encode()
    yield "transcript_text", transcript_text(record, mask=mask).encode()
    yield "roundup", roundup_paper(office, interview)


def clusters_paper(office: Office, interview: Interview) -> bytes:
    """The groups of an interview as a workbook."""
    grouping = grouping_of(office, interview)
    comments = office.store.comments.of(interview.id)
    questions, skipped = office.store.questions, skipped_questions(office, interview)
    left_out = left_out_rows(grouping, questions.left_out(interview.id))
    return clusters_to_xlsx(
        topics=topic_rows(grouping, questions.selections(interview.id), {one.comment for one in skipped}),
        comments=comment_rows(grouping, comments),
        left_out=[*skipped_rows(skipped, unanswered_due(office, interview)), *left_out],
        completeness=ledger(office, interview),
        written_at=office.clock.now(),
    )


def roundup_paper(office: Office, interview: Interview) -> bytes:
    """The roundup as a Word document: sealed words alone, empty sections named (G18)."""
    record = transcript_of(office, interview)
    materials = sealed_materials(office, interview)
    return roundup_to_docx(
        interview, record.entries, record.counts, materials, written_at=office.clock.now(), mask=mask
    )


def transcript_of(office: Office, interview: Interview) -> Transcript:
    """The record of an interview as it stands now: sealed words, and which of them are published."""
    script = sealed_script(office, interview) or latest_script(office, interview)
    sections = script.sections if script else ()
    posts = office.store.outbox.posts(interview=interview.id) if interview.form is Form.WEIBO else None
    entries = transcript_entries(sections, posts)
    answered = {entry.slot for entry in entries if entry.netizen} & {entry.slot for entry in entries if entry.unit}
    asking = {comment.id for comment in asking_comments(office, interview)}
    voices = {name for item in spoken_for(office, interview) for name in item.speaks_for}
    due = unanswered_due(office, interview)
    counts = Counts(
        received=len(asking),
        answered=len(answered),
        pending=len(asking - voices),
        share=share_spoken_for(office, interview),
        rest_by=shanghai_day(due) if due else None,
    )
    return Transcript(interview, entries, counts, office.practice.account)
