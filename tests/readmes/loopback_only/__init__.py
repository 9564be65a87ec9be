"""First on the path of each program that a README starts: Python imports `sitecustomize` before anything else."""
