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

figures = pd.read_parquet("data/figures.parquet").query("indicator == 'licensed_social_workers'")
names = pd.read_parquet("data/regions.parquet").set_index("code")["full_name"]
figures = figures.assign(place=figures["region"].map(names), year=figures["as_of"].str[:4]).sort_values("as_of")
columns = ["place", "year", "value", "low", "high", "agreement"]
answer = figures.groupby(["place", "year"], as_index=False).last()[columns]
bars = alt.Chart(answer).mark_bar()
chart = bars.encode(x="value:Q", y=alt.Y("place:N", sort="-x"), color="year:N", tooltip=["year", "value", "agreement"])
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

names = pd.read_parquet("data/entities.parquet").set_index("entity_id")["name"]
hosted = pd.read_parquet("data/event_roles.parquet").query("role == 'hosted_by' and organization_id.notna()")
hosted = hosted.drop_duplicates(["organization_id", "event_id"])  # an event told by several articles counts once
answer = hosted.groupby("organization_id").size().rename("events").reset_index()
answer = answer.assign(host=answer["organization_id"].map(names))
answer = answer.sort_values(["events", "host"], ascending=[False, True])
chart = alt.Chart(answer.head(20)).mark_bar().encode(x="events:Q", y=alt.Y("host:N", sort="-x"))
""",
    ),
    (
        Words("社会工作的报道里谁出现得最多？", "Who is named most in articles about social work?"),
        """\
import altair as alt
import pandas as pd

articles = pd.read_parquet("data/articles.parquet").query("on_topic and duplicate_of.isna()")
articles = articles[articles["near_duplicate_of"].isna()]
people = pd.read_parquet("data/people.parquet").query("person_id.notna()")
people = people[people["article_id"].isin(articles["article_id"])]
answer = people.groupby("person_id").agg(name=("name", "first"), articles=("article_id", "nunique")).reset_index()
answer = answer.sort_values(["articles", "name", "person_id"], ascending=[False, True, True])
bars = alt.Chart(answer.head(20)).mark_bar()
chart = bars.encode(x="articles:Q", y=alt.Y("person_id:N", sort="-x"), tooltip=["name", "articles"])
""",
    ),
    (
        Words("哪些数字各说不一？", "Which figures are in conflict?"),
        """\
import altair as alt
import pandas as pd

figures = pd.read_parquet("data/figures.parquet").query("agreement == 'conflict'")
labels = pd.read_parquet("data/codes.parquet").query("vocabulary == 'indicators'").set_index("id")["en"]
answer = figures.assign(what=figures["indicator"].map(labels), articles=figures["article_ids"].str.len())
answer = answer[["what", "region", "as_of", "low", "value", "high", "articles"]]
bars = alt.Chart(answer).mark_bar()
chart = bars.encode(x="low:Q", x2="high:Q", y="what:N", tooltip=["region", "as_of", "low", "value", "high"])
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
