"""What the services need from the outside, as protocols; `bootstrap.py` chooses who provides it."""

from microblog.service.ports.corrections import Corrections, Requests, StoredCorrection
from microblog.service.ports.login import Door, Safe, Token
from microblog.service.ports.materials import Materials
from microblog.service.ports.people import People
from microblog.service.ports.platform import Clock, CommentPage, Login, Platform, SeenComment
from microblog.service.ports.records import (
    CLOCK,
    LOGIN,
    READING,
    Beat,
    Entry,
    Pause,
    Pulse,
    StoredGrouping,
    StoredPlan,
    Upsert,
)
from microblog.service.ports.store import Comments, Interviews, Journal, Outbox, Plans, Questions, Reviews, Store

__all__ = [
    "CLOCK",
    "LOGIN",
    "READING",
    "Beat",
    "Clock",
    "CommentPage",
    "Comments",
    "Corrections",
    "Door",
    "Entry",
    "Interviews",
    "Journal",
    "Login",
    "Materials",
    "Outbox",
    "Pause",
    "People",
    "Plans",
    "Platform",
    "Pulse",
    "Questions",
    "Requests",
    "Reviews",
    "Safe",
    "SeenComment",
    "Store",
    "StoredCorrection",
    "StoredGrouping",
    "StoredPlan",
    "Token",
    "Upsert",
]
