"""Inside a chapter's process: the guard, the nursery, the kernel. Every execution rests on this folder; nothing is imported here."""
