"""Judgements of points in a sentence: "I agree with #3", "#9 is not quite fair", "the strongest is #6".

Somebody else's ("Ann disagrees with #4"), a question and a supposition ("if #4 is true") judge nothing.
"""

import re
from collections.abc import Iterator

from bot.core.arguments import Side
from bot.core.messages.answers import ENDS, FARTHEST, paragraph, sentence
from bot.core.messages.mentions import Mention
from bot.core.messages.sides import denied, plain, side_of
from bot.core.messages.values import Argument, Found, Message

_STANCES = (
    (Side.SUPPORT,
        r"agreed?(?: \w+)? (?:with|on|about)|convinced by|persuaded by|sold on|\+ ?1(?: to| for| on)?|(?:i'm "
        r"|i am |am )?(?:all )?(?:behind|with you on|with the author on)"
     r"|side with|in favour of|hear,? hear(?: to| on)?|(?:well said|spot on|bang on|exactly right|so true)(?: on"
     r"| about| with| re)?|fan of|kudos for|thank you for|thanks for"
     r"|(?:good|great|fair|excellent|strong) (?:point|call|shout)(?: on| in| with|,)?"),
    (Side.SUPPORT,
        r"(?:i|we)(?:'d|'ll|'m| would| will| am| do| really| very much| fully| strongly| also| only| can| totally"
        r"| wholeheartedly| completely| certainly){0,3}"
     r" (?:support|back|second|seconding|endorse|echo|like|love|share|underline)"),
    (Side.REBUTTAL,
        r"disagreed?(?: \w+)? (?:with|on|about)|object to|take issue with|quarrel with|quibble with|(?:problem"
        r"|issue|trouble) (?:is |i have )?with|sceptical (?:of|about)|skeptical (?:of|about)"
     r"|unsure about|wary of|unconvinced by|do not (?:buy|accept|believe|see)|not (?:buying|having)|never bought"
     r"|(?:nonsense|rubbish|wrong|unfair|harsh)(?: on| about| in)|not (?:sure|happy) (?:about|with)"),
    (Side.REBUTTAL,
        r"(?:i|we)(?:'d|'ll|'m| would| will| am| must| have to| want to| do| really| strongly| also| can){0,3}"
     r" (?:oppose|dispute|contest|challenge|reject|question|doubt|rebut|refute|counter)"),
)  # fmt: skip
_STANCE = re.compile(
    "|".join(f"(?P<s{at}>(?:{words}))" for at, (_side, words) in enumerate(_STANCES)).join(
        (
            r"(?:^|(?<=[^\w']))(?:",
            r")\s+(?:all of |both |most of |a lot of |much of |your |the |you on |with |that )*(?:\w+'s )?\Z",
        )
    )
)
_RANKED = re.compile(
    r"\b(?:(?P<best>strongest|best|favourite|favorite|most (?:important|convincing|serious|damning|relevant|true))"
    r"|(?P<worst>weakest|worst|silliest|least (?:convincing|fair|serious|true)))"
    r"\b[\w ,]{0,40}?(?:\bis|\bare|\bhas to be|\bmust be|:|-|–)\s*(?:probably |surely |definitely |easily |for me )?\Z"
)
_MORE = re.compile(r"\b(?:can|could) not (?:have )?agreed? more\b")
_PREDICATE = re.compile(
    r"(?:,? (?:it|that|this) (?:is|was|has|does)\b|,? (?:it|that)'s\b|(?:\s+(?:above|below|too|also|itself|really"
    r"|especially|on the list|in particular|in my view|as written|as it stands|all)|,? for me,?|,? i (?:think"
    r"|believe|fear|am afraid),?|\s*\([^)\n]{0,40}\))*[\s,]*"
    r"(?:simply |just |really |also |still |clearly |only |at least |certainly )?(?:is|are|was|were|seems?|sounds?"
    r"|looks?|feels?|does|do|did|can|could|will|would|has|have|had|makes?|hits?|rings?|holds?|goes|miss(?:es)?"
    r"|ignores?"
    r"|forgets?|overlooks?|overstates?|exaggerates?|fails?|assumes?|contradicts?|gets?|match(?:es)?|nails?|strikes?"
    r"|stands?|confuses?|understates?|deserves?|says?|needs?|remains?|reads?|misreads?|speaks?|fits?|falls?|might"
    r"|may|should|must)\b)"
)
_TURNED = re.compile(
    r",? (?:i|we)(?: \w+ly| do| also| really| very much| can only| have to| must| would| can not| do not"
    r"| strongly){0,3} (?P<side>dis)?agree(?:d)?\b"
)
_SOMEBODY = re.compile(
    r"\b(?:he|she|they|you|who|some(?:one|body|body else)?|people|any(?:one|body)|nobody|every(?:one|body)|many|most"
    r"|others|the (?:minister|author|writer|mayor|council|board|committee|chair)|@\S+)"
    r"(?:'s|'re|'d| all| also| both| would| do| does| did| has| have| might| may| seems? to| really| already| not"
    r"| never)*"
    r" (?:(?:dis)?agree\w*|says?|said|thinks?|thought|claims?|claimed|call(?:s|ed)?|object\w*|doubt\w*|argu\w+|wrote"
    r"|writes|support\w*|back\w*)\b"
)
_NAMED_ONE = re.compile(r"\b(?!I\b)[A-Z]\w*(?<!ly) (?:\w+ )?(?:dis)?agree[ds]\b")  # "Ann agreed with"
_SUPPOSED = re.compile(
    r"\b(?:if|whether|unless|pretend|suppose|supposing|assum\w+|as though|imagine|in case|provided|until)\b[^,;:]*\Z"
)
_DOUBTING = re.compile(r"\bnot (?:so |too |at all |quite |really |entirely )?(?:sure|certain|convinced)\b|\bdoubt\b")
_CLAUSE = re.compile(r"[;,:(–—]|\b(?:but|and|while|whereas|although|though|yet)\b")


