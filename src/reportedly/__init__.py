"""Who is said to have done what to whom, where and when, according to whom and how surely."""
