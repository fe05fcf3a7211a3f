"""The year's interviews, and what readers subscribe to."""

from fastapi import APIRouter, Request
from fastapi.responses import RedirectResponse, Response

from microblog.domain.errors import NotFound
from microblog.service.public import (
    PublicInterview,
    public_calendar,
    public_interview,
    public_interviews,
    public_years,
    visible_interviews,
)
from microblog.web.pages import cacheable, public_page, xml
from microblog.web.site import Site, site_of

router = APIRouter(include_in_schema=False)

FRESH = 60
"""Seconds a cache may show a list without asking."""


@router.get("/")
def show_home(request: Request) -> Response:
    """The newest year; a page that says so while nothing is published."""
    years = _years(site_of(request))
    return _year_page(request, years[0] if years else None, years)


@router.get("/years/{year}")
def show_year(request: Request, year: int) -> Response:
    """Every interview of a year with where it stands."""
    years = _years(site_of(request))
    if year not in years:
        raise NotFound(f"没有 {year} 年的访谈计划，请从首页进入")
    return _year_page(request, year, years)


@router.get("/feed.xml")
def show_feed(request: Request) -> Response:
    """Previews as RSS 2.0, newest first."""
    site = site_of(request)
    announced = [item for item in _interviews(site, None) if item.opened_at is not None]
    newest = sorted(announced, key=lambda item: (item.opened_at or site.office.clock.now(), item.id), reverse=True)
    body = xml(request, "portal/feed.xml", interviews=newest[:30], portal=site.office.practice.portal)
    return cacheable(request, body, "application/rss+xml; charset=utf-8", seconds=FRESH)


@router.get("/calendar.ics")
def show_calendar(request: Request) -> Response:
    """Every public date as a calendar."""
    site = site_of(request)
    made = site.shelf.get(("calendar",), lambda: _calendar(site))
    return cacheable(request, made, "text/calendar; charset=utf-8", seconds=FRESH)


@router.get("/interviews/{number}/calendar.ics")
def show_dates(request: Request, number: int) -> Response:
    """The dates of one interview as a calendar."""
    office = site_of(request).office
    interview = public_interview(office, number)
    made = public_calendar(office, (interview,), name=f"第{interview.no}期访谈")
    return cacheable(request, made, "text/calendar; charset=utf-8", seconds=FRESH)


@router.get("/robots.txt")
def show_robots(request: Request) -> Response:
    """Search engines are welcome at the portal alone."""
    rule = f"User-agent: *\nDisallow: {site_of(request).root}/console\n"
    return cacheable(request, rule.encode(), "text/plain; charset=utf-8", seconds=3600)


@router.get("/interviews")
def show_list(request: Request) -> Response:
    """The list is the home page."""
    return RedirectResponse(f"{site_of(request).root}/", 308)


def _year_page(request: Request, year: int | None, years: tuple[int, ...]) -> Response:
    found = _interviews(site_of(request), year) if year else ()
    return public_page(request, "portal/year.html", seconds=FRESH, year=year, years=years, interviews=found)


def _calendar(site: Site) -> bytes:
    name = f"{site.office.practice.account}在线访谈"
    return public_calendar(site.office, visible_interviews(site.office), name=name)


def _years(site: Site) -> tuple[int, ...]:
    return site.shelf.get(("years",), lambda: public_years(site.office))


def _interviews(site: Site, year: int | None) -> tuple[PublicInterview, ...]:
    return site.shelf.get(("interviews", year), lambda: public_interviews(site.office, year))
