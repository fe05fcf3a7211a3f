"""What states and outcomes mean, said to the people who read them."""

from collections.abc import Mapping

from microblog.domain.post import PostState

MEANINGS: Mapping[PostState, str] = {
    PostState.DRAFT: "文字写好了，还没有得到全部审核单位盖章。不会发送；盖齐后自动进入“已盖章”。",
    PostState.SEALED: "逐字盖章完毕，等时间到、前一条发出。改一个字，章就作废。",
    PostState.DUE: "现在就可以发，等值守进程按间隔和限额逐条发送；限额或登录有问题时会写明等到什么时候。",
    PostState.SENDING: "值守进程正在发送这一条；发送前已留下记录，不会同时发第二次。",
    PostState.POSTED: "已在平台上，编号已登记。",
    PostState.LANDED: "平台说收下了，但编号还没查到；系统会继续查，不会重发。",
    PostState.REFUSED: "平台明确拒绝。系统不会再试，请改写、原文再发、转人工或取消。",
    PostState.UNKNOWN: "发出后没有得到明确回答，不知在不在平台上。系统先回查，绝不盲目重发；查不清时由人核实。",
    PostState.MISSED: "过了最晚时间还没有发出。系统不会自行补发，由人决定补发、转人工还是取消。",
    PostState.CANCELLED: "决定不发了，原因已记录。",
}

OUTCOMES: Mapping[str, str] = {
    "": "没有结果（正在发送，或进程中断）",
    "Posted": "已发布",
    "Landed": "平台已收下，编号待查",
    "Refused": "平台拒绝",
    "RetryAt": "没有发出，稍后再试",
    "WaitUntil": "没有发出，等待限额",
    "LoginNeeded": "没有发出，等待登录",
    "Unknown": "结果不明",
}
