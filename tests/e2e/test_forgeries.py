"""Ids of buttons, selects and forms that were forged, tampered with, replayed or come too late change nothing.

Each is answered, to whoever sent it alone, and nothing is an error of the bot's. Discord's own checks are passed over.
"""

import logging
import re
from collections.abc import AsyncIterator, Callable

import pytest

from bot.core.acts import Rank
from tests.e2e.acts.forgeries import Genuine, genuine, looked_at, never_offered, tampered
from tests.e2e.acts.injection import SUBMISSION, Answer, Injector, Sent
from tests.e2e.acts.stage import Person, Stage, built
from tests.e2e.conftest import House

Record = Callable[[str, object], None]


class Forger:
    """Sends what is forged, counts it, and notes what is wrong with what came of it."""

    def __init__(self, stage: Stage) -> None:
        self.stage = stage
        self.count = 0
        self.wrong: list[str] = []
        self._inject = Injector(stage.house)

    async def send(self, sent: Sent, who: Person, *, refused: bool, keeps: bool = True) -> Answer:
        """`keeps`: the books are as they were; afterwards they are in any case."""
        before = self.stage.books.read()
        answer = await self._inject.send(sent, who.id, who.channel, who.message)
        moved = self.stage.books.changed(before, self.stage.books.read())
        await self.stage.books.put_back(before)
        self.count += 1
        faults = [*_faults(answer, refused), *([f"changed {moved}"] if keeps and moved else [])]
        shown = (sent.data["custom_id"], sent.data.get("values", ""), who.rank.name, answer.texts)
        self.wrong += [f"{fault}: {shown}"[:200] for fault in faults]
        return answer


def _faults(answer: Answer, refused: bool) -> list[str]:
    found = {
        "no answer": answer.silent,
        "broke": answer.broke,
        "seen by others": not answer.hidden,
        "not refused": refused and not answer.refused,
    }
    return [fault for fault, is_so in found.items() if is_so]


def patterns(house: House) -> list[tuple[bool, re.Pattern[str]]]:
    """All that the client takes: whether it is a form, and the pattern of its id."""
    client = house.app.client
    dynamic = [(False, pattern) for pattern in client._connection._view_store._dynamic_items]
    return dynamic + [(True, pattern) for pattern, _taker in client.forms._takers]


@pytest.fixture
async def forger(house: House, caplog: pytest.LogCaptureFixture, record_property: Record) -> AsyncIterator[Forger]:
    """On the stage; afterwards nothing may be wrong, or in the log as an error."""
    forger = Forger(await built(house))
    caplog.set_level(logging.ERROR)
    yield forger
    forger.stage.books.close()
    record_property("forgeries", forger.count)
    assert forger.wrong == []
    assert [record.getMessage() for record in caplog.records if record.levelno >= logging.ERROR] == []


def known(forger: Forger) -> list[tuple[Genuine, re.Pattern[str]]]:
    """Each genuine id with the pattern that takes it."""
    found = []
    for one in genuine(forger.stage):
        form = one.sent(one.id).kind == SUBMISSION
        (pattern,) = (
            each for is_form, each in patterns(forger.stage.house) if is_form is form and each.fullmatch(one.id)
        )
        found.append((one, pattern))
    return found


async def test_an_id_that_was_tampered_with_is_refused_and_changes_nothing(forger: Forger) -> None:
    """One that nobody forges here is a new one: it gets its line in `genuine`."""
    forged = known(forger)
    assert {pattern for _, pattern in patterns(forger.stage.house)} == {pattern for _, pattern in forged}
    for one, pattern in forged:
        for custom_id in tampered(one, pattern):
            for who in (forger.stage.people[Rank.MEMBER], forger.stage.people[Rank.ADMINISTRATOR]):
                await forger.send(one.sent(custom_id), who, refused=True)
    assert forger.count >= 1_000


async def test_another_look_or_what_was_never_offered_breaks_nothing(forger: Forger) -> None:
    member, administrator = forger.stage.people[Rank.MEMBER], forger.stage.people[Rank.ADMINISTRATOR]
    for one, pattern in known(forger):
        for custom_id in looked_at(one, pattern):
            await forger.send(one.sent(custom_id), administrator, refused=False, keeps=False)
            await forger.send(one.sent(custom_id), member, refused=not one.open_to_all)
        for sent in never_offered(one):
            await forger.send(sent, administrator, refused=True)
            await forger.send(sent, member, refused=True)
    assert forger.count >= 300


async def test_another_servers_ids_are_refused_even_to_its_administrators(forger: Forger) -> None:
    for one in genuine(forger.stage):
        for who in forger.stage.strangers.values():
            await forger.send(one.sent(one.id), who, refused=not one.here, keeps=not one.here)
    assert forger.count >= 100


async def test_what_is_sent_twice_or_comes_too_late_is_done_once(forger: Forger) -> None:
    """A list that is pasted twice is shown twice: a preview is nothing yet. ▲ pressed again is taken back."""
    stage, inject = forger.stage, Injector(forger.stage.house)
    who = stage.people[Rank.ADMINISTRATOR]
    for one in genuine(stage):
        beginning = stage.books.read()
        await inject.send(one.sent(one.id), who.id, who.channel, who.message)
        await forger.send(
            one.sent(one.id), who, refused=False, keeps=not one.id.startswith("v1:paste") and not one.id.endswith(":up")
        )
        await stage.books.put_back(beginning)
    assert forger.count >= 35
