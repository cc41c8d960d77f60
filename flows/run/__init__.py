"""Running the flows: what a run reads, how its work is shared out, and where it keeps its state."""
