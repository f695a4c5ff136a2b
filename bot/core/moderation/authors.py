"""Phases that look at who wrote the text, and at what the critique asks of everybody.

1. Who adds often waits; a day's quota grows by each of the author's points that was accepted that day.
2. Who is new is known by dates alone: when the account was made, when its owner joined the server.
"""

from bot.core import policies
from bot.core.moderation.values import Context, Reason, Verdict, hold, refuse
from bot.core.policies import Policy


def rate(context: Context) -> Verdict | None:
    """Refuses more than a few additions a minute."""
    most = context.rules.most_lately
    return refuse(Reason.TOO_FAST, limit=most) if context.author.lately >= most else None


def quota(context: Context) -> Verdict | None:
    """Refuses more than the day's quota."""
    most = context.rules.quota + context.author.accepted_today
    return refuse(Reason.QUOTA, limit=most) if context.author.today >= most else None


def account_age(context: Context) -> Verdict | None:
    """Holds what an account wrote that was made a short while ago."""
    age = context.now - context.author.account_made_at
    return hold(Reason.NEW_ACCOUNT) if age < context.rules.account_age else None


def policy(context: Context) -> Verdict | None:
    """Holds everybody's, or that of new members, where the critique's policy says so."""
    rules = context.rules
    if not policies.waits(rules.policy, context.author.joined_at, context.now, rules.new_for):
        return None
    return hold(Reason.EVERY_ONE if rules.policy is Policy.HELD else Reason.NEW_MEMBER)
