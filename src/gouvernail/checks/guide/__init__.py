"""The guided audit (S2's 360°): questions by layer, each with a weak and a strong example, and what answers solve."""
