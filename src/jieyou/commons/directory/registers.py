"""The registers of the directory."""

from jieyou.commons.directory import people, rules, standing
from jieyou.commons.directory.models import Organisation
from jieyou.kernel.register.declare import Column, Part, Register

organisations = Register(
    "organisations", "两新组织名录", "组织", "新经济组织、新社会组织，一个组织只登记一次；运营状态带日期和来源。",
    Organisation,
    (
        Column("name", listed=True, searched=True, also=("组织名称", "企业名称", "单位名称", "机构名称")),
        Column("uscc", listed=True, searched=True, check=rules.credit_code, also=("信用代码", "社会信用代码"),
               help="18 位，照营业执照或登记证书填；还没有的不填"),
        Column("kind", listed=True, narrows=True, also=("组织类型", "企业类型", "类别")),
        Column("industry", searched=True, also=("所属行业", "行业类别")),
        Column("address", searched=True, places=True, also=("地址", "注册地址", "经营地址")),
        Column("status", listed=True, narrows=True, also=("状态", "经营状态", "登记状态")),
        Column("status_since", also=("状态日期", "状态起始日期"), help="从哪天起是这个状态；正常运营的写成立或登记的日期"),
        Column("status_source", also=("来源",), help="如：市场监管登记、民政年检、实地走访"),
        Column("people", also=("人数", "职工人数")),
        Part("contact", "负责人", tuple(ask.optional() for ask in (people.NAME, people.PHONE)), people.keep, people.filled, people.sought),
        Column("note", also=("说明",)),
    ),
    key="uscc", kept=standing.follow, story=("运营状态经过", standing.told),
)  # fmt: skip
