"""The simulated companies: what they spend, what it really causes, whom they sell to."""
