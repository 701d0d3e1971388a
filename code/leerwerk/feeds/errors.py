"""Why an answer is not taken over."""


class FeedError(Exception):
    """What was asked for did not come, or cannot be used; the message is what the author reads."""
