"""Points, votes, outlines, messages: values in, values out. No I/O, no clock, no randomness."""
