"""What stands behind the Store's door: connection, transactions, migrations, search, undo."""
