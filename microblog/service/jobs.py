"""The worker's verbs by name: what `schedules/jobs.toml` may schedule. All are safe to repeat."""

from collections.abc import Callable, Mapping
from datetime import datetime

from microblog.service.agenda import advance
from microblog.service.dispatch import dispatch
from microblog.service.logins import watch_login
from microblog.service.office import Office
from microblog.service.polling import group_all, poll, sweep
from microblog.service.ports import Beat
from microblog.service.read_back import reconcile

Verb = Callable[[Office], object]


def heartbeat(office: Office, started_at: datetime) -> None:
    """Leave a sign of life."""
    office.store.journal.beat(Beat(office.practice.worker, office.clock.now(), started_at))


def verbs(started_at: datetime, keep_going: Callable[[], bool]) -> Mapping[str, Verb]:
    """Every verb a job may name. keep_going: False once the worker was asked to stop."""
    return {
        "dispatch": lambda office: dispatch(office, keep_going=keep_going),
        "reconcile": reconcile,
        "advance": advance,
        "poll": poll,
        "sweep": sweep,
        "group": group_all,
        "watch-login": watch_login,
        "heartbeat": lambda office: heartbeat(office, started_at),
    }
