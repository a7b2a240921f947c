CREATE TABLE draft (
    id TEXT PRIMARY KEY,
    kind TEXT NOT NULL,
    people TEXT NOT NULL,
    words TEXT NOT NULL,
    facts TEXT NOT NULL,
    saved_at TEXT NOT NULL
) WITHOUT ROWID;
CREATE TABLE search_doc (
    id INTEGER PRIMARY KEY,
    tbl TEXT NOT NULL,
    pk TEXT NOT NULL,
    person_id TEXT NOT NULL,
    words TEXT NOT NULL
);
CREATE UNIQUE INDEX search_doc_row ON search_doc (tbl, pk);
CREATE INDEX search_doc_person ON search_doc (person_id);
CREATE VIRTUAL TABLE search_fts USING fts5(
    words,
    content = 'search_doc',
    content_rowid = 'id',
    tokenize = 'unicode61 remove_diacritics 2',
    prefix = '2 3'
);
INSERT INTO search_fts (search_fts, rank) VALUES ('secure-delete', 1);
CREATE TRIGGER search_doc_added AFTER INSERT ON search_doc WHEN lw_indexes(NEW.id) BEGIN
    INSERT INTO search_fts (rowid, words) VALUES (NEW.id, NEW.words);
END;
CREATE TRIGGER search_doc_gone AFTER DELETE ON search_doc WHEN lw_is_indexed(OLD.id) BEGIN
    INSERT INTO search_fts (search_fts, rowid, words) VALUES ('delete', OLD.id, OLD.words);
END;
CREATE TABLE sync_hub (
    is_joining INTEGER PRIMARY KEY CHECK (is_joining IN (0, 1)),
    url TEXT NOT NULL,
    name TEXT NOT NULL,
    authority TEXT NOT NULL,
    token BLOB NOT NULL,
    invite TEXT NOT NULL,
    role TEXT NOT NULL DEFAULT '',
    joined_at TEXT,
    reached_at TEXT,
    organisation TEXT NOT NULL DEFAULT 'team',
    told INTEGER NOT NULL DEFAULT 0,
    told_read INTEGER NOT NULL DEFAULT 0
);
CREATE TABLE sync_run (
    id INTEGER PRIMARY KEY,
    at TEXT NOT NULL,
    sent INTEGER NOT NULL,
    received INTEGER NOT NULL,
    parked INTEGER NOT NULL,
    let_go INTEGER NOT NULL,
    failed TEXT NOT NULL
);
CREATE TABLE sync_laptop (
    dev TEXT PRIMARY KEY,
    name TEXT NOT NULL
) WITHOUT ROWID;
CREATE TABLE sync_new_here (
    person_id TEXT PRIMARY KEY,
    at TEXT NOT NULL,
    opened_at TEXT
) WITHOUT ROWID;
