"""What the judge must know and the store does not keep: true times of seals, of a person's yes, of every wording."""

from dataclasses import dataclass, field

from bench.chaos.stage import Stage
from microblog.domain.post import Post, PostState


@dataclass(frozen=True, slots=True)
class Asked:
    """A post of unknown fate that was left to a person. proof: what shows that it was undecidable; empty: nothing."""

    key: str
    why: str
    kind: str
    proof: str


@dataclass
class Record:
    """Kept beside the play, in true seconds.

    texts: every wording of a post. sealed: (post, words' hash, body) → when. latest: post → (since when, until when
    it may go out), the last entry in force. by_machine: latest times that no person changed. asked: by post.
    """

    stage: Stage
    texts: dict[str, set[str]] = field(default_factory=dict)
    sealed: dict[tuple[str, str, str], float] = field(default_factory=dict)
    latest: dict[str, list[tuple[float, float]]] = field(default_factory=dict)
    by_machine: list[str] = field(default_factory=list)
    asked: dict[str, Asked] = field(default_factory=dict)

    def look(self, *, people: bool) -> None:
        """Take down what changed. people: whether people, not the workers, acted since the last look."""
        now = self.stage.world.now()
        posts = self.stage.store.outbox.posts()
        for post in posts:
            self.texts.setdefault(post.key, set()).add(post.text)
            known = self.latest.setdefault(post.key, [])
            until = post.latest_at.timestamp()
            if not known or known[-1][1] != until:
                if known and not people:
                    self.by_machine.append(post.key)
                known.append((now, until))
        for seal in self.stage.store.reviews.seals([post.key for post in posts]) if people else ():
            self.sealed.setdefault((seal.subject, seal.hash, seal.body), now)

    def ask(self, post: Post, kind: str, proof: str) -> None:
        """A machine could not settle this post."""
        self.asked.setdefault(post.key, Asked(post.key, post.reason, kind, proof))


def asks(post: Post) -> bool:
    """Whether only a person can tell what became of it."""
    return post.state in (PostState.UNKNOWN, PostState.LANDED) and post.not_before is None
