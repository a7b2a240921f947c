"""The numbered migrations, as SQL. One that has been released is never changed."""
