"""What people who work on Solidground run: the demo, the measurements, the starter's page."""
