"""What the process of a running bot asks of the interpreter."""

import gc

from bot.interpreter import settle


def test_what_is_there_once_the_bot_serves_is_collected_no_more() -> None:
    before = gc.get_freeze_count()
    settle()
    try:
        assert gc.get_freeze_count() > before + 10_000
    finally:
        gc.unfreeze()
