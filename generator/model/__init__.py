"""What things are: values, the record, evidence, problems."""
