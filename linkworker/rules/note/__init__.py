"""What the marks of a note will become, and what has to be asked first.

    reading = read_note(text)                          # marks.py: which lines carry which mark
    understanding = understand(reading, known, answers)  # what each will become, what is unclear
    settled = settle(understanding)                      # what done would record, what stays text

`known` is what the record holds about the people of the note (`Known`). Everything here is pure:
the same note, knowledge and answers give the same understanding. A question is told by what is
unclear, not by its line ("who|Pat"), so that an answer outlives typing in other lines and counts
for every line that leaves the same thing open.
"""
