"""Speed and memory, always as ratios to a reference measured in the same run: machines differ, ratios last."""
