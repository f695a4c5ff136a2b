"""The stage that every attempt begins on: two servers, who acts on them, and what there is to act upon.

1. On the first server a critique is open, in which each author has one point in every state, cases, and a claim.
2. Each of the actors is one of the authors; a bystander is another: what is theirs is the others' to all actors.
3. The other server has its own member, moderator and administrator, and nothing to act upon.
4. Once all stands in Discord nothing more is carried out there, so that the books alone say what was let through.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import timedelta
from random import Random

from bot.core.acts import Actor, Rank
from bot.core.arguments import Side
from bot.core.cases import CaseReason, Why
from bot.core.claims import Claim
from bot.core.edits import Edit, EditKind
from bot.core.ids import CaseId, ChannelId, CritiqueId, GuildId, MemberId, PointId, RoleId
from bot.core.moderation import Decision, Reason, Rules, Verdict
from bot.core.servers import Choices
from bot.services import (
    arguments,
    cases,
    claims,
    critiques,
    drafts,
    exclusions,
    merges,
    moderation,
    mutes,
    points,
    reports,
    states,
    submissions,
    withdrawals,
)
from bot.services.desk import Desk, Pace
from bot.services.reports import Target
from bot.services.submissions import Recorded
from bot.storage import critiques as stored_critiques
from bot.storage import servers as stored_servers
from rehearsal.server.permissions import BOT, Permission
from tests.e2e.acts.books import Books
from tests.e2e.conftest import House

NEVER = timedelta(days=1)
# A busy machine may take longer over an attempt than Discord gives an application for its first answer.
PATIENCE = 60.0
PACE = Pace(
    digest_gathers=timedelta(0),
    digest_every=timedelta(0),
    try_again=timedelta(milliseconds=50),
    look_again=timedelta(milliseconds=50),
    audit_every=NEVER,
    forget_every=NEVER,
    scrub_every=NEVER,
)
TWO_LISTS = """Two lists

1. The first is short.
2. The second is shorter.
3. The third is the shortest.
4. The fourth ends it.

And another:

1. One of them.
2. Two of them.
3. Three of them.
"""
BECAUSE = Why(CaseReason.UNKIND, "Because.")
STATES = ("open", "locked", "hidden", "merged", "held", "withdrawn")


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody who acts: on which server, from which channel of it, on which of the bot's messages there."""

    id: int
    rank: Rank
    guild: int
    channel: int
    message: int
    roles: frozenset[RoleId] = frozenset()

    @property
    def actor(self) -> Actor:
        administrator = self.rank is Rank.ADMINISTRATOR
        return Actor(MemberId(self.id), GuildId(self.guild), self.roles, administrator=administrator)


@dataclass(slots=True)
class Things:
    """What one author has: points by their state, the words that find them, cases, a claim, a typed message."""

    author: int
    points: dict[str, PointId] = field(default_factory=dict)
    words: dict[str, str] = field(default_factory=dict)
    case: int = 0
    appealed: int = 0
    claim: int = 0
    unclear: int = 0
    typed: int = 0
    report: int = 0
    argument: int = 0
    undecided: int = 0


@dataclass(frozen=True, slots=True)
class Stage:
    """All of it."""

    house: House
    books: Books
    choices: Choices
    critique: int
    untouched: int
    draft: int
    home: int
    moderators: int
    keeper: Person
    people: Mapping[Rank, Person]
    strangers: Mapping[Rank, Person]
    things: Mapping[int, Things]
    bystander: int
    listed: int

    @property
    def desk(self) -> Desk:
        return self.house.app.desk

    async def muted(self, member: int) -> None:
        await mutes.mute(self.desk, self.keeper.actor, self.choices, MemberId(member), timedelta(hours=1), BECAUSE)

    async def excluded(self, member: int) -> int:
        """The case of a member's votes being excluded."""
        who = self.keeper.actor
        return (await exclusions.exclude_member(self.desk, who, self.choices, MemberId(member), None, BECAUSE)).id