def judged(message: Message, mentions: list[Mention]) -> Iterator[tuple[Mention, Found]]:
    """The mentions that are judged, each with the argument that judges it."""
    spoken = message.spoken
    starts = [*(mention.start for mention in mentions[1:]), len(spoken)]
    for mention, following in zip(mentions, starts, strict=False):
        start = sentence(spoken, mention.start)
        stop = ENDS.search(spoken, mention.end)
        end = stop.end() if stop else len(spoken)
        if (stop and "?" in stop[0]) or _NAMED_ONE.search(spoken, start, mention.start):
            continue
        end = min(end, start + 2 * FARTHEST)
        side = _judgement(plain(spoken[start : mention.start]), plain(spoken[mention.end : min(end, following)]))
        if side is not None:
            until = max(end, paragraph(spoken, mention.end, following))
            text = message.words(start, until)
            yield (
                mention,
                Found(Argument(mention.labels, side, text, "", min(mention.sure, 0.9), "judgement"), start, end),
            )


def _judgement(before: str, after: str) -> Side | None:
    """What a sentence says of the mention that stands between these words of it."""
    if (_SUPPOSED.search(before) and not _DOUBTING.search(before)) or _SOMEBODY.search(before):
        return None
    stance = _STANCE.search(before)
    if stance and _MORE.search(before):
        return Side.SUPPORT
    if stance:
        side = _STANCES[int((stance.lastgroup or "s0")[1:])][0]
        return side.other if denied(before[: stance.start()]) else side
    ranked = _RANKED.search(before)
    if ranked:
        return Side.REBUTTAL if ranked["worst"] else Side.SUPPORT
    turned = _TURNED.match(after)
    if turned:
        side = Side.REBUTTAL if turned["side"] else Side.SUPPORT
        return side.other if " not " in turned[0] else side
    if _PREDICATE.match(after):
        clause = _CLAUSE.split(before)[-1]
        return side_of(f"{clause.strip()} it{after}")
    return None
