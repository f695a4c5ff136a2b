"""Promises a moderator who opens a critique, and keeps at it until it is open, whatever befalls the bot."""

import asyncio

from chaos.deeds import Confirmed, Deeds
from chaos.ground import Ground
from chaos.state import State
from chaos.words import Words
from rehearsal.member import Member, MemberError

_BREATH = 0.5  # seconds between two tries


async def open_critique(
    moderator: Member, ground: Ground, state: State, deeds: Deeds, words: Words, points: int
) -> None:
    """Opens a critique of so many points in a new home. Returns when it is open."""
    home = ground.found()
    confirmed = Confirmed(f"What is wrong with tea room {home.id}?", points)
    deeds.confirmed.append(confirmed)
    document = ("list.txt", words.document(confirmed.title, points).encode())
    general, guild = str(ground.discord.channels["general"]), str(ground.discord.guild_id)
    while not state.is_open(confirmed.title):
        try:
            preview = await moderator.command("critique open", general, guild, document=document, channel=str(home.id))
            await _confirm(moderator, preview, guild, confirmed)
        except MemberError:  # nobody answers: the bot is down
            await asyncio.sleep(_BREATH)


async def _confirm(moderator: Member, preview: dict[str, object], guild: str, confirmed: Confirmed) -> None:
    """Presses the button, and once more where nobody answers."""
    try:
        await moderator.press(preview, "Confirm", guild)
    except MemberError:
        await moderator.press(preview, "Confirm", guild)
    else:
        confirmed.answered = True
