"""What other trackers export, as notices; or the rows that cannot be used, with the reason."""
