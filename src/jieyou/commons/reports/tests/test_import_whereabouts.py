"""A place is found in an address only where it is sure."""

from __future__ import annotations

import pytest

from jieyou.commons.reports.whereabouts import Whereabouts

PLACES = [
    ("桥沟", "桥沟街道", "610602005"), ("枣园", "枣园街道", "610602004"), ("临镇", "临镇", "610602109"),
    ("杨家岭", "杨家岭社区居委会", "610602005001"), ("裴庄", "裴庄村委会", "610602004201"),
    ("南关甲", "南关社区居民委员会", "610602005002"), ("南关乙", "南关社区居民委员会", "610602004002"),
    ("王庄", "王庄村村民委员会", "610602109203"), ("东征", "临镇东征社区", "610602109004"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("延安市宝塔区桥沟街道杨家岭社区3号楼", "杨家岭"),
        ("杨家岭社区居委会门口", "杨家岭"),
        ("家住裴庄村", "裴庄"),
        ("桥沟街道办事处旁边", "桥沟"),
        ("桥沟街道南关社区", "南关甲"),  # two communities of one name: the township tells which
        ("枣园街道南关社区居委会", "南关乙"),
        ("南关社区", None),  # which of the two?
        ("桥沟街道裴庄村", None),  # not in that township: somebody is wrong
        ("裴庄村和杨家岭社区之间", None),
        ("临镇大王庄村", "临镇"),  # 王庄村 is another village
        ("临镇王庄村", "王庄"),
        ("东征社区", "东征"),
        ("来临镇上看看", None),
        ("中心街", None),
        ("", None),
    ],
)
def test_the_place_of_an_address(text: str, place: str | None) -> None:
    assert Whereabouts(PLACES).at(text) == place


def test_without_any_places_nothing_is_found() -> None:
    assert Whereabouts([]).at("桥沟街道") is None
