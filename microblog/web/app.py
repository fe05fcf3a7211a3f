"""The web application of an office."""

import logging
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager

from fastapi import APIRouter, Depends, FastAPI
from starlette.concurrency import run_in_threadpool
from starlette.middleware.trustedhost import TrustedHostMiddleware

from microblog.domain.errors import MicroblogError
from microblog.service.boards import warm_up
from microblog.service.office import Office
from microblog.web import account, api, people_pages, records, units
from microblog.web.assets import Assets
from microblog.web.console import (
    calendar,
    cards,
    changes,
    clusters,
    live,
    outbox,
    preview,
    questions,
    rehearse,
    review,
    roundup,
    script,
    today,
)
from microblog.web.errors import add_handlers
from microblog.web.guard import BodyLimit, SafeHeaders, UnderPath, check_form
from microblog.web.options import WebOptions
from microblog.web.portal import interview, record, topics
from microblog.web.site import LOOPBACK, Site

log = logging.getLogger("microblog.web")

CONSOLE: tuple[APIRouter, ...] = (
    today.router,
    calendar.router,
    changes.router,
    preview.router,
    clusters.router,
    questions.router,
    script.router,
    review.router,
    live.router,
    cards.router,
    rehearse.router,
    outbox.router,
    roundup.router,
    account.router,
    people_pages.router,
    units.router,
    records.router,
)
"""Pages behind the sign-in; every route asks `desk.acting`."""

PORTAL: tuple[APIRouter, ...] = (topics.router, interview.router, record.router, api.router)
"""Pages for everybody."""


def _warming(office: Office) -> Callable[[FastAPI], AbstractAsyncContextManager[None]]:
    @asynccontextmanager
    async def warming(_: FastAPI) -> AsyncIterator[None]:
        try:
            await run_in_threadpool(warm_up, office)
        except MicroblogError as error:
            log.warning("the analyst's desk starts cold: %s", error)
        yield

    return warming


def create_app(office: Office, options: WebOptions) -> FastAPI:
    """Everything under the portal's path: `https://host/ft` serves `/ft/interviews/3` and `/ft/console`."""
    site = Site(office, options)
    app = FastAPI(
        title="microblog",
        openapi_url="/api/openapi.json",
        docs_url=None,  # its page loads scripts from elsewhere
        redoc_url=None,
        dependencies=[Depends(check_form)],
        lifespan=_warming(office),
    )
    app.state.site = site
    add_handlers(app)
    for router in (*CONSOLE, *PORTAL):
        app.include_router(router)
    app.mount("/static", Assets())
    _add_middleware(app, site)
    return app


def _add_middleware(app: FastAPI, site: Site) -> None:
    """The last added is the outermost."""
    options = site.options
    app.add_middleware(
        BodyLimit, form_most=options.form_most, upload_most=options.upload_most, uploads_under="/console"
    )
    hosts = sorted({site.host, *options.hosts, *(host for host in LOOPBACK if ":" not in host)})
    app.add_middleware(TrustedHostMiddleware, allowed_hosts=hosts, www_redirect=False)
    app.add_middleware(SafeHeaders)
    app.add_middleware(UnderPath, root=site.root)
