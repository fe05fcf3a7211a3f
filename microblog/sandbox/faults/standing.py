"""What befalls the account or its token, and stays until a person does something about it."""

from dataclasses import replace
from functools import partial

from microblog.sandbox.asks import Answer, Ask
from microblog.sandbox.faults.fault import Fault, Params
from microblog.sandbox.moments import DAY, window_start
from microblog.sandbox.rows import NEVER, Token

ACCOUNT, TOKEN, LIMITS = "账号受限", "令牌失效", "频次超限"


def _token(ask: Ask) -> Token | None:
    """The token the call carries, whatever it is worth."""
    text = ask.authorization.partition(" ")[2].strip() or ask.params.get("access_token", "")
    return ask.world.tokens.get(text)


def _block(ask: Ask, params: Params, *, code: int) -> None:
    token = _token(ask)
    if token is not None:
        until = ask.now + params["minutes"] * 60 if "minutes" in params else NEVER
        ask.world.change(ask.world.accounts[token.uid], blocked=code, blocked_until=until)


def _kill(ask: Ask, params: Params, *, code: int) -> None:
    token = _token(ask)
    if token is not None:
        ask.world.change(token, dead=code)


def _spend_day(ask: Ask, params: Params) -> None:
    token = _token(ask)
    if token is not None:
        day = window_start(ask.now, DAY)
        ask.world.used["user", f"{token.uid}/{token.app}", day] = ask.world.options.calls_per_day


def _lie(ask: Ask, answer: Answer, params: Params) -> Answer:
    told = isinstance(answer.body, dict) and "user_limit" in answer.body  # another fault may have left no answer
    if ask.endpoint != "account/rate_limit_status" or not told:
        return answer
    full = {"remaining_user_hits": answer.body["user_limit"], "remaining_ip_hits": answer.body["ip_limit"]}
    lines = [{**line, "remaining_hits": line["limit"]} for line in answer.body["api_rate_limits"]]
    return replace(answer, body={**answer.body, **full, "api_rate_limits": lines})


def _dead(name: str, says: str, code: int) -> Fault:
    return Fault(name, TOKEN, f"{says}（{code}），直到重新授权", before=partial(_kill, code=code))


FAULTS = (
    Fault("captcha", ACCOUNT, "要求验证码（20031），直到人工解除", before=partial(_block, code=20031)),
    Fault("account-illegal", ACCOUNT, "账号被判违规（20015），直到人工解除", before=partial(_block, code=20015)),
    Fault(
        "comment-ban",
        ACCOUNT,
        "评论行为异常（20022），禁言 minutes 分钟",
        before=partial(_block, code=20022),
        params={"minutes": 30.0},
    ),
    _dead("token-expired", "令牌过期", 21327),
    _dead("token-unknown", "令牌不存在", 21332),
    _dead("token-revoked", "用户取消了授权", 21316),
    _dead("token-rejected", "令牌被拒绝", 21317),
    _dead("accessor-revoked", "授权关系被撤销", 21319),
    _dead("auth-failed", "认证失败", 21301),
    _dead("source-missing", "令牌失效，提示缺少 appkey", 10006),
    _dead("app-unaudited", "未审核应用，账号不在测试名单", 21321),
    Fault("day-spent", LIMITS, "当日调用次数一下子用完，到零点才恢复", before=_spend_day),
    Fault("limits-lie", LIMITS, "rate_limit_status 谎报还剩全部次数", after=_lie),
)