async def built(house: House) -> Stage:
    """Everything stands in Discord, and nothing more will."""
    backstage, channels = house.discord.backstage, house.discord.channels
    roles = backstage.guild.roles.values()
    moderators = next(each.id for each in roles if each.name == "Moderators")
    administrators = backstage.add_role("Administrators", int(Permission.MANAGE_GUILD))
    backstage.permit_bot(int(BOT | Permission.MANAGE_CHANNELS))
    backstage.give_roles(house.discord.members[2].id, [administrators])
    backstage.give_roles(house.discord.members[4].id, [moderators])
    house.discord.stage.first_answer_seconds = PATIENCE
    app = await house.start(PACE)
    choices = Choices(
        home=ChannelId(channels["critique"]),
        moderator_roles=frozenset({RoleId(moderators)}),
        moderators_channel=ChannelId(channels["moderators"]),
    )
    await _save(app.desk, int(house.guild), choices)
    elsewhere, strangers = await _strangers(house)
    await _save(app.desk, elsewhere, replace(choices, home=None, moderators_channel=None, moderator_roles=strangers[0]))
    first = await house.open()
    home, guild = channels["critique"], int(house.guild)
    message = next(each.id for each in house.shown_in(str(home)) if each.author_id == house.discord.bot_id)

    def person(number: int, rank: Rank, *given: int) -> Person:
        who = house.discord.members[number].id
        return Person(who, rank, guild, home, message, frozenset(RoleId(each) for each in given))

    keeper = person(4, Rank.MODERATOR, moderators)
    people = {
        Rank.MEMBER: person(1, Rank.MEMBER),
        Rank.MODERATOR: person(0, Rank.MODERATOR, moderators),
        Rank.ADMINISTRATOR: person(2, Rank.ADMINISTRATOR, administrators),
    }
    bystander = person(3, Rank.MEMBER)
    books = Books(house.folder / "bot.sqlite3")
    await moderation.choose(app.desk, keeper.actor, choices, Rules(most_lately=1000, quota=1000))
    things = {}
    for who in (*people.values(), bystander):
        things[who.id] = await _things(house, books, choices, keeper, who, first.id)
    for number in (0, 1, 2, 3):
        said = await (await house.member(number, watching=False)).say(house.home, "Rooms want windows, I should say.")
        things[house.discord.members[number].id].typed = int(said["id"])
    listed = await (await house.member(3, watching=False)).say(house.home, "Cakes\n1. They are dry.\n2. They are few.")
    await house.idle()
    for each in things.values():
        each.report = await _report(app.desk, keeper, choices, each.points["open"])
    stage = Stage(
        house,
        books,
        choices,
        critique=first.id,
        untouched=await _untouched(app.desk, keeper, choices, channels["general"]),
        draft=await _draft(app.desk, keeper, choices, home),
        home=home,
        moderators=moderators,
        keeper=keeper,
        people=people,
        strangers=strangers[1],
        things=things,
        bystander=bystander.id,
        listed=int(listed["id"]),
    )
    await house.idle()
    await app._carrier.finish()
    return stage


async def _save(desk: Desk, guild: int, choices: Choices) -> None:
    async with desk.db.write() as tx:
        await stored_servers.save_choices(tx, GuildId(guild), choices, desk.clock())


async def _strangers(house: House) -> tuple[int, tuple[frozenset[RoleId], Mapping[Rank, Person]]]:
    """Another server with the bot on it; its moderators' role, and its people."""
    backstage = house.discord.backstage
    guild = backstage.add_guild("Elsewhere")
    there = backstage.at(guild)
    role = there.add_role("Keepers")
    channel = there.guild.system_channel_id or 0
    member, moderator = there.add_member("Stranger").id, there.add_member("Strange keeper", ["Keepers"]).id
    await house.idle()
    message = next(each.id for each in house.shown_in(str(channel)) if each.author_id == house.discord.bot_id)
    roles = frozenset({RoleId(role)})
    return guild, (
        roles,
        {
            Rank.MEMBER: Person(member, Rank.MEMBER, guild, channel, message),
            Rank.MODERATOR: Person(moderator, Rank.MODERATOR, guild, channel, message, roles),
            Rank.ADMINISTRATOR: Person(there.guild.owner_id, Rank.ADMINISTRATOR, guild, channel, message),
        },
    )


