"""Every way in, act by act.

To add one: `_.writes(Act.X, "/words", lambda a: a.inject.command("words", point=a.ref()))`, or `shows` where nothing
is stored; `_.offers(Act.X, "words", "option", lambda a: a.ref())` for its suggestions; a button is `press(id)`, a form
`submit(id, fields)`. An act that has none yet stands in `NO_WAY_IN`, with the reason.
"""

from bot.core.acts import Act, Rank
from tests.e2e.acts.injection import CHANNELS, ROLES, choose, press, submit
from tests.e2e.acts.ways import Attempt, Said, Use, Ways

NO_WAY_IN: dict[Act, str] = {}
# Sides of an act that nobody can try: no way in names anybody else.
NO_OTHERS = {
    Act.SEE_OWN_CASES: "`/case mine` shows whoever asks their own, and takes no name",
    Act.SEE_OWN_DATA: "`/privacy` is about whoever asks, and takes no name",
    Act.ERASE_OWN_DATA: "`/privacy` is about whoever asks, and takes no name",
}
WAYS = Ways()
_ = WAYS
_WHY = {"reason": "unkind", "words": "Because."}
_FIELDS = {"reason": ["unkind"], "words": "Because."}
_OPEN = (False,)
_CLOSED = (True,)
_WHOEVER = {"own": (True,), "closed": (False,), "targeted": False}
_ANYBODY = {"own": (True,), "closed": (False, True), "targeted": False}
_NEW = "Nobody in there has ever heard of proper marmalade."


def _do(words: str, state: str = "open", /, **options: str) -> Use:
    return lambda a: a.inject.command(words, point=a.ref(state), **options)


def _typed(state: str) -> Said:
    """Nothing for what is found by its label alone."""
    return (lambda _a: "") if state == "hidden" else _word(state)


def _word(state: str) -> Said:
    return lambda a: a.things.words[state]


# --- adding -----------------------------------------------------------------------------------------------
_CRITIQUE = {"own": (True,)}
_OPEN_ONE = {"own": (True,), "closed": (False,)}
_.shows(
    Act.ADD_POINT, "/point add", lambda a: a.inject.command("point add", critique=str(a.stage.critique)), **_CRITIQUE
)
_.offers(Act.ADD_POINT, "point add", "critique", lambda a: str(a.stage.critique), **_CRITIQUE)
_.shows(Act.ADD_POINT, "the button", lambda a: press(f"v1:add:{a.stage.critique}"), **_CRITIQUE)
_.shows(Act.ADD_POINT, "the choice of a critique", lambda a: choose("v1:add:which", str(a.stage.critique)), **_CRITIQUE)
_.writes(Act.ADD_POINT, "the form", lambda a: submit(f"v1:add:{a.stage.critique}", {"text": _NEW}), **_CRITIQUE)
_.writes(Act.ADD_POINT, "the button to insist", lambda a: press(f"v1:claim:{a.things.claim}"), own_only=True)
_.writes(Act.ADD_MESSAGE, "the claim desk", lambda a: press(f"v1:claim:{a.things.unclear}:record"))
_.writes(Act.ADD_MESSAGE, "the menu", lambda a: a.inject.menu("Add to the list", a.things.typed), elsewhere=False)

# --- private ballots --------------------------------------------------------------------------------------
_.shows(
    Act.VOTE_PRIVATELY, "/ballot", lambda a: a.inject.command("ballot", critique=str(a.stage.critique)), **_CRITIQUE
)
_.offers(Act.VOTE_PRIVATELY, "ballot", "critique", lambda a: str(a.stage.critique), **_CRITIQUE)
_.shows(Act.VOTE_PRIVATELY, "/ballot on a point", _do("ballot"))
_.offers(Act.VOTE_PRIVATELY, "ballot", "point", lambda a: a.ref(), typed=_word("open"))
_.shows(Act.VOTE_PRIVATELY, "the digest's button", lambda a: press(f"v1:ballots:{a.stage.critique}:begin"), **_CRITIQUE)
_.shows(Act.VOTE_PRIVATELY, "the button again", lambda a: press(f"v1:ballots:{a.stage.critique}:again"), **_CRITIQUE)
for _press in ("agree", "unsure", "skip"):
    _.writes(Act.VOTE_PRIVATELY, f"the button {_press}", lambda a, p=_press: press(f"v1:ballot:{a.id()}:1:{p}"))

