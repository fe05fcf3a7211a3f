"""The evidence of one interview as plain data: what an inspection asks for beside the papers (P18)."""

from dataclasses import asdict
from typing import Any

from microblog.domain.interview import Interview
from microblog.domain.milestone import milestone_as_json
from microblog.service.collect import ledger
from microblog.service.dates import milestones_of
from microblog.service.office import Office
from microblog.service.public_words import page_words
from microblog.service.skipped import skipped_questions


def evidence(office: Office, interview: Interview) -> dict[str, Any]:
    """Duties with their times, completeness, selections down to comment ids, requests, seals, every attempt."""
    now = office.clock.now()
    done = {
        "preview": interview.opened_at,
        "introduction": interview.opened_at,
        "interview": interview.ended_at,
        "channel-close": interview.closes_at if interview.closes_at and interview.closes_at <= now else None,
    }
    posts = office.store.outbox.posts(interview=interview.id)
    subjects = {post.key for post in posts}
    for script in office.store.reviews.scripts(interview.id):
        subjects |= {script.subject(section) for section in script.sections}
    materials = office.store.materials.of(interview.id)
    subjects |= {page_words(interview).subject, *(one.subject for one in materials)}
    return {
        "interview": asdict(interview),
        "duties": [milestone_as_json(duty, now, done.get(duty.id)) for duty in milestones_of(office, interview)],
        "completeness": asdict(ledger(office, interview)),
        "selections": [asdict(item) for item in office.store.questions.selections(interview.id)],
        "skipped": [asdict(item) for item in skipped_questions(office, interview)],
        "left_out": [asdict(item) for item in office.store.questions.left_out(interview.id)],
        "changes": [asdict(request) for request in office.store.requests.all(interview.id)],
        "materials": [asdict(one) for one in materials],
        "seals": [asdict(seal) for seal in office.store.reviews.seals(subjects)],
        "rejections": [asdict(no) for no in office.store.reviews.rejections([f"{interview.name} · script"])],
        "posts": [
            {
                "key": post.key,
                "state": post.state.value,
                "platform_id": post.platform_id,
                "due_at": post.due_at,
                "posted_at": post.posted_at,
                "text": post.text,
                "hash": post.hash,
                "attempts": [asdict(attempt) for attempt in office.store.outbox.attempts(post.key)],
            }
            for post in posts
        ],
    }
