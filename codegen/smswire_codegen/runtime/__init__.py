"""What the generated documents stand on: their base class, checks, escaping and descriptions."""
