"""Messages to people: who is told of a move, in which words, and how that is sent."""
