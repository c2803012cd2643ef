"""What tests share: samples, random queries, a reference matcher, the program as a process."""
