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
    person_id TEXT NOT NULL
);
CREATE UNIQUE INDEX search_doc_row ON search_doc (tbl, pk);
CREATE VIRTUAL TABLE search_fts USING fts5(
    words,
    content = 'search_said',
    content_rowid = 'id',
    tokenize = 'unicode61 remove_diacritics 2',
    prefix = '2 3'
);
INSERT INTO search_fts (search_fts, rank) VALUES ('secure-delete', 1);
INSERT INTO search_fts (search_fts, rank) VALUES ('hashsize', 16777216);
INSERT INTO search_fts (search_fts, rank) VALUES ('automerge', 12);
INSERT INTO search_fts (search_fts, rank) VALUES ('crisismerge', 48);
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
CREATE TABLE sync_answer (
    arrived TEXT PRIMARY KEY,
    state TEXT NOT NULL
) WITHOUT ROWID;
CREATE TABLE place_code (
    code TEXT PRIMARY KEY,
    lsoa TEXT NOT NULL,
    ward TEXT NOT NULL,
    council TEXT NOT NULL,
    decile INTEGER,
    latitude INTEGER,
    longitude INTEGER
) WITHOUT ROWID;
CREATE TABLE feed_state (
    source TEXT PRIMARY KEY,
    address TEXT NOT NULL,
    stands TEXT NOT NULL,
    read_on TEXT NOT NULL,
    newest TEXT NOT NULL,
    total INTEGER NOT NULL,
    joined TEXT NOT NULL,
    etag TEXT NOT NULL,
    modified TEXT NOT NULL,
    cut_page INTEGER NOT NULL,
    cut_key TEXT NOT NULL,
    cut_pages INTEGER NOT NULL
) WITHOUT ROWID;
