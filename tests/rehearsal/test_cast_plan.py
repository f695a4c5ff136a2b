"""What the cast decides before it acts: its script, its parts, its votes, its ledger."""

from __future__ import annotations

import json
import random
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import pytest

from rehearsal.cast import Missing, VoteAct
from rehearsal.cast.deeds import held_after
from rehearsal.cast.people import cast
from rehearsal.cast.votes import OTHER_EMOJI, plan
from rehearsal.moderation import Merge, Moderation, Refusal
from rehearsal.script import Comment, Document, Script, ScriptError, dump, load

VOTERS = [f"v{n}" for n in range(40)]
POINTS = [("home", f"p{n}") for n in range(13)]
REFUSAL = Refusal("13", 1, "spam", "No.", "Why?", granted=False, answer="So.")


def script(**changes: Any) -> Script:
    parts: dict[str, Any] = {
        "document": Document("list.txt", "1. Überall.\n2. Zu spät.".encode()),
        "comments": (Comment("Ada", ("11. One more.",)), Comment(None, ("Part one", "part two"))),
        "home": "critiques",
        "seed": 7,
        "voters": 3,
        "points_expected": 2,
        "agree": "👍",
        "disagree": "👎",
    }
    return Script(**(parts | changes))


def moderated(**changes: Any) -> Script:
    plan = Moderation("moderators", "held", ("12", "13"), REFUSAL, Merge("12", "3", "duplicate", "Alike."))
    return script(moderation=replace(plan, **changes))


def people(count: int, *, moderated: bool = True) -> list[dict[str, Any]]:
    roles = [["Moderators"] if moderated and n == 0 else [] for n in range(count)]
    return [{"id": str(n), "name": f"name{n}", "token": "t", "roles": roles[n]} for n in range(count)]


@pytest.mark.parametrize("content", [b"1. A.\n2. B.", b"\x89PNG\xff\xfe"])
def test_a_script_survives_being_written_and_read(content: bytes) -> None:
    original = script(document=Document("a", content))
    assert load(dump(original)) == original


def corrupt(*path: str | int, value: Any) -> str:
    whole = json.loads(dump(script()))
    place: Any = whole
    for step in path[:-1]:
        place = place[step]
    if value is None:
        del place[path[-1]]
    else:
        place[path[-1]] = value
    return json.dumps(whole)


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("{", "not JSON"),
        ("[]", "form"),
        (corrupt("home", value=None), "lacks 'home'"),
        (corrupt("seed", value="seven"), "'seed' must be a whole number"),
        (corrupt("voters", value=-1), "'voters' must be a whole number"),
        (corrupt("comments", 0, "messages", value=[]), "Comment 1 of the script has no message"),
        (corrupt("comments", 1, "messages", value=["x" * 2001]), "comment 2 has 2001 characters"),
        (corrupt("comments", 1, "messages", value=[" "]), "comment 2 has 1 characters"),
        (corrupt("document", value={"filename": "a", "base64": "*"}), "not base64"),
    ],
)
def test_a_bad_script_is_refused_in_one_sentence(text: str, says: str) -> None:
    with pytest.raises(ScriptError, match=says) as caught:
        load(text)
    assert str(caught.value).endswith(".")


def test_one_name_is_one_member_and_a_nameless_comment_has_a_member_of_its_own() -> None:
    names = ["Ada", None, "Ada", None, "Bo"]
    casting = cast(random.Random(1), people(10), [Comment(name, ("x",)) for name in names], voters=3)
    ids = [person["id"] for person in casting.authors]
    assert ids[0] == ids[2]
    assert len(set(ids)) == 4
    assert casting.moderator["id"] == "0"
    assert "0" not in ids
    assert [nick for _, nick in casting.named] == ["Ada", "Bo"]
    assert set(casting.invented) == {casting.authors[1]["name"], casting.authors[3]["name"]}


def test_a_long_name_is_cut_to_what_a_nickname_takes() -> None:
    casting = cast(random.Random(1), people(3), [Comment("A" * 40, ("x",))], voters=0)
    assert casting.named[0][1] == "A" * 32


def test_the_parts_come_from_the_seed() -> None:
    comments = [Comment(None, ("x",))] * 5
    parts = [cast(random.Random(seed), people(30), comments, voters=9) for seed in (4, 4, 5)]
    assert parts[0] == parts[1]
    assert parts[0] != parts[2]


