"""Texts as unkind as a member can write them: a list, what it makes when mixed, and any characters at all."""

import sys
from random import Random

COUNT = 10_000
SEED = 11

WRITTEN = [
    "@everyone",
    "@here",
    "\\@everyone",
    "@\u200beveryone",
    "<@1>",
    "<@!80351110224678912>",
    "<@&1>",
    "<#1>",
    "</add:1>",
    "<id:customize>",
    "<t:1618953630:R>",
    "<:smile:80351110224678912>",
    "<a:party:1>",
    "[Free gifts](https://evil.example)",
    "[a](<https://evil.example>)",
    "[@everyone](https://evil.example '@here')",
    "](https://evil.example)",
    "[",
    "](",
    "https://evil.example/@everyone",
    "https://evil.example/[a](https://worse.example)",
    "<https://evil.example/a_b>",
    "discord.gg/abc",
    "steam://run/1",
    "`" * 4_000,
    "``" * 999,
    "```\n",
    "```py\n",
    "\n```",
    "`",
    "*" * 300,
    "**",
    "***",
    "__",
    "_",
    "~~",
    "||",
    "\\",
    "\\" * 301,
    "> ",
    "\n> ",
    "\n>>> ",
    "\n# ",
    "\n## Moderators",
    "\n-# ",
    "\n- ",
    "\n1. ",
    "\n**4** · They said this",
    "\n-# Added by <@1>",
    "**Recorded as 12.** ✅ Approved by <@1>.",
    "\n\n\n\n",
    "\r\n",
    "\r",
    "\u2028",
    "\u2029",
    "\x85",
    "\v\f",
    "\x00",
    "\x07\x1b[31m",
    "\x7f",
    "\u200b" * 50,
    "\u200d\u200c\u2060",
    "\ufeff",
    "\u00ad",
    "\u034f",
    "\u115f\u3164\uffa0",
    "\u202eevil\u202c",
    "\u2066\u2067\u2068",
    "\u2069" * 20,
    "\u200f\u200e",
    "\u061c",
    "Z" + "\u0335\u0321\u0488" * 40,
    "e" + "\u0301" * 500,
    "ทฺ็็็็็็็็็็็็็็็็็",
    "\u0e49" * 60,
    "🎉" * 500,
    "👩‍👩‍👧‍👦" * 60,
    "🏳️‍🌈🇬🇧🏴󠁧󠁢󠁥󠁮󠁧󠁿",
    "\U000e0041\U000e0042\U000e007f",
    "🇬" * 99,
    "1️⃣2️⃣",
    ":+1: :smile:",
    "الشاي بارد دائماً",
    "התה תמיד קר",
    "ﷺ" * 40,
    "𒐫𒈙⸻꧅" * 20,
    "\U0010ffff\ufffe\uffff",
    "\ud800",
    "{label} {0} {title!r} %s %(x)s ${x}",
    "{",
    "}}",
    "<script>alert(1)</script>",
    "&lt;b&gt; &amp;",
    "'; DROP TABLE points; --",
    "=cmd|'/c calc'!A0",
    "v1:point:1",
    "#4",
    "№ 4 (2)",
    " ",
    "\t",
    "a" * 1_900,
    "word " * 400,
    "long" * 700,
]


def texts() -> list[str]:
    """All of them, each another, always the same."""
    found = dict.fromkeys(WRITTEN)
    random = Random(SEED)
    while len(found) < COUNT:
        found[_mixed(random) if random.random() < 0.8 else _any(random)] = None
    return list(found)


def _mixed(random: Random) -> str:
    words = ["They", "rattle", "the", "spoons", "whenever", " ", ", ", ". ", "\n", "-"]
    pieces = [random.choice(WRITTEN if random.random() < 0.5 else words) for _ in range(random.randint(1, 12))]
    return random.choice(("", " ")).join(pieces)[:6_000]


def _any(random: Random) -> str:
    return "".join(chr(random.randrange(sys.maxunicode + 1)) for _ in range(random.randint(1, 200)))
