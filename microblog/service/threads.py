"""The threads of an interview: each answer with its parts, and the posts that stand alone."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from microblog.domain.interview import Interview
from microblog.domain.post import PostKind, PostState
from microblog.domain.rehearsal import BEHIND_HOLD, kept_back
from microblog.domain.script import Section
from microblog.service.answer import thread_of
from microblog.service.draft import latest_script
from microblog.service.live import HOLDABLE, SENDABLE
from microblog.service.office import Office
from microblog.service.post_view import PostView
from microblog.service.shown import post_anchor

ON_THE_WAY = (PostState.SENDING, PostState.LANDED, PostState.UNKNOWN)
_SKIPPED, _WAITING = "已跳过", "待发"


@dataclass(frozen=True, slots=True)
class Thread:
    """An answer with its parts, or a post of its own. title: `答复 3`; question and asker only where it answers one.

    state: Chinese; marker: how it is coloured. The flags say what may be done with it now.
    """

    name: str
    title: str
    parts: tuple[PostView, ...]
    state: str
    marker: str
    question: str = ""
    asker: str = ""
    askers: int = 0
    can_send: bool = False
    can_hold: bool = False
    can_let_go: bool = False
    can_skip: bool = False

    @property
    def over(self) -> bool:
        """Whether there is nothing more to do with it."""
        return all(part.post.state in (PostState.POSTED, PostState.CANCELLED) for part in self.parts)

    @property
    def length(self) -> int:
        """All parts together, by the platform's count."""
        return sum(part.length for part in self.parts)

    @property
    def held(self) -> str:
        """Who holds it back and why."""
        return next((part.post.held for part in self.parts if part.held), "")

    @property
    def anchor(self) -> str:
        """A name for links on the page: `answer-3`."""
        return post_anchor(self.name)


def threads_of(office: Office, interview: Interview, views: Sequence[PostView], *, begun: bool) -> tuple[Thread, ...]:
    """The posts of an interview but its preview, as threads in the order they go out. begun: its hour has come."""
    script = latest_script(office, interview)
    sections = {f"{interview.name} · answer {one.rank}": one for one in script.questions()} if script else {}
    grouped: dict[str, list[PostView]] = {}
    for view in sorted(views, key=lambda one: (one.post.due_at, one.post.order, one.post.key)):
        if view.post.kind is not PostKind.PREVIEW:
            grouped.setdefault(thread_of(view.post.key), []).append(view)
    now, kept = office.clock.now(), kept_back([view.post for view in views])
    threads = (_thread(name, parts, sections.get(name), now, begun=begun) for name, parts in grouped.items())
    return tuple(_behind(thread) if thread.parts[0].post.key in kept else thread for thread in threads)


def _behind(thread: Thread) -> Thread:
    """A thread that would go out, but for a hold on the one before it."""
    return replace(thread, state=BEHIND_HOLD, marker="wait") if thread.state == _WAITING else thread


def _thread(name: str, parts: list[PostView], section: Section | None, now: datetime, *, begun: bool) -> Thread:
    state, marker = _state(parts)
    first = parts[0].post
    waiting = next((part.post for part in parts if part.post.platform_id is None), None)
    sendable = waiting is not None and waiting.state in SENDABLE and now <= waiting.latest_at
    untouched = all(part.post.state not in (*ON_THE_WAY, PostState.POSTED) for part in parts)
    return Thread(
        name=name,
        title=f"答复 {section.rank}" if section else first.kind.chinese,
        parts=tuple(parts),
        state=state,
        marker=marker,
        question=section.question if section else "",
        asker=section.asker if section else "",
        askers=section.askers if section else 0,
        can_send=begun and sendable,
        can_hold=any(part.post.state in HOLDABLE and not part.post.held for part in parts),
        can_let_go=any(part.held for part in parts),
        can_skip=untouched and first.kind is PostKind.ANSWER and state != _SKIPPED,
    )


def _any(*states: PostState) -> Callable[[Sequence[PostView]], bool]:
    return lambda parts: any(part.post.state in states for part in parts)


_CALLED: tuple[tuple[Callable[[Sequence[PostView]], bool], str, str], ...] = (
    (lambda parts: not parts, _SKIPPED, ""),
    (lambda parts: any(part.asks for part in parts), "要人处理", "bad"),
    (lambda parts: all(part.post.state.on_platform for part in parts), "已发完", "good"),
    (lambda parts: any(part.held for part in parts), "暂缓中", "wait"),
    (lambda parts: any(part.by_hand for part in parts), "人工发布", "wait"),
    (_any(PostState.UNKNOWN), "正在核实", "bad"),
    (_any(PostState.SENDING, PostState.POSTED, PostState.LANDED), "正在发", "live"),
    (_any(PostState.DRAFT), "待盖章", "wait"),
)


def _state(parts: Sequence[PostView]) -> tuple[str, str]:
    """What to call a thread as a whole, and its colour: the first that holds."""
    alive = [part for part in parts if part.post.state is not PostState.CANCELLED]
    return next(((title, marker) for holds, title, marker in _CALLED if holds(alive)), (_WAITING, ""))
