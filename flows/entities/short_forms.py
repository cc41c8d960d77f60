"""Short forms that an article calls bodies by without saying so: the brand of an agency (榕荫社工), the first words of
a company (恒诚精密), and 大 behind the first character of the one university that it names (南大)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping

from flows.entities.bodies import Body
from flows.entities.own_names import brand_of, without_region

_BY_BRAND = "”?(?:社会工作服务中心|社工服务中心|社工事务所|社工服务社|社工中心|社工|中心)"
"""What stands behind the brand of an agency where it is called in short."""

_COMPANY = re.compile("(?:集团)?(?:股份|有限责任)?(?:有限)?公司$")
_LEAST, _MOST = 4, 6
"""Characters of a company's name that stand for it."""

_UNIVERSITY = re.compile("[\u4e00-\u9fff]{2,8}大学$")
_OF_STAFF = "(?=[师学]生|教授|副教授|老师|讲师|社工|社会|毕业|校友|团队|[、，。的与和]|$)"


def short_forms(full: Mapping[str, Body], text: str) -> Iterator[tuple[str, Body]]:
    """The short forms that the text has, each with the one body that it means; `full` are the names in full."""
    yield from _by_brand(full, text)
    yield from _by_company(full, text)
    yield from _by_university(full, text)


def _by_brand(full: Mapping[str, Body], text: str) -> Iterator[tuple[str, Body]]:
    """The brand of one agency alone, with 社工 or 中心 behind it."""
    brands: dict[str, dict[str, Body]] = {}
    for body in full.values():
        if brand := brand_of(body.name, body.region):
            brands.setdefault(brand, {})[body.entity_id] = body
    for brand, bodies in brands.items():
        longer = "".join(
            re.escape(other[-len(brand) - 1]) for other in brands if other.endswith(brand) and other != brand
        )
        before = f"(?<![{longer}])" if longer else ""
        if len(bodies) == 1:
            forms = {found[0].replace("”", "") for found in re.finditer(f"{before}{re.escape(brand)}{_BY_BRAND}", text)}
            yield from _each(forms - full.keys(), bodies.values())


def _by_company(full: Mapping[str, Body], text: str) -> Iterator[tuple[str, Body]]:
    """The first words of a company's own name, the most of them that the text has by themselves."""
    for name, body in full.items():
        own = without_region(name, body.region)
        if body.kind != "company" or (legal := _COMPANY.search(own)) is None:
            continue
        alone = text.replace(name, "\n").replace(own, "\n")
        for length in range(min(legal.start() - 1, _MOST), _LEAST - 1, -1):
            if own[:length] in alone:
                if sum(other.startswith(own[:length]) for other in map(without_region, full)) == 1:
                    yield own[:length], body
                break


def _by_university(full: Mapping[str, Body], text: str) -> Iterator[tuple[str, Body]]:
    """The first character and 大 of the one university whose name begins so."""
    found: dict[str, dict[str, Body]] = {}
    for name, body in full.items():
        if body.parent is None and _UNIVERSITY.fullmatch(name):
            found.setdefault(f"{name[0]}大", {})[body.entity_id] = body
    for short, bodies in found.items():
        if len(bodies) == 1 and re.search(f"(?<![\u4e00-\u9fff]){short}{_OF_STAFF}", text):
            yield from _each({short}, bodies.values())


def _each(forms: Iterable[str], bodies: Iterable[Body]) -> Iterator[tuple[str, Body]]:
    yield from ((form, body) for form in sorted(forms) for body in bodies)
