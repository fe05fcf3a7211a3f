"""Chinese names of what is on record; what has none here is shown as it was recorded."""

from collections.abc import Mapping
from typing import Any

from microblog.domain.people import Role
from microblog.service.shown import post_title

VERBS = {
    "sign-in": "登录",
    "sign-out": "退出",
    "password": "修改本人密码",
    "code-setup": "设置动态口令",
    "user-add": "添加用户",
    "user-password": "重设密码",
    "user-role": "修改角色",
    "user-active": "停用或启用",
    "user-code": "清除动态口令",
    "unit-save": "登记单位",
    "send": "发送",
    "send-now": "提前发送",
    "hold": "暂缓",
    "let-go": "恢复发送",
    "skip": "跳过",
    "look": "回查",
    "look-again": "安排再查",
    "settle": "核实",
    "settle-posted": "核实为已发布",
    "settle-absent": "核实为没有发出",
    "late": "同意补发",
    "again": "同意原文再发",
    "openly": "改为单独评论",
    "reword": "改写",
    "cancel": "取消",
    "card": "转人工发布",
    "card-back": "收回卡片",
    "paste": "登记人工发布",
    "correct": "修改归类",
    "grain": "调整归类粗细",
    "undo": "撤销修改",
    "redo": "恢复修改",
    "select": "选题",
    "draft": "起草访谈稿",
    "write": "修改访谈稿",
    "import-script": "读回 Word 访谈稿",
    "submit": "送审",
    "seal": "盖章",
    "reject": "退回",
    "request-change": "申请变更",
    "approve-change": "批准变更",
    "refuse-change": "不批准变更",
    "prepare": "提交预告材料",
    "date": "定访谈日期",
    "material-add": "加入汇总材料",
    "material-change": "修改汇总材料",
    "material-remove": "删去汇总材料",
    "file": "生成备案材料",
}
FACTS = {
    "roles": "角色",
    "unit": "单位",
    "active": "可登录",
    "must_change": "须改密码",
    "code": "动态口令",
    "aliases": "别名",
    "leader": "分管领导",
    "section": "责任科室",
    "state": "状态",
    "reason": "说明",
    "held": "暂缓",
    "platform_id": "平台编号",
    "hash": "文字指纹",
    "text": "文字",
    "holding": "生效的修改",
    "last": "最后一处修改",
    "chosen": "入选问题",
    "left_out": "未入选",
    "version": "版次",
    "sections": "各节文字指纹",
    "override": "字数不足的原因",
    "waiting": "待盖章",
    "decision": "批准结果",
    "topic": "主题",
    "when": "时间",
    "units": "责任单位",
    "materials": "汇总材料",
    "page": "预告页",
    "kind": "栏目",
    "title": "标题",
    "source": "来源",
    "day": "发布日期",
    "link": "链接",
}
SUBJECTS = {"user": "用户", "unit": "单位", "interview": "访谈", "plan": "计划", "request": "变更申请"}
NOTHING = "（空）"


def verb(name: str) -> str:
    """What was done."""
    return VERBS.get(name, name)


def subject(name: str) -> str:
    """What it was done to: `用户 小周`, `访谈 3 · 预告`."""
    whole, dot, tail = name.partition(" · ")
    kind, space, rest = whole.partition(" ")
    title = post_title(name)
    return f"{SUBJECTS.get(kind, kind)}{space}{rest}{dot}{tail if title == name else title}"


def changes(before: Mapping[str, Any] | None, after: Mapping[str, Any] | None) -> list[str]:
    """What differs, a line each; all of it where there was nothing before; nothing of a write that was refused."""
    if after is None:
        return []
    old = before or {}
    names = [*old, *(name for name in after if name not in old)]
    return [
        _change(name, old.get(name), after.get(name), fresh=before is None)
        for name in names
        if _differs(name, old, after)
    ]


def _differs(name: str, old: Mapping[str, Any], new: Mapping[str, Any]) -> bool:
    return bool(old.get(name) != new.get(name))


def _change(name: str, old: Any, new: Any, *, fresh: bool) -> str:
    title = FACTS.get(name, name)
    if name == "roles":
        old, new = _roles(old), _roles(new)
    return f"{title}：{_plain(new)}" if fresh else f"{title}：{_plain(old)} → {_plain(new)}"


def _roles(names: Any) -> Any:
    """Roles as people call them."""
    return [Role(name).chinese for name in names] if isinstance(names, list) else names


def _plain(value: Any) -> str:
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, list):
        return "、".join(_plain(item) for item in value) or NOTHING
    return NOTHING if value in (None, "") else str(value)
