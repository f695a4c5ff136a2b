"""What a message argues about, and what it only refers to.

Promises: the arguments of a message with their points, their side where the words show it, the answer's own words, and
how sure the reading is; and the references, which are all other mentions. Nothing is guessed: where it is doubtful, the
reading says so by `sure`. In time linear in the message's length.

1. Point by point: a list that begins with labels there are ("1. … 2. …") whose entries are answers: behind "Response:",
   or all of them where the words before speak of answering. What stands before "Response:" is the point's, quoted, and
   refers to nothing. Numbers without words of their own go with the next ("7. 8. 9. and 10. are").
2. A heading: a mention that a sentence begins with and a colon or dash follows ("#4: …", "On points 3 and 5: …").
3. A judgement: "I agree with #3", "#9 is not quite fair", "not sure that point 2 is right". Somebody else's ("Ann
   disagrees with #4"), a question and a supposition ("if #4 is true") judge nothing.
4. In a point's thread, an answer that says that it is one ("Response:", "Disagree:", "I agree, …"), and one that stands
   under quoted words.
5. A mention that is argued about is no reference; nor is a point's own label in its thread, argued about there.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import islice

from bot.core.arguments import Side
from bot.core.messages.marks import Mark
from bot.core.messages.masks import View
from bot.core.messages.mentions import BONUS, Mention
from bot.core.messages.sides import denied, plain, side_of


@dataclass(frozen=True, slots=True)
class Argument:
    """An answer to points, in the order in which they are named; `quote` is what it answers, where that is quoted."""

    points: tuple[str, ...]
    side: Side | None
    text: str
    quote: str
    sure: float
    why: str  # "list", "heading", "judgement", "said", "quote"


@dataclass(frozen=True, slots=True)
class Reference:
    """A mention of points that nothing is said against or for."""

    points: tuple[str, ...]
    sure: float


_OPENING = 60  # characters in which an entry of a list must take a side
_FARTHEST = 240  # characters of a sentence that are looked at
_FEWEST_WORDS = 2
_MOST_QUOTES = 20  # looked at in one message

_SAID = re.compile(
    r"(?:\b(?:my|our|the)\s+)?\b(?P<word>response|reply|answer|comment|reaction|rebuttal|rebut|counter(?:-?(?:point"
    r"|argument))?|objection"
    r"|disagreed?|agreed?|supports?|against|pro|con|me)\s*:\**(?=\s|\w)",
    re.IGNORECASE,
)
_SIDES = {
    **dict.fromkeys(("agree", "agreed", "support", "supports", "pro"), Side.SUPPORT),
    **dict.fromkeys(("disagree", "disagreed", "rebuttal", "rebut", "objection", "against", "con"), Side.REBUTTAL),
    **dict.fromkeys(("counter", "counterpoint", "counter-point", "counterargument", "counter-argument"), Side.REBUTTAL),
}
_OPENS = re.compile(  # rule 4, at the start of a message in a thread
    r"[\W_]*(?:(?:i|we)(?:'d| would| do| must| have to)? )?(?:(?:strongly|totally|fully|completely|respectfully"
    r"|partly|mostly"
    r"|really|very much|quite|also|can only|can not|do not|kind of|rather|wholeheartedly|entirely|have to|tend to"
    r"|must) ){0,2}"
    r"(?:dis)?agreed?\b(?! to (?:dis)?agree)"
)
_ANSWERING = re.compile(
    r"\b(?:(?:my|our|some|quick|short|brief|a few) (?:\w+ )?(?:responses?|answers?|repl(?:y|ies)|takes?|views?"
    r"|thoughts|verdicts?|reactions?|comments?|rebuttals?|notes)"
    r"|(?:respon[ds]\w*|repl(?:y|ies|ying)|answer(?:s|ing)?) to (?:the|your|these|this|each|all|some)"
    r"|point[ -]by[ -]point|in turn|one by one|(?:your|these|the author's|the) (?:points|criticisms|critique"
    r"|reasons|objections)|your list)\b",
    re.IGNORECASE,
)
_JOINED = re.compile(r"\s*(?:and|&|or|to|/|,|-|–)\s*[*_]{0,3}#?(\d{1,3})[.):]?[*_]{0,3}(?=\s)", re.IGNORECASE)
_LEAD = re.compile(
    r"[\W_]*(?:(?:and|but|also|then|now|next|so|finally|first|secondly|lastly|ok|hi all|hello)[,:]? )?"
    r"(?:re|regarding|on|about|as (?:for|to)|concerning|ad|in (?:response|reply|answer) to|(?:my |a )?(?:response"
    r"|reply|answer|rebuttal|counter|objection|reaction) to"
    r"|to|@|answering|responding to|replying to|with regards? to|for|against|when it comes to)?[:\s]*(?:your |the "
    r"|both )?"
)
_HEADED = re.compile(
    r"(?:\s+(?:above|below|(?:in|on|of) (?:the|your|this) list|in particular|first|too|again|\([^)\n]{0,60}\))"
    r")?[*_)\]]{0,3}\s*(?P<sign>:|–|—|-(?=\s)|,(?=\s)|\?(?=\s))[*_]{0,3}"
)
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
_ENDS = re.compile(r"[.!?…]+[\"')\]”’]*(?=\s)|\n")
_TURNED = re.compile(
    r",? (?:i|we)(?: \w+ly| do| also| really| very much| can only| have to| must| would| can not| do not"
    r"| strongly){0,3} (?P<side>dis)?agree(?:d)?\b"
)
_CLAUSE = re.compile(r"[;,:(–—]|\b(?:but|and|while|whereas|although|though|yet)\b")
_LETTERS = re.compile(r"[^\W\d_]{2}")
_WORDS = re.compile(r"\w[\w'’-]*")
_QUOTES = re.compile(r"(?:^[ \t]*>(?!>>)[^\n]*(?:\n|\Z))+", re.MULTILINE)
_NUMBERED = re.compile(r"[\s>*_]*(?:#|no\.? ?|point |reason )?(\d{1,3}|\\?\*)(?:[.):]|\s[–-])", re.IGNORECASE)
_PARAGRAPH = re.compile(r"\n[ \t]*\n")


@dataclass(frozen=True, slots=True)
class Message:
    """A message to be read for what it argues: what its author wrote, what is seen of it, and what is named in it.

    `seen` is the view, quoted words covered; `thread` the label of the point in whose thread it stands, or None.
    """

    text: str
    seen: View
    spoken: str
    mentions: tuple[Mention, ...]
    entries: tuple[Mark, ...]
    thread: str | None
    named: frozenset[str]

    def words(self, start: int, end: int) -> str:
        """What the author wrote between two places of the view."""
        return self.text[self.seen.place(start) : self.seen.place(end)].strip() if end > start else ""


@dataclass(frozen=True, slots=True)
class _Found:
    """An argument, and the part of the view in which mentions are no references."""

    argument: Argument
    start: int
    end: int


def read_arguments(message: Message) -> tuple[tuple[Argument, ...], tuple[Reference, ...]]:
    """What a message argues, and what else it refers to. Never fails."""
    listed = list(_listed(message))
    found = listed or [*_quoted(message), *_headed(message)]
    silent = [(each.start, each.end) for each in found]
    left = [each for each in message.mentions if not any(start <= each.start < end for start, end in silent)]
    judged = dict(_judged(message, left))
    found += judged.values()
    if not found and message.thread is not None:
        found += _answered(message, message.thread)
    arguments = _once([each.argument for each in sorted(found, key=lambda each: each.start)])
    argued = {label for each in arguments for label in each.points} | {message.thread}
    references = [Reference(each.labels, each.sure) for each in left if each not in judged]
    return arguments, tuple(each for each in references if not argued.issuperset(each.points))


def _once(found: list[Argument]) -> tuple[Argument, ...]:
    """Each point in the first argument about it only."""
    known: set[str] = set()
    once: list[Argument] = []
    for each in found:
        points = tuple(label for label in each.points if label not in known)
        known.update(points)
        if points:
            once.append(replace(each, points=points))
    return tuple(once)


# Rule 1


@dataclass(frozen=True, slots=True)
class _Entry:
    """An entry of a list: the labels it begins with, and where it and its text begin and end."""

    labels: tuple[str, ...]
    start: int
    text: int
    end: int


def _listed(message: Message) -> Iterator[_Found]:
    entries = list(_entries(message))
    if not entries or entries[0].labels[0] not in message.named:
        return
    said = [_SAID.search(message.spoken, each.text, each.end) for each in entries]
    sure = _sure_of_list(message, entries, answered=any(said))
    if not sure:
        return
    for entry, marker in zip(entries, said, strict=True):
        labels = tuple(label for label in entry.labels if label in message.named)
        if labels and _LETTERS.search(message.spoken, entry.text, entry.end):
            answer = _answer(message, labels, entry.text, entry.end, marker, sure, "list")
            yield _Found(answer, entry.start, marker.end() if marker else entry.text)


def _entries(message: Message) -> Iterator[_Entry]:
    """The entries of the message's list; what has no words of its own belongs to the next."""
    spoken, waiting, start = message.spoken, list[str](), 0
    ends = [*(mark.start for mark in message.entries[1:]), len(spoken)][: len(message.entries)]
    for mark, end in zip(message.entries, ends, strict=True):
        start = start if waiting else mark.start
        waiting.append(str(mark.number) if mark.number else BONUS)
        at = mark.end
        while joined := _JOINED.match(spoken, at, end):
            waiting.append(joined[1])
            at = joined.end()
        if _LETTERS.search(spoken, at, end):
            yield _Entry(tuple(dict.fromkeys(waiting)), start, at, _paragraph(spoken, at, end))
            waiting = []


