ALTER TABLE hub_laptop ADD COLUMN seals_to TEXT NOT NULL DEFAULT '';
CREATE TABLE hub_introduction (
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
CREATE INDEX hub_introduction_waits ON hub_introduction (came_at) WHERE taken_at IS NULL;
CREATE TABLE hub_partner (
    id TEXT PRIMARY KEY,
    name TEXT NOT NULL,
    key_hash TEXT NOT NULL UNIQUE,
    since BIGINT NOT NULL,
    ended_at BIGINT
);
