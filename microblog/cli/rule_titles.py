"""The numbers a plan prescribes, in words: `preview_months_before` 1 → `预告提前1个月`."""

_SUBJECTS = {
    "postponement": "延期申请",
    "final": "定稿",
    "preview": "预告",
    "announcement": "公告",
    "materials": "材料",
    "proposal": "方案",
    "script": "访谈稿",
    "arrival": "到场",
    "guests": "嘉宾名单",
}
_UNITS = {"months": "个月", "weeks": "周", "workdays": "个工作日", "days": "天", "hours": "小时", "minutes": "分钟"}
_PHRASES = {
    "channel_days": "提问征集{}天",
    "script_min_chars": "访谈稿不少于{}字",
    "duration_minutes": "每期{}分钟",
    "duration_max_minutes": "每期不超过{}分钟",
    "unanswered_workdays": "未答提问{}个工作日内答复",
    "announcement_public_weeks": "公告公示{}周",
    "announcement_public_days": "公告公示{}天",
    "interviews_min_year": "每年不少于{}期",
    "notice_absent_workdays": "不能参加须提前{}个工作日告知",
    "notice_absent_days": "不能参加须提前{}天告知",
    "notice_absent_weeks": "不能参加须提前{}周告知",
    "reviewers": "审核单位：{}",
}


def rule_title(name: str, value: object) -> str:
    """The rule as one Chinese phrase; a name not known here stays as it is, beside its value."""
    printed = "、".join(map(str, value)) if isinstance(value, list | tuple) else str(value)
    if name in _PHRASES:
        return _PHRASES[name].format(printed)
    subject, _, rest = name.partition("_")
    unit = rest.removesuffix("_before")
    if subject in _SUBJECTS and unit in _UNITS and rest.endswith("_before"):
        return f"{_SUBJECTS[subject]}提前{printed}{_UNITS[unit]}"
    return f"{name} = {printed}"
