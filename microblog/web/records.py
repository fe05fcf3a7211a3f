"""The record of writes, for the auditor."""

from typing import Annotated

from fastapi import APIRouter, Depends, Query
from fastapi.responses import Response

from microblog.domain.people import Act
from microblog.web.desk import Desk, acting

router = APIRouter(prefix="/console/records", include_in_schema=False)

AT_ONCE = 100


@router.get("")
def show(
    desk: Annotated[Desk, Depends(acting(Act.AUDIT))],
    skip: Annotated[int, Query(ge=0, le=10_000_000)] = 0,
    subject: Annotated[str, Query(max_length=200)] = "",
) -> Response:
    """Newest first, a hundred at a time; of one subject where named."""
    found = desk.office.store.people.records(limit=AT_ONCE + 1, skip=skip, subject=subject or None)
    return desk.page(
        "records.html",
        records=found[:AT_ONCE],
        more=len(found) > AT_ONCE,
        skip=skip,
        at_once=AT_ONCE,
        subject=subject,
    )
