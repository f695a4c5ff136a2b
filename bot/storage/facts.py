"""Single values by name."""

from sqlalchemy import select

from bot.storage.database import Tx, insert
from bot.storage.tables import facts

COMMANDS = "commands"
LEFT_AT = "left-at"
MARK_KEY = "mark-key"
SCRUBBED_AT = "scrubbed-at"
SCRUB_DUE = "scrub-due"
VOTE_ORDER = "vote-order"


async def fact(tx: Tx, name: str) -> str | None:
    """The value, or None where nothing was saved."""
    return (await tx.execute(select(facts.c.value).where(facts.c.name == name))).scalar_one_or_none()


async def save_fact(tx: Tx, name: str, value: str) -> None:
    """Saves the value over the one before."""
    row = insert(facts).values(name=name, value=value)
    await tx.execute(row.on_conflict_do_update(index_elements=["name"], set_={"value": value}))
