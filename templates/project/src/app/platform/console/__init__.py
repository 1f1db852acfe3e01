"""The pages that people work with: the same services, rules and permissions as the API."""
