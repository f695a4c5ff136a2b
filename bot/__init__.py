"""Point Eleven: a Discord bot that holds a structured debate over a numbered critique."""