def _sure_of_list(message: Message, entries: list[_Entry], *, answered: bool) -> float:
    """How sure it is that a list answers points; 0 where nothing says so."""
    if answered:
        return 0.95
    before = message.spoken[max(0, entries[0].start - 160) : entries[0].start]
    if len(entries) > 1 and _ANSWERING.search(before):
        return 0.9
    sided = sum(
        side_of(message.spoken[each.text : min(each.end, each.text + _OPENING)]) is not None for each in entries
    )
    if len(entries) == 1 and len(entries[0].labels) > 1:
        return 0.9
    return 0.85 if 2 * sided >= len(entries) and sided else 0


def _answer(
    message: Message, labels: tuple[str, ...], start: int, end: int, marker: re.Match[str] | None, sure: float, why: str
) -> Argument:
    """What is said between two places, behind the word that says that it is an answer, if there is one."""
    at = marker.end() if marker else start
    side = side_of(message.spoken[at:end].strip())
    if marker:
        side = _SIDES.get(marker["word"].lower(), side)
    quote = message.words(start, marker.start()) if marker else ""
    return Argument(labels, side, message.words(at, end), quote, sure, why)


def _paragraph(spoken: str, start: int, end: int) -> int:
    """Where the paragraph that begins at `start` ends, at `end` at the latest."""
    blank = _PARAGRAPH.search(spoken, start, end)
    return blank.start() if blank else end


