"""The project file: tables, connections, transactions with their journal, and queries. SQL stays in here."""
