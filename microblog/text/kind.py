"""Tells questions, suggestions and complaints from chatter by the words that mark them."""

import re
from enum import StrEnum

from microblog.text.clean import clean


class Kind(StrEnum):
    """What a remark does; the first three want an answer."""

    QUESTION = "question"
    SUGGESTION = "suggestion"
    COMPLAINT = "complaint"
    OTHER = "other"
    EMPTY = "empty"

    @property
    def wants_answer(self) -> bool:
        """True for what an interview should speak to."""
        return self in (Kind.QUESTION, Kind.SUGGESTION, Kind.COMPLAINT)


_ASKED = re.compile(
    r"请问|请教|想问|问一?下|咨询|求问|能不能|可不可以|是不是|有没有|会不会|要不要|该不该|用不用|能否|可否|是否|有无|"
    r"什么时候|啥时候|何时|几时|多久|多长时间|怎么(?:办|样|弄|做|走|申请|处理|解决|联系|举报|投诉|查|报|收|算|用|领|缴|交|装)|"
    r"如何|咋办|咋弄|哪里(?:可以|能|有|办|查)|在哪|去哪|到哪|找谁|归谁|由谁|谁来|谁负责|"
    r"多少|几(?:天|年|月|号|点|米|个|次|家|元|块|岁|楼|层)|哪(?:个|些|天|几|种|家)|什么(?:标准|条件|材料|手续|流程|要求|规定|政策|情况|东西|样)|"
    r"需要什么|属于什么|(?:吗|嘛|么|呢|不)\s*？|吗$|么$"
)
_MARKED = re.compile(r"？")
_RHETORICAL = re.compile(
    r"难道|何必|凭什么|(?:还)?有(?:没有)?(?:良心|王法|天理|人性)|良心(?:何在|呢|不会痛)|好意思|干什么吃的|吃干饭|"
    r"干嘛(?:用|吃|的)|什么(?:玩意|鬼|世道|东西)|哈哈|呵呵|不是吗|就这|算什么|谁信|信吗|可能吗|怕什么|天理何在|谁(?:知道|还敢)"
)
_SUGGESTED = re.compile(
    r"建议|希望|呼吁|应该|应当|提议|恳请|请求|恳求|最好(?:能|是|把)|能不能(?:多|加|把|给|让|在)|可以考虑|何不|不如|"
    r"请(?:政府|有关|相关|领导|尽快|加强|严查|严惩|彻查|加大|重视|关注|公布|公开)|要(?:加强|加大|严查|严惩|彻查)|必须(?:严|彻|要|加|公)|"
    r"(?:加强|加大|完善|增设|增加|改善|推广|普及|落实).{0,12}(?:管理|监管|力度|宣传|设施|巡查|检查|处罚|建设)|严查|彻查|严惩|重判|支持.{0,6}立法"
)
_COMPLAINED = re.compile(
    r"投诉|举报|反映|曝光|没人管|没有人管|无人管|不管|不作为|乱作为|踢皮球|推诿|推卸|扯皮|忽悠|敷衍|形式主义|走过场|"
    r"扰民|噪音|违规|违法|违建|乱停|乱收费|占用|堵(?:塞|死|着|住|了|得)|堆满|堆放|坏了|失灵|漏水|停电|断水|拖欠|欠薪|"
    r"至今|迟迟|一直(?:没|不)|还(?:没|不)(?:有|解决|处理|修|给|退)|打不通|没反应|没动静|形同虚设|摆设|安全隐患|隐患|"
    r"黑心|无良|坑(?:人|爹|害)|骗|欺负|维权|受不了|忍无可忍|太差|差劲|离谱|过分|恶心|气愤|愤怒|可恶|缺德|丧尽天良|畜生|王八蛋|垃圾"
)


def kind_of(text: str) -> Kind:
    """The kind of a remark, raw or cleaned.

    A question is asked with question words or a question mark and is not rhetorical; a suggestion says what should
    be done; a complaint says what is wrong. In doubt the order is question, suggestion, complaint.
    """
    return kind_of_clean(clean(text))


def kind_of_clean(cleaned: str) -> Kind:
    """The kind of words that `clean` has already been through."""
    if not cleaned:
        return Kind.EMPTY
    rhetorical = _RHETORICAL.search(cleaned)
    if not rhetorical and (_ASKED.search(cleaned) or _MARKED.search(cleaned)):
        return Kind.QUESTION
    if _SUGGESTED.search(cleaned):
        return Kind.SUGGESTION
    if _COMPLAINED.search(cleaned):
        return Kind.COMPLAINT
    return Kind.OTHER