# Rule 2


def _headed(message: Message) -> Iterator[_Found]:
    heads = list(_heads(message))
    ends = [*(start for start, _text, _mention in heads[1:]), len(message.spoken)][: len(heads)]
    for (start, text, mention), following in zip(heads, ends, strict=True):
        end = _paragraph(message.spoken, text, following)
        said = message.spoken[text:end].strip()
        if not _LETTERS.search(said) or (said.endswith("?") and side_of(said) is None and "\n" not in said):
            continue
        marker = _SAID.search(message.spoken, text, end)
        yield _Found(
            _answer(message, mention.labels, text, end, marker, min(mention.sure, 0.9), "heading"), start, text
        )


def _heads(message: Message) -> Iterator[tuple[int, int, Mention]]:
    """The mentions that head what follows: where the heading begins, where its text does, and the mention."""
    for mention in message.mentions:
        start = _sentence(message.spoken, mention.start)
        lead = plain(message.spoken[start : mention.start])
        sign = _HEADED.match(message.spoken, mention.end)
        if sign is None or not _LEAD.fullmatch(lead):
            continue
        if sign["sign"] == "," and not _LETTERS.search(lead):
            continue
        if sign["sign"] == "?" and side_of(message.spoken[sign.end() : sign.end() + _OPENING]) is None:
            continue
        yield start, sign.end(), mention