# --- following --------------------------------------------------------------------------------------------


def _all_of(a: Attempt) -> str:
    return f"v1:follow:{a.stage.critique}:critique"


_.writes(Act.FOLLOW, "/follow", lambda a: a.inject.command("follow", what=_all_of(a)), **_CRITIQUE)
_.offers(Act.FOLLOW, "follow", "what", _all_of, **_CRITIQUE)
_.writes(Act.CATCH_UP, "/catchup", lambda a: a.inject.command("catchup", critique=str(a.stage.critique)), **_OPEN_ONE)
_.offers(Act.CATCH_UP, "catchup", "critique", lambda a: str(a.stage.critique), **_OPEN_ONE)

# --- authors ----------------------------------------------------------------------------------------------
_EDITED = {"title": "Anew", "text": "It says something else altogether now."}
_.shows(Act.EDIT_POINT, "/point edit", _do("point edit"), own_only=True)
_.offers(Act.EDIT_POINT, "point edit", "point", lambda a: a.ref(), own_only=True)
_.shows(Act.EDIT_POINT, "/mod edit", _do("mod edit"))
_.offers(Act.EDIT_POINT, "mod edit", "point", lambda a: a.ref(), typed=_word("open"), least=Rank.MODERATOR)
_.writes(Act.EDIT_POINT, "the form", lambda a: submit(f"v1:edit:{a.id()}:0", _EDITED))
_.shows(Act.WITHDRAW_POINT, "/point withdraw", _do("point withdraw"), own_only=True)
_.offers(Act.WITHDRAW_POINT, "point withdraw", "point", lambda a: a.ref(), own_only=True)
_.writes(Act.WITHDRAW_POINT, "the button", lambda a: press(f"v1:point:{a.id()}:withdraw"), own_only=True)
_.writes(Act.WITHDRAW_POINT, "/point undo", lambda a: a.inject.command("point undo"), own=(True,), own_only=True)
_.writes(Act.WITHDRAW_POINT, "/mod withdraw", _do("mod withdraw", **_WHY), least=Rank.MODERATOR)
_.offers(Act.WITHDRAW_POINT, "mod withdraw", "point", lambda a: a.ref(), typed=_word("open"), least=Rank.MODERATOR)

# --- cases ------------------------------------------------------------------------------------------------
_.shows(Act.SEE_OWN_CASES, "/case mine", lambda a: a.inject.command("case mine"), **_ANYBODY)
_.shows(Act.APPEAL, "the button", lambda a: press(f"v1:case:{a.things.case}:appeal"))
_.writes(Act.APPEAL, "the form", lambda a: submit(f"v1:appeal:{a.things.case}", {"text": "Why?"}))
_.shows(Act.SEE_LEDGER, "/case ledger", lambda a: a.inject.command("case ledger"), **_ANYBODY)
for _outcome in ("grant", "keep"):
    _.shows(
        Act.ANSWER_APPEAL, f"the button {_outcome}", lambda a, o=_outcome: press(f"v1:case:{a.things.appealed}:{o}")
    )
_.writes(Act.ANSWER_APPEAL, "the form", lambda a: submit(f"v1:answer:{a.things.appealed}:keep", {"text": "So it is."}))
_.writes(
    Act.ANSWER_APPEAL,
    "the form that grants",
    lambda a: submit(f"v1:answer:{a.things.appealed}:grant", {"text": "So be it."}),
    closed=_OPEN,
)

# --- privacy ----------------------------------------------------------------------------------------------
_.shows(Act.SEE_OWN_DATA, "/privacy show", lambda a: a.inject.command("privacy show"), **_ANYBODY)
_.shows(Act.SEE_OWN_DATA, "/privacy export", lambda a: a.inject.command("privacy export"), **_ANYBODY)
_.shows(Act.ERASE_OWN_DATA, "/privacy erase", lambda a: a.inject.command("privacy erase"), **_ANYBODY)
_.writes(Act.ERASE_OWN_DATA, "the button", lambda a: press("v1:privacy:erase"), **_ANYBODY)
_.writes(Act.ERASE_OWN_DATA, "/privacy opt-out", lambda a: a.inject.command("privacy opt-out"), **_ANYBODY)

