"""What personal numbers look like in Chinese text: patterns over :func:`plain` text. Pure.

Three fences: what may not stand before a number (a digit, a currency sign), what may not stand after
(a digit, decimals, a unit of measure), and a date may be glued to it (…60212015年4月).
"""

from __future__ import annotations

import re

DATE = r"(?:19|20)\d\d ?(?:年|[.\-/]\d)"
UNIT = r" ?(?:[百千万亿]?元|[万亿]|㎡|平方|平米|立方|公里|[吨亩斤株羽%度]|m2|M2|千瓦|号文|号令)"
AFTER = rf"(?:(?=\.?{DATE})|(?![0-9*]|\.\d|{UNIT}))"
IS = r"(?:为|是|[:;(, ]){0,4}"
LOCAL = r"[2-8]\d{6,7}"
GAP = r"[ \-.·]{1,3}"

WORTH_A_LOOK = re.compile(
    r"\d|[@＠]|微信|薇信|威信|[Vv]信|[VvWw][Xx]|加我?[VvWw微]|护照|[一二三四五六七八九壹贰叁肆伍陆柒捌玖〇零幺]{3}"
)

# The number of an order, a paper, a meter is nobody's telephone.
ORDERED = re.compile(
    r"(?:编号|[单证案书文批表]号|备案号|发票号|流水号|籍号|信用代码|[字中]第|id=)码?(?:为|是|[:;( ]){0,3}$"
)

# Patterns begin with their first character, so that the search can jump to it; what may stand before follows.
_ONE = r"1(?:(?<![0-9¥￥$]1)|(?<=(?<!\d)861)|(?<=(?<!\d)00861)|(?<=(?<!\d)01))(?<!\d\.1)"
MOBILE = re.compile(_ONE + r"[3-9]\d{9}" + AFTER)
MOBILES_GLUED = re.compile(_ONE + r"[3-9]\d{9}(?:\.?1[3-9]\d{9})+" + AFTER)
_GROUPS = (  # 3-4-4 is the usual way; the others are seen
    rf"[3-9]\d{GAP}\d{{4}}{GAP}\d{{4}}",
    rf"[3-9]\d{GAP}\d{{8}}",
    rf"[3-9]\d{{5}}{GAP}\d{{4}}",
    rf"[3-9]\d{{2}}{GAP}\d{{3}}{GAP}\d{{4}}",
    rf"[3-9]\d{{2}}{GAP}\d{{4}}{GAP}\d{{3}}",
    rf"[3-9]\d{GAP}\d{{3}}{GAP}\d{{5}}",
    rf"[3-9]\d{{3}}{GAP}\d{{6}}",
    rf"[3-9]\d(?:{GAP}\d\d){{4}}",
    rf"{GAP}[3-9](?:{GAP}\d){{9}}",
)
MOBILE_FENCED = re.compile(rf"\((1[3-9]\d)\)[ \-]?\d{{4}}[ \-]?\d{{4}}{AFTER}")
MOBILE_SPACED = re.compile(rf"{_ONE}(?:{'|'.join(_GROUPS)}){AFTER}")

LANDLINE = re.compile(
    r"(0(?<!\d0)(?:10|2\d|[3-9]\d\d))(\)?[ \-]{0,4})([2-9]\d{2,3})[ \-]?(\d{4})"
    rf"(?:(?=[\-转分机]{{1,2}}\d)|{AFTER})"
)
LABELLED = re.compile(
    r"(?:电话|手机|座机|热线|传真|致电|拨[打通]|联系方式|联[系糸]号码|[Tt][Ee][Ll]|[Pp]hone|[Mm]obile)"
    r"(?:号码|号|为|是|[:;(,. ])*"
    rf"(0000-\d{{7,8}}|1[3-9]\d[ \-]\d{{4}}[ \-]\d{{4}}|\d{{7,24}}?(?:(?={DATE})|(?![0-9*])))",
)
_NEAR = r"(?:[^0-9*。;\n元号证]|号码|(?<!\d)\d{1,2}(?!\d)|(?<!\d)12\d{3}[或、,/])"
_ALONE = rf"({LOCAL}|[2-8]\d{{2,3}}[ \-]\d{{4}}|[2-8]\d \d{{6}}){AFTER}(?!年)"
NEARBY = re.compile(
    rf"(?:(?:电话|座机|热线|致电|联系|拨){_NEAR}{{0,16}}?|打{_NEAR}{{0,6}}?|[一-鿿]\((?=\d+\))){_ALONE}"
)
# Alone in the text. What stands before may make it a sum, a paper, a part of a longer code.
BARE = re.compile(
    rf"(?<![0-9A-Za-z.*¥￥$%\-/_(\[〔【=+×:])(?:{LOCAL}|(?!20[0-4]\d)[2-8]\d{{2,3}}[ \-]\d{{4}})(?:\.?(?={DATE})|(?![0-9A-Za-z*%\-/_]|[.,]\d|{UNIT}))"
    r"(?! ?[年余多个号户人次台件条棵㎡米页行套箱份])"
)
COUNTED = re.compile(
    r"(?:[款费额金资价共计约近达仅为值到至亏欠付收入支出元积重量长宽高计数]|[编表户证单文账批箱票书案图件型学工卡]号码?"
    r"|账|户|单|证|文|字|第|代码|邮编|密码|批|备案|QQ|群)[为是: ]{0,3}$"
)
FOLLOWER = re.compile(rf"(?:\([^()0-9]{{1,8}}\))?[、,/;和及或者 ]{{1,4}}({LOCAL}){AFTER}(?!年)")
# 400…, 95598, 12345 are everybody's; eight digits may be a day.
NOBODYS = re.compile(
    r"(?:[48]00\d{7}|95\d{3,6}|1[02]\d{3,5}|(?:19|20)\d\d(?:0[1-9]|1[0-2])(?:[0-2]\d|3[01]))$"
)

