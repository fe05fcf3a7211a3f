"""Words that become public without being a post: the preview page's, and the entries of a roundup.

They are sealed as posts are. What is not sealed is not shown; a preview does not go out before its page is sealed.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from microblog.domain.interview import Interview
from microblog.domain.material import Material
from microblog.domain.post import text_hash
from microblog.domain.script import Seal, sealed
from microblog.papers.facts import facts
from microblog.service.dates import bodies_of
from microblog.service.office import Office

OF_THE_PAGE = ("访谈嘉宾", "特邀专家", "主持人")
"""Facts that stand on the preview page by nobody's approval but the seals': topic and time have their own (G12)."""


@dataclass(frozen=True, slots=True)
class Pending:
    """Words waiting for a body's seal. text: exactly what it would seal."""

    subject: str
    hash: str
    text: str
    author: str


def page_words(interview: Interview) -> Pending:
    """Guests, host and introduction, as the preview page shows them."""
    lines = [f"{title}：{value}" for title, value in facts(interview) if title in OF_THE_PAGE]
    text = "\n".join([*lines, interview.introduction]).strip()
    return Pending(f"{interview.name} · introduction", text_hash(text), text, interview.author)


def material_words(material: Material) -> Pending:
    """One entry of a roundup."""
    return Pending(material.subject, material.hash, material.printed(), material.by)


def words_beside_posts(office: Office, interview: Interview) -> list[Pending]:
    """All of them that a body may be asked to seal: the page's from the moment its preview is being prepared."""
    found = [material_words(one) for one in office.store.materials.of(interview.id)]
    prepared = office.store.outbox.find(f"{interview.name} · preview") is not None
    page = page_words(interview)
    return [page, *found] if prepared and page.text else found


def page_is_sealed(office: Office, interview: Interview) -> bool:
    """Whether every body has sealed what the preview page says now."""
    return bool(sealed_among(office, interview, [page_words(interview)]))


def sealed_materials(office: Office, interview: Interview) -> list[Material]:
    """The entries of a roundup that may be shown."""
    materials = office.store.materials.of(interview.id)
    shown = sealed_among(office, interview, [material_words(one) for one in materials])
    return [one for one in materials if one.subject in shown]


def sealed_among(office: Office, interview: Interview, words: Iterable[Pending]) -> frozenset[str]:
    """The subjects whose words every body of the interview has sealed as they are."""
    wanted, bodies = list(words), bodies_of(office, interview)
    seals: tuple[Seal, ...] = tuple(office.store.reviews.seals({one.subject for one in wanted}))
    return frozenset(one.subject for one in wanted if sealed(one.subject, one.hash, bodies, seals))
