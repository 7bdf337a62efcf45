"""Example duty lists of the demo's county: editable rows, marked 示例. They stand for no published list."""

from __future__ import annotations

from datetime import date

from jieyou.commons.lists import keeping
from jieyou.commons.lists.models import DutyItem, DutyList
from jieyou.interfaces.demo.city import BY, City
from jieyou.kernel.ledger import tracked
from jieyou.kernel.places import tree

SINCE = date(2025, 1, 1)
SOURCE = "示例，不是公布的清单，请换成本地的"
#: (list kind, title, [(category, topic, item, other words, kind of bureau or "")]).
LISTS = (
    ("department", "宝塔区部门职责清单（示例）", (
        ("duty", "城乡建设", "城市供热管网建设和既有小区供热改造", "暖气|供热管段", "住建"),
        ("duty", "城乡建设", "物业服务企业监督管理", "物业|业主委员会", "住建"),
        ("duty", "城乡建设", "市容环境卫生和垃圾清运", "垃圾|环卫", "城管"),
        ("duty", "城乡建设", "城市道路照明设施维护", "路灯", "城管"),
        ("duty", "交通运输", "农村公路和公交线路管理", "公交|破损路面", "交通"),
        ("duty", "水务", "城乡供水管理", "停水|供水|加压泵", "水务"),
        ("duty", "市场监管", "电梯等特种设备安全监察", "电梯", "市监"),
        ("duty", "生态环境", "建筑施工噪声污染防治", "夜间施工|噪声", "生态环境"),
        ("duty", "社会治理", "道路交通秩序管理", "拥堵|接送区", "公安"),
    )),
    ("township", "宝塔区乡镇（街道）履职事项清单（示例）", (
        ("basic", "民生服务", "老年人、儿童、残疾人关爱服务", "取暖设备|老人", ""),
        ("basic", "城乡建设", "背街小巷日常巡查和保洁", "门前巡查|保洁|照明盲区", ""),
        ("basic", "城乡建设", "指导业主大会、业主委员会工作", "过渡期保洁|电梯值守", ""),
        ("basic", "综合政务", "公告张贴和政策宣传", "张贴", ""),
        ("basic", "平安法治", "矛盾纠纷排查化解", "调解", ""),
        ("assist", "城乡建设", "住宅专项维修资金使用", "维修资金", "住建"),
        ("assist", "平安法治", "施工期间交通引导", "交通引导", "公安"),
        ("assist", "文旅体育", "公共健身器材巡查", "健身器材|巡查并登记", "体育"),
        ("assist", "卫生健康", "家庭医生签约服务", "家庭医生", "卫健"),
        ("withdrawn", "城乡建设", "对违法建设实施拆除", "拆除违建", "城管"),
        ("withdrawn", "安全生产", "燃气管网压力检测", "", "住建"),
    )),
    ("village", "宝塔区村（社区）工作事项清单（示例）", (
        ("basic", "自治事务", "居民公约和议事协商", "议事|协商", ""),
        ("assist", "公共服务", "协助摸排困难群众", "摸排", ""),
        ("negative", "证明事项", "出具居民身份、婚姻、死亡等证明", "开证明", ""),
    )),
)  # fmt: skip
_LETTERS = {"duty": "BM", "basic": "JB", "assist": "PH", "withdrawn": "SH", "negative": "FM"}


def install(city: City) -> int:
    """Put the example lists in; returns the number of items."""
    items: list[DutyItem] = []
    for kind, title, rows in LISTS:
        made = keeping.save_list(
            DutyList(kind=kind, title=title, place=tree.by_code(city.home), edition="示例", source=SOURCE, since=SINCE),
            BY, "示例清单",
        )  # fmt: skip
        items += [
            DutyItem(duty_list=made, code=f"{_LETTERS[category]}-{n}", category=category, topic=topic, text=text, words=words,
                     unit=city.units.get((city.home, bureau)))
            for n, (category, topic, text, words, bureau) in enumerate(rows, 1)
        ]  # fmt: skip
    DutyItem.objects.bulk_create(items)
    tracked.adopt(items, BY, "示例清单")
    return len(items)
