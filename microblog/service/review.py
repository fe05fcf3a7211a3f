"""Two bodies seal the exact words of all that becomes public: a script's sections, posts, preview page, roundup.

An edit voids only what it touched, for a seal names the hash of the words. No one seals their own text.
"""

from collections.abc import Iterable
from datetime import datetime

from microblog.domain.errors import NotAllowed
from microblog.domain.interview import Interview
from microblog.domain.outbox import Change
from microblog.domain.post import PostKind, PostState
from microblog.domain.script import Rejection, Script, ScriptState, Seal, sealed
from microblog.service.dates import bodies_of
from microblog.service.draft import latest_script
from microblog.service.office import Office
from microblog.service.public_words import Pending, page_is_sealed, words_beside_posts

FROM_SCRIPT = (PostKind.OPENING, PostKind.ANSWER)


def pending(office: Office, interview: Interview, body: str) -> list[Pending]:
    """What a body still has to read: sections of a submitted script, what pages say, then posts, in reading order."""
    words = [*_sections(office, interview), *words_beside_posts(office, interview), *_posts(office, interview)]
    given = {(seal.subject, seal.hash) for seal in _seals(office, words) if seal.body == body}
    return [item for item in words if (item.subject, item.hash) not in given]


def approve(
    office: Office, interview: Interview, *, body: str, by: str, subjects: Iterable[str] | None = None
) -> int:
    """Seal as a body everything it still has to read, or only the subjects named; returns how many seals.

    Raises NotAllowed when the body is no reviewer of this interview, or the person wrote any of the words or has
    sealed them for another body: two bodies are two people.
    """
    _check_body(office, interview, body)
    wanted = None if subjects is None else frozenset(subjects)
    items = [item for item in pending(office, interview, body) if wanted is None or item.subject in wanted]
    own = next((item for item in items if item.author == by), None)
    if own is not None:
        raise NotAllowed(f"“{own.subject}”由 {by} 本人撰写，不能自己盖章，请换一位审核人")
    words = {(item.subject, item.hash) for item in items}
    twice = next((one for one in _seals(office, items) if one.by == by and (one.subject, one.hash) in words), None)
    if twice is not None:
        raise NotAllowed(f"“{twice.subject}”已由 {by} 代表另一单位盖章，须由另一人审核")
    now = office.clock.now()
    for item in items:
        office.store.reviews.seal(Seal(item.subject, item.hash, body, by, now))
    office.note(by, "seal", interview.name, body=body, seals=len(items))
    settle_seals(office, interview)
    return len(items)


def reject(office: Office, interview: Interview, *, body: str, by: str, note: str) -> Script:
    """Send the submitted script back to the lead unit with a note; it needs a new version.

    Raises NotAllowed when no script waits for review or the body is no reviewer.
    """
    _check_body(office, interview, body)
    script = latest_script(office, interview)
    if script is None or script.state is not ScriptState.SUBMITTED:
        raise NotAllowed(f"第{interview.no}期没有待审的访谈稿，无法退回，请先提交")
    subject = f"{interview.name} · script"
    words = "\n".join(section.hash for section in script.sections)
    office.store.reviews.reject(Rejection(subject, words, body, by, office.clock.now(), note))
    rejected = script.evolve(state=ScriptState.REJECTED)
    office.store.reviews.save_script(rejected)
    office.note(by, "reject", interview.name, body=body, version=script.version, note=note)
    return rejected


def settle_seals(office: Office, interview: Interview) -> None:
    """Move what is fully sealed: a script to final, its posts and all other drafts to sealed."""
    bodies = bodies_of(office, interview)
    script = latest_script(office, interview)
    if script is not None and script.state is ScriptState.SUBMITTED and _all_sealed(office, interview, bodies):
        office.store.reviews.save_script(script.evolve(state=ScriptState.FINAL))
        office.note("system", "final", interview.name, version=script.version)
        script = latest_script(office, interview)
    final = script is not None and script.state is ScriptState.FINAL
    for post in office.store.outbox.posts(interview=interview.id, states=[PostState.DRAFT]):
        if post.kind in FROM_SCRIPT and not final:
            continue  # a script may yet be rejected; its posts go out with all of it or not at all
        if post.kind is PostKind.PREVIEW and not page_is_sealed(office, interview):
            continue  # the page it leads to opens with it
        if sealed(post.key, post.hash, post.bodies, tuple(office.store.reviews.seals([post.key]))):
            office.store.outbox.move(post.key, Change(PostState.SEALED), expect=[PostState.DRAFT])


def last_sealed_at(office: Office, interview: Interview) -> datetime | None:
    """When the newest seal on the script was given."""
    seals = _seals(office, _sections(office, interview))
    return max((seal.at for seal in seals), default=None)


def _all_sealed(office: Office, interview: Interview, bodies: tuple[str, ...]) -> bool:
    words = [*_sections(office, interview), *_posts(office, interview)]
    seals = tuple(_seals(office, words))
    return all(sealed(item.subject, item.hash, bodies, seals) for item in words)


def _sections(office: Office, interview: Interview) -> list[Pending]:
    script = latest_script(office, interview)
    if script is None or script.state not in (ScriptState.SUBMITTED, ScriptState.FINAL):
        return []
    return [
        Pending(script.subject(section), section.hash, section.printed(), section.author)
        for section in script.sections
    ]


def _posts(office: Office, interview: Interview) -> list[Pending]:
    """Posts waiting for seals; those made from a script only while that script itself is before the bodies."""
    drafts = office.store.outbox.posts(interview=interview.id, states=[PostState.DRAFT])
    if not _sections(office, interview):
        drafts = [post for post in drafts if post.kind not in FROM_SCRIPT]
    return [Pending(post.key, post.hash, post.text, post.author) for post in drafts]


def _seals(office: Office, words: Iterable[Pending]) -> list[Seal]:
    return office.store.reviews.seals({item.subject for item in words})


def _check_body(office: Office, interview: Interview, body: str) -> None:
    bodies = bodies_of(office, interview)
    if body not in bodies:
        raise NotAllowed(f"“{body}”不是第{interview.no}期的审核单位，请改用：{'、'.join(bodies)}")


def sealing_bodies(office: Office, interview: Interview) -> frozenset[str]:
    """The bodies whose seals stand on every word of the newest script."""
    words = _sections(office, interview)
    seals = tuple(_seals(office, words))
    named = {seal.body for seal in seals}
    return frozenset(body for body in named if all(sealed(item.subject, item.hash, (body,), seals) for item in words))
