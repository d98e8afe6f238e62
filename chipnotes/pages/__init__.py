"""Pages: bytes become a Document in which every character is traced to the file."""
