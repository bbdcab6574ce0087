"""Numbers to text: nothing here opens a file for writing."""
