"""Plain text files and streams, in and out: what is not changed comes out byte for byte."""
