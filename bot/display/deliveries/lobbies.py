"""How the post "Add to this list" is shown."""

from bot.core import losses
from bot.core.critiques import Critique, CritiqueStatus
from bot.core.ids import ChannelId, CritiqueId, MessageId
from bot.core.pages import Page, fingerprint
from bot.core.threads import ThreadState
from bot.display import lobbies, posts, tags, threads
from bot.display.deliveries.tries import Try, known
from bot.display.posts import Opening


def lobby_pages(critique: CritiqueId) -> str:
    """What the post is stored under."""
    return f"lobby:{critique}"


async def show_lobby(it: Try) -> None:
    """The post, pinned, with its button; locked and without it where the critique is closed.

    It is never archived by the bot: the digest may stand in it.
    """
    critique = await it.ledger.critique(known(it.delivery.owed.critique))
    if await it.ledger.gone(losses.channel(critique.home), losses.channel(critique.lobby or critique.home)):
        return
    if critique.lobby is None:
        await _open(it, critique)
    else:
        await _bring(it, critique, critique.lobby)
    stand = await it.ledger.pages(lobby_pages(critique.id))
    if stand and stand[0].shown != fingerprint(lobbies.text(critique, it.call)):
        await _edit(it, critique, stand[0])


async def _open(it: Try, critique: Critique) -> None:
    forum = await posts.forum(it.client, critique.guild, critique.home)
    await tags.known(forum)
    shown = lobbies.text(critique, it.call)
    what = Opening(lobbies.name(critique), shown, tags.required(forum, []), lobbies.view(critique))
    opened = await it.open_post(forum, what)
    found = await threads.find(it.client, critique.guild, opened.post)
    if found is not None:
        await posts.pin(found.thread)
    page = Page(0, opened.post, MessageId(opened.post), fingerprint(shown) if opened.new else "")
    await it.ledger.save_lobby(critique.id, lobby_pages(critique.id), page)
    if critique.status is not CritiqueStatus.OPEN:
        await _bring(it, critique, opened.post)


async def _bring(it: Try, critique: Critique, lobby: ChannelId) -> None:
    found = await threads.find(it.client, critique.guild, lobby)
    if found is not None:
        closed = critique.status is not CritiqueStatus.OPEN
        await threads.bring_to(found, ThreadState(locked=closed, archived=False))


async def _edit(it: Try, critique: Critique, page: Page) -> None:
    message = it.channel(critique.guild, page.channel).get_partial_message(page.message)
    shown = lobbies.text(critique, it.call)
    await message.edit(content=shown, view=lobbies.view(critique))
    saved = Page(page.number, page.channel, page.message, fingerprint(shown))
    await it.ledger.save_page(lobby_pages(critique.id), saved)
