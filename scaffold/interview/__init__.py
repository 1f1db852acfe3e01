"""The questions that a blueprint leaves open, asked in the words of the template."""
