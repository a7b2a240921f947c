CREATE TABLE sync_device (
    only_one INTEGER PRIMARY KEY CHECK (only_one = 1),
    dev TEXT NOT NULL,
    n INTEGER NOT NULL,
    stamp INTEGER NOT NULL,
    worker_id TEXT NOT NULL,
    epoch TEXT NOT NULL DEFAULT '',
    mark BLOB NOT NULL DEFAULT x'fe6c77ff6d61726b00000000000000000000000000000000'
);
CREATE TABLE sync_act (
    act TEXT PRIMARY KEY,
    stamp INTEGER NOT NULL,
    actor TEXT NOT NULL,
    label TEXT NOT NULL,
    person_id TEXT NOT NULL,
    kind TEXT NOT NULL CHECK (kind IN ('do', 'undo', 'redo', 'quiet')),
    undoes TEXT
) WITHOUT ROWID;
CREATE UNIQUE INDEX sync_act_undoes ON sync_act (undoes) WHERE undoes IS NOT NULL;
CREATE INDEX sync_act_stamp ON sync_act (stamp);
CREATE TABLE sync_op (
    dev TEXT NOT NULL,
    n INTEGER NOT NULL,
    act TEXT NOT NULL,
    stamp INTEGER NOT NULL,
    scope TEXT NOT NULL,
    tbl TEXT NOT NULL,
    pk TEXT NOT NULL,
    kind TEXT NOT NULL,
    body TEXT,
    base TEXT NOT NULL,
    hash TEXT NOT NULL,
    schema_v INTEGER NOT NULL,
    actor TEXT NOT NULL,
    hub_seq INTEGER,
    hub_time INTEGER,
    before TEXT,
    extra TEXT,
    came_after INTEGER,
    PRIMARY KEY (dev, n)
) WITHOUT ROWID;
CREATE INDEX sync_op_act ON sync_op (act);
CREATE INDEX sync_op_unsent ON sync_op (n) WHERE hub_seq IS NULL;
CREATE INDEX sync_op_scope ON sync_op (scope);
CREATE TABLE sync_head (
    tbl TEXT NOT NULL,
    pk TEXT NOT NULL,
    grp TEXT NOT NULL,
    op TEXT NOT NULL,
    stamp INTEGER NOT NULL,
    PRIMARY KEY (tbl, pk, grp, op)
) WITHOUT ROWID;
CREATE TABLE sync_superseded (
    tbl TEXT NOT NULL,
    pk TEXT NOT NULL,
    grp TEXT NOT NULL,
    op TEXT NOT NULL,
    PRIMARY KEY (tbl, pk, grp, op)
) WITHOUT ROWID;
CREATE TABLE sync_open (
    tbl TEXT NOT NULL,
    pk TEXT NOT NULL,
    grp TEXT NOT NULL,
    scope TEXT NOT NULL,
    PRIMARY KEY (tbl, pk, grp)
) WITHOUT ROWID;
CREATE TABLE sync_cursor (
    scope TEXT PRIMARY KEY,
    hub_seq INTEGER NOT NULL,
    checksum TEXT NOT NULL,
    proof TEXT NOT NULL DEFAULT ''
) WITHOUT ROWID;
CREATE TABLE sync_claim (
    epoch TEXT NOT NULL,
    scope TEXT NOT NULL,
    seq INTEGER NOT NULL,
    checksum TEXT NOT NULL,
    proof TEXT NOT NULL,
    at_seq INTEGER NOT NULL,
    at_checksum TEXT NOT NULL,
    at_proof TEXT NOT NULL,
    met_seq INTEGER NOT NULL DEFAULT 0,
    met_checksum TEXT NOT NULL DEFAULT '',
    PRIMARY KEY (epoch, scope)
) WITHOUT ROWID;
CREATE TABLE sync_given (
    epoch TEXT NOT NULL,
    scope TEXT NOT NULL,
    seq INTEGER NOT NULL,
    dev TEXT NOT NULL,
    n INTEGER NOT NULL,
    PRIMARY KEY (epoch, scope, seq)
) WITHOUT ROWID;
CREATE TABLE sync_parked (
    dev TEXT NOT NULL,
    n INTEGER NOT NULL,
    reason TEXT NOT NULL,
    PRIMARY KEY (dev, n)
) WITHOUT ROWID;
CREATE TABLE sync_erased (
    scope TEXT PRIMARY KEY
) WITHOUT ROWID;