# --- official answers -------------------------------------------------------------------------------------


async def _named(a: Attempt) -> None:
    await a.stage.books.change("UPDATE critiques SET answerer_id = ?", a.who.id if a.own else a.stage.bystander)


_.shows(Act.ANSWER_OFFICIALLY, "/point answer", _do("point answer"), made=_named)
_.offers(Act.ANSWER_OFFICIALLY, "point answer", "point", lambda a: a.ref(), made=_named, typed=_word("open"))
_.writes(Act.ANSWER_OFFICIALLY, "the form", lambda a: submit(f"v1:official:{a.id()}", {"text": "No."}), made=_named)
_.writes(
    Act.NAME_AUTHOR,
    "/critique author",
    lambda a: a.inject.command("critique author", critique=str(a.stage.critique), member=str(a.member)),
)
_.offers(Act.NAME_AUTHOR, "critique author", "critique", lambda a: str(a.stage.critique), **_CRITIQUE)

# --- arguments --------------------------------------------------------------------------------------------
_SAYS = {"passage": "want windows", "answer": "They do.", "side": ["support"]}
_.shows(Act.ARGUE, "/argue", _do("argue", side="support"))
_.offers(Act.ARGUE, "argue", "point", lambda a: a.ref(), typed=_word("open"))
_.writes(Act.ARGUE, "the form", lambda a: submit(f"v1:argue:{a.id()}:support", {"text": "It is."}))
_.shows(
    Act.ARGUE,
    "the menu Argue",
    lambda a: a.inject.menu("Argue", a.things.typed),
    own_only=True,
    closed=_OPEN,
    elsewhere=False,
)
_.shows(
    Act.ARGUE,
    "the choice of a point",
    lambda a: choose(f"v1:argue-which:{a.things.typed}", str(a.id())),
    own_only=True,
)
_.writes(
    Act.ARGUE, "the side of a message", lambda a: press(f"v1:argue-as:{a.things.typed}:{a.id()}:support"), own_only=True
)
_.shows(Act.ARGUE, "the menu Quote", lambda a: a.inject.menu("Quote", a.things.typed), closed=_OPEN, elsewhere=False)
_.writes(
    Act.ARGUE,
    "the form of Quote",
    lambda a: submit(f"v1:quote:{a.things.typed}", {**_SAYS, "point": [str(a.id())]}),
)
for _direction in ("up", "down"):
    _.writes(
        Act.BACK_ARGUMENT,
        f"the button {_direction}",
        lambda a, d=_direction: press(f"v1:argument:{a.things.argument}:{d}"),
    )
_.writes(Act.REMOVE_ARGUMENT, "the button", lambda a: press(f"v1:argument:{a.things.argument}:remove"), own=(True,))
_.shows(
    Act.REMOVE_ARGUMENT,
    "the button for others'",
    lambda a: press(f"v1:argument:{a.things.argument}:remove"),
    own=(False,),
)
_.writes(Act.REMOVE_ARGUMENT, "the form", lambda a: submit(f"v1:unargue:{a.things.argument}", _FIELDS))
for _side in ("support", "rebuttal", "neither"):
    _.writes(
        Act.REMOVE_ARGUMENT,
        f"the button {_side}",
        lambda a, s=_side: press(f"v1:argument:{a.things.undecided}:{s}"),
    )

# --- critiques --------------------------------------------------------------------------------------------


def _on_draft(act: str) -> Use:
    return lambda a: press(f"v1:draft:{a.stage.draft}:1:0:1:{act}")


_NEITHER = {"own": (True,), "closed": (False,)}
_PASTED = {"text": "Cakes\n\n1. They are dry.\n2. They are few."}
_.shows(Act.OPEN_CRITIQUE, "/critique open", lambda a: a.inject.command("critique open"), **_WHOEVER)
_.writes(Act.OPEN_CRITIQUE, "the form", lambda a: submit(f"v1:paste:{a.who.channel}:1:public", _PASTED), **_WHOEVER)
_.writes(
    Act.OPEN_CRITIQUE,
    "the form for another's home",
    lambda a: submit(f"v1:paste:{a.stage.home}:1:public", _PASTED),
    **_NEITHER,
)
_.writes(
    Act.OPEN_CRITIQUE,
    "the menu",
    lambda a: a.inject.menu("Open as critique", a.stage.listed),
    **_NEITHER,
    elsewhere=False,
)
for _act in ("earlier", "later", "retitle"):
    _.shows(Act.OPEN_CRITIQUE, f"the preview's {_act}", _on_draft(_act), **_NEITHER)
