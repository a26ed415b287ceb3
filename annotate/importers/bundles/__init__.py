"""Bundles: many articles of a database of newspapers in one file, each of which becomes an article of its own.

A module knows one database: how its bundles are recognised and where its articles begin, and what stands where in one.
It gets paragraphs or the source of a page; `bundle` gets these out of text files, documents and pages.
"""
