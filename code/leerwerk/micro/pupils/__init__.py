"""What Micro takes from pupil records: numbers, exhibits and figures, the answers to claims, and disclosure control."""
