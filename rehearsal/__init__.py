"""A small Discord on this machine. It knows nothing of the bot; see `python -m rehearsal serve --help`."""
