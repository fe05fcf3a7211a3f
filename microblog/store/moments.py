"""Moments as kept: aware, in UTC."""

from datetime import UTC, datetime

from microblog.store.errors import NaiveMoment


def utc(moment: datetime) -> datetime:
    """The same moment in UTC. Raises NaiveMoment when it has no time zone."""
    if moment.tzinfo is None:
        raise NaiveMoment(f"{moment} has no time zone")
    return moment.astimezone(UTC)
