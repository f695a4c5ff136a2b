"""What a server has chosen, over what the operator has set."""

from bot.core.ids import GuildId
from bot.core.servers import Choices
from bot.services.desk import Desk
from bot.storage import servers as stored
from bot.storage.facts import COMMANDS, fact, save_fact


async def choices(desk: Desk, guild: GuildId, defaults: Choices) -> Choices:
    """The server's choices, and `defaults` where it made none."""
    async with desk.db.read() as tx:
        return (await stored.choices(tx, guild)).over(defaults)


async def joined(desk: Desk, guilds: list[GuildId]) -> None:
    """Remembers servers that the bot is in."""
    async with desk.db.write() as tx:
        await stored.save_joined(tx, guilds, desk.clock())


async def synced_commands(desk: Desk) -> str | None:
    """What tells whether the commands that Discord knows are ours as they are now."""
    async with desk.db.read() as tx:
        return await fact(tx, COMMANDS)


async def save_synced_commands(desk: Desk, fingerprint: str) -> None:
    """Discord knows the commands of this fingerprint."""
    async with desk.db.write() as tx:
        await save_fact(tx, COMMANDS, fingerprint)