async def _things(house: House, books: Books, choices: Choices, keeper: Person, who: Person, critique: int) -> Things:
    desk, by = house.app.desk, keeper.actor
    things = Things(who.id)
    for state in STATES:
        if state == "held":
            await books.change("UPDATE critiques SET policy = 'held'")
        words = _words(f"{who.id} {state}")
        taken = await submissions.by_form(desk, who.actor, choices, critique, words)  # type: ignore[arg-type]
        assert isinstance(taken, Recorded)
        things.points[state], things.words[state] = taken.points[0].id, words.split()[0]
    await books.change("UPDATE critiques SET policy = 'open'")
    again = await submissions.by_form(desk, who.actor, choices, critique, _words(f"{who.id} open") + " Again.")  # type: ignore[arg-type]
    assert isinstance(again, Claim)
    things.claim = again.id
    things.unclear = await _unclear(desk, who, critique)
    argued = await arguments.argue(desk, who.actor, choices, things.points["open"], Side.SUPPORT, f"So says {who.id}.")
    things.argument = argued.argument.id
    argued = await arguments.argue(desk, who.actor, choices, things.points["open"], Side.SUPPORT, f"So {who.id} says.")
    things.undecided = argued.argument.id
    await books.change("UPDATE arguments SET side = NULL WHERE id = ?", things.undecided)
    await states.lock(desk, by, choices, things.points["locked"])
    await states.hide(desk, by, choices, things.points["hidden"], BECAUSE)
    target = (await points.find(desk, GuildId(who.guild), ChannelId(who.channel), "1"))[0]
    await merges.merge(desk, by, choices, things.points["merged"], target.id, BECAUSE)
    await withdrawals.withdraw_for(desk, by, choices, things.points["withdrawn"], BECAUSE)
    found = "SELECT id FROM cases WHERE member_id = ? AND act = ?"
    things.case, things.appealed = books.one(found, who.id, "hide"), books.one(found, who.id, "withdraw")
    await cases.appeal(desk, MemberId(who.id), CaseId(things.appealed), "Why?")
    return things


async def _unclear(desk: Desk, who: Person, critique: int) -> int:
    """What may be an addition of theirs."""
    async with desk.db.write() as tx:
        about = await stored_critiques.critique(tx, CritiqueId(critique))
        unclear = Verdict(Decision.REFUSE, Reason.UNCLEAR)
        kept = await claims.keep(desk, tx, about, MemberId(who.id), _words(f"{who.id} unclear"), unclear, written=None)
    return kept.id


async def _report(desk: Desk, keeper: Person, choices: Choices, which: PointId) -> int:
    """What the keeper says of a point."""
    shown = (await points.line(desk, which)).point
    assert shown.message is not None
    target = Target(shown.message, shown.channel, None, None)
    return (await reports.report(desk, keeper.actor, choices, target, BECAUSE)).id


def _words(seed: str) -> str:
    """A sentence that resembles no other."""
    random = Random(seed)
    words = ["".join(random.choices("abcdefghijklmnoprstuvwyz", k=random.randint(5, 9))) for _ in range(12)]
    return " ".join(words).capitalize() + "."


async def _untouched(desk: Desk, keeper: Person, choices: Choices, home: int) -> int:
    """A critique that can be discarded."""
    text = "Cups\n\n1. They leak.\n2. They chip."
    draft = await drafts.read(desk, keeper.actor, choices, home=ChannelId(home), document=text)
    return (await critiques.confirm(desk, keeper.actor, choices, draft.id, 0)).critique.id


async def _draft(desk: Desk, keeper: Person, choices: Choices, home: int) -> int:
    """A preview of two lists whose first point was retitled: edition 1."""
    draft = await drafts.read(desk, keeper.actor, choices, home=ChannelId(home), document=TWO_LISTS)
    await drafts.edit(desk, keeper.actor, choices, draft.id, 0, Edit(EditKind.RETITLE, 0, "Short"))
    return draft.id
