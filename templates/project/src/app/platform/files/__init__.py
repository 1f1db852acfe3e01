"""Files: what they are, where their content lies, and which record holds them."""