def _sentence(spoken: str, at: int) -> int:
    """Where the sentence begins that `at` stands in."""
    begins = 0
    for end in _ENDS.finditer(spoken, max(0, at - _FARTHEST), at):
        begins = end.end()
    return begins or max(0, at - _FARTHEST)


# Rule 3


def _judged(message: Message, mentions: list[Mention]) -> Iterator[tuple[Mention, _Found]]:
    spoken = message.spoken
    starts = [*(mention.start for mention in mentions[1:]), len(spoken)]
    for mention, following in zip(mentions, starts, strict=False):
        start = _sentence(spoken, mention.start)
        stop = _ENDS.search(spoken, mention.end)
        end = stop.end() if stop else len(spoken)
        if (stop and "?" in stop[0]) or _NAMED_ONE.search(spoken, start, mention.start):
            continue
        end = min(end, start + 2 * _FARTHEST)
        side = _judgement(plain(spoken[start : mention.start]), plain(spoken[mention.end : min(end, following)]))
        if side is not None:
            until = max(end, _paragraph(spoken, mention.end, following))
            text = message.words(start, until)
            yield (
                mention,
                _Found(Argument(mention.labels, side, text, "", min(mention.sure, 0.9), "judgement"), start, end),
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


# Rule 4


def _quoted(message: Message) -> Iterator[_Found]:
    """Quoted words and what is answered under them, in a point's thread or where the quoted words bear a label."""
    blocks = list(islice(_QUOTES.finditer(message.text), _MOST_QUOTES))
    if message.seen.places is not None:
        return
    ends = [*(block.start() for block in blocks[1:]), len(message.text)][: len(blocks)]
    for block, following in zip(blocks, ends, strict=True):
        label = _NUMBERED.match(block[0])
        about = label[1].removeprefix("\\") if label else message.thread
        about = about if about in message.named else message.thread
        end = _paragraph(message.spoken, block.end(), following)
        said = message.spoken[block.end() : end].strip()
        if about is None or len(_WORDS.findall(said)) < _FEWEST_WORDS:
            continue
        quote = re.sub(r"^[ \t]*>[ \t]?", "", block[0], flags=re.MULTILINE).strip()
        answer = _answer(message, (about,), block.end(), end, _SAID.match(message.spoken, block.end()), 0.9, "quote")
        sure = 0.9 if answer.side or message.thread else 0.7
        yield _Found(replace(answer, quote=quote, sure=sure), block.start(), block.end())


def _answered(message: Message, thread: str) -> Iterator[_Found]:
    """An answer in a point's thread that says that it is one."""
    spoken = message.spoken
    for marker in _SAID.finditer(spoken):
        if not spoken[_sentence(spoken, marker.start()) : marker.start()].strip(" *_-•"):
            end = _paragraph(spoken, marker.end(), len(spoken))
            if _LETTERS.search(spoken, marker.end(), end):
                yield _Found(
                    _answer(message, (thread,), marker.start(), end, marker, 0.95, "said"), marker.start(), end
                )
            return
    said = plain(spoken[:_FARTHEST])
    if _OPENS.match(said) and not said.split("\n")[0].endswith("?"):
        sure = 0.9 if len(_WORDS.findall(said)) > _FEWEST_WORDS + 2 else 0.7
        yield _Found(Argument((thread,), side_of(spoken), message.text.strip(), "", sure, "said"), 0, len(spoken))
