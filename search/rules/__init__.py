"""Pure rules of finding: what is asked, how Vietnamese words are compared, what is shown."""
