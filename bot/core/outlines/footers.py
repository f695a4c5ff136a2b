"""What a page says that is not its author's or its readers' words: forms, log-ins, links about.

1. A *footer* begins at a line that is known word for word (`Leave a Reply`, `Related posts`) and
   goes on to the heading of the comments or to the end. It begins only after a list: before the
   first list nothing is a footer.
2. A *form line* (`Reply`, `Permalink`, `Loading…`) is dropped alone, after a list or in the comments.
3. Lines are judged whole, so that a sentence that mentions a reply is kept.
"""

import re

_STARTS = re.compile(
    r"(?:leave|post|write|add|submit)\s(?:a|your|new)\s(?:new\s)?(?:reply|comment|response|message)(?:\scancel\s(?:reply|comment))?"
    r"|(?:leave|post)\s(?:a|your)\s(?:reply|comment)\sto\s.{1,80}"
    r"|comment\sform|your\scomment|join\sthe\s(?:conversation|discussion)|have\syour\ssay"
    r"|(?:you\smust\sbe|please|you\sneed\sto\sbe)\s(?:log|sign|regist)\S*(?:\sin)?\sto\s.{1,60}"
    r"|(?:log|sign)\sin\sto\s(?:comment|reply|leave\sa\scomment|post\sa\scomment).{0,40}"
    r"|comments\s(?:are|have\sbeen)\s(?:now\s)?closed.{0,60}|comments\sclosed|trackbacks?(?:/pingbacks?)?|pingbacks?"
    r"|(?:related|similar|recommended|popular|recent|latest|other|more|top)\s(?:posts?|articles?|stories|reading|comments|entries)"
    r"|(?:you\s(?:may|might)\salso\s(?:like|enjoy)|more\sfrom\s.{1,60}|most\s(?:read|viewed|popular|commented|shared))"
    r"|(?:post|posts|comment|page|site)\snavigation|about\sthe\sauthor|archives?|categories|blogroll|meta|tags|elsewhere"
    r"|notify\sof|subscribe\s(?:to|by|via)\s.{1,60}|(?:sign\sup|subscribe).{0,10}\s(?:for|to)\s(?:our|the|my)\snewsletter.{0,30}"
    r"|©.{1,160}|\(c\)\s\d{4}.{0,160}|copyright\s(?:©|\(c\)|\d{4}).{0,160}|all\srights\sreserved\.?"
    r"|(?:proudly\s)?powered\sby\s.{1,60}|filed\sunder:?\s.{1,160}|this\sentry\swas\sposted\s.{1,240}"
    r"|posted\sin\s.{1,160}\|.{1,160}",
    re.IGNORECASE,
)
_LINES = re.compile(
    r"repl(?:y|ies)(?:\s?[↓→↩])?|(?:log\sin|sign\sin)\sto\sreply|permalink|permanent\slink|link|report(?:\s(?:abuse|this|comment))?"
    r"|(?:like|share|tweet|pin|email|print)(?:\s(?:this|it))?:?|like\sloading.{0,3}|loading\s?(?:…|\.{3})|flag|edit|quote|vote"
    r"|\d{1,4}\s(?:likes?|votes?|shares?|upvotes?)|advertisements?|report\sthis\sad|share\son\s(?:facebook|twitter|x|linkedin)"
    r"|(?:inline\sfeedbacks|view\sall\scomments|back\sto\stop|load\smore(?:\scomments)?|show\smore(?:\scomments)?|older\scomments"
    r"|newer\scomments|newest|oldest|sort\sby:?.{0,30})",
    re.IGNORECASE,
)
_LONGEST = 260


def begins_footer(text: str) -> bool:
    """Whether all that follows this line is footer."""
    return len(text) <= _LONGEST and _STARTS.fullmatch(text.strip(" :*_#-–—|«»←→↓")) is not None


def is_form_line(text: str) -> bool:
    """Whether this line alone belongs to the page and not to what it says."""
    return len(text) <= _LONGEST and _LINES.fullmatch(text.strip(" :*_#-–—|«»←→↓·•()[]")) is not None
