"""Where files may lie: a folder of this machine, or an S3 bucket."""
