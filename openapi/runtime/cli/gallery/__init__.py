"""The page of `review`: what its cards, its failures and its sums say, and how it is written."""