IDCARD = re.compile(
    r"([1-9](?<!\d[1-9])\d\d[ \-]?\d{3}[ \-]{0,2}(?:19|20)\d\d[ \-]?\d\d[ \-]?\d\d[ \-]{0,2}\d{3}[0-9Xx])"
    rf"(?:(?={DATE})|(?![0-9*]))"
)
IDCARD_OLD = re.compile(r"[1-6](?<![0-9.][1-6])\d{14}(?![0-9*Xx年]|\.\d)")
IDCARD_LABELLED = re.compile(
    r"(?:身份证|公民身份|身份号码|证件号|居住证|永居证)[^0-9\n。]{0,14}?"
    r"([1-9]\d{14,17}[Xx]?|[1-9]\d{6,16}\*{3,}(?:(?=" + DATE + r")|[0-9Xx]{0,4}))(?![*])"
)
PASSPORT = re.compile(
    rf"(?:护照|通行证)(?:号码|号)?{IS}([A-Z]{{1,2}}\d{{7,9}}|\d{{9}})(?![A-Z0-9*])", re.IGNORECASE
)

BANKCARD = re.compile(r"\d(?<![0-9.]\d)\d{3}(?:[ \-]?\d{4}){2,3}(?:[ \-]?\d{1,3})?(?![0-9*]|\.\d)")
BANK_WORD = re.compile(
    r"(?:卡号|银行卡|[账帐]号|[账帐]户|存折|[工农建中交]行|邮储|信用社|农商行|农信)[^0-9\n。]{0,8}$"
)

BANK_LABELLED = re.compile(
    r"(?:卡号?|[账帐][号户]|存折号?|银行|邮储|信用社|农商行|农信社?|[工农建中交]行)[^0-9\n。;]{0,10}"
    r"(?!1[3-9]\d{9}(?!\d))(\d(?:[ \-]?\d){11,24})(?![0-9*])"
)

EMAIL = re.compile(
    r"(?<![A-Za-z0-9._+%*\-])[A-Za-z0-9][A-Za-z0-9._+%\-]*@[A-Za-z0-9][A-Za-z0-9\-]*(?:\.[A-Za-z0-9\-]+)+"
)
QQ = re.compile(
    rf"(?<![@A-Za-z])(?:Q ?Q|加我?Q|扣扣|企鹅)(?:号码|号|群)?{IS}([1-9]\d{{4,10}})(?![0-9*]|\.\d|年)",
    re.IGNORECASE,
)
WECHAT = re.compile(
    rf"(?:微信|薇信|威信|V信|wechat|weixin|(?<![A-Za-z0-9])[VW]X)(同?号码?|ID)?({IS})(?!1[3-9]\d{{9}})"
    r"([A-Za-z][A-Za-z0-9_\-]{5,19}|[1-9]\d{5,10})(?![A-Za-z0-9_*@.])",
    re.IGNORECASE,
)

WECHAT_ADDED = re.compile(
    r"[加我联咨](?:(?<=加)我?|(?<=我)的?|(?<=联)系|(?<=咨)询)"
    r"(?:[VvWw][Xx]?|微|微信)(?:号)?[:; ]{0,2}([A-Za-z][A-Za-z0-9_\-]{4,19}|1[3-9]\d{9}|[1-9]\d{5,10})"
    r"(?![A-Za-z0-9_*@.])"
)

# 楚 is no province's letter: it stands for 湘 in test material that was made anonymous; nothing else
# looks like it.
PLATE = re.compile(
    r"[京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼楚] ?[A-HJ-Z][ .·•\-]{0,2}"
    r"((?=[A-Z]*\d[A-Z]*\d)[A-HJ-NP-Z0-9]{5,6}|[A-HJ-NP-Z0-9]{4}[学警挂港澳领])(?![A-Z0-9*])",
    re.IGNORECASE,
)
