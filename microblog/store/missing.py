"""What a person reads when a number or key is not stored."""

from microblog.domain.errors import NotAllowed, NotFound


def no_plan(number: int) -> NotFound:
    """No plan has this number."""
    return NotFound(f"没有编号为 {number} 的年度计划，请先查看计划列表")


def no_interview(number: int) -> NotFound:
    """No interview has this number."""
    return NotFound(f"没有编号为 {number} 的访谈，请先查看访谈列表")


def no_post(key: str) -> NotFound:
    """No post has this key."""
    return NotFound(f"没有名为“{key}”的待发内容，请先查看待发列表")


def no_attempt(key: str, number: int) -> NotFound:
    """The post was never tried that often."""
    return NotFound(f"“{key}”没有第 {number} 次发送记录，请先查看该条的发送记录")


def no_comment(name: str) -> NotFound:
    """No comment has this name."""
    return NotFound(f"没有编号为“{name}”的评论，请先查看已采集的评论")


def no_script(interview: int, version: int) -> NotFound:
    """The interview has no such version of the script."""
    return NotFound(f"访谈 {interview} 没有第 {version} 版访谈稿，请先查看访谈稿列表")


def id_taken(key: str, platform_id: str | None) -> NotAllowed:
    """Another post became that status or comment."""
    return NotAllowed(f"平台编号 {platform_id} 已属于另一条内容，“{key}”不能登记，请核对编号")


def no_request(number: int) -> NotFound:
    """No change request has this number."""
    return NotFound(f"没有编号为 {number} 的变更申请，请先查看变更申请列表")


def no_material(number: int) -> NotFound:
    """No entry of a roundup has this number."""
    return NotFound(f"没有编号为 {number} 的汇总材料，可能刚被删去，请刷新页面查看")
