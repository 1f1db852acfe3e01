"""Single sign-on, with a provider that lies as it is told to."""
