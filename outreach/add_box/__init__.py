"""One box for whatever is to be added: what was typed is read, and what is known of it is said at once.

Nothing is written here before `Box.add()`; the verbs that write are those of the nouns, and one undo takes
back what they wrote.
"""
