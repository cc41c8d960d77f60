"""Statistics: figures with what they count, whose they are, where and when."""
