"""Worked questions for the dataset card: each a few lines that run in the folder of a release and end in a chart."""

from __future__ import annotations

from collections.abc import Iterator

from flows.schema import Words

NOTE = Words(
    "在发布目录中运行，需要 pandas 与 altair。数字出自报道，不是官方统计；同一数字可能被多篇报道引用。"
    '在笔记本中写 `chart` 即显示，否则用 `chart.save("chart.html")`。',
    "Run them in the folder of the release, with pandas and altair. Figures are what articles state, no official "
    "statistics, and several articles may state the same one. In a notebook `chart` shows itself; elsewhere write "
    '`chart.save("chart.html")`.',
)

QUESTIONS: tuple[tuple[Words, str], ...] = (
    (
        Words("各地各年有多少持证社工？", "How many licensed social workers, by region and year?"),
        """\
import altair as alt
import pandas as pd

articles = pd.read_parquet("data/articles.parquet")
found = pd.read_parquet("data/statistics.parquet").query("indicator == 'licensed_social_workers'")
found = found.merge(articles[["article_id", "published_date"]], on="article_id")
names = articles.dropna(subset=["region"]).set_index("region")["region_name"].to_dict()
found["place"] = found["region"].map(names).fillna(found["region"]).fillna("unknown")
published = pd.to_datetime(found["published_date"]).dt.strftime("%Y")
found["year"] = found["as_of"].str[:4].fillna(published).fillna("unknown")  # as the article says, else when it appeared
answer = found.groupby(["place", "year"], as_index=False)["value"].max()
bars = alt.Chart(answer).mark_bar()
chart = bars.encode(x="value:Q", y=alt.Y("place:N", sort="-x"), color="year:N", tooltip=["year", "value"])
""",
    ),
    (
        Words("各市的社工证补贴最高多少？", "What is the highest subsidy for a licence, by city?"),
        """\
import altair as alt
import pandas as pd

found = pd.read_parquet("data/related.parquet").query("kind == 'subsidy' and currency == 'CNY' and region.notna()")
found["city"] = found["region"].str[:4] + "00"  # GB/T 2260: the first four digits are the city's
answer = found.sort_values("amount").groupby("city", as_index=False).last()[["city", "amount", "title", "date"]]
answer["date"] = answer["date"].astype(str)
bars = alt.Chart(answer).mark_bar()
chart = bars.encode(x="amount:Q", y=alt.Y("city:N", sort="-x"), tooltip=["title", "date", "amount"])
""",
    ),
    (
        Words("谁主办的活动最多？", "Who hosts most events?"),
        """\
import altair as alt
import pandas as pd

events = pd.read_parquet("data/events.parquet").explode("hosted_by").dropna(subset=["hosted_by"])
answer = events.groupby("hosted_by", as_index=False).size().sort_values(["size", "hosted_by"], ascending=[False, True])
chart = alt.Chart(answer.head(20)).mark_bar().encode(x="size:Q", y=alt.Y("hosted_by:N", sort="-x"))
""",
    ),
)


def questions() -> Iterator[str]:
    """The lines of the card's section."""
    yield "## 例题 Worked questions\n"
    yield f"{NOTE.zh}\n"
    yield f"{NOTE.en}\n"
    for question, code in QUESTIONS:
        yield f"### {question.zh} {question.en}\n"
        yield f"```python\n{code}```\n"
