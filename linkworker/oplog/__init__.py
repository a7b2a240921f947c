"""Operations: what was written, captured in the transaction that wrote it.

Invariants, which the tests of this room hold:

- Every insert and update of a synced table leaves exactly one operation in `sync_op`, in the same
  transaction, whichever way it was written. A program without our SQL functions cannot write.
- `(dev, n)` names an operation; n counts from 1 without a gap on one device.
- `base` names, for each field group written, the operations that the write replaces. A clock never
  decides what is kept.
- A row keeps its id and its scope. Rows of synced tables are hidden, never deleted.
- Insert-only rows keep their words once: the operation holds the hash of its body, not the body.

This room knows tables from their metadata (`capture`) or from the log itself (`undo`), and nothing
of people.
"""
