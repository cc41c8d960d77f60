"""A raw page that tries everything: each line is text that a careless report would obey."""

ATTACKS = [
    "<script>document.title='owned'</script>",
    "</script><script>document.title='owned'</script>",
    "<img src=https://example.invalid/x.png onerror=\"document.title='owned'\">",
    "</style><svg onload=\"document.title='owned'\">",
    "'\" autofocus onfocus=\"document.title='owned'\" x='",
    "]]><!-- --!><iframe src=javascript:document.title='owned'>",
    "javascript:document.title='owned'//",
    '=HYPERLINK("https://example.invalid/","点此")',
    "+1+cmd|' /C calc'!A0",
    "\u202e反向的文字\u202c \u2066隔离\u2069 \u200b\ufeff",
    "\u2028document.title='owned'\u2029",
    "\x1b[2J\x07\x85",
]

STORY = "5月6日，青禾区社工站在青禾广场举行开放日，居民三百二十人到场。站长李某某介绍，全区现有持证社工1280人。"

HOSTILE = "\n".join(
    [
        "首页 > 新闻 > <script>document.title='owned'</script>",
        "青禾区社工站开放日<script>document.title='owned'</script>",
        "2024-05-07 来源：青禾日报</style>",
        STORY,
        *ATTACKS,
        *(f"{STORY}{attack}" for attack in ATTACKS),
        "社工服务进社区，" * 125_000,  # a line of one megabyte, three in bytes
        "版权所有 未经许可不得转载 <a href=https://example.invalid/ onmouseover=alert(1)>",
    ]
)
