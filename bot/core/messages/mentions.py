"""Where a message names points that there are: "#6", "point 4 above", "points 7–10", "your ninth point".

Promises: every mention of a view in order, none inside another, in time linear in its length. What a mention is for
(what is argued about, or a reference) is not decided here.

1. A number counts beside a sign or a word for points ("#", "point", "reason", "no."), as an ordinal before such a
   word, or in a group that a sentence begins with ("1, 3 and 5 are"). All labels of a mention must exist.
2. "#12" behind the name of something else that has numbers (a ticket, a room, a bus), and "point 4 of the agenda", name
   other things; so do "my second point" and "10 points".
3. What stands between double quotation marks names nothing, as little as what a view covers.
4. `sure` says how far the words alone are to be trusted, from 0 to 1.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

from bot.core.messages.masks import COVERED

BONUS = "*"
_WIDEST = 30  # labels in one range
_LONGEST_QUOTE = 400  # characters

_SURE = 0.95
_DOUBTFUL = 0.6


@dataclass(frozen=True, slots=True)
class Mention:
    """Labels that are named together, in the order written, and where."""

    labels: tuple[str, ...]
    start: int
    end: int
    sure: float


_ORDINALS = {
    word: str(number)
    for number, words in enumerate(
        (
            "first 1st", "second 2nd", "third 3rd", "fourth 4th", "fifth 5th", "sixth 6th", "seventh 7th",
            "eighth 8th", "ninth 9th", "tenth 10th", "eleventh 11th", "twelfth 12th", "thirteenth 13th",
            "fourteenth 14th", "fifteenth 15th", "sixteenth 16th", "seventeenth 17th", "eighteenth 18th",
            "nineteenth 19th", "twentieth 20th",
        ),
        start=1,
    )
    for word in words.split()
}  # fmt: skip
_CARDINALS = {
    word: str(number)
    for number, word in enumerate(
        (
            "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve",
            "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen", "twenty",
        ),
        start=1,
    )
}  # fmt: skip

_NUMBER = r"(?:[1-9][0-9]{0,2}(?!\d|\.\d|,\d{3}|:\d\d|%|\s%|st\b|nd\b|rd\b|th\b|[a-zA-Z_]))"
_WORDS = "|".join(_CARDINALS)
_ORDS = "|".join(_ORDINALS)
_AND = (
    r"(?:\s*,\s*(?:and\s+|or\s+|&\s*)?|\s*(?:/|&|\+)\s*|\s+(?:and|or|plus)\s+|\s*(?:-|–|—)\s*|\s+(?:to|through|till)"
    r"\s+)"
)
_THING = (
    r"(?:points?|reasons?|items?|arguments?|objections?|criticisms?|critiques?|complaints?|claims?|additions?,?"
    r"|pts?\.?|bullets?)"
)
_GOES_ON = (
    r"(?=\s*(?:[.,;:!?)\]–—-]|$)|\s+(?:and|or|are|is|were|was|seem|both|all|above|below|too|also|in|as|because|but"
    r"|have|do|does|don|aren|isn|make|say|look)\b)"
)

_MENTION = re.compile(
    rf"""
      (?P<sign> (?<![\w&#/=.]) \# [ ]? (?P<signed> {_NUMBER} | \* )
        (?P<more> (?: {_AND} (?: \# [ ]? {_NUMBER} | \#?\* | {_NUMBER} {_GOES_ON} ) ){{0,12}} ) )
    | (?P<thing> \b {_THING} \s* (?: \# [ ]? | no\.? \s? | nos\.? \s? | numbers? \s | nr\.? \s? )? \(?
        (?P<numbered> {_NUMBER} (?: {_AND} (?: points? \s )? \#? (?: {_NUMBER} | \* ) ){{0,12}} ) )
    | (?P<nth> \b your \s (?P<nths> {_ORDS} ) (?= \s+ (?: is | was | isn | wasn | seems | i | misses | ignores | does
        | doesn ) \b ) )
    | (?P<numberword> \b number \s (?: {_WORDS} ) \b )
    | (?P<word> \b {_THING} \s (?: number \s )? (?P<worded> (?: {_WORDS} ) (?: (?: ,\s | \s and \s | ,\s and \s | \s
        or \s | \s to \s ) (?: {_WORDS} ) ){{0,12}} ) \b )
    | (?P<ordinal> \b (?: the | your | his | her | their | that | this | its | \w+['’]s ) \s (?: very \s )?
        (?P<ords> (?: {_ORDS} ) (?: (?: ,\s | \s and \s | ,\s and \s | \s or \s ) (?: the \s )? (?: {_ORDS} )
            ){{0,12}} )
        \s {_THING} \b )
    | (?P<bonus> \b (?: the | your | that | his | her | their | this | its | \w+['’]s ) \s bonus (?: \s (?: {_THING} |
        one | entry ) \b )?
      | \b {_THING} \s \(? \\?\* (?! \w ) | \b starred \s (?: {_THING} | one ) \b )
    | (?P<no> \b (?: nos? \. \s? | number \s | numbers \s | № \s? ) \#? (?P<noed> {_NUMBER} (?: {_AND} {_NUMBER}
        ){{0,12}} ) )
    | (?P<bare> \b (?P<bared> {_NUMBER} (?: {_AND} {_NUMBER} ){{1,12}} )
        (?= \s* [:–—] | \s+ (?: are | is | were | was | seem | both | all | have | look | make | say | don | do | aren
            | again ) \b ) )
    | (?P<with> \b (?: (?:dis)?agree[ds]? \s (?: with | on | about ) | (?: answer | answering | response | responding
        | reply | replying | rebuttal ) \s to | same \s as | see (?: \s also )? )
        \s (?P<withed> {_NUMBER} (?: {_AND} {_NUMBER} ){{0,12}} ) (?= \s* (?: [.,:;!?)–—] | $ ) | \s+ (?: on \s the \s
            list | in \s (?:spirit|the\s list) | but | because | though | as | above | below ) \b ) )
    | (?P<listed> \b (?P<list> {_NUMBER} (?: {_AND} {_NUMBER} ){{0,12}} ) (?= \s (?: in | on | of ) \s (?: your | the
        | this ) \s list \b ) )
    | (?P<topic> \b (?: re | ad | as \s for | on | regarding | to | about ) [ :]{{1,2}}
        (?P<topical> {_NUMBER} (?: {_AND} {_NUMBER} ){{0,12}} ) (?= \s? [:–—] \s | , \s (?! \d) ) )
    """,
    re.VERBOSE | re.IGNORECASE | re.MULTILINE,
)

_ANCHOR = re.compile(
    rf"\#[ ]?(?=[1-9*])|(?<![0-9£$€.,:#])[1-9][0-9]{{0,2}}(?![0-9%]|[.,:][0-9])|\*|\b(?:{_THING[3:-1]}|bonus|number"
    rf"|your)\b",
    re.IGNORECASE,
)
_WORD = re.compile(r"(?<![\w'’])\w")
_ANCHORS = 90  # looked at in one message
_LED = 30  # characters before a number or a word for points in which a mention of it may begin
_FIRST = frozenset(".!?:;\n(")
_RANGE = re.compile(r"\s*(?:-|–|—)\s*\#?\Z|\s+(?:to|through|till)\s+\#?\Z", re.IGNORECASE)
_TOKENS = re.compile(rf"[0-9]+|\*|\b(?:{_WORDS}|{_ORDS})\b", re.IGNORECASE)
_QUOTED = re.compile(rf"[“\"„«][^“”\"„«»\n{COVERED}]{{1,{_LONGEST_QUOTE}}}[”\"»]")

# Other things that have numbers.
_OTHER_THING = re.compile(
    r"""(?:\b(?:
      prs? | pull\ requests? | mrs? | merge\ requests? | issues? | tickets? | bugs? | gh | jira | room | flat | apt\.?
    | apartment | house | unit | suite | tracks? | episodes? | ep\.? | seasons? | chapters? | pages? | vol\.? | volumes?
    | levels? | lvl | versions? | bus | tram | buses | trams | trains? | lines? | routes? | gates? | platforms? |
        comments? | questions?
    | steps? | figures? | fig\.? | tables? | cases? | players? | slides? | builds? | patch | orders? | invoices? | lots?
    | shirt | jersey | cars? | seats? | floors? | days? | weeks? | rounds? | match | games? | rules? | sections?
    | articles? | clauses? | commits? | rfc | channels? | ranked | rank | rated | top | agenda | bed | bay | box |
        court | exit | junction | motorway | mile | lane
    | phase | stage | stop | pier | locker | door | bin | table | team | seed | world | hash | form | parcel |
        paragraph | para | appendix | annex | amendment | act | volume | message | post | reply | thread | card |
        square | tile | motion | resolution | petition | hymn | psalm | op\.? | opus
    )|\b(?:we|they|he|she)(?:['’](?:re|s))?(?:\ (?:are|is|were|was))?\ (?:still\ )?)[ \t(:]*\Z""",
    re.VERBOSE | re.IGNORECASE,
)
_OWN = re.compile(
    r"\b(?:my|our|own|a|an|one|another|no|any|these|those|few|several|many|have|has|had|score[ds]?|by|won|lost|\d+"
    r"|two|three)\s+(?:\w+\s)?\Z",
    re.IGNORECASE,
)
_OF_OTHER = re.compile(
    r"""\)?,?\s+(?:of|on|in|from)\s+(?:the|my|our|your|their|his|her|this|that|its|[A-Z]\w+['’]s)\s+(?:\w+\s){0,2}?
    (?:agenda|menu|form|bill|minutes|contract|act|treaty|manifesto|policy|rulebook|rules|plan|report|constitution
    |programme|receipt|checklist|terms|licence|slides?|deck|e-?mail|letter|syllabus|questionnaire|survey|charter
    |guidelines|faq|spec|proposal|budget|leaflet|brochure|handbook|manual|reply|comment|code)\b""",
    re.VERBOSE | re.IGNORECASE,
)
_ONE_OF_OWN = re.compile(
    r"\s+(?:i(?:['’]d)?\b|we\b|to\s+(?:make|note|raise|add)|of\s+order|is\s+that\s+i\b|being\b)", re.IGNORECASE
)
_NAME_OF_OTHER = re.compile(
    r"\s+(?:bus|tram|train|fan|priority|hit|seed|song|single|shirt|jersey|iron|pencil|player|ranked|spot|place|rule"
    r"|son|dad|mum"
    r"|seller|choice|reason|in\s+the\s+(?:world|charts|country|league|table)|on\s+(?:the\s+charts|merge))\b|\s*(?:-"
    r"|–)\s*\d|\s*points?\b",
    re.IGNORECASE,
)
_FORMATION = re.compile(r"\d-\d+-\d")
_NUMBER_GOES_ON = re.compile(
    r"\s*(?:[,;:.)–—]|$|(?:is|isn|are|was|wasn|seems?|misses|ignores|says|assumes|overlooks|does|doesn|makes|and"
    r"|above|below|in\s+particular|on\s+the\s+list|too|for\s+me|especially)\b)",
    re.IGNORECASE,
)


def unquoted(view: str) -> str:
    """The view with what stands between double quotation marks covered, character by character."""
    if not any(mark in view for mark in '“"„«'):
        return view
    return _QUOTED.sub(lambda found: COVERED * len(found[0]), view)


def mentions(view: str, named: frozenset[str]) -> Iterator[Mention]:
    """Every mention of labels that are `named`, first to last."""
    end = 0
    for start in _starts(view):
        found = _MENTION.match(view, start) if start >= end else None
        if not found:
            continue
        end = found.end()
        sure = _sure(found, view)
        labels = _labels(found) if sure else ()
        if labels and all(label in named for label in labels):
            yield Mention(labels, _start(found), end, sure)


def _starts(view: str) -> list[int]:
    """Where a mention may begin: at a number, at a word for points, and at the words shortly before these."""
    starts: set[int] = set()
    for anchor in islice(_ANCHOR.finditer(view), _ANCHORS):
        at = anchor.start()
        starts.add(at)
        if at:
            starts.update(word.start() for word in _WORD.finditer(view, max(0, at - _LED), at))
    return sorted(starts)


def _start(found: re.Match[str]) -> int:
    """Where the mention begins: what leads it ("agree with") is no part of it."""
    number = max(found.start("withed"), found.start("topical"))
    return number if number >= 0 else found.start()


def _labels(found: re.Match[str]) -> tuple[str, ...]:
    """The labels that the words name, a range as all that it spans; none where it spans too many."""
    if found["bonus"]:
        return (BONUS,)
    labels: list[str] = []
    end = found.start()
    for token in _TOKENS.finditer(found.string, found.start(), found.end()):
        label = _label(token[0].lower())
        if labels and _RANGE.search(found.string, end, token.start()):
            labels += _between(labels[-1], label)
        labels.append(label)
        end = token.end()
    return tuple(dict.fromkeys(labels)) if len(labels) <= _WIDEST else ()


def _label(token: str) -> str:
    return _CARDINALS.get(token) or _ORDINALS.get(token) or token


def _between(first: str, last: str) -> Iterator[str]:
    """What stands between two labels of a range."""
    if first == BONUS or last == BONUS or not 0 < int(last) - int(first) <= _WIDEST:
        return iter(())
    return map(str, range(int(first) + 1, int(last)))


def _sure(found: re.Match[str], view: str) -> float:
    """Rules 2 and 4; 0 where the words name something else."""
    kind = found.lastgroup
    before = view[max(0, found.start() - 40) : found.start()]
    if kind in ("thing", "word", "ordinal", "no", "bonus") and _OF_OTHER.match(view, found.end()):
        return 0
    if kind == "sign":
        return _sure_of_sign(found, view, before)
    if kind in ("thing", "word"):
        return 0 if _OWN.search(before) else _SURE
    if kind == "ordinal":
        return 0 if _ONE_OF_OWN.match(view, found.end()) else _SURE
    if kind == "bonus":
        return _SURE if found[0].split()[-1].lower() != "bonus" else _DOUBTFUL
    if kind == "bare" and (_FORMATION.search(found[0]) or not _is_first(view, found.start())):
        return 0
    if kind in ("no", "numberword"):
        if kind == "numberword" and _OWN.search(before):
            return 0
        return _SURE if _NUMBER_GOES_ON.match(view, found.end()) and not _OTHER_THING.search(before) else _DOUBTFUL
    return _SURE


def _is_first(view: str, at: int) -> bool:
    """Whether a sentence, or something in brackets, begins there."""
    before = view[max(0, at - 8) : at].rstrip(" \t*_")
    return not before.strip(" \t*_") or before[-1] in _FIRST


def _sure_of_sign(found: re.Match[str], view: str, before: str) -> float:
    if _OTHER_THING.search(before) or _OF_OTHER.match(view, found.end()) or _NAME_OF_OTHER.match(view, found.end()):
        return 0
    return _SURE
