"""The parts of the bench, by the names that `--only` takes. Each gives lines of Markdown."""
