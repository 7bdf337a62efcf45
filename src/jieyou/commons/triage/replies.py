"""Does a reply say something? 收悉、已转、正在处理 alone do not, nor the resident's own words, nor words about another matter. Pure.

A reply is cut into clauses; courtesies, dates and clauses that only receive, pass on or promise are put aside; what is
left has to be something. Where the message is at hand, the reply also has to speak of it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from math import log

LEAST = 20
"""Characters a reply has at least."""
LEAST_KINDS = 10
"""Different characters it has at least: 好的好的好的… is no reply."""
LEAST_SAID = 12
"""Characters that are left at least when courtesies and empty clauses are put aside."""
LEAST_SAID_WHEN_PASSED = 24
"""The same where a clause says that the matter was passed on: “已转住建局，请拨打…” is no answer either."""
COPIED = 0.8
"""From this share on that stands in the message word for word, the reply only repeats it."""


@dataclass(frozen=True, slots=True)
class Judgement:
    """``why`` is a sentence for the clerk; of an accepted reply what it says, in figures."""

    accept: bool
    why: str


_WHO = r"[一-龥A-Za-z0-9“”\"《》（）()、·\-]"
_COURTESY = re.compile(
    r"^(?:尊敬的|亲爱的|敬爱的)?(?:[“\"]?[A-Za-z0-9一-龥]{0,10}[”\"]?)?(?:网友|网民|市民|来信人|来信同志|同志|朋友|先生|女士|用户|群众|业主|居民)(?:朋友|们|同志)?"
    r"(?:[“\"][^”\"]*[”\"])?(?:[您你]好)?$"
    r"|^[“\"]?UU\d+[”\"]?(?:网友)?(?:[您你]们?好)?$|^[您你]们?好$|^[\"“”][^”\"]{0,16}[\"”]$"
    rf"|^(?:再次|在此|最后|同时|也|非常|衷心|诚挚)?(?:表示)?(?:感谢|谢谢|多谢|致谢|欢迎){_WHO}{{0,45}}$"
    rf"|^(?:祝|祝愿|祝福|顺祝|此致|敬礼|特此|专此|此复){_WHO}{{0,24}}$"
    r"|^(?:现)?(?:就|将|对|针对|关于)?[^。]{0,40}(?:回复|答复|复函|说明|反馈|汇报)(?:情况)?如下$|^(?:特此|此|专此)?(?:回复|答复|告知|函复)$"
    r"|^(?:在此|首先|目前|同时|另外|其次)$|^(?:收悉|已悉|来信收悉|留言收悉|知悉|已阅|留言已阅)$|^(?:谢谢|感谢|抱歉|敬请谅解|请[您你]?(?:理解|谅解)|敬请(?:理解|谅解))$"
    r"|^[一-龥A-Z0-9]{2,20}(?:局|委|办|办公室|政府|中心|厅|部|科|队|支队|大队|公司|街道|镇|乡|区|县|市|院|校|站|所)$"
)
_THING = r"(?:留言|来信|帖文|来帖|帖子|贴子|发帖|问题|情况|诉求|建议|意见|反映|事项|事情|函件|信件|来邮|来函|投诉|咨询|内容|工单|事件|此事|该事|信息)"
_OWNER = r"(?:收悉|收到|已?阅|知悉|获悉|知晓|受理|登记|记录|悉知|已悉|看到|查收)"
_RECEIVED = re.compile(
    rf"{_THING}[^，。]{{0,12}}{_OWNER}(?:了)?$|^(?:我[们局办委市区县镇单位]{{0,4}})?已?(?:经)?{_OWNER}[^，。]{{0,20}}$"
    rf"|^(?:关于|对于|就|针对)?{_WHO}{{0,40}}(?:反映|所述|提出|咨询|投诉|提到)(?:的)?{_WHO}{{0,30}}{_THING}$"
)
_PASS = r"(?:(?<!划)转(?!发|移支|让|正|入我|变|账|诊)|移交|移送|交由|交办|交(?=[给至有相市县区镇乡公城住])|报送|上报|提交给?|反馈[给至]|汇报给?|批示)"
_WORK = r"(?:调查|核查|核实|核处|查处|处理|处置|办理|办复|办结|研究|答复|回复|关注|跟进|落实|解决|参考|反馈|了解|协调|调处|查办|阅处|阅办|酌处)"
_PASSED = re.compile(
    rf"(?:已|将|会|现|正|拟|立即|马上|及时|第一时间|尽快|并|先|且|予以|我们|我[办局部委]){_WHO}{{0,18}}?{_PASS}{_WHO}{{0,40}}$"
    rf"|^{_WHO}{{0,6}}{_PASS}{_WHO}{{0,30}}$"
)
_ONGOING = re.compile(
    rf"(?:正在|正|目前|现在|仍在|尚在|立即|马上|积极|抓紧|加快|进一步|尽快|会|将){_WHO}{{0,24}}?{_WORK}{_WHO}{{0,6}}(?:中|之中|过程中|当中|阶段)?$"
    rf"|^{_WORK}(?:[、和及并]?{_WORK})*(?:中|之中)?$|^(?:立即|抓紧|尽快|认真|积极){_WHO}{{0,10}}{_WORK}$"
    rf"|已{_WHO}{{0,20}}(?:核处|办复)$"
)
_PROMISED = re.compile(
    rf"(?:如有|若有|有了?|待|一旦|后续|届时|结果|进展|情况|处理){_WHO}{{0,24}}(?:告知|回复|反馈|答复|通知|公布|联系){_WHO}{{0,10}}$"
    rf"|(?:将|会|稍后|随后|尽快|及时|第一时间){_WHO}{{0,20}}(?:告知|回复|反馈|答复|通知|回应){_WHO}{{0,10}}$"
    r"|(?:敬请|请|望)[您你]?(?:们)?(?:继续|持续|留意|密切|予以|耐心)*(?:关注|等待|等候|留意|放心|稍候|稍等)"
    r"|请勿重复|^(?:领导)?(?:对此|非常|十分|高度)*(?:重视)|高度重视(?:此事|[您你]|该|$)|^我们会?(?:继续)?(?:努力|加油|改进)$|走(?:完)?流程|按(?:程序|流程|要求|规定)(?:推进|办理)"
    r"|虚心(?:接受|采纳)|(?:已经?|曾)(?:进行过?|作出了?|做出了?|给予)?(?:回复|答复)(?:过)?$|^链接$|^详见|^具体内容请参[看见]"
)
_EMPTY = (_RECEIVED, _PASSED, _ONGOING, _PROMISED)
#: Something was done, found out, decided or explained, whatever else the clause says.
_SAYS = re.compile(
    r"\d+(?:\.\d+)?\s*(?:元|万|亿|米|公里|㎡|平|户|人|个|次|台|套|件|条|处|天|小时|%|％|吨|亩|日前|月底|年底|月份|工作日)|《[^》]+》|〔\d{4}〕|\[\d{4}\]|"
    r"(?<![转移交])(?:已|已经|完成|完毕|到位|予以|责令|依法)(?:完成|修|拆|清|换|装|补|退|发放|缴|整改到位|恢复|开通|解决|拨付|划|批准|审批|立案|处罚|关停|停|"
    r"取缔|签订|签|办好|办妥|安装|更换|清理|疏通|修复|维修|拆除|查封|劝|约谈|纳入|列入|启动|动工|竣工|投入|建成|收回|罚|没收|整治)"
    r"|因为?[^转]{4,}|由于|根据(?![您你])|按照|依据|经(?:查|核|现场|了解|与|我)|不(?:属|符合|予|能|得|可|存在|会|是|在)|可以|可[由向到在凭持携]|应当|需要?|须|规定|即可"
    r"|属于|携带|无法|请(?:[您你])?(?:提供|拨打|携|持)|到现场|赶赴|约谈|责令|已通知|已指令|已受案|已立案|办理时间|标准|职能|范围"
    r"|0\d{2,3}[-—－]\d|\d{7}|计划|预计|拟于|暂无|没有|暂不|尚未|等待上级|上级"
)
#: A finding, however short, is an answer even beside “已转…”.
_FINDS = re.compile(
    r"暂无|并非|没有|已[^转交]{0,6}(?:完|解决|修|拆|清|恢复|安装)|计划|完成|属于|不属|不符|不能"
)
_DATE = re.compile(r"(?:19|20)\d\d\s?[年.\-/]\s?\d{1,2}\s?[月.\-/]\s?\d{1,2}\s?日?")
_PLATFORM = re.compile(
    r"(?:通过|在)?(?:[^，。！!“”]{0,6}平台)?《问[^》]{0,12}》(?:平台)?(?:上|中)?|https?\S+"
)
_CUT = re.compile(r"[，,。！!？?；;：:\n\r\s…~～]+")
_EDGE = re.compile(r"^[“”\"'（()）\[\]【】、.·\-—]+|[“”\"'（()）\[\]【】、.·\-—]+$")
_HAN = re.compile(r"[一-龥0-9A-Za-z]")


def judge(reply: str, message: str = "") -> Judgement:
    """Whether a reply may close a matter. ``message``: what the resident wrote, where it is at hand."""
    if size(reply) < LEAST or len(set(reply)) < LEAST_KINDS:
        return Judgement(False, f"答复不到 {LEAST} 个字：请写清做了什么、结果怎样、什么时候完成")
    left = "".join(said(reply))
    passed = _is_passed_on(reply) and not _FINDS.search(left)
    if size(left) < (LEAST_SAID_WHEN_PASSED if passed else LEAST_SAID):
        return Judgement(False, "答复只说收到、转办或正在办理：请写清做了什么、结果怎样，做不到的说明原因")
    if message and is_copy(reply, message):
        return Judgement(False, "答复照抄了群众的原话：请写办理情况")
    if message and is_elsewhere(reply, message):
        return Judgement(False, "答复说的不像是这件事：请核对有没有贴错")
    doubt = "，但与反映内容字面上很少相同，请再核对" if message and is_doubtful(reply, message) else ""
    return Judgement(True, f"答复有实际内容（{size(left)} 个字）{doubt}")


def size(text: str) -> int:
    """Characters and figures, without punctuation and blanks."""
    return len(_HAN.findall(text))


def said(reply: str) -> list[str]:
    """The clauses that say something."""
    return [one for one in _clauses(reply) if not _is_empty(one)]


def _clauses(reply: str) -> list[str]:
    pieces = _CUT.split(_DATE.sub("。", _PLATFORM.sub("", reply)))
    return [one for one in (_EDGE.sub("", piece) for piece in pieces) if one]


def _is_empty(clause: str) -> bool:
    if _COURTESY.search(clause):
        return True
    return not _SAYS.search(clause) and any(shape.search(clause) for shape in _EMPTY)


def _is_passed_on(reply: str) -> bool:
    return any(_PASSED.search(one) for one in _clauses(reply) if not _SAYS.search(one))


def pairs(text: str) -> set[str]:
    """Pairs of neighbouring characters, without those that stand in every letter to and from an office."""
    return _pairs(text) - EVERYWHERE


def _pairs(text: str) -> set[str]:
    runs = re.findall(r"[一-龥]+", text)
    return {run[i : i + 2] for run in runs for i in range(len(run) - 1)}


def is_copy(reply: str, message: str) -> bool:
    """What the reply says stands in the message word for word."""
    left = [one for one in said(reply) if size(one) > 3]
    copied = sum(size(one) for one in left if one in message)
    return size("".join(left)) >= LEAST_SAID and copied >= COPIED * size("".join(left))


def is_elsewhere(reply: str, message: str) -> bool:
    """The reply speaks at length and hardly of the message's matter."""
    return _shares_less(reply, message, least=40, slope=0.6)


