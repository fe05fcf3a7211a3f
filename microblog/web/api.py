"""The public data as JSON, for other sites and programs; described by `/api/openapi.json`."""

from dataclasses import dataclass
from datetime import datetime
from typing import Annotated

from fastapi import APIRouter, Path, Query, Request, Response

from microblog.service.public import PublicInterview, public_interview, public_interviews, public_view
from microblog.service.public_record import PublicQuestion, public_counts, public_questions, public_record
from microblog.web.site import site_of

router = APIRouter(prefix="/api", tags=["public"])

Number = Annotated[int, Path(ge=1, lt=2**31, description="Number of the interview, as in its address.")]
MISSING: dict[int | str, dict[str, object]] = {404: {"description": "No such interview, or not public yet."}}
FRESH = "public, max-age=30"


@dataclass(frozen=True, slots=True)
class Said:
    """One question and its answer. at: when the answer was published; null while it is pending."""

    number: int
    asker: str
    askers: int
    question: str
    speaker: str
    unit: str
    answer: str
    at: datetime | None


@dataclass(frozen=True, slots=True)
class RecordOut:
    """The record of an interview so far."""

    received: int
    answered: int
    pending: int
    exchanges: list[Said]


@router.get("/interviews", summary="Interviews of a year, or all")
def list_interviews(
    request: Request, response: Response, year: Annotated[int | None, Query(ge=1900, le=2999)] = None
) -> list[PublicInterview]:
    """Everything that is public, by plan and number."""
    response.headers["Cache-Control"] = FRESH
    return list(public_interviews(site_of(request).office, year))


@router.get("/interviews/{number}", summary="One interview", responses=MISSING)
def one_interview(request: Request, response: Response, number: Number) -> PublicInterview:
    """What its page says."""
    response.headers["Cache-Control"] = FRESH
    office = site_of(request).office
    return public_view(office, public_interview(office, number))


@router.get("/interviews/{number}/questions", summary="Its representative questions", responses=MISSING)
def questions_of(request: Request, response: Response, number: Number) -> list[PublicQuestion]:
    """Empty until they are sealed."""
    response.headers["Cache-Control"] = FRESH
    office = site_of(request).office
    return list(public_questions(office, public_interview(office, number)))


@router.get("/interviews/{number}/record", summary="What was asked and answered", responses=MISSING)
def record_of(request: Request, response: Response, number: Number) -> RecordOut:
    """From the moment the interview begins."""
    response.headers["Cache-Control"] = FRESH
    office = site_of(request).office
    interview = public_interview(office, number)
    record, figures = public_record(office, interview), public_counts(office, interview)
    said = [
        Said(
            number=one.number,
            asker=one.question.speaker if one.question else "",
            askers=one.question.askers if one.question else 0,
            question=one.question.text if one.question else "",
            speaker=one.answer.speaker if one.answer else "",
            unit=one.answer.unit if one.answer else "",
            answer=one.answer.text if one.answer else "",
            at=one.answer.at if one.answer else None,
        )
        for one in record.exchanges
    ]
    return RecordOut(figures.received, record.answered, record.questions - record.answered, said)
