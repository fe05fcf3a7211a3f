"""Calls refused out of hand, nothing committed: words, repeats, limits, doors."""

from functools import partial

from microblog.sandbox.asks import Ask
from microblog.sandbox.faults.fault import Fault, Params
from microblog.sandbox.faults.targets import GONE
from microblog.sandbox.refusals import Refusal

WORDS, LIMITS, DOORS = "内容拒绝", "频次超限", "接口关闭"


def _refuse(ask: Ask, params: Params, *, code: int) -> None:
    raise Refusal(code, f"User requests for ({ask.path}) out of rate limit!" if code == 10024 else "")


def _refused(name: str, family: str, says: str, code: int) -> Fault:
    return Fault(name, family, f"{says}（{code}），没有发出", before=partial(_refuse, code=code))


FAULTS = (
    _refused("illegal-content", WORDS, "内容违规", 20021),
    _refused("illegal-website", WORDS, "含有非法网址", 20018),
    _refused("advertising", WORDS, "含有广告", 20020),
    _refused("forbidden-words", WORDS, "含有违禁词", 21602),
    _refused("repeat-content", WORDS, "内容重复", 20019),
    _refused("similar-content", WORDS, "内容相似", 20017),
    _refused("user-limit", LIMITS, "账号调用次数超限", 10023),
    _refused("endpoint-limit", LIMITS, "接口调用次数超限", 10024),
    _refused("ip-limit", LIMITS, "IP 调用次数超限", 10022),
    _refused("too-fast", LIMITS, "发得太快", 20016),
    _refused("door-closed", DOORS, "应用没有此接口权限", 10014),
    _refused("door-removed", DOORS, "接口已下线", 10020),
    _refused("permission-denied", DOORS, "需要更高级别的应用", 10005),
    _refused("illegal-comment", GONE, "评论不合法", 20202),
)
