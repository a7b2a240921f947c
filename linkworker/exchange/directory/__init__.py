"""Taking in a directory: Open Referral UK 3.0 and 1.0, as councils publish it.

Real feeds break their schema in every record. What is usable is taken and cleaned, and every repair
and every entry that was left out is told (docs/decisions, 0026).
"""
