"""What a KPI's name means: the metric or the family of metrics that its free text is about, or that nobody can tell."""
