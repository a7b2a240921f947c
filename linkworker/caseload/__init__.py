"""What the practice knows, a file a subject. A transaction and values in; rows or a refusal out."""
