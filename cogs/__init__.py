"""Every way in: commands, buttons and events, each parsed and handed to one service."""
