"""Invented Weibo comments in any number, with the noise measured on real ones (docs/benchmarks.md).

Lengths, codes, mentions, reposts, copies and stock phrases follow the measured shares. A concern is an object, a
fault and a place; half of the clauses are about no concern and draw their words from jieba's dictionary by its
frequencies, so the vocabulary grows with the number of comments as it does in real ones.
"""

import json
import random
from collections.abc import Iterator
from itertools import accumulate
from pathlib import Path
from typing import Any

import jieba

OBJECTS = """消防通道 电动车充电桩 楼道灯 电梯 消火栓 烟感报警器 灭火器 燃气管道 路灯 公交站 下水道 停车位 垃圾桶
菜市场 幼儿园 学校食堂 社区医院 健身器材 红绿灯 人行道 自来水 暖气 物业费 维修资金 房产证 医保卡 公积金 养老金 图书馆
公园厕所 河道 围墙 施工工地 夜市摊位 网约车 共享单车 快递柜 广场舞音响 流浪狗 高架桥隔音板"""
FAULTS = """坏了半年没人修 被私家车占满了 到处堆着杂物 收费越来越高 天天半夜扰民 一直没有水 根本没人管
说好年底建好到现在没动静 又脏又臭 排队两个小时办不下来 安全隐患太大了 打电话总是占线 标准到底是什么
什么时候能解决 应该找哪个部门 能不能多建几个
需要带什么材料 老人怎么办理 罚不罚款 是不是违规 有没有补贴 建议早点公示 希望加强巡查 谁来负责维护"""
PLACE_HEADS = "东南西北中上下新老大小长安平和兴华明阳春江湖山林石金银龙凤白青红紫桥柳梅兰竹松柏云水泉"
PLACE_TAILS = "小区 花园 家园 路 街道 社区 广场 新村 公寓 名苑"
OPENERS = ["请问", "想问一下", "请问领导，", "主持人好，", "咨询一下，", "反映个问题，", "", "", "", "", "", ""]
CLOSERS = ["谢谢", "谢谢！", "盼回复", "急急急", "？", "？？", "！", "！！！", "。", "", "", "", "", ""]
STOCK = "严惩 支持 关注 同问 加油 呵呵 蹲 顶 转发 已阅 说得好 期待 前排 沙发 哈哈哈哈 点赞 不错 说得对 无语"
CODES = "怒 微笑 二哈 doge 吐 泪 good 费解 摊手 允悲 心 蜡烛 打call 赞"


def comments(count: int, seed: int = 20240425) -> Iterator[dict[str, Any]]:
    """`count` comments, the same for the same seed; one in eleven copies an earlier one."""
    dice = random.Random(seed)
    words, weights = _dictionary()
    kept: list[str] = []
    for number in range(count):
        copied = kept and dice.random() < 0.05
        text = dice.choice(kept) if copied else _noisy(_words(dice, words, weights), dice)
        if len(kept) < 50_000:
            kept.append(text)
        likes = int(dice.paretovariate(0.9)) - 1 if dice.random() < 0.7 else 0
        user = f"u{dice.randrange(1 + count * 9 // 10)}"
        day, hour, minute = 1 + number * 24 // count, dice.randrange(24), dice.randrange(60)
        time = f"2024-04-{day:02d}T{hour:02d}:{minute:02d}:00+08:00"
        yield {"id": f"c{number}", "user": user, "likes": likes, "time": time, "text": text}


def write_comments(file: Path, count: int) -> None:
    """Comments as JSON lines."""
    with file.open("w", encoding="utf-8") as out:
        for comment in comments(count):
            out.write(json.dumps(comment, ensure_ascii=False) + "\n")


def _dictionary() -> tuple[list[str], list[float]]:
    words, weights = [], []
    with jieba.get_dict_file() as file:
        for line in file:
            word, frequency, kind = line.decode().split()
            if kind[0] in "nva" and 2 <= len(word) <= 4:
                words.append(word)
                weights.append(float(frequency))
    return words, list(accumulate(weights))


def _words(dice: random.Random, words: list[str], weights: list[float]) -> str:
    if dice.random() < 0.2:
        return dice.choice(STOCK.split()) + dice.choice(["", "", "！", "啊", "了"])
    clauses = min(1 + int(dice.expovariate(1.0)), 8)
    said = [
        _concern(dice)
        if dice.random() < 0.5
        else "".join(dice.choices(words, cum_weights=weights, k=dice.randint(2, 5)))
        for _ in range(clauses)
    ]
    return dice.choice(OPENERS) + "，".join(said) + dice.choice(CLOSERS)


def _concern(dice: random.Random) -> str:
    things = OBJECTS.split()
    thing = things[min(int(dice.paretovariate(0.7)) - 1, len(things) - 1)]
    fault = dice.choice(FAULTS.split())
    place = ""
    if dice.random() < 0.6:
        place = "".join(dice.choices(PLACE_HEADS, k=2)) + dice.choice(PLACE_TAILS.split())
    return dice.choice(
        [f"{place}{thing}{fault}", f"{place}的{thing}{fault}", f"{thing}{fault}，就在{place or '我们这'}"]
    )


def _noisy(text: str, dice: random.Random) -> str:
    chance = dice.random()
    if chance < 0.02:
        return "".join(f"[{dice.choice(CODES.split())}]" for _ in range(dice.randint(1, 3)))
    if chance < 0.04:
        return f"@网友{dice.randrange(9999)} @路人{dice.randrange(9999)}"
    if chance < 0.16:
        code = dice.choice(CODES.split())
        text += f'<span class="url-icon"><img alt=[{code}] src="//h5.sinaimg.cn/m/emoticon/{code}.png" /></span>' * 2
    elif chance < 0.19:
        text = f"<a href='/n/网友{chance}'>@网友{dice.randrange(999)}</a> {text}"
    elif chance < 0.20:
        text = f"{text}//<a href='/n/路人'>@路人{dice.randrange(999)}</a>:转发微博"
    elif chance < 0.215 and len(text) > 6:
        at = dice.randrange(1, len(text) - 1)
        text = text[:at] + text[at + 1 :]
    return text
