"""What was asked and answered: live, as transcript, and as roundup."""

from datetime import timedelta
from typing import Literal

from fastapi import APIRouter, Request
from fastapi.responses import Response

from microblog.domain.errors import NotFound
from microblog.domain.interview import Interview
from microblog.service.public import OVER, SHOWN_LIVE, public_interview, public_view
from microblog.service.public_record import PublicRecord, Received, live_version, public_counts, public_record
from microblog.service.roundup import public_roundup
from microblog.web.pages import public_page
from microblog.web.site import Site, site_of

router = APIRouter(prefix="/interviews/{number}", include_in_schema=False)

LIVE_FRESH, FRESH = 2, 60
FIGURES = timedelta(seconds=60)


@router.get("/live")
def show_live(
    request: Request, number: int, order: Literal["newest", "oldest"] = "newest", part: bool = False
) -> Response:
    """Answers as they are published. part: only the list, for the page's own script."""
    site = site_of(request)
    interview = public_interview(site.office, number)
    begun = interview.state in SHOWN_LIVE
    said = _record(site, interview).said(newest_first=order == "newest") if begun else []
    return public_page(
        request,
        "portal/live_part.html" if part else "portal/live.html",
        seconds=LIVE_FRESH,
        view=public_view(site.office, interview),
        exchanges=said,
        order=order,
        day=interview.date,
    )


@router.get("/live/events")
def stream_live(request: Request, number: int) -> Response:
    """Server-sent events: `changed` whenever there is something new to see."""
    site = site_of(request)
    public_interview(site.office, number)
    return site.streams.response(request, lambda: site.shelf.get(("live", number), lambda: _version(site, number)))


@router.get("/transcript")
def show_transcript(request: Request, number: int) -> Response:
    """The whole record, from the moment the interview begins."""
    site = site_of(request)
    interview = public_interview(site.office, number)
    return public_page(
        request,
        "portal/transcript.html",
        seconds=FRESH if interview.state in OVER else LIVE_FRESH,
        view=public_view(site.office, interview),
        record=_record(site, interview),
        figures=_figures(site, interview),
        day=interview.date,
    )


@router.get("/roundup")
def show_roundup(request: Request, number: int) -> Response:
    """What came of it, once it is over; its three sections are named even while they are empty (G18)."""
    site = site_of(request)
    interview = public_interview(site.office, number)
    if interview.state not in OVER:
        raise NotFound("访谈结束后才有汇总，请先看访谈预告")
    values = {"view": public_view(site.office, interview), "record": _record(site, interview)}
    values |= {"figures": _figures(site, interview), "sections": public_roundup(site.office, interview)}
    return public_page(request, "portal/roundup.html", seconds=FRESH, **values)


def _record(site: Site, interview: Interview) -> PublicRecord:
    key = ("record", interview.id, interview.revision)
    return site.shelf.get(key, lambda: public_record(site.office, interview))


def _figures(site: Site, interview: Interview) -> Received:
    """Counted from every comment, so kept for longer than the rest."""
    key = ("figures", interview.id, interview.state)
    return site.shelf.get(key, lambda: public_counts(site.office, interview), good_for=FIGURES)


def _version(site: Site, number: int) -> str:
    return live_version(site.office, public_interview(site.office, number))
