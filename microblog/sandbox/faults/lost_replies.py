"""The answer that does not come, or says otherwise: before anything was committed, or after it was."""

from dataclasses import replace
from functools import partial

from microblog.sandbox.asks import Answer, Ask, End, refusal_answer
from microblog.sandbox.faults.fault import Fault, Interrupted, Params
from microblog.sandbox.refusals import Refusal

FAMILY = "回执丢失"
STALL_SECONDS = 60.0

_BAD_GATEWAY = "<html><head><title>502 Bad Gateway</title></head><body><h1>502 Bad Gateway</h1></body></html>"


def _before(ask: Ask, params: Params, *, end: End) -> None:
    raise Interrupted(Answer(http=0, end=end, stall=params.get("seconds", 0.0)))


def _after(ask: Ask, answer: Answer, params: Params, *, end: End) -> Answer:
    return Answer(http=0, end=end, stall=params.get("seconds", 0.0))


def _gateway_before(ask: Ask, params: Params) -> None:
    raise Interrupted(Answer(http=502, text=_BAD_GATEWAY))


def _gateway_after(ask: Ask, answer: Answer, params: Params) -> Answer:
    return Answer(http=502, text=_BAD_GATEWAY)


def _error_before(ask: Ask, params: Params) -> None:
    raise Refusal(params["code"], http=params["http"])


def _error_after(ask: Ask, answer: Answer, params: Params) -> Answer:
    return refusal_answer(Refusal(params["code"], http=params["http"]), ask.path)


def _hold_back(ask: Ask, params: Params) -> None:
    ask.hold_back = params["minutes"] * 60


def _landed(ask: Ask, answer: Answer, params: Params, *, code: int) -> Answer:
    """Only what was accepted is «released»; a refusal stays one."""
    return answer if answer.code else refusal_answer(Refusal(code, http=params["http"]), ask.path)


def _slow(ask: Ask, answer: Answer, params: Params) -> Answer:
    return replace(answer, stall=params["seconds"])


FAULTS = (
    Fault("drop-after-commit", FAMILY, "已发出，随后连接断开，没有回执", after=partial(_after, end="dropped")),
    Fault(
        "stall-after-commit",
        FAMILY,
        "已发出，但一直不回，直到客户端超时；seconds 为真实秒数",
        after=partial(_after, end="stalled"),
        params={"seconds": STALL_SECONDS},
    ),
    Fault("bad-gateway-after-commit", FAMILY, "已发出，回的却是 502 网页", after=_gateway_after),
    Fault(
        "error-after-commit",
        FAMILY,
        "已发出，回的却是系统错误；code 为错误码，http 为状态码（0 按惯例）",
        after=_error_after,
        params={"code": 10001, "http": 0},
    ),
    Fault(
        "review-after-commit",
        FAMILY,
        "已发出，回 20053 要人工审核；minutes 分钟内各处都看不到",
        before=_hold_back,
        after=partial(_landed, code=20053),
        params={"minutes": 3.0, "http": 0},
    ),
    Fault(
        "delay-after-commit",
        FAMILY,
        "已发出，回 20032 服务器有延迟；minutes 分钟内各处都看不到",
        before=_hold_back,
        after=partial(_landed, code=20032),
        params={"minutes": 1.5, "http": 0},
    ),
    Fault("drop-before-commit", FAMILY, "没有发出，连接就断开了", before=partial(_before, end="dropped")),
    Fault(
        "stall-before-commit",
        FAMILY,
        "没有发出，一直不回，直到客户端超时；seconds 为真实秒数",
        before=partial(_before, end="stalled"),
        params={"seconds": STALL_SECONDS},
    ),
    Fault("bad-gateway-before-commit", FAMILY, "没有发出，回 502 网页", before=_gateway_before),
    Fault(
        "error-before-commit",
        FAMILY,
        "没有发出，回系统错误；code 为错误码，http 为状态码（0 按惯例）",
        before=_error_before,
        params={"code": 10001, "http": 0},
    ),
    Fault("slow-answer", FAMILY, "照常办理，但迟 seconds 秒才回", after=_slow, params={"seconds": 2.0}),
)
