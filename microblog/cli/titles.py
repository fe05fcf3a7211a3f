"""Chinese names of states and kinds, as listings show them."""

from rich.text import Text

from microblog.domain.milestone import Status
from microblog.domain.post import PostState

PLAN_STATES = {"draft": "草稿", "submitted": "已报送", "approved": "已批准", "published": "已公布"}

_STATUS_STYLES = {
    Status.NOT_DUE: "",
    Status.AMBER: "yellow",
    Status.DUE_TODAY: "bold yellow",
    Status.LATE: "bold red",
    Status.OVERDUE_AT_IMPORT: "red",
    Status.DONE: "green",
    Status.DONE_LATE: "magenta",
}

_STATE_STYLES = {
    PostState.POSTED: "green",
    PostState.LANDED: "green",
    PostState.UNKNOWN: "bold red",
    PostState.MISSED: "red",
    PostState.REFUSED: "red",
    PostState.CANCELLED: "dim",
}


def status_cell(status: Status) -> Text:
    """A milestone's status in its colour."""
    return Text(status.chinese, style=_STATUS_STYLES[status])


def state_cell(state: PostState) -> Text:
    """A post's state in its colour."""
    return Text(state.chinese, style=_STATE_STYLES.get(state, ""))
