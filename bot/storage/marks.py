"""The key of the marks, made when it is first needed, and who has opted out by mark."""

import secrets
from collections.abc import Collection

from sqlalchemy import delete, select

from bot.core.ids import MemberId
from bot.core.marks import Mark, mark
from bot.storage.database import Tx, insert
from bot.storage.facts import MARK_KEY, fact, save_fact
from bot.storage.tables import opt_outs


async def key(tx: Tx) -> bytes | None:
    """The key; None where no mark was ever made."""
    stored = await fact(tx, MARK_KEY)
    return None if stored is None else bytes.fromhex(stored)


async def made(tx: Tx, member: MemberId) -> Mark:
    """The member's mark, to be stored: the key is made where there is none."""
    known = await key(tx)
    if known is None:
        known = secrets.token_bytes(32)
        await save_fact(tx, MARK_KEY, known.hex())
    return mark(known, member)


async def of(tx: Tx, members: Collection[MemberId]) -> dict[MemberId, Mark]:
    """The marks of the members; none where nothing bears a mark yet."""
    known = await key(tx)
    return {} if known is None else {member: mark(known, member) for member in members}


async def opted_out(tx: Tx, which: Collection[Mark]) -> set[Mark]:
    """Those of them who want no votes stored."""
    query = select(opt_outs.c.mark).where(opt_outs.c.mark.in_(list(which)))
    return {Mark(each) for each in (await tx.execute(query)).scalars()}


async def opt_out(tx: Tx, which: Mark) -> None:
    """From now on no votes of theirs are stored."""
    await tx.execute(insert(opt_outs).values(mark=which).on_conflict_do_nothing())


async def opt_in(tx: Tx, which: Mark) -> bool:
    """Undoes `opt_out`; False where there was nothing to undo."""
    return bool((await tx.execute(delete(opt_outs).where(opt_outs.c.mark == which))).rowcount)
