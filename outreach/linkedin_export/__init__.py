"""The files of LinkedIn's data export that say what was asked and said: one pure parser each.

As in `contacts.linkedin_export`: a `VOCABULARY`, `recognises(sheet)` and `parse(table)`.
"""
