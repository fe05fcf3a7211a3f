"""What a preview needs and where it stands: its date, what its page says, its post, whose seals are missing."""

from dataclasses import dataclass

from microblog.domain.interview import Interview, InterviewState
from microblog.service.dates import bodies_of
from microblog.service.office import Office
from microblog.service.post_view import PostView, views_of
from microblog.service.public_words import page_words

OPEN = (InterviewState.PLANNED, InterviewState.ANNOUNCED, InterviewState.COLLECTED, InterviewState.SEALED)
"""Until the event begins its guests may be replaced and its introduction rewritten."""


@dataclass(frozen=True, slots=True)
class PreviewBoard:
    """missing: what the preview may not go out without. post: None before it is made.

    page: guests, host and introduction as the bodies seal them; unsealed: the bodies that have not.
    """

    interview: Interview
    missing: tuple[str, ...]
    post: PostView | None
    page: str
    unsealed: tuple[str, ...]

    @property
    def may_change(self) -> bool:
        """Whether what the page says may still be changed."""
        return self.interview.state in OPEN

    @property
    def may_date(self) -> bool:
        """Whether the date is set here; afterwards it changes by request."""
        return self.interview.state is InterviewState.PLANNED


def preview_board(office: Office, interview: Interview) -> PreviewBoard:
    """Everything about an interview's preview."""
    words = page_words(interview)
    given = {seal.body for seal in office.store.reviews.seals({words.subject}) if seal.hash == words.hash}
    post = office.store.outbox.find(f"{interview.name} · preview")
    return PreviewBoard(
        interview=interview,
        missing=interview.missing_for_preview(),
        post=views_of(office, [post])[0] if post else None,
        page=words.text,
        unsealed=tuple(body for body in bodies_of(office, interview) if body not in given),
    )
