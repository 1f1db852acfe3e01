"""Shapes: what may stand where. Each reads a node, and says the same as JSON Schema."""
