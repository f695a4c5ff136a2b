"""Who may what: the table is whole, and the documentation prints it as it is."""

from pathlib import Path

from bot.core.acts import TABLE, Act, Rank, Rule

PAGE = Path("docs/acts.md")
HEAD = (
    "| act | member, own | member, others' | moderator, own | moderator, others' | administrator, own | "
    "administrator, others' | closed critique |",
    "|---|---|---|---|---|---|---|---|",
)


def row(act: Act, rule: Rule) -> str:
    """A line of the page."""
    cells = [
        "yes" if least is not None and rank >= least else "no" for rank in Rank for least in (rule.own, rule.others)
    ]
    return f"| {act} | {' | '.join(cells)} | {'yes' if rule.closed else 'no'} |"


def test_every_act_has_a_rule() -> None:
    assert set(TABLE) == set(Act)


def test_the_page_prints_the_table() -> None:
    wanted = [*HEAD, *(row(act, TABLE[act]) for act in Act)]
    printed = [line for line in PAGE.read_text().splitlines() if line.startswith("|")]
    assert printed == wanted, "docs/acts.md should say:\n" + "\n".join(wanted)
