"""Other tools' projects and formats: out of a project, and into one."""
