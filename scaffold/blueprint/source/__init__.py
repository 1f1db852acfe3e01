"""From bytes to a tree of nodes that know their line and column."""
