"""Drafts: a document read, seen in a preview and changed there before it is confirmed or dropped.

1. A change names the edition of the draft that its moderator saw. Where that is not the newest any more nothing is
   changed, so that no double press and no old preview changes anything twice (Refusal: DRAFT_EDITED).
2. A draft is kept for a day.
"""

from dataclasses import replace

from bot.core.acts import Act, Actor
from bot.core.critiques import Draft, HomeKind, ListName
from bot.core.edits import Edit, EditKind, is_possible
from bot.core.ids import ChannelId, DraftId
from bot.core.outlines import Outline
from bot.core.outlines import read as read_outline
from bot.core.refusals import Code, Refusal
from bot.core.servers import Choices
from bot.core.titles import title_of
from bot.services.critiques import DRAFT_KEPT, check, check_size, find_draft
from bot.services.desk import Desk
from bot.storage import critiques as stored_critiques
from bot.storage import drafts as stored
from bot.storage.database import Tx

_QUICK = 16_384  # bytes or characters that are read in a few milliseconds
_MOST_LISTS = 25


async def read(
    desk: Desk,
    actor: Actor,
    choices: Choices,
    *,
    home: ChannelId,
    kind: HomeKind = HomeKind.TEXT,
    document: bytes | str,
    name: str = "",
    choose: int = 1,
    blind: bool = False,
) -> Draft:
    """Reads the document and keeps its outline as a draft. Raises Refusal, or core's Unreadable.

    `name` is a file's; what was typed has none.
    """
    check(actor, Act.OPEN_CRITIQUE, choices)
    outline, lists = await _read(desk, document, name, choose)
    content = document.encode("utf-8", "surrogatepass") if isinstance(document, str) else document
    draft = Draft(
        DraftId(0), actor.guild, home, actor.id, outline, home_kind=kind, document=content, name=name, chosen=choose
    )
    draft = replace(draft, lists=lists, blind=blind)
    async with desk.db.write() as tx:
        await stored.drop_old(tx, desk.clock() - DRAFT_KEPT)
        draft = replace(draft, id=await stored.save(tx, draft, desk.clock()))
        return await _beside(tx, draft)


async def show(desk: Desk, actor: Actor, choices: Choices, which: DraftId) -> Draft:
    """The draft as it is now. Raises Refusal."""
    check(actor, Act.OPEN_CRITIQUE, choices)
    async with desk.db.read() as tx:
        return await _beside(tx, await find_draft(desk, tx, actor, which))


async def edit(desk: Desk, actor: Actor, choices: Choices, which: DraftId, edition: int, edit: Edit) -> Draft:
    """Changes one point. Raises Refusal."""
    check(actor, Act.OPEN_CRITIQUE, choices)
    async with desk.db.write() as tx:
        draft = await find_draft(desk, tx, actor, which, edition)
        points = draft.edited.points
        if not is_possible(points, edit):
            raise Refusal(Code.DRAFT_EDITED)
        if edit.kind is EditKind.DROP and len(points) == 1:
            raise Refusal(Code.LAST_POINT)
        if edit.kind is EditKind.RETITLE:
            edit = replace(edit, title=" ".join(edit.title.split()) or title_of(points[edit.at].text))
        draft = replace(draft, edits=(*draft.edits, edit), edition=draft.edition + 1)
        check_size(draft.edited)
        await stored.save_edits(tx, draft)
        return await _beside(tx, draft)


async def undo(desk: Desk, actor: Actor, choices: Choices, which: DraftId, edition: int) -> Draft:
    """Takes the last edit back, where there is one. Raises Refusal."""
    check(actor, Act.OPEN_CRITIQUE, choices)
    async with desk.db.write() as tx:
        draft = await find_draft(desk, tx, actor, which, edition)
        draft = replace(draft, edits=draft.edits[:-1], edition=draft.edition + 1)
        await stored.save_edits(tx, draft)
        return await _beside(tx, draft)


async def choose(desk: Desk, actor: Actor, choices: Choices, which: DraftId, edition: int, number: int) -> Draft:
    """Takes another list of the document, afresh: all edits are gone. Raises Refusal, or core's Unreadable."""
    check(actor, Act.OPEN_CRITIQUE, choices)
    async with desk.db.read() as tx:
        draft = await find_draft(desk, tx, actor, which, edition)
    document = draft.document if draft.name else draft.document.decode("utf-8", "surrogatepass")
    outline, lists = await _read(desk, document, draft.name, number)
    draft = replace(draft, outline=outline, chosen=number, lists=lists, edits=(), edition=edition + 1)
    async with desk.db.write() as tx:
        await find_draft(desk, tx, actor, which, edition)
        await stored.change(tx, draft)
        return await _beside(tx, draft)


async def cancel(desk: Desk, actor: Actor, choices: Choices, which: DraftId) -> None:
    """Drops a draft. Raises Refusal."""
    check(actor, Act.OPEN_CRITIQUE, choices)
    async with desk.db.write() as tx:
        await stored.drop(tx, (await find_draft(desk, tx, actor, which)).id)


async def _read(desk: Desk, document: bytes | str, name: str, choose: int) -> tuple[Outline, tuple[ListName, ...]]:
    """The outline of the chosen list, and the names of all; what else stood in the others is not needed."""
    if len(document) <= _QUICK:
        outline = read_outline(document, name=name, choose=choose)
    else:
        outline = await desk.compute(read_outline, document, name=name, choose=choose)
    check_size(outline)
    return replace(outline, other_lists=()), _lists(outline, choose)


def _lists(outline: Outline, chosen: int) -> tuple[ListName, ...]:
    """The document's lists in the order in which they are counted."""
    every = [one.points for one in outline.other_lists]
    every.insert(chosen - 1, outline.points)
    return tuple(ListName(len(points), points[0].title) for points in every[:_MOST_LISTS])


async def _beside(tx: Tx, draft: Draft) -> Draft:
    return replace(draft, beside=len(await stored_critiques.open_in(tx, draft.home)))