for _act in ("drop", "join", "undo", "confirm", "cancel"):
    _.writes(Act.OPEN_CRITIQUE, f"the preview's {_act}", _on_draft(_act), **_NEITHER)
_.shows(
    Act.OPEN_CRITIQUE,
    "the choice of a point",
    lambda a: choose(f"v1:draft:{a.stage.draft}:1:0:-:point", "2"),
    **_NEITHER,
)
_.writes(
    Act.OPEN_CRITIQUE, "the choice of a list", lambda a: choose(f"v1:draft:{a.stage.draft}:1:0:-:list", "2"), **_NEITHER
)
_.writes(
    Act.OPEN_CRITIQUE,
    "the title's form",
    lambda a: submit(f"v1:retitle:{a.stage.draft}:1:0:1", {"title": "Hm"}),
    **_NEITHER,
)
_.shows(Act.LIST_CRITIQUES, "/critique list", lambda a: a.inject.command("critique list"), **_ANYBODY)
_.shows(Act.LIST_CRITIQUES, "the button", lambda a: press("v1:critiques:1:refresh"), **_ANYBODY)
_.shows(
    Act.DISCARD_CRITIQUE,
    "/critique discard",
    lambda a: a.inject.command("critique discard", critique=str(a.stage.untouched)),
    **_CRITIQUE,
)
_.offers(Act.DISCARD_CRITIQUE, "critique discard", "critique", lambda a: str(a.stage.untouched), **_CRITIQUE)
_.writes(Act.DISCARD_CRITIQUE, "the button", lambda a: press(f"v1:critique:{a.stage.untouched}:discard"), **_CRITIQUE)
_.writes(
    Act.CLOSE_CRITIQUE,
    "/critique close",
    lambda a: a.inject.command("critique close", critique=str(a.stage.critique)),
    **_CRITIQUE,
)
_.offers(Act.CLOSE_CRITIQUE, "critique close", "critique", lambda a: str(a.stage.critique), **_CRITIQUE)
_AGAIN = {"own": (True,), "closed": _CLOSED}
_.writes(
    Act.REOPEN_CRITIQUE,
    "/critique reopen",
    lambda a: a.inject.command("critique reopen", critique=str(a.stage.critique)),
    **_AGAIN,
)
_.offers(Act.REOPEN_CRITIQUE, "critique reopen", "critique", lambda a: str(a.stage.critique), **_AGAIN)

# --- points -----------------------------------------------------------------------------------------------
for _act_, _words, _state, _options in (
    (Act.LOCK_POINT, "critique lock", "open", {}),
    (Act.LOCK_POINT, "critique unlock", "locked", {}),
    (Act.HIDE_POINT, "mod hide", "open", _WHY),
    (Act.HIDE_POINT, "mod restore", "hidden", {}),
    (Act.MERGE_POINT, "mod merge", "open", {**_WHY, "into": "1"}),
    (Act.MERGE_POINT, "mod unmerge", "merged", {}),
    (Act.APPROVE, "mod approve", "held", {}),
    (Act.REFUSE, "mod refuse", "held", _WHY),
):
    _.writes(_act_, f"/{_words}", _do(_words, _state, **_options))
    # What waits is offered to whoever sees the queue, so that it says the same of closed critiques for both acts.
    _seen = Act.SEE_QUEUE if _state == "held" else _act_
    _.offers(_seen, _words, "point", lambda a, s=_state: a.ref(s), typed=_typed(_state))
