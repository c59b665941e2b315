"""What `make screenshots` runs: every page of the demo, in both themes, on a laptop and on a phone."""
