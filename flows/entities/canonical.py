"""One form of a name for all in which a body is written: without quotes and 中共, its short ending in full
(`body_names.yaml`)."""

from __future__ import annotations

import re
from functools import cache, lru_cache

from flows.vocabulary import load_vocabulary, one_of

_QUOTES = str.maketrans("", "", '“”"「」『』‘’《》 \u3000')
_PARTY = re.compile("^中共(?=[^中].*委)")
_GOVERNMENT = re.compile("(?<=[省市区县旗州盟镇乡])政府$")
_STOOD = re.compile("^(?:原|时任|现任|前)(?=[\u4e00-\u9fff]{4})")


@lru_cache(maxsize=65536)
def canonical(name: str) -> str:
    """The form by which a name is compared, its region as written: 某市残联 and 某市残疾人联合会 have one."""
    plain = _STOOD.sub("", name.translate(_QUOTES))
    national = _national().get(plain)
    if national is not None:
        return national
    plain = _GOVERNMENT.sub("人民政府", _PARTY.sub("", plain))
    youth = _youth().search(plain)
    if youth is not None and youth["place"] and not youth.start():
        return f"共青团{youth['place']}委员会"
    return _endings().sub(lambda found: _short()[found[0]], plain)


@cache
def _of_country() -> frozenset[str]:
    return frozenset(_national().values())


def is_national(name: str) -> bool:
    """Whether a canonical name is that of a body of the whole country that is known by other forms too."""
    return name in _of_country()


@cache
def _national() -> dict[str, str]:
    return dict(load_vocabulary("body_names")["national"])


@cache
def _short() -> dict[str, str]:
    return dict(load_vocabulary("body_names")["endings"])


@cache
def _endings() -> re.Pattern[str]:
    """The short endings, behind at least two characters or a level."""
    return re.compile(f"(?<=..)(?:{one_of(_short())})$|(?<=[省市区县旗州盟])(?:{one_of(_short())})$")


@cache
def _youth() -> re.Pattern[str]:
    return re.compile(load_vocabulary("body_names")["youth"])