def is_doubtful(reply: str, message: str) -> bool:
    """The same with less certainty: worth a second look, no ground to refuse."""
    return _shares_less(reply, message, least=20, slope=1.2)


def _shares_less(reply: str, message: str, least: int, slope: float) -> bool:
    """Fewer common pairs than texts of this length on one matter have (measured on real pairs)."""
    mine, theirs = pairs(reply), pairs(message)
    shorter = min(len(mine), len(theirs))
    return (
        len(mine) >= least
        and len(theirs) >= 15
        and len(mine & theirs) <= max(0.0, slope * log(1 + shorter / 30) - 0.5)
    )


#: Stock phrases of letters to and from offices: that both sides use them says nothing of the matter.
EVERYWHERE = frozenset(
    _pairs("""
您好 你好 网友 市民 尊敬的 您的留言已收悉 现将有关情况回复如下 感谢您对我们工作的支持理解与监督
您反映的问题 已转相关部门调查核实处理 根据规定 目前 政府 部门 单位 工作人员 公司 建议 联系电话 咨询
按照 通过 组织 高度重视 同时 意见 没有 进行 正在 实施 了解 时间 部分 由于 及时 解决 存在 现场
居民 具体 业主 小区 群众 提供 安排 要求 关于 已经 加强 立即 提出 所反映 符合 答复 负责 范围
影响 完成 积极 生活 如果 其他 针对 平台 使用 方式 情况属实 需要 无法 以上 确保 开展 实际 行政
多次 计划 严格 社会 手续 欢迎 发展 保障 不能 属于 直接 协调 程序 明确 国家 一个 一定 发现
主要 的通知 造成 企业 我局将 转交 所有 继续 如有 研究 导致 周边 对于 规范 今年 下一步 信息
督促 现象 收到 予以 统一 我们将 会议 召开 其中 以及 同意 一直 我县 我市 我镇 反馈 机构 沟通
采取 广大 法律 到位 做好 过程 责任人 加大 力度 全部 必须 原因 经查 非常 措施 我局已 综合 拨打
我们已 事业 联合 取得 有效 结果 执行 作为 代表 还有 考虑 所在 疑问 因此 期间 相关 第一 决定
合理 依据 于年月日 进一步 尽快 以来 上级 方面 增加 经过 报告 现有 原则 再次 检查 现就 希望
表示 成立 个人 共同 得到 一是 二是 三是 对此 全面 为了 告知 请您 是否 领导 为什么 什么 怎么
请问 这个 这样 现在 可以 我们 他们 不是 就是 也是 但是 因为 所以 而且 是不是 人民 老百姓 书记
局长 市长 县长 厅长 尊敬 投诉 反映 举报 求助 请求 恳请 未留下联系方式 证据材料
无法根据您提供的信息 进行投诉信息的登记 分送 处理 可直接拨打消费者投诉举报热线 详细信息
直接拨打监管处电话 不详 不明 笼统 欢迎网友提供具体线索 第一时间跟网友进行反馈 举报电话 监察室
来信人须知事项 信件将被视为无效 不再进入处理程序 通过网络明确答复 职权范围 本栏目处理程序 书记市长信箱
门户网站 写信 查询本条留言的办理进度 前来窗口当面或来电咨询 热忱为您提供服务 积极协调处理 信任与支持
首先 各职能部门 行政审批服务局 以便我们沟通 了解详情后为您解答 更好更全面地解答 有关政策疑问 留下
便于我们直接 告之 地址 对面 监察大队 书面投诉 依法调查 密切关注 集思广益 认真考虑 报告了县委县政府
在规划过程中 充分论证研究 编制 修编 意见和建议 宝贵建议 以此为鼓励 肯定 衷心 今后 工作得到 好转
回复的太少 转载 猜测 职责 管辖 权限 区域 辖区 我办 我委 我部 我区 我司 该问题 该事项 此问题
此事 该项目 上述 下列 事实 材料 证件 原件 复印件 身份 户口 姓名 号码 手机 微信 网站 公众号
链接 网址 窗口 大厅 政务服务中心 办公室 分管领导 主要领导 副 股 科 处 大队 中队 支队 街道办事处
社区 镇人民政府 村委会 乡 教育局 公安局 人社局 住建局 城管局 交通局 民政局 卫健委 生态环境局
自然资源局 市场监管局 工商局
""")
)
