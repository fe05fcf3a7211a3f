"""The tables. A column is named as the field it holds, so a row is an entity and an entity is a row."""

from microblog.store.tables.asked import COMMENTS, GROUPINGS, LEFT_OUT, SELECTIONS, SWEEPS
from microblog.store.tables.corrected import CORRECTIONS, REQUESTS
from microblog.store.tables.done import BEATS, CALLS, ENTRIES, PAUSES
from microblog.store.tables.gathered import MATERIALS
from microblog.store.tables.metadata import METADATA
from microblog.store.tables.people import RECORDS, SESSIONS, UNITS, USERS
from microblog.store.tables.planned import INTERVIEWS, PLANS
from microblog.store.tables.posted import ATTEMPTS, POSTS
from microblog.store.tables.reviewed import REJECTIONS, SCRIPTS, SEALS

__all__ = [
    "ATTEMPTS",
    "BEATS",
    "CALLS",
    "COMMENTS",
    "CORRECTIONS",
    "ENTRIES",
    "GROUPINGS",
    "INTERVIEWS",
    "LEFT_OUT",
    "MATERIALS",
    "METADATA",
    "PAUSES",
    "PLANS",
    "POSTS",
    "RECORDS",
    "REJECTIONS",
    "REQUESTS",
    "SCRIPTS",
    "SEALS",
    "SELECTIONS",
    "SESSIONS",
    "SWEEPS",
    "UNITS",
    "USERS",
]
