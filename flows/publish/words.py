"""What a release says of itself as a whole, once, for every metadata format."""

from __future__ import annotations

from flows.schema import Words

TITLE = Words("社工：中国社会工作新闻数据集", "Shegong: Chinese social-work news")
DESCRIPTION = Words(
    "由公开网页与报纸版面清洗而成的社会工作新闻：正文、人物、机构、活动、统计、引用，每个值都可追溯到原文字符。",
    "News of social work in China, cleaned from public web pages and newspaper pages: texts, people, organizations, "
    "events, statistics and citations, every value traceable to the raw characters.",
)
LICENSE = {
    "name": "CC-BY-4.0",
    "title": "Creative Commons Attribution 4.0, for the compilation, facts and metadata; not for the texts of others",
    "path": "https://creativecommons.org/licenses/by/4.0/",
}
RIGHTS = Words(
    "正文的著作权属于原作者与原发布者；本数据集只对其编排、抽取的事实与元数据授予 CC BY 4.0。"
    "`documents.rights` 与 `rights_statement` 记录了各页面自己的声明，使用正文前请先查看。",
    "The texts belong to their authors and publishers; CC BY 4.0 is granted for the compilation, the facts drawn from "
    "the texts and the metadata alone. `documents.rights` and `rights_statement` hold what each page says of itself: "
    "look there before you use a text.",
)
CITE = Words(
    "引用数据集时请注明版本，使用正文时请同时注明其发布者。机器可读：`CITATION.cff`。",
    "Name the version, and the publishers of the texts that you use. For machines: `CITATION.cff`.",
)
TAKEDOWN = Words(
    "要求移除：请在本项目的议题中写明 `document_id`、网址或 SHA-256 与理由；移除对以后所有版本有效。"
    "`takedowns.json` 列出已移除的文档；持有旧版本者请一并删除。",
    "To ask for a takedown, open an issue in this project with the `document_id`, the URL or the SHA-256, and the "
    "reason; it holds for every later release. `takedowns.json` lists what was taken down: remove it from earlier "
    "releases that you hold, too.",
)