_.writes(
    Act.MOVE_POINT,
    "/mod move",
    lambda a: a.inject.command("mod move", point=a.ref(), critique=str(a.stage.untouched), **_WHY),
)
_.offers(Act.MOVE_POINT, "mod move", "point", lambda a: a.ref(), typed=_word("open"))
_.offers(Act.MOVE_POINT, "mod move", "critique", lambda a: str(a.stage.untouched), **_CRITIQUE)
_.writes(Act.SLOW_THREAD, "/mod slow", lambda a: a.inject.command("mod slow", point=a.ref(), seconds=30))
_.offers(Act.SLOW_THREAD, "mod slow", "point", lambda a: a.ref(), typed=_word("open"))
_.writes(Act.HIDE_POINT, "the button Undo", lambda a: press(f"v1:undo:hide:{a.things.case}"))
_.offers(Act.MERGE_POINT, "mod merge", "into", lambda a: a.ref(), typed=_word("open"))

# --- the queue --------------------------------------------------------------------------------------------
_.shows(Act.SEE_QUEUE, "/mod queue", lambda a: a.inject.command("mod queue"), **_ANYBODY)
_.shows(Act.SEE_QUEUE, "the button Refuse", lambda a: press(f"v1:held:{a.id('held')}:refuse"))
_.writes(Act.APPROVE, "the button", lambda a: press(f"v1:held:{a.id('held')}:approve"))
_.writes(Act.REFUSE, "the form", lambda a: submit(f"v1:refuse:{a.id('held')}", _FIELDS))

_.shows(Act.SEE_QUEUE, "the button of a page", lambda a: press("v1:queue:1:refresh"), **_ANYBODY)
_.shows(Act.MERGE_POINT, "the button Merge", lambda a: press(f"v1:held:{a.id('held')}:merge"))
_.writes(
    Act.MERGE_POINT, "the form of Merge", lambda a: submit(f"v1:held-merge:{a.id('held')}", {"asked": "1", "words": ""})
)
_.shows(Act.EDIT_POINT, "the button Edit", lambda a: press(f"v1:held:{a.id('held')}:edit"), least=Rank.MODERATOR)
_.writes(
    Act.EDIT_POINT,
    "the form of Edit",
    lambda a: submit(f"v1:held-edit:{a.id('held')}:0", _EDITED),
    least=Rank.MODERATOR,
)
_.shows(Act.MUTE_MEMBER, "the button Mute author", lambda a: press(f"v1:held:{a.id('held')}:mute"))
_.writes(
    Act.MUTE_MEMBER,
    "the form of Mute author",
    lambda a: submit(f"v1:held-mute:{a.id('held')}", {"span": "2h", **_FIELDS}),
)

# --- reports ----------------------------------------------------------------------------------------------
_.shows(Act.REPORT, "the menu", lambda a: a.inject.menu("Report", a.things.typed), elsewhere=False)
_.writes(Act.REPORT, "the form", lambda a: submit(f"v1:reported:{a.things.typed}", _FIELDS))
_.shows(Act.TIP, "/tip", lambda a: a.inject.command("tip"), **_ANYBODY, elsewhere=False)
_.writes(Act.TIP, "the form", lambda a: submit("v1:tip", {"text": "Psst."}), **_ANYBODY, elsewhere=False)
_.writes(Act.REFUSE, "Dismiss under a report", lambda a: press(f"v1:report:{a.things.report}:dismiss"))
_.shows(Act.HIDE_POINT, "Hide under a report", lambda a: press(f"v1:report:{a.things.report}:hide"))
_.writes(Act.HIDE_POINT, "the form of Hide", lambda a: submit(f"v1:hide-reported:{a.things.report}", _FIELDS))

# --- members ----------------------------------------------------------------------------------------------


async def _muted(a: Attempt) -> None:
    await a.stage.muted(a.member)


async def _excluded(a: Attempt) -> int:
    return await a.stage.excluded(a.member)


def _about(words: str, /, **options: str) -> Use:
    return lambda a: a.inject.command(words, member=str(a.member), **options)


