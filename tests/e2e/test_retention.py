"""`/mod retention` and the days of `/mod rules`, as a moderator and an administrator see them."""

from rehearsal.server import Permission
from tests.e2e.conftest import House


async def ask(house: House, words: str, **options: int) -> str:
    moderator = await house.moderator()
    answer = await moderator.command(words, str(house.discord.channels["general"]), house.guild, **options)
    return str(answer["content"])


async def test_a_moderator_sees_for_how_long_what_is_kept_and_an_administrator_decides(house: House) -> None:
    await house.start()
    assert "how votes changed: for as long as I am here" in await ask(house, "mod retention")
    assert "ask an administrator" in await ask(house, "mod retention", history=90)
    backstage = house.discord.backstage
    moderators = next(role for role in backstage.guild.roles.values() if role.name == "Moderators")
    backstage.permit_role(moderators.id, moderators.permissions | Permission.MANAGE_GUILD)
    await house.idle()
    said = await ask(house, "mod retention", history=90)
    assert "how votes changed: 90 days" in said and "What is older goes for good, from <t:" in said
    assert "cases and appeals: for as long as I am here" in said
    assert "30 days are the least" in await ask(house, "mod retention", cases=7)
    assert "how votes changed: for as long as I am here" in await ask(house, "mod retention", history=0)


async def test_a_moderator_says_for_how_long_members_are_new(house: House) -> None:
    await house.start()
    assert "members are new here for 7 days" in await ask(house, "mod rules")
    assert "members are new here for 1 day after" in await ask(house, "mod rules", days=1)
    assert "nobody is new here" in await ask(house, "mod rules", days=0)
