"""拟公开 → 保密审查 → 已公开 → 撤下. A second person looks before anything is public; what is public is taken down at once."""

from jieyou.commons.publication import keeping
from jieyou.commons.publication.models import ATTRIBUTES
from jieyou.commons.publication.rules import active, clean, complete, enough, kept, open_matter
from jieyou.kernel.loop.declare import Ask, Loop, Stage, Transition, home
from jieyou.kernel.loop.guards import same_person

ATTRIBUTE = Ask("attribute", "公开属性", "choice", choices=tuple(ATTRIBUTES))
REASON = Ask("reason", "理由", "words", at_most=500, help="为什么这样定；不公开的写明依据")
HEADING = Ask("heading", "标题", "line", required=False, at_most=60, help="社区＋问题，不写楼栋、门牌、人名")
PROBLEM = Ask(
    "problem", "反映的问题", "words", required=False, at_most=1000, help="用自己的话概括，不抄群众原话"
)
RESULT = Ask(
    "result", "办理结果", "words", required=False, at_most=2000, help="还没有结果的先空着，办好以后更新"
)
COUNTED = Ask(
    "counted", "公开“本社区已有 n 人反映”", "yes", required=False, help="满 5 人才能公开，只说到社区"
)
ASKED = (ATTRIBUTE, REASON, HEADING, PROBLEM, RESULT, COUNTED)
CHECKED = Ask("checked", "审查意见", "words", keep=False, help="是否涉密、涉工作秘密、涉个人信息，能否公开")
WORDS = Ask("words", "理由", "words", keep=False)
REVIEWERS = ("部领导", "经办人", "会务人员")
ANOTHER = same_person("submit", "revise", words="起草的人不能自己审查")


class PublicationLoop(
    Loop, code="publication", title="信息公开", facts="publication.Publication", noun="公开件", opens="拟公开", letters="-GK",
):  # fmt: skip
    """What the public may read of one matter."""

    proposed = Stage("拟公开", 1, waits=home("经办人"))
    review = Stage("保密审查", 2, clock="publication.review", waits=home("部领导"))
    shown = Stage("已公开", 3, ended=True)
    taken_down = Stage("已撤下", 4, ended=True)
    not_public = Stage("不主动公开", ended=True)

    submit = Transition(
        proposed >> review, "提交保密审查", by=home("经办人"), asks=ASKED, needs=(open_matter, complete, clean, enough), main=True,
    )  # fmt: skip
    drop = Transition(
        proposed >> taken_down, "不再公开", by=home("经办人"), asks=(WORDS,), does=keeping.take_down, outcome="taken_down",
    )  # fmt: skip
    approve = Transition(
        review >> shown, "同意公开", by=home(*REVIEWERS), asks=(CHECKED,), only=active, unless=(ANOTHER,), needs=(open_matter,),
        does=keeping.publish, outcome="published", tells=("home",), main=True,
    )  # fmt: skip
    settle = Transition(
        review >> not_public, "同意不公开", by=home(*REVIEWERS), asks=(CHECKED,), only=kept, unless=(ANOTHER,),
        does=keeping.take_down, outcome="not_public", tells=("home",), main=True,
    )  # fmt: skip
    send_back = Transition(
        review >> proposed, "退回修改", by=home(*REVIEWERS), asks=(WORDS,), unless=(ANOTHER,), tells=("home",),
    )  # fmt: skip
    revise = Transition(
        shown >> review, "更新公开内容", by=home("经办人"), asks=ASKED, needs=(open_matter, complete, clean, enough), main=True,
        help="审查通过以前，公开栏上还是原来的内容",
    )  # fmt: skip
    take_down = Transition(
        (shown | review) >> taken_down, "撤下", by=home("经办人", "部领导"), asks=(WORDS,), does=keeping.take_down, outcome="taken_down",
        tells=("home",), help="公开栏上马上看不到",
    )  # fmt: skip
