"""The files of LinkedIn's data export that say whom I know and where I have been: one pure parser each.

Every module has its `VOCABULARY`, `recognises(sheet)` and `parse(table)`. LinkedIn names the columns in the
member's language in some of them; columns are found by their names, never by their place.
"""
