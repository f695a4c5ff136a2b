"""Every button and select that stands in Discord is used after a restart; a new one without a case here fails."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any

import pytest

from bot.client import Client
from bot.services.follows import look
from rehearsal.member import Member
from tests.e2e.conftest import LIST, House
from tests.e2e.test_cases import direct, held, newest
from tests.e2e.test_reports import point, report

Json = dict[str, Any]
LIKE = "They close before anybody is thirsty!"


@dataclass(frozen=True)
class Shown:
    """What a member sees before the restart, what they use of it afterwards, and words of what comes of it."""

    who: Member
    message: Json
    use: str
    words: str
    value: str = ""


def general(house: House) -> str:
    return str(house.discord.channels["general"])


async def add(house: House, number: int, text: str) -> tuple[Member, Json]:
    """A member sends the form; they, and what they are answered."""
    member = await house.member(number)
    form = await member.command("point add", general(house), house.guild)
    return member, await member.submit(form, {"Your point": text})


async def waiting(house: House, number: int, text: str) -> Json:
    """A member's addition waits: its message in the moderators' channel."""
    await add(house, number, text)
    await house.idle()
    return await newest(await house.moderator(), str(house.discord.channels["moderators"]))


async def told(house: House, number: int, text: str) -> tuple[Member, Json]:
    """A member's addition was refused; they, and what they were told."""
    moderator = await house.moderator()
    form = await moderator.press(await waiting(house, number, text), "Refuse", house.guild)
    await moderator.submit(form, {"reason": ["off-topic"], "words": ""})
    await house.idle()
    member = await house.member(number)
    return member, await direct(house, member)


async def appealed(house: House, number: int, text: str) -> Json:
    """A member has appealed: the appeal in the moderators' channel."""
    member, message = await told(house, number, text)
    await member.submit(await member.press(message, "Appeal"), {"text": "Why?"})
    await house.idle()
    return await newest(await house.moderator(), str(house.discord.channels["moderators"]))


async def approve(house: House) -> Shown:
    message = await waiting(house, 1, "The lamps hum all evening.")
    return Shown(await house.moderator(), message, "Approve", "Approved by")


async def refuse(house: House) -> Shown:
    message = await waiting(house, 2, "Waiters hide behind a curtain.")
    return Shown(await house.moderator(), message, "Refuse", "Reason")


async def appeal(house: House) -> Shown:
    return Shown(*await told(house, 3, "Sugar costs extra on Sundays."), "Appeal", "Appeal")


async def grant(house: House) -> Shown:
    message = await appealed(house, 4, "Chairs wobble near every window.")
    return Shown(await house.moderator(), message, "Grant and undo…", "Your answer")


async def keep(house: House) -> Shown:
    message = await appealed(house, 5, "Nobody sweeps under the tables.")
    return Shown(await house.moderator(), message, "It stands…", "Your answer")


async def claim(house: House) -> Shown:
    return Shown(*await add(house, 6, LIKE), "Record anyway", "moderator")


async def unclear(house: House) -> Shown:
    member, lobby = await house.member(9), await house.thread_of("1")
    await member.say(lobby, "An addition: nobody winds the clock above the counter.")
    await house.quiet()
    return Shown(member, await newest(member, lobby), "Not a point", "Nothing is recorded")


async def withdraw(house: House) -> Shown:
    member, _answer = await add(house, 7, "The music stops every hour.")
    asked = await member.command("point withdraw", general(house), house.guild, point="music")
    return Shown(member, asked, "Withdraw", "Withdrawn: ")


async def erase(house: House) -> Shown:
    member = await house.member(8)
    asked = await member.command("privacy erase", general(house), house.guild)
    return Shown(member, asked, "Erase", "I have forgotten")


async def history(house: House) -> Shown:
    moderator, about = await house.moderator(), (await house.member(9)).id
    for number in range(6):
        await moderator.command("mod note", general(house), house.guild, member=about, text=f"Note {number}")
    page = await moderator.command("mod history", general(house), house.guild, member=about)
    return Shown(moderator, page, "Earlier", "Note 0")


async def critiques(house: House) -> Shown:
    moderator = await house.moderator()
    page = await moderator.command("critique list", general(house), house.guild)
    return Shown(moderator, page, "Refresh", "tea rooms")


