"""The page a maintainer opens after a run (`site`), and the same for one document at the terminal (`explain`)."""
