import pytest

from flows.extract.page.rights import read_rights


@pytest.mark.parametrize(
    ("line", "rights"),
    [
        ("版权所有 某网", "reserved"),
        ("Copyright © 2023 某网 All Rights Reserved", "reserved"),
        ("未经书面授权，任何单位及个人不得转载、摘编", "reserved"),
        ("本网站文章版权归某网所有", "reserved"),
        ("转载必究，版权所有", "reserved"),
        ("欢迎转载，请注明出处", "open"),
        ("本作品采用知识共享署名4.0国际许可协议", "open"),
        ("© 2023 某协会，以 CC BY 4.0 发布", "open"),
        ("欢迎转载，但未经授权不得用于商业", "reserved"),
        ("本文仅代表作者观点，不代表本网立场", "unspecified"),
        ("如涉及版权问题，请与我们联系删除", "unspecified"),
        ("转载目的在于传递更多信息", "unspecified"),
    ],
)
def test_what_a_notice_says(line: str, rights: str) -> None:
    assert read_rights([line])[0] == rights


def test_statement_keeps_all_lines_of_a_notice() -> None:
    lines = ["某网版权声明", "1、未经授权不得转载。", "2、请在30日内联系。"]
    assert read_rights(lines) == ("reserved", "\n".join(lines))


def test_other_lines_are_read_when_the_notice_does_not_decide() -> None:
    assert read_rights([], ["首页", "版权所有 某网"]) == ("reserved", "版权所有 某网")


def test_a_page_without_notice_says_nothing() -> None:
    assert read_rights([]) == ("unspecified", None)
