"""Which side of a point an answer's words take, as far as they say so.

Promises: a side only where the words show one; else None, and the author is asked. In time linear in the length.

1. The first sign in the first sentences counts, if no turn ("but", "however") is followed by a sign of the other side:
   then the side is open.
2. A sign that is denied ("not quite fair", "I doubt that it is true") is one of the other side.
3. A question takes no side.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from bot.core.arguments import Side

_HEARD = 320  # characters in which a side is looked for


def _any(*phrases: str) -> str:
    return "|".join(f"(?:{phrase})" for phrase in phrases)


_ASSERTS = _any(
    r"(?:is|are|was|were|be|been|it's|that's|seems?|sounds?|looks?|feels?|remains?|rings)(?: \w+ly| so| all too| quite"
    r"| very| still| also| just| both| all| dead| bang| certainly| not| at all| even| a| an| really| that| the){0,3}",
    r"absolutely|so|too|very|quite|entirely|completely|perfectly|totally|dead|painfully|sadly|how|not|all too"
    r"|find (?:it|this|that)",
    r"\A|[.!?:;,–—-]|(?:yes|yep|no|nope|sorry|well|oh|i|really)[,.]?",
)
_FOR = _any(
    r"(?:can|could) not (?:have )?(?:agreed? more|put it better|said it better|be more (?:right|true))",
    r"(?<!dis)agree[ds]?\b(?! to (?:dis|that|a|the)\b)|i(?:'m| am) with (?:you|this|that|the author)|in (?:full "
    r"|complete )?agreement",
    rf"(?:{_ASSERTS})\s*(?P<said>true|right|correct|valid|accurate|fair|convincing|persuasive|spot on|justified"
    rf"|well (?:said|put|made))\b"
    r"(?! (?:to|now|away|here|hand|side|that (?:the|a|some|it|we|there|they|this|many|most)))",
    r"spot[ -]?on|bang on|dead on|exactly (?:right|this|what|my|that|so|how)|exactly\b(?=\s*(?:[.!,:;–—]|$))"
    r"|precisely\b(?=\s*(?:[.!,:;]|$))|absolutely\b(?=\s*(?:[.!,:;–—]|$))|definitely\b(?=\s*(?:[.!,:;–—]|$))"
    r"|indeed\b(?=\s*[.!,])",
    r"(?:fair|good|great|excellent|strong|solid|brilliant|valid|important|right|crucial) (?:point|enough|one|call"
    r"|shout|criticism|argument)\b",
    r"rings? true|hits? (?:the nail|home|hard)|nail(?:s|ed) (?:it|on)|\+ ?1\b|\bseconded|\bi(?:'d)? second\b"
    r"|same here|can confirm|hear,? hear",
    r"(?:bears?|backs?|proves?|confirms?|supports?|demonstrates?|illustrates?|shows?) (?:this|that|it|the point"
    r"|the author|exactly)\b(?: out| up)?",
    r"(?:the|your|my) (?:\w+ )?(?:strongest|best|most (?:important|convincing|serious|damning|powerful|relevant"
    r"|accurate)|real killer|heart of)\b(?! of)",
    r"(?:match(?:es)?|fits?|mirrors?|reflects?|echoes|sums? up|describes?) (?:exactly |precisely "
    r"|perfectly )?(?:what|my|our|mine)\b",
    r"happen(?:s|ed) to (?:me|us|my|our)|speaks? for (?:me|us)|understates?\b|(?:not|never) go far enough|(?:even"
    r"|actually|far|much) worse\b|very much so|deserves? (?:more|to be (?:higher|first))",
    r"(?:yes|yep|yeah|aye|amen|this)(?=\s*[,.!:;–—])|for sure|without (?:a )?doubt|no (?:doubt|question) about it",
    r"i (?:fully |strongly |very much |completely |wholeheartedly |totally )?(?:support|endorse|back|share) (?:this"
    r"|that|it)\b",
)  # fmt: skip
_AGAINST = _any(
    r"disagree\w*|beg to differ|take issue|(?:i|we)(?:'d| would| must| have to)? (?:dispute|reject|object|oppose"
    r"|contest|question)\b",
    r"nothing of the (?:sort|kind)|not (?:so|really|the case|quite|convinced|persuaded|buying|having)\b(?! much"
    r"| long| many| far)",
    r"untrue|unfair\w*|\bwrong(?:ly)?\b(?! (?:with|side|time|place|end|bus|train|day|room|person|people|way))"
    r"|mistaken|\bfalse\b|\bmyth\b|incorrect|inaccurate|\binvalid\b|unjust\w*|unreasonable|unfounded|baseless"
    r"|groundless|unwarranted",
    r"\b(?:nonsense|rubbish|bollocks|tosh|hogwash|piffle|bunk|hyperbole|scaremongering)\b",
    r"overstat\w+|exaggerat\w+|mislead\w+|overblown|overdone|oversimplif\w+|unconvinc\w+|outdated|out of date"
    r"|obsolete|one-sided|nitpick\w*|nit-pick\w*|cherry[ -]?pick\w+",
    r"miss(?:es|ed|ing)? the (?:point|mark)|straw ?man|red herring|(?:a|bit of a|quite a) (?:stretch|reach"
    r"|caricature|non-?issue)|blown out of proportion|goes? too far|sour grapes",
    r"(?:too|a bit|a little|rather|somewhat|very|needlessly|unduly) (?:harsh|strong|simplistic|simple|sweeping"
    r"|cynical|pessimistic|hard on|alarmist|picky|negative|strict)",
    r"far from it|on the contrary|quite the (?:opposite|reverse|contrary)|(?:the|exact|very|rather the) opposite"
    r"|\bau contraire",
    r"no (?:evidence|proof|basis|such thing|truth)\b|no longer (?:true|the case|applies|holds)|never (?:happened"
    r"|said|claimed|the case)|has been fixed|(?:was|is|got|were|has been|have been) (?:already )?(?:fixed|sorted"
    r"|solved|resolved|addressed) (?!in theory)",
    r"\bi (?:really |seriously |very much |strongly |rather )?doubt|doubtful|dubious|hard to (?:believe|see)"
    r"|contradict(?:s|ed)?\b|\bdebunk\w*|\bdisprov\w+|\brefut\w+",
    r"\Anot at all\b|\A(?:no(?! (?:idea|opinion|comment|view|clue|strong|problem|doubt|question|argument|wonder|one"
    r"|matter|need))|nope|nah)\b|(?:\bnope|\bnah)\b|(?<![\w'])no(?=[,.!;:–—](?:\s|$))|\bsorry, but\b",
    r"(?:does|did|do|would|will|can|could|is|are) not (?:really |quite |actually |simply |just )?(?:hold|follow"
    r"|stand up|add up|wash|apply|make sense|convince|think (?:so|that|this|it|the)|buy|see (?:it|how|why"
    r"|the problem|that)|fail|ignore|overlook|say that|accept|believe|true|a (?:problem|flaw|fair))",
    r"(?:this|it|that|which|point|criticism|#\d+) (?:simply |completely |entirely |rather |also |totally "
    r"|conveniently )?(?:ignores|forgets|overlooks|overestimates|underestimates|assumes|confuses|misreads"
    r"|misrepresents|misunderstands|conflates)\b",
    r"\b(?:weak|weakest|poor|silly|bogus|lazy|cheap|petty|irrelevant|feeble|thin) (?:point|one|argument|criticism"
    r"|objection|complaint|of the)|\bthe weakest\b|(?:is|seems|feels|sounds|looks) (?:weak|silly|petty|irrelevant"
    r"|unreal|far-?fetched|lazy|thin)",
)  # fmt: skip
_SIGN = re.compile(f"(?P<support>{_FOR})|(?P<rebuttal>{_AGAINST})")

# What denies a sign: within the three words before it; what doubts one, anywhere before it in its clause.
_DENIED = re.compile(
    r"\b(?:not|never|hardly|nothing|neither|nor|barely|far from|less|no longer)(?: [\w#'-]+){0,3}\s*\Z"
)
_DOUBTED = re.compile(
    r"\b(?:not (?:so |too |at all |quite |really |entirely )?(?:sure|certain|convinced|persuaded)"
    r"|do not (?:really )?(?:think|believe|feel|find|see)"
    r"|would not (?:say|call)|doubt|unsure|can not (?:say|see|think)|hard to (?:see|believe))\b[^.;:!?]{0,80}\Z"
)
_TURN = re.compile(r"\b(?:but|however|though|although|yet|that said|on the other hand|except)\b")
_SENTENCE = re.compile(r"[^.!?\n]*(?:[.!?]+|\n|$)")


@dataclass(frozen=True, slots=True)
class _Sign:
    side: Side
    start: int
    end: int


def side_of(text: str) -> Side | None:
    """The side that an answer's words take."""
    said = plain(text[:_HEARD])
    if _is_question(said):
        return None
    signs = _signs(said)
    first = next(signs, None)
    if first is None:
        return None
    turn = _TURN.search(said, first.end)
    if turn and any(sign.side is not first.side and sign.start >= turn.end() for sign in signs):
        return None
    return first.side


def plain(text: str) -> str:
    """The text in lower case, with one kind of apostrophe and denials as words of their own."""
    text = text.lower().replace("’", "'").replace("*", "").replace("_", " ")
    if "n't" in text or "cannot" in text:
        text = text.replace("can't", "can not").replace("won't", "will not").replace("n't", " not")
        text = text.replace("cannot", "can not")
    return text


def denied(before: str) -> bool:
    """Whether the words before a sign, as `plain` gives them, make it one of the other side."""
    return bool(_DENIED.search(before[-40:])) or bool(_DOUBTED.search(before[-100:]))


def _is_question(said: str) -> bool:
    sentences = [found[0].strip() for found in _SENTENCE.finditer(said) if found[0].strip()]
    return bool(sentences) and all(each.endswith("?") for each in sentences)


def _signs(said: str) -> Iterator[_Sign]:
    for found in _SIGN.finditer(said):
        side = Side.REBUTTAL if found["support"] is None else Side.SUPPORT
        at = max(found.start(), found.start("said"))
        before = said[max(0, at - 100) : at]
        yield _Sign(side.other if denied(before) else side, found.start(), found.end())
