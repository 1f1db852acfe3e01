"""Single sign-on: who somebody is, as the provider says that keeps the company's accounts."""
