"""What every room uses: messages, errors, rules, deadlines, wording. It imports no other room."""