async def add_form(house: House) -> Shown:
    post = next(each for each in house.discord.world.threads() if each.name.startswith("Add to this list"))
    member = await house.member(10)
    first = await member.api.request("GET", f"/channels/{post.id}/messages/{post.id}")
    return Shown(member, first, "Add a point", "Your point")


async def dismiss(house: House) -> Shown:
    await report(house, await house.member(12), await point(house, "1"))
    await house.idle()
    moderator = await house.moderator()
    return Shown(moderator, await newest(moderator, str(house.discord.channels["moderators"])), "Dismiss", "Dismissed")


async def argued(house: House, number: int, word: str) -> tuple[Member, Json]:
    """A member has typed an argument about the first point; they, and their message."""
    member, thread = await house.member(number), await house.thread_of("1")
    said = await member.say(thread, f"{word}: so says number {number}.")
    await house.quiet()
    return member, said


async def choose_side(house: House) -> Shown:
    member, said = await argued(house, 13, "Response")
    shown = await member.api.request("GET", f"/channels/{said['channel_id']}/messages?limit=10")
    asked = next(each for each in shown if (each.get("message_reference") or {}).get("message_id") == said["id"])
    return Shown(member, asked, "➖ Rebuttal", "Noted")


async def shown_point(house: House, thread: str) -> tuple[Member, Json]:
    """A member looks at the point of that thread; they, and what they are shown."""
    reader = await house.member(15)
    which = next(line.point.id for line in (await house.digest()).lines if str(line.point.thread) == thread)
    return reader, await reader.command("point show", thread, house.guild, point=f"v1:point:{which}")


async def back(house: House) -> Shown:
    _member, said = await argued(house, 14, "Agree")
    return Shown(*await shown_point(house, said["channel_id"]), "➕ ▲ Back it", "You back this argument")


async def all_arguments(house: House) -> Shown:
    return Shown(*await shown_point(house, await house.thread_of("1")), "All arguments", "so says number 14")


async def which_point(house: House) -> Shown:
    member = await house.member(16)
    said = await member.say(general(house), "They never swept the floor.")
    asked = await member.menu("Argue", said, house.guild)
    which = asked["components"][0]["components"][0]["options"][0]["value"]
    return Shown(member, asked, "Choose the point", "Does it support", which)


async def which_side(house: House) -> Shown:
    member, said = await argued(house, 17, "Well")
    return Shown(member, await member.menu("Argue", said, house.guild), "➖ Rebuttal", "Filed under")


async def queue(house: House) -> Shown:
    moderator = await house.moderator()
    return Shown(moderator, await moderator.command("mod queue", general(house), house.guild), "Refresh", "wait")


async def undo(house: House) -> Shown:
    moderator = await house.moderator()
    said = await moderator.command("critique lock", general(house), house.guild, point="2")
    return Shown(moderator, said, "Undo", "is open again")


async def preview(house: House) -> Json:
    moderator, given = await house.moderator(), ("list.txt", LIST.encode())
    return await moderator.command("critique open", general(house), house.guild, document=given, channel=house.home)


async def draft(house: House) -> Shown:
    return Shown(await house.moderator(), await preview(house), "Cancel", "nothing was posted")


async def draft_point(house: House) -> Shown:
    choose = "Choose a point to change (1–4 of 4)"
    return Shown(await house.moderator(), await preview(house), choose, "Retitle", "1")


async def setup(house: House, steps: int) -> Json:
    """The setup, so many steps on."""
    moderator = await house.moderator()
    screen = await moderator.command("setup", general(house), house.guild)
    for _step in range(steps):
        screen = await moderator.press(screen, "Next", house.guild)
    return screen


async def setup_next(house: House) -> Shown:
    return Shown(await house.moderator(), await setup(house, 0), "Next", "Step 2 of 8")


async def setup_channel(house: House) -> Shown:
    return Shown(await house.moderator(), await setup(house, 1), "Choose a channel", "Step 2 of 8", general(house))


async def setup_roles(house: House) -> Shown:
    role = next(role.id for role in house.discord.backstage.guild.roles.values() if role.name == "Moderators")
    said = "Only somebody who may manage the server"
    return Shown(await house.moderator(), await setup(house, 2), "Choose the roles", said, str(role))


