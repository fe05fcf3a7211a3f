"""Questions, suggestions and complaints are told from chatter by the words that mark them."""

import pytest

from microblog.text.kind import Kind, kind_of


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("灭火器多久换一次", Kind.QUESTION),
        ("楼道充电罚不罚款", Kind.QUESTION),
        ("老人免票是六十还是六十五？", Kind.QUESTION),
        ("建议小区多建几个充电棚", Kind.SUGGESTION),
        ("希望加强巡查", Kind.SUGGESTION),
        ("楼道里堆满杂物没人管", Kind.COMPLAINT),
        ("电话一直打不通", Kind.COMPLAINT),
        ("良心何在？", Kind.OTHER),
        ("严惩！！！", Kind.OTHER),
        ("辛苦了，支持", Kind.OTHER),
        ("[赞][赞]", Kind.EMPTY),
        ("转发微博", Kind.EMPTY),
    ],
)
def test_the_kind_follows_the_words(text: str, kind: Kind) -> None:
    assert kind_of(text) is kind


def test_only_questions_suggestions_and_complaints_want_an_answer() -> None:
    assert [kind for kind in Kind if kind.wants_answer] == [Kind.QUESTION, Kind.SUGGESTION, Kind.COMPLAINT]
