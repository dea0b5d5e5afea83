"""Documents of all formats, in and out: what is not changed comes out byte for byte."""
