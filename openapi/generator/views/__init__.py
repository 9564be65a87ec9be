"""What the templates show: operations, responses, errors, options, and their documentation."""
