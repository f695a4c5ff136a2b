"""Time zones by their names in the IANA database: which are offered, and which was meant."""

from collections.abc import Collection

OFFERED = 20
_NEAREST = 3
_ALIKE = 60.0

# Discord's locales (documentation page "Locales"), and where those who speak so mostly live.
_BY_LOCALE = {
    "bg": ("Europe/Sofia",),
    "cs": ("Europe/Prague",),
    "da": ("Europe/Copenhagen",),
    "de": ("Europe/Berlin", "Europe/Vienna", "Europe/Zurich"),
    "el": ("Europe/Athens",),
    "en-GB": ("Europe/London", "Europe/Dublin"),
    "en-US": ("America/New_York", "America/Chicago", "America/Denver", "America/Los_Angeles", "America/Anchorage"),
    "es-ES": ("Europe/Madrid", "Atlantic/Canary"),
    "es-419": ("America/Mexico_City", "America/Bogota", "America/Argentina/Buenos_Aires", "America/Santiago"),
    "fi": ("Europe/Helsinki",),
    "fr": ("Europe/Paris", "Europe/Brussels", "America/Toronto"),
    "hi": ("Asia/Kolkata",),
    "hr": ("Europe/Zagreb",),
    "hu": ("Europe/Budapest",),
    "id": ("Asia/Jakarta", "Asia/Makassar"),
    "it": ("Europe/Rome",),
    "ja": ("Asia/Tokyo",),
    "ko": ("Asia/Seoul",),
    "lt": ("Europe/Vilnius",),
    "nl": ("Europe/Amsterdam", "Europe/Brussels"),
    "no": ("Europe/Oslo",),
    "pl": ("Europe/Warsaw",),
    "pt-BR": ("America/Sao_Paulo", "America/Manaus"),
    "ro": ("Europe/Bucharest",),
    "ru": ("Europe/Moscow", "Asia/Yekaterinburg", "Asia/Novosibirsk"),
    "sv-SE": ("Europe/Stockholm",),
    "th": ("Asia/Bangkok",),
    "tr": ("Europe/Istanbul",),
    "uk": ("Europe/Kyiv",),
    "vi": ("Asia/Ho_Chi_Minh",),
    "zh-CN": ("Asia/Shanghai",),
    "zh-TW": ("Asia/Taipei", "Asia/Hong_Kong"),
}
_COMMON = (
    "UTC",
    "Europe/London",
    "Europe/Paris",
    "Europe/Berlin",
    "Europe/Athens",
    "Europe/Istanbul",
    "Europe/Moscow",
    "Africa/Lagos",
    "Africa/Johannesburg",
    "Asia/Dubai",
    "Asia/Kolkata",
    "Asia/Jakarta",
    "Asia/Shanghai",
    "Asia/Tokyo",
    "Australia/Sydney",
    "Pacific/Auckland",
    "America/Sao_Paulo",
    "America/New_York",
    "America/Chicago",
    "America/Denver",
    "America/Los_Angeles",
)


def offered(locale: str, known: Collection[str], chosen: str | None = None) -> list[str]:
    """Zones for somebody whose Discord speaks `locale`: the one chosen, the locale's own, then common ones.

    Only those `known` to the system, at most OFFERED.
    """
    wanted = [*([chosen] if chosen else []), *_BY_LOCALE.get(locale, ()), *_COMMON]
    return [zone for zone in dict.fromkeys(wanted) if zone in known][:OFFERED]


def meant(typed: str, known: Collection[str]) -> str | None:
    """The known zone that was typed, whatever its case and with spaces for underscores; None: there is none."""
    wanted = "_".join(typed.split()).casefold()
    return next((zone for zone in sorted(known) if zone.casefold() == wanted), None)


def nearest(typed: str, known: Collection[str]) -> list[str]:
    """The known zones whose names are most like what was typed, best first; none where nothing is like it."""
    from rapidfuzz import fuzz, process, utils  # two megabytes, needed where a zone was misspelt

    found = process.extract(
        typed,
        sorted(known),
        scorer=fuzz.WRatio,
        processor=lambda zone: utils.default_process(str(zone).replace("_", " ").replace("/", " ")),
        limit=_NEAREST,
        score_cutoff=_ALIKE,
    )
    return [zone for zone, _score, _place in found]