def test_too_few_members_are_said_to_be_too_few() -> None:
    with pytest.raises(Missing, match=r"needs 9 members .* \(2 authors, 9 voters\).* has 4"):
        cast(random.Random(1), people(5), [Comment(None, ("x",))] * 2, voters=9)


def test_a_server_without_a_moderator_is_said_to_have_none() -> None:
    with pytest.raises(Missing, match="Moderators"):
        cast(random.Random(1), people(5, moderated=False), [], voters=1)


def votes(seed: int) -> Mapping[str, Any]:
    return plan(random.Random(seed), VOTERS, POINTS, "👍", "👎")


def test_the_votes_come_from_the_seed() -> None:
    assert votes(3) == votes(3)
    assert votes(3) != votes(4)


@pytest.mark.parametrize("seed", range(10))
def test_members_change_their_minds_in_every_way(seed: int) -> None:
    acts = [act for mine in votes(seed).values() for act in mine]
    by_pair: dict[tuple[str, str], list[tuple[str, str]]] = {}
    for act in acts:
        by_pair.setdefault((act.member_id, act.message_id), []).append((act.act, act.emoji))
    ways = {tuple((act, emoji == did[0][1]) for act, emoji in did) for did in by_pair.values()}
    assert (("add", True),) in ways
    assert (("add", True), ("add", False), ("remove", True)) in ways
    assert (("add", True), ("remove", True), ("add", False)) in ways
    assert (("add", True), ("remove", True)) in ways
    assert OTHER_EMOJI in {act.emoji for act in acts}
    assert {"👍", "👎"} in [set(emoji) for emoji in held_after(acts).values()]
    assert len(by_pair) > 0.7 * len(VOTERS) * len(POINTS)


def test_nobody_removes_what_they_do_not_hold() -> None:
    for mine in votes(1).values():
        held: set[tuple[str, str]] = set()
        for act in mine:
            key = (act.message_id, act.emoji)
            assert (key in held) is (act.act == "remove")
            held ^= {key}


def test_the_ledger_keeps_the_order_in_which_emoji_were_put() -> None:
    steps = [("add", "👍"), ("add", "👎"), ("remove", "👍"), ("add", "👍")]
    acts = [VoteAct(act, "m", "p", "c", emoji) for act, emoji in steps]  # type: ignore[arg-type]
    assert held_after(acts) == {("p", "m"): ("👎", "👍")}
    assert held_after([*acts, VoteAct("remove", "m", "p", "c", "👍"), VoteAct("remove", "m", "p", "c", "👎")]) == {}


def test_a_script_for_a_forum_with_mentions_survives_being_written_and_read() -> None:
    original = script(home_kind="forum", mention=True)
    assert load(dump(original)) == original


def test_a_script_that_mentions_leaves_room_for_it() -> None:
    long = script(comments=(Comment("Ada", ("x" * 1990,)),))
    assert load(dump(long)) == long
    with pytest.raises(ScriptError, match="1 to 197"):
        load(dump(script(comments=(Comment("Ada", ("x" * 1990,)),), mention=True)))


def test_a_home_of_another_kind_is_refused() -> None:
    with pytest.raises(ScriptError, match="text, forum"):
        load(corrupt("home_kind", value="stage"))


def test_a_script_with_moderation_survives_being_written_and_read() -> None:
    assert load(dump(moderated())) == moderated()


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"refusal": replace(REFUSAL, label="14")}, "refuses an addition that none"),
        ({"refusal": replace(REFUSAL, comment=3)}, "refuses an addition that none"),
        ({"merge": Merge("13", "3", "duplicate", "")}, "merges what is not approved"),
        ({"merge": Merge("14", "3", "duplicate", "")}, "merges what is not approved"),
        ({"merge": Merge("12", "12", "duplicate", "")}, "merges what is not approved"),
        ({"merge": Merge("12", "13", "duplicate", "")}, "merges what is not approved"),
    ],
)
def test_moderation_of_what_the_script_does_not_add_is_refused(changes: dict[str, Any], says: str) -> None:
    with pytest.raises(ScriptError, match=says):
        load(dump(moderated(**changes)))


def test_moderation_that_lacks_something_is_refused() -> None:
    whole = json.loads(dump(moderated()))
    del whole["moderation"]["refusal"]["answer"]
    with pytest.raises(ScriptError, match="form"):
        load(json.dumps(whole))
