"""The folder of raw documents: what lies in it, what is wanted of it, and how a document is opened."""
