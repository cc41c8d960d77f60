"""What a page says about who may use its text."""

from __future__ import annotations

import re
from collections.abc import Iterable

from flows.characters import any_of

OPEN = re.compile(
    r"CC[\s0-]?(?:BY|0)\b|Creative\s?Commons|知识共享(?:署名|许可|协议)|创作共用|public\s?domain|公有领域|公共领域|开放(?:数据)?许可|"
    r"欢迎(?:自由|免费|各[^。，]{0,6})?(?:转载|转发|引用)|(?:可以?|允许)(?:自由|免费|任意|随意)(?:转载|使用|复制|传播)",
    re.IGNORECASE,
)
"""An explicit licence or an invitation to reuse, with or without naming the source as a condition."""

FORBIDDEN = re.compile(
    r"保留(?:所有|一切|全部)?权利|all\s?rights?\s?reserved|"
    r"(?:不得|禁止|严禁|谢绝|请勿|不准|拒绝)(?:擅自|任意|非法|以任何[^。，；\n]{1,8}|进行)?[^。，；\n]{0,14}"
    r"(?:转载|摘编|复制|镜像|使用|转发|引用|刊[登载])|"
    r"(?:转载|摘编|使用|复制|盗用|侵权|抄袭)(?:者)?必究|追究[^。；\n]{0,12}(?:法律|侵权|责任)|"
    r"未经[^。；\n]{0,24}(?:授权|许可|允许|同意)[^。；\n]{0,40}(?:不得|禁止|严禁|转载|使用|复制|摘编)|"
    r"(?:转载|使用)[^。，；\n]{0,10}须经?[^。，；\n]{0,14}(?:授权|许可|同意)",
    re.IGNORECASE,
)
"""All rights reserved, or a prohibition to reuse without permission."""

OWNED = re.compile(
    r"版权所有|著作权所有|版权[^。，；\n]{0,16}归[^。；\n]{1,30}所有|"
    r"(?:享有|拥有)[^。；\n]{0,12}(?:版权|著作权)|copyright|©|\(c\)\s?(?:19|20)\d\d",
    re.IGNORECASE,
)
"""A claim of ownership, which reserves what no licence opens."""

SPEAKS_OF_RIGHTS = re.compile(
    any_of(
        *("版权", "著作权", "转载", "授权", "摘编", "引用", "转发", "许可", "公有领域", "知识共享", "©"),
        *("[cC](?i:opyright|reative)", r"[cC](?i:c[\s-]?(?:by|0))", r"\([cC]\)\s?(?:19|20)", "[aA](?i:ll rights)"),
    )
)


def read_rights(copyright_lines: Iterable[str], lines: Iterable[str] = ()) -> tuple[str, str | None]:
    """Whether a page reserves its rights, opens them or leaves them unspecified, and the words that say so.

    Args:
        copyright_lines: lines stripped as `copyright`, in order; they are the statement, if they decide or none does.
        lines: the other stripped lines, read when those do not decide; only the deciding ones are the statement.

    Returns:
        ("reserved" | "open" | "unspecified", the statement or None). A prohibition outweighs a licence, a licence a
        mere claim of ownership. That a page does not share the views of a story, or removes what infringes other
        people's rights, reserves nothing.
    """
    notice = [line.strip() for line in copyright_lines if line.strip()]
    verdict = _verdict(notice)
    if verdict != "unspecified":
        return verdict, "\n".join(notice)
    deciding = [line.strip() for line in _telling(lines) if _verdict([line]) != "unspecified"]
    if deciding:
        return _verdict(deciding), "\n".join(deciding)
    return "unspecified", "\n".join(notice) or None


def _telling(lines: Iterable[str]) -> list[str]:
    """The lines that speak of rights; most pages have one or two, so all are searched at once."""
    lines = list(lines)
    if not SPEAKS_OF_RIGHTS.search("\n".join(lines)):
        return []
    return [line for line in lines if SPEAKS_OF_RIGHTS.search(line)]


def _verdict(lines: list[str]) -> str:
    telling = _telling(lines)
    if any(FORBIDDEN.search(line) for line in telling):
        return "reserved"
    if any(OPEN.search(line) for line in telling):
        return "open"
    return "reserved" if any(OWNED.search(line) for line in telling) else "unspecified"
