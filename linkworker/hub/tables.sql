CREATE TABLE IF NOT EXISTS hub_meta (
    name TEXT PRIMARY KEY,
    value TEXT NOT NULL
);
CREATE TABLE IF NOT EXISTS hub_op (
    dev TEXT NOT NULL,
    n BIGINT NOT NULL,
    hash TEXT NOT NULL,
    scope TEXT NOT NULL,
    seq BIGINT,
    hub_time BIGINT NOT NULL,
    worker TEXT NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('taken', 'quarantine', 'void')),
    wire TEXT,
    PRIMARY KEY (dev, n)
);
CREATE UNIQUE INDEX IF NOT EXISTS hub_op_seq ON hub_op (scope, seq);
CREATE INDEX IF NOT EXISTS hub_op_state ON hub_op (state) WHERE state = 'quarantine';
CREATE TABLE IF NOT EXISTS hub_scope (
    scope TEXT PRIMARY KEY,
    seq BIGINT NOT NULL,
    checksum TEXT NOT NULL
);
CREATE TABLE IF NOT EXISTS hub_grant (
    worker TEXT NOT NULL,
    scope TEXT NOT NULL,
    since BIGINT NOT NULL,
    until BIGINT,
    reason TEXT NOT NULL
);
CREATE INDEX IF NOT EXISTS hub_grant_worker ON hub_grant (worker);
CREATE INDEX IF NOT EXISTS hub_grant_scope ON hub_grant (scope);
CREATE TABLE IF NOT EXISTS hub_erased (
    scope TEXT PRIMARY KEY
);
