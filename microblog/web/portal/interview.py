"""The page every post links to: preview, hours, guests, and the question form while the channel is open."""

from typing import Annotated

from fastapi import APIRouter, Form, Request
from fastapi.responses import RedirectResponse, Response

from microblog.domain.errors import InvalidInput, MicroblogError
from microblog.domain.interview import Interview
from microblog.service.ask import ask, asked, is_open
from microblog.service.public import PublicInterview, public_interview, public_view
from microblog.service.public_record import public_questions
from microblog.web.errors import status_of
from microblog.web.pages import page, public_page
from microblog.web.portal.challenge import check_answer, new_challenge
from microblog.web.site import Site, address_of, begin_visit, check_secret_may_travel, site_of

router = APIRouter(prefix="/interviews/{number}", include_in_schema=False)

FRESH = 30
SHORTEST, LONGEST = 5, 500
NAME_MOST = 20
Typed = Annotated[str, Form(max_length=5000)]


@router.get("")
def show(request: Request, number: int) -> Response:
    """The page; with the form it is one visitor's own, without it the same for all."""
    site = site_of(request)
    interview = public_interview(site.office, number)
    if is_open(site.office, interview):
        check_secret_may_travel(request)
        return _form_page(request, site, interview)
    values = {"view": _view(site, interview), "questions": public_questions(site.office, interview)}
    return public_page(request, "portal/interview.html", seconds=FRESH, challenge=None, line="", **values)


@router.post("/questions")
def put(
    request: Request, number: int, *, text: Typed = "", name: Typed = "", ticket: Typed = "", answer: Typed = ""
) -> Response:
    """Take a question; whatever is wrong, what was typed is not lost."""
    site = site_of(request)
    interview = public_interview(site.office, number)
    visit = begin_visit(request)
    try:
        receipt = _taken(
            site, interview, visit, address_of(request), text=text, name=name, ticket=ticket, answer=answer
        )
    except MicroblogError as refusal:
        return _form_page(request, site, interview, status_of(refusal), line=str(refusal), text=text, name=name)
    return RedirectResponse(f"{site.root}/interviews/{number}/questions/{receipt}", 303)


@router.get("/questions")
def show_questions(request: Request, number: int) -> Response:
    """The representative questions, once they are sealed."""
    site = site_of(request)
    interview = public_interview(site.office, number)
    values = {"view": _view(site, interview), "questions": public_questions(site.office, interview)}
    return public_page(request, "portal/questions.html", seconds=FRESH, **values)


@router.get("/questions/{ticket}")
def show_receipt(request: Request, number: int, ticket: str) -> Response:
    """What one asked, for whoever has its ticket."""
    site = site_of(request)
    interview = public_interview(site.office, number)
    name, text = asked(site.office, interview, ticket)
    return page(request, "portal/asked.html", view=_view(site, interview), name=name, text=text)


def _taken(
    site: Site, interview: Interview, visit: str, address: str, *, text: str, name: str, ticket: str, answer: str
) -> str:
    """The ticket of a question that was kept. Raises MicroblogError with what is wrong."""
    now = site.office.clock.now()
    words, nickname = text.replace("\r\n", "\n").strip(), " ".join(name.split())
    if is_open(site.office, interview):
        _check_words(words, nickname, site.office.practice.account)
        receipt = check_answer(site.vault, visit, ticket, answer, now)
        site.questions.take(address)
    else:
        receipt = ""  # the service says when it closed
    asker = "portal-" + site.vault.sign("asker", visit)[:16]
    ask(site.office, interview, text=words, name=nickname or "网友", asker=asker, ticket=receipt)
    return receipt


def _check_words(text: str, name: str, account: str) -> None:
    if not SHORTEST <= len(text) <= LONGEST:
        raise InvalidInput(f"问题须有 {SHORTEST} 至 {LONGEST} 个字，现在是 {len(text)} 个，请修改后提交")
    if len(name) > NAME_MOST:
        raise InvalidInput(f"昵称最多 {NAME_MOST} 个字，请缩短后提交")
    if account and account in name:
        raise InvalidInput("昵称不能与官方账号相同，请换一个")


def _form_page(
    request: Request,
    site: Site,
    interview: Interview,
    status: int = 200,
    *,
    line: str = "",
    text: str = "",
    name: str = "",
) -> Response:
    challenge = new_challenge(site.vault, begin_visit(request), site.office.clock.now())
    return page(
        request,
        "portal/interview.html",
        status,
        view=_view(site, interview),
        questions=public_questions(site.office, interview),
        challenge=challenge if is_open(site.office, interview) else None,
        line=line,
        text=text,
        name=name,
        shortest=SHORTEST,
        longest=LONGEST,
        name_most=NAME_MOST,
    )


def _view(site: Site, interview: Interview) -> PublicInterview:
    key = ("view", interview.id, interview.revision, is_open(site.office, interview))
    return site.shelf.get(key, lambda: public_view(site.office, interview))
