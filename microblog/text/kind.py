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
    r"请问|请教|想问|问一?下|咨询|求问|求解|能否|可否|是否|有无|(?P<verb>[\u4e00-\u9fff])不(?P=verb)|有没有|"
    r"什么时候|啥时候|何时|几时|多久|多长时间|怎么|如何|咋(?:办|弄|整|样)|怎样|为什么|为何|为啥|"
    r"哪|谁(?:来|管|出|负责|去|给|该|可以|能|安排|承担)|找谁|归谁|由谁|"
    r"多少|几(?:天|年|月|号|点|米|个|次|家|元|块|岁|楼|层|时|斤)|什么|啥|还是.{1,12}？|吗|么？|呢？"
)
_MARKED = re.compile(r"[^？！]{4,}？$")
_WONDERED = re.compile(
    r"难道|何必|凭什么|天理|王法|人性|良心|良知|好意思|干(?:什么|嘛)(?:用|吃)|吃干饭|什么(?:玩意|鬼|世道|东西|都|也|人)|没什么|哈哈|呵呵|"
    r"不是吗|就这|算什么|谁信|谁敢|可能吗|怕什么|谁知道|是吧？|好死|猪食|吃屎|不该.{1,10}吗|不应该.{1,10}吗|静悄悄|"
    r"(?:你|你们)(?:知道|家)|怎么(?:能|可以|敢|保障|这么)|还怎么|能怎么|何时是个头|到底什么时候才|怎么[看说]都|不管.{0,6}(?:什么|怎么|谁|多少)|"
    r"无论.{0,4}(?:什么|怎么|谁)|再怎么|多少(?:次|遍)了"
)
_SUGGESTED = re.compile(
    r"建议|希望|盼望|期望|呼吁|应该|应当|提议|恳请|请求|恳求|最好(?:能|是|把)|能不能(?:多|加|把|给|让|在)|可以考虑|何不|不如|就该|"
    r"请(?:政府|有关|相关|领导|尽快|加强|严查|严惩|彻查|加大|重视|关注|公布|公开|区|市|校|物业|社区|部门|救|清|多)|麻烦(?:让|把|给)|"
    r"要(?:加强|加大|严查|严惩|彻查|处理就|给|让)|必须(?:严|彻|要|加|公|给|让|有|把)|望(?:严|彻|重|尽|加|早)|"
    r"(?:加强|加大|完善|增设|增加|改善|推广|普及|落实|多设|多建|统一).{0,12}(?:管理|监管|力度|宣传|设施|巡查|检查|处罚|建设)|"
    r"严查|彻查|严惩(?!不贷)|重判|判刑|揪出|查处|整治|支持.{0,6}立法|直接判"
)
_COMPLAINED = re.compile(
    r"投诉|举报|反映|没人|没有人|无人|不管|不作为|乱作为|踢皮球|推诿|推卸|扯皮|互相推|敷衍|形式主义|走过场|走形式|扰民|噪音|"
    r"违规|违法|违建|违停|乱(?:停|收|扔|堆|贴|涨)|占(?:用|了|着|道)|被.{1,12}(?:占|堵|喷|打|骗|偷|删|停|罚|锁)|堵(?:塞|死|着|住|了)|堆(?:满|放|着)|"
    r"坏了|失灵|漏[水气]|停[电水]|断[电水]|拖欠|欠薪|至今|迟迟|一直(?:没|不)|还(?:没|不)(?:有|解决|处理|修|给|退)|打不通|没反应|没动静|没回音|没下文|"
    r"形同虚设|摆设|隐患|危险|屡禁不止|照样|老化|超载|过期|变质|发霉|[抢找买约排进打查看修用停充]不[到进通了上]|"
    r"太(?:差|贵|小|少|窄|短|慢|难|乱|脏|吵|旧|暗|高|远)|差劲|收费|加钱|加价|涨价|贵[一了]|假[的货]|骗|推销|误[报响]|"
    r"提心吊胆|担心|吓(?:人|死|哭)|烦人|失职|失责|渎职|利益|钱权|隐瞒|瞒报|打压|无门|贪|镇压|辣椒水|频频|问题(?:很|太|严重|奶粉|疫苗)|"
    r"天天.{0,10}(?:占|堵|吵|停|飞|排|响)|从来没|不(?:给|让|敢|看|批|退|赔|拆|处理|解决)|只会|只剩"
)
_WISHED = re.compile(r"\W*(?:强烈)?(?:建议|希望|呼吁|恳请|请求|提议)[^？]*$")
_OUTCRY = re.compile(
    r"(?:希望|必须|应该|一定|要|请|望|强烈)*(?:严惩|严查|严打|彻查|处罚|处理|重判|枪毙|曝光|重视)(?:不贷|到底)*[啊了吧！。…，\s]*"
)
_SHORTEST = 5  # characters: below that a wrong is named, not told


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
    if _OUTCRY.fullmatch(cleaned):
        return Kind.OTHER
    if _WISHED.match(cleaned):
        return Kind.SUGGESTION
    if (_ASKED.search(cleaned) or _MARKED.search(cleaned)) and not _WONDERED.search(cleaned):
        return Kind.QUESTION
    told = len(cleaned) > _SHORTEST and _COMPLAINED.search(cleaned)
    return Kind.SUGGESTION if _SUGGESTED.search(cleaned) else Kind.COMPLAINT if told else Kind.OTHER
