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
    checksum TEXT,
    hub_time BIGINT NOT NULL,
    worker TEXT NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('taken', 'quarantine', 'void')),
    wire TEXT,
    handed INTEGER NOT NULL DEFAULT 0,
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
    reason TEXT NOT NULL,
    say_so TEXT NOT NULL DEFAULT ''
);
CREATE INDEX IF NOT EXISTS hub_grant_worker ON hub_grant (worker);
CREATE INDEX IF NOT EXISTS hub_grant_scope ON hub_grant (scope);
CREATE TABLE IF NOT EXISTS hub_erased (
    scope TEXT PRIMARY KEY
);
CREATE TABLE IF NOT EXISTS hub_worker (
    id TEXT PRIMARY KEY,
    name TEXT NOT NULL,
    role TEXT NOT NULL CHECK (role IN ('coordinator', 'duty worker', 'lead', 'reports only')),
    worker_id TEXT,
    left_at BIGINT,
    organisation TEXT NOT NULL DEFAULT 'team'
);
CREATE TABLE IF NOT EXISTS hub_organisation (
    id TEXT PRIMARY KEY,
    name TEXT NOT NULL
);
CREATE TABLE IF NOT EXISTS hub_alias (
    alias TEXT PRIMARY KEY,
    worker TEXT NOT NULL
);
CREATE INDEX IF NOT EXISTS hub_alias_worker ON hub_alias (worker);
CREATE TABLE IF NOT EXISTS hub_laptop (
    id TEXT PRIMARY KEY,
    worker TEXT NOT NULL,
    name TEXT NOT NULL,
    token_hash TEXT NOT NULL UNIQUE,
    enrolled_at BIGINT NOT NULL,
    seen_at BIGINT NOT NULL,
    removed_at BIGINT,
    removed_by TEXT NOT NULL,
    seals_to TEXT NOT NULL DEFAULT ''
);
CREATE TABLE IF NOT EXISTS hub_device (
    dev TEXT PRIMARY KEY,
    laptop TEXT NOT NULL
);
CREATE TABLE IF NOT EXISTS hub_invite (
    secret_hash TEXT PRIMARY KEY,
    worker TEXT NOT NULL,
    expires_at BIGINT NOT NULL,
    laptop TEXT
);
CREATE TABLE IF NOT EXISTS hub_try (
    who TEXT PRIMARY KEY,
    full_at BIGINT NOT NULL
);
CREATE TABLE IF NOT EXISTS hub_audit (
    seq BIGINT PRIMARY KEY,
    at BIGINT NOT NULL,
    who TEXT NOT NULL,
    what TEXT NOT NULL,
    about TEXT NOT NULL,
    reason TEXT NOT NULL,
    chain TEXT NOT NULL
);
CREATE TABLE IF NOT EXISTS hub_told (
    worker TEXT NOT NULL,
    n BIGINT NOT NULL,
    at BIGINT NOT NULL,
    who TEXT NOT NULL,
    kind TEXT NOT NULL,
    person TEXT NOT NULL,
    count BIGINT NOT NULL,
    until BIGINT NOT NULL,
    reason TEXT NOT NULL,
    PRIMARY KEY (worker, n)
);
CREATE TABLE IF NOT EXISTS hub_tells (
    person TEXT NOT NULL,
    dev TEXT NOT NULL,
    n BIGINT NOT NULL,
    PRIMARY KEY (dev, n)
);
CREATE INDEX IF NOT EXISTS hub_tells_person ON hub_tells (person);
CREATE TABLE IF NOT EXISTS hub_face (
    person TEXT PRIMARY KEY,
    facts TEXT NOT NULL,
    stale BIGINT NOT NULL
);
CREATE INDEX IF NOT EXISTS hub_face_stale ON hub_face (stale) WHERE stale = 1;
CREATE TABLE IF NOT EXISTS hub_clue (
    clue TEXT NOT NULL,
    person TEXT NOT NULL,
    PRIMARY KEY (clue, person)
);
CREATE INDEX IF NOT EXISTS hub_clue_person ON hub_clue (person);
CREATE TABLE IF NOT EXISTS hub_pair (
    one TEXT NOT NULL,
    other TEXT NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('noticed', 'two people', 'one person')),
    said TEXT NOT NULL,
    score BIGINT NOT NULL,
    noticed_at BIGINT NOT NULL,
    decided_at BIGINT,
    decided_by TEXT NOT NULL,
    reason TEXT NOT NULL,
    of_facts TEXT NOT NULL,
    PRIMARY KEY (one, other)
);
CREATE INDEX IF NOT EXISTS hub_pair_other ON hub_pair (other);
CREATE TABLE IF NOT EXISTS hub_introduction (
    id TEXT PRIMARY KEY,
    came_at BIGINT NOT NULL,
    area TEXT NOT NULL,
    partner TEXT NOT NULL,
    sealed TEXT NOT NULL,
    offered_to TEXT NOT NULL DEFAULT '',
    offered_at BIGINT NOT NULL DEFAULT 0,
    taken_at BIGINT,
    broken BIGINT NOT NULL DEFAULT 0,
    state TEXT NOT NULL DEFAULT ''
);
CREATE INDEX IF NOT EXISTS hub_introduction_waits ON hub_introduction (came_at) WHERE taken_at IS NULL;
CREATE TABLE IF NOT EXISTS hub_partner (
    id TEXT PRIMARY KEY,
    name TEXT NOT NULL,
    key_hash TEXT NOT NULL UNIQUE,
    since BIGINT NOT NULL,
    ended_at BIGINT
);
CREATE TRIGGER IF NOT EXISTS hub_audit_no_update BEFORE UPDATE ON hub_audit BEGIN SELECT RAISE(ABORT, 'the audit is only added to'); END;
CREATE TRIGGER IF NOT EXISTS hub_audit_no_delete BEFORE DELETE ON hub_audit BEGIN SELECT RAISE(ABORT, 'the audit is only added to'); END;
