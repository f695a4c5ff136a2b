"""Notices in words: what happened or goes wrong, in one plain sentence, and what is to be done."""

from collections.abc import Sequence

from bot.core.deliveries import Kind
from bot.core.ids import NoticeId
from bot.core.notices import Cause, Notice
from bot.display import limits
from bot.display.inert import inert_line
from bot.texts import _, ngettext

_TITLE = 80
_LABELS = 12


def text(notices: Sequence[Notice]) -> str:
    """One message for the moderators, which begins with `head`; those alike are told in one sentence."""
    return limits.shorten("\n".join([head(notices[0].id), *sentences(notices)]), limits.MESSAGE)


def head(first: NoticeId) -> str:
    """The line that tells one such message from all others."""
    return "-# " + _("For the moderators · notice {number}").format(number=first)


def sentences(notices: Sequence[Notice]) -> list[str]:
    """One for each cause and subject, in the order of the first of each."""
    alike: dict[tuple[object, ...], list[Notice]] = {}
    for notice in notices:
        alike.setdefault((notice.cause, notice.about.critique, notice.about.channel, notice.about.detail), []).append(
            notice
        )
    return [_sentence(each) for each in alike.values()]


def _sentence(alike: Sequence[Notice]) -> str:
    first = alike[0]
    kind, _space, fault = first.about.detail.partition(" ")
    params = {
        "title": limits.shorten(inert_line(first.title), _TITLE),
        "points": _points([notice.label for notice in alike if notice.label]),
        "where": _where(first),
        "what": _what(kind),
        "fault": inert_line(fault),
    }
    return _sentences()[first.cause].format(**params)


def _where(notice: Notice) -> str:
    if notice.about.channel is not None:
        return " " + _("in {channel}").format(channel=f"<#{notice.about.channel}>")
    if notice.title:
        return " " + _("for “{title}”").format(title=limits.shorten(inert_line(notice.title), _TITLE))
    return ""


def _points(labels: Sequence[str]) -> str:
    shown = ", ".join(f"**{inert_line(label)}**" for label in labels[:_LABELS])
    named = ngettext("point {labels}", "points {labels}", len(labels)).format(labels=shown)
    more = len(labels) - _LABELS
    return named if more <= 0 else _("{named} and {count} more").format(named=named, count=more)


def _sentences() -> dict[Cause, str]:
    return {
        Cause.REACTIONS_CLEARED: _(
            "Somebody cleared the reactions under {points} of “{title}”. The votes are kept and go on counting; who "
            "votes anew replaces their own. Nothing needs doing."
        ),
        Cause.MESSAGE_DELETED: _(
            "The message of {points} of “{title}” was deleted. The votes are kept, but nobody can vote there any more; "
            "if that was no mistake, nothing needs doing."
        ),
        Cause.THREAD_DELETED: _(
            "The thread of {points} of “{title}” was deleted. What was voted is kept; the point stays in the digest. "
            "If that was no mistake, nothing needs doing."
        ),
        Cause.HOME_DELETED: _(
            "The channel in which “{title}” stood is gone, and its points with it. The votes are kept. Close it with "
            "`/critique close`, and choose another home with `/setup` before you open the next."
        ),
        Cause.DIGEST_DELETED: _(
            "The channel in which the digest of “{title}” stood is gone. `/digest show` shows it still; choose another "
            "channel with `/setup` for the next critique."
        ),
        Cause.LOBBY_DELETED: _(
            "The post “Add to this list” of “{title}” was deleted. Members add points with `/point add` instead, and "
            "`/digest show` shows the digest if it stood there."
        ),
        Cause.GIVEN_UP: _(
            "I could not {what}{where} and have given up; the last fault was “{fault}”. `/doctor` says what I lack: "
            "grant that, and the next time it works."
        ),
        Cause.STUCK: _(
            "For an hour I have not been able to {what}{where}; the last fault was “{fault}”. I go on trying, and "
            "`/doctor` says what I lack."
        ),
        Cause.FORBIDDEN: _(
            "Discord does not let me {what}{where} (“{fault}”). What you decided counts all the same. `/doctor` says "
            "which permission I lack; once it is granted, I do the rest within ten minutes."
        ),
    }


def _what(kind: str) -> str:
    """What a delivery of that kind does, as "I could not …" goes on."""
    words: dict[str, str] = {
        Kind.SHOW_POINT: _("show points as they are"),
        Kind.SHOW_DIGEST: _("bring the digest up to date"),
        Kind.SHOW_THREAD: _("bring a point's thread to its state"),
        Kind.WAKE_THREAD: _("wake a point's post"),
        Kind.SHOW_LOBBY: _("show the post “Add to this list”"),
        Kind.SHOW_HELD: _("show an addition that waits for you"),
        Kind.SHOW_REPORT: _("show what members reported"),
        Kind.MARK: _("mark a member's addition as recorded"),
        Kind.REMARK: _("mark a member's addition as decided"),
        Kind.UNMARK: _("take my mark off a message"),
        Kind.TELL_LABEL: _("tell a member which label an addition took"),
        Kind.ASK_WHICH: _("ask a member which critique an addition is for"),
        Kind.TAKE_AWAY: _("take away the older of two votes"),
        Kind.WELCOME: _("greet the server"),
        Kind.TELL_CASE: _("tell a member why you did what you did"),
        Kind.SHOW_APPEAL: _("show an appeal"),
        Kind.TELL_ANSWER: _("tell a member your answer to an appeal"),
        Kind.TELL_CLAIM: _("tell a member why their addition is not recorded"),
        Kind.TELL_REWORDED: _("say in a point's thread that its words changed"),
        Kind.SHOW_OFFICIAL: _("show the official answer to a point"),
        Kind.TELL_KEPT: _("tell a member that their point keeps its words"),
        Kind.SLOW_THREAD: _("set the slow mode of a point's thread"),
        Kind.TAKE_VOTE: _("take away the emoji of a member who wants no votes stored"),
        Kind.CLEAR_CLAIM: _("take away what I told a member about their addition"),
        Kind.REMIND: _("remind you of what waits"),
        Kind.SHOW_REFERENCES: _("tell in a point's thread where it was mentioned"),
        Kind.SHOW_ARGUMENT: _("show an argument in its point's thread"),
        Kind.SHOW_ARGUMENTS: _("show what is argued in a point's thread"),
        Kind.ASK_SIDE: _("ask a member for the side of an argument"),
        Kind.CLEAR_SIDE: _("take away my question for the side of an argument"),
        Kind.TELL_UNARGUED: _("tell a member that an argument is not recorded"),
        Kind.TELL_FOLLOWER: _("tell a member what is new in what they follow"),
        Kind.HOLD_REACTIONS: _("keep other emoji out of the home"),
    }
    return words.get(kind, kind)
