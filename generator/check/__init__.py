"""Rules about well-formed records, one function each."""