async def setup_option(house: House) -> Shown:
    return Shown(await house.moderator(), await setup(house, 4), "Choose the time zone", "Paris", "Europe/Paris")


async def discard(house: House) -> Shown:
    moderator = await house.moderator()
    await house.open("Another list\n\n1. One thing.\n2. Another thing.\n3. A third thing.\n")
    (offered, *_) = await moderator.autocomplete("critique discard", "critique", "Another", general(house), house.guild)
    asked = await moderator.command("critique discard", general(house), house.guild, critique=offered["value"])
    return Shown(moderator, asked, "Keep it", "Kept as it is")


async def bulletin(house: House) -> Shown:
    """A direct message to somebody who follows the critique."""
    member = await house.member(13)
    what = f"v1:follow:{(await house.critique()).id}:critique"
    await member.command("follow", general(house), house.guild, what=what, **{"quiet-from": 0, "quiet-to": 0})
    await (await house.member(12)).say(await house.thread_of("1"), "So they say.")
    await house.quiet()
    await look(house.app.desk)
    await house.quiet()
    return Shown(member, await direct(house, member), "Stop these messages", "you no longer follow 1 thing")


async def asked_in_private(house: House) -> Shown:
    member = await house.member(12)
    critique = str((await house.critique()).id)
    asked = await member.command("ballot", general(house), house.guild, critique=critique)
    return Shown(member, asked, "Unsure", "Recorded, for you alone to see")


async def invited(house: House) -> Shown:
    """The digest's button; in a forum it stands in the post to add in."""
    member = await house.member(12)
    lobby = str((await house.critique()).lobby)
    shown = await member.api.request("GET", f"/channels/{lobby}/messages?limit=50")
    digest = next(each for each in shown if each["embeds"] and each["components"])
    return Shown(member, digest, "Vote in private", "voted on")


async def which_critique(house: House) -> Shown:
    """Two critiques are open now."""
    member = await house.member(11)
    asked = await member.command("point add", general(house), house.guild)
    return Shown(member, asked, "Choose a critique", "Your point", str((await house.critique()).id))


Prepare = Callable[[House], Awaitable[Shown]]
CASES: dict[str, tuple[Prepare, ...]] = {
    "HeldButton": (approve, refuse),
    "CaseButton": (appeal, grant, keep),
    "ClaimButton": (claim,),
    "WithdrawButton": (withdraw,),
    "EraseButton": (erase,),
    "HistoryButton": (history,),
    "PageButton": (critiques,),
    "AddButton": (add_form,),
    "ReportButton": (dismiss,),
    "QueueButton": (queue,),
    "UndoButton": (undo,),
    "DraftButton": (draft,),
    "DraftSelect": (draft_point,),
    "SetupButton": (setup_next,),
    "SetupChannels": (setup_channel,),
    "SetupRoles": (setup_roles,),
    "SetupOptions": (setup_option,),
    "DiscardButton": (discard,),
    "ArgumentButton": (choose_side, back),
    "ArgumentsButton": (all_arguments,),
    "WhichPoint": (which_point,),
    "SideButton": (which_side,),
    "WhichCritique": (which_critique,),
    "BallotButton": (asked_in_private,),
    "WalkButton": (invited,),
    "StopButton": (bulletin,),
    "ClaimChoice": (unclear,),  # last: until it is answered, the bot is not idle
}


def registered(client: Client) -> set[str]:
    """The names of all that the client takes up from what stands in Discord."""
    return {item.__name__ for item in client._connection._view_store._dynamic_items.values()}


async def test_whatever_stands_in_discord_works_after_a_restart(forum: House, caplog: pytest.LogCaptureFixture) -> None:
    await held(forum)
    assert registered(forum.app.client) == set(CASES)
    shown = {prepare.__name__: await prepare(forum) for cases in CASES.values() for prepare in cases}
    await forum.quiet()
    await forum.stop()
    await forum.start()
    for name, it in shown.items():
        if it.value:
            answer = await it.who.choose(it.message, it.use, [it.value], forum.guild)
        else:
            answer = await it.who.press(it.message, it.use, forum.guild)
        assert it.words in str(answer), f"{name}: {answer.get('content') or answer}"
    await forum.idle()
    assert [each.message for each in caplog.records if each.levelname == "ERROR"] == []
