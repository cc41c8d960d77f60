"""Stores: a directory or an S3 bucket behind the few verbs that publishing needs."""
