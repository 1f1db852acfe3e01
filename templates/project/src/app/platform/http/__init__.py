"""HTTP: the shell around the application, access rules, problems and health."""
