"""The register of those who reported to a community."""

from typing import Any

from jieyou.commons.directory import people
from jieyou.kernel.loop.refused import Refused
from jieyou.kernel.register.declare import Column, Part, Register
from jieyou.mechanisms.new_employment.models import Worker


def agreed(value: Any) -> bool:
    """Nobody is written down who does not want to be (个人信息保护法第十三条第一项)."""
    if not value:
        raise Refused("本人没有同意的，不能登记")
    return True


workers = Register(
    "workers", "新就业群体报到", "报到人员", "快递员、外卖配送员、网约车司机、货车司机等到社区报到；本人同意才登记，社区核实后计数。",
    Worker,
    (
        Part("person", "从业人员", (people.NAME, people.PHONE, people.ID_NO), people.keep, people.filled, people.sought, listed=True),
        Column("trade", listed=True, narrows=True, also=("从业类型", "岗位")),
        Column("company", listed=True, searched=True, also=("平台", "企业", "站点", "所属平台")),
        Column("reported_on", listed=True, also=("报到时间",)),
        Column("channel", narrows=True, also=("方式",)),
        Column("willing", searched=True, also=("意愿",), help="如：随手拍、志愿服务、网格兼职"),
        Column("agreed", check=agreed, also=("本人同意",), help="登记前告诉本人记什么、做什么用；不同意的不登记"),
        Column("checked_on", listed=True, also=("核实日期",), help="社区核实是本辖区从业人员的日期；没有核实的先不填"),
    ),
    name="person",
)  # fmt: skip
