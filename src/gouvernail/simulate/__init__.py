"""Companies whose true effects are known, written as the files that their tools would export."""