_HERE = {"targeted": False}
_.writes(Act.MUTE_MEMBER, "/mod mute", _about("mod mute", **_WHY, **{"for": "2h"}), **_HERE)
_.writes(Act.MUTE_MEMBER, "/mod unmute", _about("mod unmute"), made=_muted)
_.writes(
    Act.EXCLUDE_VOTES,
    "/mod exclude",
    lambda a: a.inject.command("mod exclude", member=str(a.member), critique=str(a.stage.critique), **_WHY),
)
_.offers(Act.EXCLUDE_VOTES, "mod exclude", "critique", lambda a: str(a.stage.critique), **_CRITIQUE)
_.writes(Act.EXCLUDE_VOTES, "/mod include", _about("mod include"), made=_excluded, closed=_OPEN)
_.writes(
    Act.EXCLUDE_VOTES,
    "/mod include by its case",
    lambda a: a.inject.command("mod include", case=str(a.case)),
    made=_excluded,
    closed=_OPEN,
)
_.offers(Act.EXCLUDE_VOTES, "mod include", "case", lambda a: str(a.case), made=_excluded, closed=_OPEN)
_.writes(Act.NOTE_MEMBER, "/mod note", _about("mod note", text="Kind, mostly."), **_HERE)
_.shows(Act.SEE_HISTORY, "/mod history of a member", _about("mod history"), **_HERE)
_.shows(Act.SEE_HISTORY, "/mod history of a point", _do("mod history"), closed=_OPEN)
_.offers(Act.SEE_HISTORY, "mod history", "point", lambda a: a.ref(), typed=_word("open"), closed=_OPEN)
_.shows(Act.SEE_HISTORY, "the button", lambda a: press(f"v1:history:member:{a.member}:1"), **_HERE)

# --- the server -------------------------------------------------------------------------------------------
_.shows(Act.SET_UP, "/setup", lambda a: a.inject.command("setup"), **_ANYBODY)
for _step in ("next", "back"):
    _.shows(Act.SET_UP, f"the button {_step}", lambda a, s=_step: press(f"v1:setup:digest:{s}"), **_WHOEVER)
_.shows(Act.SET_UP, "the button for a form", lambda a: press("v1:setup:time-zone:type"), **_WHOEVER)
_.writes(Act.SET_UP, "the button home", lambda a: press("v1:setup:digest:home"), **_NEITHER, elsewhere=False)
_.writes(Act.SET_UP, "the button yes", lambda a: press("v1:setup:only-vote-emoji:yes"), **_NEITHER, elsewhere=False)
_.writes(Act.SET_UP, "the button text", lambda a: press("v1:setup:digest:text"), **_NEITHER, elsewhere=False)
_.writes(
    Act.SET_UP, "a channel", lambda a: choose("v1:setup:digest:channel", str(a.who.channel), kind=CHANNELS), **_WHOEVER
)
_.writes(Act.SET_UP, "an option", lambda a: choose("v1:setup:time-zone:option", "Europe/Paris"), **_WHOEVER)
_.writes(
    Act.SET_UP, "the zone's form", lambda a: submit("v1:setup:time-zone:form", {"zone": "Europe/Rome"}), **_WHOEVER
)
_.writes(
    Act.SET_UP,
    "the emoji's form",
    lambda a: submit("v1:setup:emoji:form", {"agree": "✅", "disagree": "❌"}),
    **_WHOEVER,
)
_.shows(Act.SET_UP, "/mod rules", lambda a: a.inject.command("mod rules"), **_WHOEVER)
_.writes(Act.SET_UP, "/mod rules with a quota", lambda a: a.inject.command("mod rules", quota=7), **_ANYBODY)
_.writes(
    Act.SET_UP,
    "/critique policy",
    lambda a: a.inject.command("critique policy", critique=str(a.stage.critique), policy="held"),
    own=(True,),
    closed=_OPEN,
)
_.offers(Act.SET_UP, "critique policy", "critique", lambda a: str(a.stage.critique), own=(True,), closed=_OPEN)
_.shows(Act.SET_UP, "/mod retention", lambda a: a.inject.command("mod retention"), **_WHOEVER)
_.writes(Act.SET_RETENTION, "/mod retention", lambda a: a.inject.command("mod retention", history=90), **_ANYBODY)
_.writes(
    Act.NAME_MODERATORS, "the roles", lambda a: choose("v1:setup:roles:role", str(_role(a)), kind=ROLES), **_ANYBODY
)
_.shows(Act.DIAGNOSE, "/doctor", lambda a: a.inject.command("doctor"), **_ANYBODY)
_.shows(Act.DIAGNOSE, "/status", lambda a: a.inject.command("status"), **_ANYBODY)


def _role(a: Attempt) -> int:
    """A role of the server that is no moderators' role yet."""
    return a.who.guild
