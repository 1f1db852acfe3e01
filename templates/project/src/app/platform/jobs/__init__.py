"""Work that nobody waits for: what the clock makes, and what is sent."""
