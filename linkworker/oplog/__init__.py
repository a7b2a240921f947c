"""Operations: how a write is captured. Knows tables from their metadata and nothing of people."""
