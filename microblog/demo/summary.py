"""What the demo came to, judged by the sandbox's own record of what it accepted, not by ours."""

from collections import Counter
from typing import Any

from microblog.domain.interview import Interview
from microblog.domain.post import PostKind, PostState
from microblog.service.collect import ledger
from microblog.service.draft import check, latest_script
from microblog.service.filing import PAPERS, folder_of
from microblog.service.group import grouping_of
from microblog.service.office import Office
from microblog.service.review import sealing_bodies
from microblog.service.select import share_spoken_for

SANDBOX_ACCOUNT = 1_000_000_001


def summarise(office: Office, state: dict[str, Any], *, restarts: int) -> dict[str, Any]:
    """The figures of `summary.json`. state: the sandbox's `/_sandbox/state` at the end."""
    interview = office.store.interviews.all()[0]
    posts = office.store.outbox.posts(interview=interview.id)
    script = latest_script(office, interview)
    grouping = grouping_of(office, interview)
    folder = folder_of(office, interview)
    plan = office.store.plans.get(interview.plan)
    preview = office.store.outbox.get(f"{interview.name} · preview")
    posted = [post for post in posts if post.state is PostState.POSTED]
    return {
        "plan": plan.title,
        "interview": f"第{interview.no}期 {interview.topic}",
        "preview_post": preview.platform_id,
        "comments_on_platform": ledger(office, interview).total,
        "questions_stored": ledger(office, interview).stored,
        "topics": len(grouping.topics) if grouping else 0,
        "representatives": len(office.store.questions.selections(interview.id)),
        "coverage": round(share_spoken_for(office, interview), 4),
        "script_chars": check(office, interview, script).counted if script else 0,
        "seals": len(sealing_bodies(office, interview)),
        "answer_parts_posted": sum(post.kind is PostKind.ANSWER for post in posted),
        "duplicates": duplicates(state),
        "lost": lost_posts(office, interview, state) + lost_comments(office, interview, state),
        "restarts": restarts,
        "files": {name: str(folder / file) for name, file in PAPERS.items()},
    }


def duplicates(state: dict[str, Any]) -> int:
    """Texts the platform accepted from us more than once, each surplus counted."""
    texts = Counter(str(write["text"]) for write in state["writes"] if write["uid"] == SANDBOX_ACCOUNT)
    return sum(count - 1 for count in texts.values())


def lost_posts(office: Office, interview: Interview, state: dict[str, Any]) -> int:
    """Posts not cancelled that the platform never accepted."""
    accepted = {str(write["id"]) for write in state["writes"]}
    posts = office.store.outbox.posts(interview=interview.id)
    return sum(post.state is not PostState.CANCELLED and post.platform_id not in accepted for post in posts)


def lost_comments(office: Office, interview: Interview, state: dict[str, Any]) -> int:
    """Netizens' comments the platform showed at the last full sweep, and shows still, that we do not hold."""
    held = {comment.platform_id for comment in office.store.comments.of(interview.id)}
    swept = max(sweep.at.timestamp() for sweep in office.store.comments.sweeps(interview.id) if sweep.full)
    return sum(
        comment["visible"] <= swept
        and not comment["filtered"]
        and comment["deleted"] is None
        and str(comment["id"]) not in held
        for comment in state["comments"]
    )
