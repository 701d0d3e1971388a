"""The project on disk: settings, address, digests, whole files, lock, history, state. Knows nothing of chapters."""
