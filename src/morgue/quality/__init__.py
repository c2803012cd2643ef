"""Search quality by judged queries: measures, significance, tuning of settings."""
