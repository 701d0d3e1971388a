"""The project on disk: settings, address, digests, whole files, lock, git, history, state. Knows nothing of chapters."""
