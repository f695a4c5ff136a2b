"""Every sentence that a person reads goes through `_`, ready for translation.

Mark a sentence where it stands: `_("No list was found.")`. Parameters go in with `str.format`
after the call, so that the catalogue holds the whole sentence.
"""

import gettext as _gettext
from pathlib import Path

_catalogue = _gettext.translation("bot", Path(__file__).with_name("locales"), fallback=True)
_ = _catalogue.gettext
ngettext = _catalogue.ngettext
