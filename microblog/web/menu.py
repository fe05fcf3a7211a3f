"""The console's menu."""

from dataclasses import dataclass

from microblog.domain.people import Act


@dataclass(frozen=True, slots=True)
class MenuItem:
    """A page and the act a person needs to see it."""

    title: str
    path: str
    act: Act


MENU = (
    MenuItem("今日", "/console/today", Act.LOOK),
    MenuItem("日历", "/console/calendar", Act.LOOK),
    MenuItem("预告", "/console/preview", Act.LOOK),
    MenuItem("归类", "/console/clusters", Act.LOOK),
    MenuItem("选题", "/console/questions", Act.LOOK),
    MenuItem("访谈稿", "/console/script", Act.LOOK),
    MenuItem("审核", "/console/review", Act.LOOK),
    MenuItem("现场", "/console/live", Act.LOOK),
    MenuItem("发布", "/console/outbox", Act.LOOK),
    MenuItem("汇总", "/console/roundup", Act.LOOK),
    MenuItem("用户", "/console/people", Act.PEOPLE),
    MenuItem("单位", "/console/units", Act.LOOK),
    MenuItem("操作记录", "/console/records", Act.AUDIT),
    MenuItem("我的账号", "/console/account", Act.ACCOUNT),
)
"""The first item a person may see is where they land after signing in."""
