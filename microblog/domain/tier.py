"""What the platform lets one account do in a day and an hour, by the access it has (`config/tiers.toml`)."""

from collections.abc import Mapping
from dataclasses import dataclass

from microblog.domain.post import Verb


@dataclass(frozen=True, slots=True)
class Tier:
    """The limits of one kind of access.

    calls_per_day: reads and writes of one account in one app, turning at midnight in China.
    posts_per_hour: statuses; comments_per_hour: comments and replies; ip_calls_per_hour: all calls of one address.
    """

    name: str = "open"
    calls_per_day: int = 100
    posts_per_hour: int = 30
    comments_per_hour: int = 60
    ip_calls_per_hour: int = 15_000

    def per_hour(self, verb: Verb) -> int:
        """How often this may be done in an hour; comments and replies draw on the same number."""
        return self.posts_per_hour if verb is Verb.SHARE else self.comments_per_hour

    def open_verbs(self, last_hour: Mapping[str, int]) -> frozenset[Verb]:
        """The verbs that may be used once more.

        last_hour: calls of the last 60 minutes by kind, writes under their verb. When the platform's hour turns is
        not known; what fits every 60 minutes fits its hour too.
        """
        if sum(last_hour.values()) >= self.ip_calls_per_hour:
            return frozenset()
        done = {verb: last_hour.get(verb.value, 0) for verb in Verb}
        comments = done[Verb.COMMENT] + done[Verb.REPLY]
        return frozenset(
            verb for verb in Verb if (done[verb] if verb is Verb.SHARE else comments) < self.per_hour(verb)
        )


OPEN = Tier()
"""An ordinary reviewed app."""
