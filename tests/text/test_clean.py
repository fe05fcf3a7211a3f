"""What a real Weibo comment leaves once the platform's marks are gone, and what may be published of it."""

import pytest

from microblog.text.clean import clean, mask


@pytest.mark.parametrize(
    ("raw", "left"),
    [
        ("消防通道被堵了[怒][怒]", "消防通道被堵了"),
        ('怎么办<span class="url-icon"><img alt=[泪] src="//h5.sinaimg.cn/x.png" /></span>', "怎么办"),
        ("回复<a href='/n/小江'>@小江</a>:电梯坏了谁来修", "电梯坏了谁来修"),
        ("回复@小江 的表态:谢谢", ""),
        ("回复@小江 的赞:握手", ""),
        ("赞成//@老周:早该这样了", "赞成"),
        ("//@老周:早该这样了", ""),
        ("@江边消防 请问几点开始", "请问几点开始"),
        ("#全民消防#灭火器怎么用", "灭火器怎么用"),
        ("看这里 http://t.cn/AbCd123 很清楚", "看这里 很清楚"),
        ("O网页链接", ""),
        ("转发微博", ""),
        ("图片评论 评论配图", ""),
        ("电動車上樓充電誰來管?", "电动车上楼充电谁来管？"),
        ("ＡＢＣ１２３　小区", "abc123 小区"),
        ("支持👍🏻👍🏻", "支持"),
        ("哈哈哈哈哈哈", "哈哈"),
        ("！！！？？？", ""),
        ("有事打13812345678或025-12345678", "有事打 或"),
        ("a &lt; b &amp; c", "a < b & c"),
        ("", ""),
    ],
)
def test_only_the_writers_own_words_are_left(raw: str, left: str) -> None:
    assert clean(raw) == left


def test_cleaning_twice_changes_nothing() -> None:
    once = clean("請問<br/>樓道充電[怒]罰不罰款？？//@别人:同问")
    assert clean(once) == once


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("我的电话13812345678，请回复", "我的电话138********，请回复"),
        ("打138 1234 5678", "打138********"),
        ("身份证320102199001011234", "身份证320***************"),
        ("座机025-12345678", "座机025-********"),
        ("住在3栋2单元501室", "住在**栋**室"),
        ("编号12345不是电话", "编号12345不是电话"),
        ("119和96119都打过", "119和96119都打过"),
    ],
)
def test_numbers_that_name_a_person_are_starred(text: str, shown: str) -> None:
    assert mask(text) == shown
