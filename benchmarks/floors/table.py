"""A bare DataTable of 60 rows with a Static that shows the row under the cursor."""

from textual.app import App, ComposeResult
from textual.containers import Horizontal
from textual.widgets import DataTable, Static


class Table(App[None]):
    """Sixty people and the one in sight."""

    CSS = "DataTable { width: 1fr; } Static { width: 1fr; }"

    def compose(self) -> ComposeResult:
        """Show the table and an empty side."""
        with Horizontal():
            yield DataTable(cursor_type="row")
            yield Static("")

    def on_mount(self) -> None:
        """Fill in the rows."""
        table = self.query_one(DataTable)
        table.add_columns("name", "place", "last seen")
        for number in range(60):
            table.add_row(f"person {number:03d}", "Barwell", "3 weeks ago")

    def on_data_table_row_highlighted(self, event: DataTable.RowHighlighted) -> None:
        """Show the detail."""
        self.query_one(Static).update(f"Detail of person {event.cursor_row:03d}\n" * 12)


if __name__ == "__main__":
    Table().run()
