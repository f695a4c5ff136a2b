"""Promises the rules of AutoMod as stored objects: made, read, changed, deleted. No message is held against them.

docs: resources/auto-moderation. Rules:
1. All of it needs MANAGE_GUILD; a rule with a time-out needs MODERATE_MEMBERS as well.
2. A guild has 6 rules of keywords, and one of each other kind.
3. What a rule is triggered by does not change.
"""

from rehearsal.server import automod_forms, shapes
from rehearsal.server.audit import Action, changes
from rehearsal.server.automod_forms import Rule
from rehearsal.server.errors import Refusal
from rehearsal.server.forms import Form
from rehearsal.server.model import Guild
from rehearsal.server.permissions import Permission
from rehearsal.server.routing import Call, Routes

ROUTES = Routes()
MOST = {automod_forms.KEYWORD: 6}
_RULES = "/guilds/{guild_id}/auto-moderation/rules"
_ONE = f"{_RULES}/{{rule_id}}"


@ROUTES.on("GET", _RULES)
def read_rules(call: Call) -> list[shapes.Shape]:
    return list(call.govern(Permission.MANAGE_GUILD).rules.values())


@ROUTES.on("GET", _ONE)
def read_rule(call: Call) -> shapes.Shape:
    guild = call.govern(Permission.MANAGE_GUILD)
    return _named(call, guild)


def _named(call: Call, guild: Guild) -> Rule:
    """The path's rule. Discord's documentation lists no error code for one that there is not."""
    rule = guild.rules.get(call.id("rule_id"))
    if rule is None:
        raise Refusal(404, 0, "404: Not Found")
    return rule


@ROUTES.on("POST", _RULES)
def create_rule(call: Call) -> shapes.Shape:
    guild = call.govern(Permission.MANAGE_GUILD)
    form = Form(call.body)
    kind = form.choice("trigger_type", automod_forms.TRIGGERS, required=True)
    form.check()
    rule: Rule = {
        "id": str(call.stage.world.ids.next()),
        "guild_id": str(guild.id),
        "creator_id": str(call.actor.id),
        "trigger_type": kind,
        "trigger_metadata": automod_forms.metadata(form, kind),
        "enabled": False,
        "exempt_roles": [],
        "exempt_channels": [],
    }
    if sum(each["trigger_type"] == kind for each in guild.rules.values()) >= MOST.get(kind, 1):
        words = f"Maximum number of rules of type exceeded ({MOST.get(kind, 1)})"
        form.wrong(None, "AUTO_MODERATION_MAX_RULES_OF_TYPE_EXCEEDED", words)
    rule |= _settings(call, form, kind, new=True)
    _keep(call, guild, rule)
    call.stage.events.rule_changed("AUTO_MODERATION_RULE_CREATE", guild.id, rule)
    call.audit(Action.AUTO_MODERATION_RULE_CREATE, guild.id, int(rule["id"]), changes=changes({}, rule))
    return rule


@ROUTES.on("PATCH", _ONE)
def edit_rule(call: Call) -> shapes.Shape:
    guild = call.govern(Permission.MANAGE_GUILD)
    before = _named(call, guild)
    form, kind = Form(call.body), before["trigger_type"]
    rule = before | _settings(call, form, kind, new=False)
    if "trigger_metadata" in form:
        rule["trigger_metadata"] = automod_forms.metadata(form, kind)
        form.check()
    _keep(call, guild, rule)
    call.stage.events.rule_changed("AUTO_MODERATION_RULE_UPDATE", guild.id, rule)
    call.audit_update(Action.AUTO_MODERATION_RULE_UPDATE, guild.id, int(rule["id"]), before, rule)
    return rule


@ROUTES.on("DELETE", _ONE)
def delete_rule(call: Call) -> None:
    guild = call.govern(Permission.MANAGE_GUILD)
    rule = guild.rules.pop(int(_named(call, guild)["id"]))
    call.stage.world.save(guild)
    call.stage.events.rule_changed("AUTO_MODERATION_RULE_DELETE", guild.id, rule)
    call.audit(Action.AUTO_MODERATION_RULE_DELETE, guild.id, int(rule["id"]), changes=changes(rule, {}))


def _settings(call: Call, form: Form, kind: int, *, new: bool) -> Rule:
    """What the form sets; refused if anything is wrong or the actor may not time members out (rule 1)."""
    there = {each.id for each in call.stage.world.channels_of(call.guild().id)}
    found = automod_forms.settings(form, kind, there, new=new)
    form.check()
    if any(each["type"] == automod_forms.TIME_OUT for each in found.get("actions", [])):
        call.govern(Permission.MODERATE_MEMBERS)
    return found


def _keep(call: Call, guild: Guild, rule: Rule) -> None:
    guild.rules[int(rule["id"])] = rule
    call.stage.world.save(guild)
