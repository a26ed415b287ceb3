"""One module a group of sheets; each function answers with the Table of one sheet."""
