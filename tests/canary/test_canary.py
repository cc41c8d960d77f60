"""The canary sings for a site that changed its markup, and for no other."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from flows.arrow_rows import to_arrow
from flows.canary.ask import Health, ask
from flows.canary.released import CleanedPages
from flows.cli import main
from flows.document import Origin, RawDocument
from flows.publishers.loading import publishers
from flows.read.reader import read_bytes
from flows.schema import TABLES

START = dt.datetime(2026, 1, 1, tzinfo=dt.UTC)
CHANGED = "本栏目由柳堤科技提供技术支撑，欢迎各位读者在手机上继续阅读更多精彩报道。"
HOSTILE = "\x1b[2J\u202e这一行出现在每一篇文章里\r"


def pages(count: int, changed: bool = False, first: int = 0, host: str = "www.people.com.cn") -> Iterator[RawDocument]:
    """Pages in the shape of a site, a day apart, the newer ones perhaps in another."""
    for n in range(first, first + count):
        day = START + dt.timedelta(n)
        title = f"第{n}号社工站在青禾{n}街道投入使用"
        story = [
            f"近日，第{n}号社工站在青禾{n}街道投入使用，{n + 20}名居民代表参加了活动，并参观了新布置的服务大厅。",
            f"据介绍，该站配备{n + 2}名社工，服务周边{n + 5}个社区，主要面向老人、儿童和残疾人，每周开放五天。",
            f"街道负责人说，下一步将在第{n + 1}号站继续推广这一做法，让更多居民在家门口得到专业服务。",
        ]
        head = [
            '<div>热词：<a href="/h">养老</a> <a href="/h">社区</a></div>',
            f"<h1>{title}</h1><div>{day:%Y年%m月%d日%H:%M} | 来源：青禾日报</div>",
        ]
        body = "".join(f"<p>{line}</p>" for line in story)
        foot = "<div>人 民 网 版 权 所 有 ，未 经 书 面 授 权 禁 止 使 用</div>"
        if changed:
            head, foot = [f"<h1>{title}</h1>"], ""
            body = body.replace("</p><p>", f"</p><p>{CHANGED}</p><p>", 1)
        html = f"<!doctype html><meta charset=utf-8><title>{title}</title>{''.join(head)}<div>{body}</div>{foot}"
        yield read_bytes(html.encode(), f"{n}.html", Origin(url=f"http://{host}/{n}.html", fetched_at=day))


def health(documents: Iterable[RawDocument]) -> dict[str, Health]:
    return {found.profile.id: found for found in ask(CleanedPages(documents), publishers())}


def test_a_site_that_stays_as_it_was_fits() -> None:
    found = health(pages(25))["people"]
    assert (found.pages, found.judged, found.misfits) == (25, True, ())


def test_a_site_that_changed_its_markup_no_longer_fits() -> None:
    found = health([*pages(30), *pages(50, changed=True, first=30)])["people"]
    told = {misfit.what: misfit for misfit in found.misfits}
    assert set(told) == {"date", "repeated", "quiet"}
    assert "0% of 50 articles, expected at least 80%; it was 100% on the 30 pages before" in told["date"].sentence
    assert told["repeated"].sample is not None
    assert told["repeated"].sample.startswith("本栏目由柳堤科技提供")
    quiet = [misfit.sentence for misfit in found.misfits if misfit.what == "quiet"]
    assert ["people.spaced_copyright" in quiet[0], "people.hot_words" in quiet[1]] == [True, True]
    assert "(30 of the 30 pages before)" in quiet[0]


def test_old_changes_are_forgotten() -> None:
    assert health([*pages(20, changed=True), *pages(50, first=20)])["people"].misfits == ()


def test_pages_that_were_not_published_are_missed() -> None:
    empty = [
        read_bytes(b"", f"{n}.html", Origin(url="http://gmw.cn", fetched_at=START + dt.timedelta(n))) for n in range(9)
    ]
    found = health(empty)["gmw"]
    assert [misfit.what for misfit in found.misfits] == ["published"]
    assert found.misfits[0].sentence == "published are 0% of 9 pages, expected at least 80%."


def test_a_few_pages_are_no_verdict() -> None:
    found = health(pages(4, changed=True))["people"]
    assert (found.judged, found.misfits) == (False, ())


def test_a_site_that_names_another_publisher_is_told() -> None:
    other = [
        read_bytes(f"{p.text}\n版权所有：柳堤日报".encode(), p.path, p.origin) for p in pages(8, host="www.gmw.cn")
    ]
    assert "named" in {misfit.what for misfit in health(other)["gmw"].misfits}


def test_pages_of_nobody_are_nobodys() -> None:
    assert health(pages(9, host="unknown.example")).keys() <= {"people"}


def release(folder: Path, documents: Iterable[RawDocument], last: str = "") -> Path:
    """The Parquet files of a release, and nothing else."""
    cleaned = CleanedPages(documents)
    for row in cleaned.tables["articles"]:
        row["text"] += f"\n{last}" if last else ""
    (folder / "data").mkdir(parents=True)
    for table in TABLES:
        pq.write_table(to_arrow(table, cleaned.tables.get(table, [])), folder / "data" / f"{table}.parquet")
    return folder


def test_the_command_reads_a_release_and_ends_with_1(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = release(tmp_path / "v2026.01.01", [*pages(4), *pages(22, changed=True, first=4)], HOSTILE)
    assert main(["canary", str(path)]) == 1
    out = capsys.readouterr().out
    assert "people  人民网  26 newest of 26 pages: no longer fits" in out
    assert "stands in 26 of 26 articles: \\x1b[2J\\u202e这一行出现在每一篇文章里\\r\n" in out
    assert not {"\x1b", "\u202e", "\r"} & set(out)
    assert out.splitlines()[-1].endswith("1 publishers judged, 0 with too few pages, 1 no longer fit")


def test_the_command_takes_the_newest_release(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    release(tmp_path / "v2026.01.01", pages(8, changed=True))
    release(tmp_path / "v2026.01.02", pages(8))
    assert main(["canary", "--releases", str(tmp_path)]) == 0
    assert "people  人民网  8 newest of 8 pages: fits" in capsys.readouterr().out


def test_withheld_texts_are_passed_over(tmp_path: Path) -> None:
    path = release(tmp_path / "v2026.01.01", pages(8))
    articles = path / "data" / "articles.parquet"
    table = pq.read_table(articles)
    nothing = pa.nulls(table.num_rows, pa.string())
    pq.write_table(table.set_column(table.schema.get_field_index("text"), "text", nothing), articles)
    assert main(["canary", str(path)]) == 0


@pytest.mark.parametrize("arguments", [["nowhere"], ["--releases", "nowhere"], ["--raw", "nowhere"]])
def test_what_is_not_there_ends_with_2(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["canary", *arguments]) == 2
    assert "nowhere" in capsys.readouterr().err


def test_raw_documents_are_cleaned_on_the_spot(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for n in range(5):
        (tmp_path / f"{n}.txt").write_text(f"第{n}号通知\n\n人 民 网 版 权 所 有\n", "utf-8")
    assert main(["canary", "--raw", str(tmp_path)]) in (0, 1)
    assert str(tmp_path) in capsys.readouterr().out
