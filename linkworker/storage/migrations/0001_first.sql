CREATE TABLE audit_event (
	id VARCHAR NOT NULL,
	recorded_at TEXT,
	recorded_by TEXT NOT NULL,
	hidden_at TEXT,
	worker_id TEXT NOT NULL,
	at TEXT,
	what TEXT NOT NULL,
	person_id TEXT NOT NULL,
	reason TEXT NOT NULL,
	chain TEXT NOT NULL,
	PRIMARY KEY (id)
)
--;
CREATE TABLE kept_apart (
	id VARCHAR NOT NULL,
	recorded_at TEXT,
	recorded_by TEXT NOT NULL,
	hidden_at TEXT,
	person_id TEXT NOT NULL,
	note_id TEXT NOT NULL,
	ordinal INTEGER NOT NULL,
	words TEXT NOT NULL,
	happened_on DATE,
	told TEXT NOT NULL,
	PRIMARY KEY (id)
)
--;
CREATE INDEX ix_kept_apart_person_id ON kept_apart (person_id)
--;
CREATE TABLE person (
	id VARCHAR NOT NULL,
	recorded_at TEXT,
	recorded_by TEXT NOT NULL,
	hidden_at TEXT,
	called TEXT NOT NULL,
	given TEXT NOT NULL,
	family TEXT NOT NULL,
	title TEXT NOT NULL,
	suffix TEXT NOT NULL,
	other_names TEXT NOT NULL,
	description TEXT NOT NULL,
	pronouns TEXT NOT NULL,
	born DATE,
	born_precision TEXT NOT NULL,
	died DATE,
	nhs_number TEXT NOT NULL,
	gender TEXT NOT NULL,
	sex TEXT NOT NULL,
	ethnic_category TEXT NOT NULL,
	religion TEXT NOT NULL,
	marital_status TEXT NOT NULL,
	place TEXT NOT NULL,
	language TEXT NOT NULL,
	dialect TEXT NOT NULL,
	interpreter TEXT NOT NULL,
	interpreter_wishes TEXT NOT NULL,
	communication_support TEXT NOT NULL,
	communication_professional TEXT NOT NULL,
	contact_method TEXT NOT NULL,
	information_format TEXT NOT NULL,
	adjustments TEXT NOT NULL,
	carer TEXT NOT NULL,
	gp_practice TEXT NOT NULL,
	gp_practice_code TEXT NOT NULL,
	employment TEXT NOT NULL,
	quiet_until DATE,
	PRIMARY KEY (id)
)
--;
CREATE TABLE setting (
	id VARCHAR NOT NULL,
	recorded_at TEXT,
	recorded_by TEXT NOT NULL,
	hidden_at TEXT,
	worker_id TEXT NOT NULL,
	name TEXT NOT NULL,
	value TEXT NOT NULL,
	PRIMARY KEY (id)
)
--;
CREATE TABLE worker (
	id VARCHAR NOT NULL,
	recorded_at TEXT,
	recorded_by TEXT NOT NULL,
	hidden_at TEXT,
	name TEXT NOT NULL,
	role TEXT NOT NULL,
	patch TEXT NOT NULL,
	PRIMARY KEY (id)
)
--;
CREATE TABLE about_me (
	id VARCHAR NOT NULL,
	recorded_at TEXT,
	recorded_by TEXT NOT NULL,
	hidden_at TEXT,
	person_id VARCHAR NOT NULL,
	heading TEXT NOT NULL,
	words TEXT NOT NULL,
	said_on DATE,
	helped_by TEXT NOT NULL,
	PRIMARY KEY (id),
	FOREIGN KEY(person_id) REFERENCES person (id) DEFERRABLE INITIALLY DEFERRED
)
--;
CREATE INDEX ix_about_me_person_id ON about_me (person_id)
--;
CREATE TABLE address (
	id VARCHAR NOT NULL,
	recorded_at TEXT,
	recorded_by TEXT NOT NULL,
	hidden_at TEXT,
	person_id VARCHAR NOT NULL,
	kind TEXT NOT NULL,
	line1 TEXT NOT NULL,
	line2 TEXT NOT NULL,
	line3 TEXT NOT NULL,
	town TEXT NOT NULL,
	county TEXT NOT NULL,
	postcode TEXT NOT NULL,
	getting_in TEXT NOT NULL,
	since DATE,
	until DATE,
	PRIMARY KEY (id),
	FOREIGN KEY(person_id) REFERENCES person (id) DEFERRABLE INITIALLY DEFERRED
)
--;
CREATE INDEX ix_address_person_id ON address (person_id)
--;
CREATE TABLE connection (
	id VARCHAR NOT NULL,
	recorded_at TEXT,
	recorded_by TEXT NOT NULL,
	hidden_at TEXT,
	person_id VARCHAR NOT NULL,
	name TEXT NOT NULL,
	kind TEXT NOT NULL,
	about TEXT NOT NULL,
	from_note TEXT NOT NULL,
	PRIMARY KEY (id),
	FOREIGN KEY(person_id) REFERENCES person (id) DEFERRABLE INITIALLY DEFERRED
)
--;
CREATE INDEX ix_connection_person_id ON connection (person_id)
--;
CREATE TABLE contact (
	id VARCHAR NOT NULL,
	recorded_at TEXT,
	recorded_by TEXT NOT NULL,
	hidden_at TEXT,
	person_id VARCHAR NOT NULL,
	occasion_id TEXT NOT NULL,
	worker_id TEXT NOT NULL,
	happened_at TEXT,
	minutes INTEGER,
	how TEXT NOT NULL,
	place TEXT NOT NULL,
	who_there TEXT NOT NULL,
	outcome TEXT NOT NULL,
	interpreter TEXT NOT NULL,
	PRIMARY KEY (id),
	FOREIGN KEY(person_id) REFERENCES person (id) DEFERRABLE INITIALLY DEFERRED
)
--;
CREATE INDEX contact_by_day ON contact (person_id, happened_at, outcome) WHERE hidden_at IS NULL
--;
CREATE INDEX contact_by_writing ON contact (recorded_at) WHERE hidden_at IS NULL
--;
CREATE INDEX ix_contact_person_id ON contact (person_id)
--;
CREATE TABLE contribution (
	id VARCHAR NOT NULL,
	recorded_at TEXT,
	recorded_by TEXT NOT NULL,
	hidden_at TEXT,
	person_id VARCHAR NOT NULL,
	words TEXT NOT NULL,
	"on" DATE,
	from_note TEXT NOT NULL,
	PRIMARY KEY (id),
	FOREIGN KEY(person_id) REFERENCES person (id) DEFERRABLE INITIALLY DEFERRED
)
--;
CREATE INDEX ix_contribution_person_id ON contribution (person_id)
--;
CREATE TABLE goal (
	id VARCHAR NOT NULL,
	recorded_at TEXT,
	recorded_by TEXT NOT NULL,
	hidden_at TEXT,
	person_id VARCHAR NOT NULL,
	words TEXT NOT NULL,
	importance INTEGER,
	agreed_on DATE,
	agreed_with TEXT NOT NULL,
	state TEXT NOT NULL,
	state_on DATE,
	state_words TEXT NOT NULL,
	from_note TEXT NOT NULL,
	PRIMARY KEY (id),
	FOREIGN KEY(person_id) REFERENCES person (id) DEFERRABLE INITIALLY DEFERRED
)
--;
CREATE INDEX ix_goal_person_id ON goal (person_id)
--;
CREATE TABLE household_member (
	id VARCHAR NOT NULL,
	recorded_at TEXT,
	recorded_by TEXT NOT NULL,
	hidden_at TEXT,
	person_id VARCHAR NOT NULL,
	household_id TEXT NOT NULL,
	called TEXT NOT NULL,
	place TEXT NOT NULL,
	until DATE,
	PRIMARY KEY (id),
	FOREIGN KEY(person_id) REFERENCES person (id) DEFERRABLE INITIALLY DEFERRED
)
--;
CREATE INDEX ix_household_member_person_id ON household_member (person_id)
--;
CREATE TABLE in_the_way (
	id VARCHAR NOT NULL,
	recorded_at TEXT,
	recorded_by TEXT NOT NULL,
	hidden_at TEXT,
	person_id VARCHAR NOT NULL,
	words TEXT NOT NULL,
	cleared_on DATE,
	cleared_words TEXT NOT NULL,
	from_note TEXT NOT NULL,
	PRIMARY KEY (id),
	FOREIGN KEY(person_id) REFERENCES person (id) DEFERRABLE INITIALLY DEFERRED
)
--;
CREATE INDEX ix_in_the_way_person_id ON in_the_way (person_id)
--;
CREATE TABLE looked_for (
	id VARCHAR NOT NULL,
	recorded_at TEXT,
	recorded_by TEXT NOT NULL,
	hidden_at TEXT,
	person_id VARCHAR NOT NULL,
	words TEXT NOT NULL,
	kind TEXT NOT NULL,
	answered_on DATE,
	answer TEXT NOT NULL,
	from_note TEXT NOT NULL,
	PRIMARY KEY (id),
	FOREIGN KEY(person_id) REFERENCES person (id) DEFERRABLE INITIALLY DEFERRED
)
--;
CREATE INDEX ix_looked_for_person_id ON looked_for (person_id)
--;
CREATE TABLE reach (
	id VARCHAR NOT NULL,
	recorded_at TEXT,
	recorded_by TEXT NOT NULL,
	hidden_at TEXT,
	person_id VARCHAR NOT NULL,
	kind TEXT NOT NULL,
	value TEXT NOT NULL,
	whose TEXT NOT NULL,
	safe_to_leave TEXT NOT NULL,
	remark TEXT NOT NULL,
	preferred BOOLEAN NOT NULL,
	PRIMARY KEY (id),
	FOREIGN KEY(person_id) REFERENCES person (id) DEFERRABLE INITIALLY DEFERRED
)
--;
CREATE INDEX ix_reach_person_id ON reach (person_id)
--;
CREATE TABLE safety_statement (
	id VARCHAR NOT NULL,
	recorded_at TEXT,
	recorded_by TEXT NOT NULL,
	hidden_at TEXT,
	person_id VARCHAR NOT NULL,
	kind TEXT NOT NULL,
	words TEXT NOT NULL,
	said_on DATE,
	ended_on DATE,
	ended_words TEXT NOT NULL,
	from_note TEXT NOT NULL,
	PRIMARY KEY (id),
	FOREIGN KEY(person_id) REFERENCES person (id) DEFERRABLE INITIALLY DEFERRED
)
--;
CREATE INDEX ix_safety_statement_person_id ON safety_statement (person_id)
--;
CREATE TABLE strength (
	id VARCHAR NOT NULL,
	recorded_at TEXT,
	recorded_by TEXT NOT NULL,
	hidden_at TEXT,
	person_id VARCHAR NOT NULL,
	words TEXT NOT NULL,
	agreed_on DATE,
	agreed_with TEXT NOT NULL,
	may_ask TEXT NOT NULL,
	may_ask_on DATE,
	from_note TEXT NOT NULL,
	PRIMARY KEY (id),
	FOREIGN KEY(person_id) REFERENCES person (id) DEFERRABLE INITIALLY DEFERRED
)
--;
CREATE INDEX ix_strength_person_id ON strength (person_id)
--;
CREATE TABLE support_period (
	id VARCHAR NOT NULL,
	recorded_at TEXT,
	recorded_by TEXT NOT NULL,
	hidden_at TEXT,
	person_id VARCHAR NOT NULL,
	worker_id TEXT NOT NULL,
	began DATE,
	PRIMARY KEY (id),
	FOREIGN KEY(person_id) REFERENCES person (id) DEFERRABLE INITIALLY DEFERRED
)
--;
CREATE INDEX ix_support_period_person_id ON support_period (person_id)
--;
CREATE TABLE tie (
	id VARCHAR NOT NULL,
	recorded_at TEXT,
	recorded_by TEXT NOT NULL,
	hidden_at TEXT,
	person_id VARCHAR NOT NULL,
	name TEXT NOT NULL,
	relationship TEXT NOT NULL,
	other_person_id TEXT NOT NULL,
	roles TEXT NOT NULL,
	paid BOOLEAN NOT NULL,
	how_often TEXT NOT NULL,
	born DATE,
	phone TEXT NOT NULL,
	may_share TEXT NOT NULL,
	about TEXT NOT NULL,
	until DATE,
	from_note TEXT NOT NULL,
	PRIMARY KEY (id),
	FOREIGN KEY(person_id) REFERENCES person (id) DEFERRABLE INITIALLY DEFERRED
)
--;
CREATE INDEX ix_tie_person_id ON tie (person_id)
--;
CREATE TABLE vision (
	id VARCHAR NOT NULL,
	recorded_at TEXT,
	recorded_by TEXT NOT NULL,
	hidden_at TEXT,
	person_id VARCHAR NOT NULL,
	words TEXT NOT NULL,
	said_on DATE,
	from_note TEXT NOT NULL,
	PRIMARY KEY (id),
	FOREIGN KEY(person_id) REFERENCES person (id) DEFERRABLE INITIALLY DEFERRED
)
--;
CREATE INDEX ix_vision_person_id ON vision (person_id)
--;
CREATE TABLE whereabouts (
	id VARCHAR NOT NULL,
	recorded_at TEXT,
	recorded_by TEXT NOT NULL,
	hidden_at TEXT,
	person_id VARCHAR NOT NULL,
	kind TEXT NOT NULL,
	since DATE,
	until DATE,
	remark TEXT NOT NULL,
	PRIMARY KEY (id),
	FOREIGN KEY(person_id) REFERENCES person (id) DEFERRABLE INITIALLY DEFERRED
)
--;
CREATE INDEX ix_whereabouts_person_id ON whereabouts (person_id)
--;
CREATE TABLE appointment (
	id VARCHAR NOT NULL,
	recorded_at TEXT,
	recorded_by TEXT NOT NULL,
	hidden_at TEXT,
	person_id VARCHAR NOT NULL,
	occasion_id TEXT NOT NULL,
	worker_id TEXT NOT NULL,
	kind TEXT NOT NULL,
	at TEXT NOT NULL,
	zone TEXT NOT NULL,
	minutes INTEGER,
	place TEXT NOT NULL,
	about TEXT NOT NULL,
	interpreter TEXT NOT NULL,
	state TEXT NOT NULL,
	state_words TEXT NOT NULL,
	contact_id VARCHAR,
	PRIMARY KEY (id),
	FOREIGN KEY(person_id) REFERENCES person (id) DEFERRABLE INITIALLY DEFERRED,
	FOREIGN KEY(contact_id) REFERENCES contact (id) DEFERRABLE INITIALLY DEFERRED
)
--;
CREATE INDEX appointment_by_day ON appointment (at) WHERE hidden_at IS NULL
--;
CREATE INDEX appointment_to_come ON appointment (person_id, at) WHERE hidden_at IS NULL AND state = 'to come'
--;
CREATE INDEX ix_appointment_contact_id ON appointment (contact_id)
--;
CREATE INDEX ix_appointment_person_id ON appointment (person_id)
--;
CREATE TABLE closeness (
	id VARCHAR NOT NULL,
	recorded_at TEXT,
	recorded_by TEXT NOT NULL,
	hidden_at TEXT,
	person_id VARCHAR NOT NULL,
	tie_id VARCHAR,
	connection_id VARCHAR,
	how TEXT NOT NULL,
	"on" DATE,
	words TEXT NOT NULL,
	PRIMARY KEY (id),
	FOREIGN KEY(person_id) REFERENCES person (id) DEFERRABLE INITIALLY DEFERRED,
	FOREIGN KEY(tie_id) REFERENCES tie (id) DEFERRABLE INITIALLY DEFERRED,
	FOREIGN KEY(connection_id) REFERENCES connection (id) DEFERRABLE INITIALLY DEFERRED
)
--;
CREATE INDEX ix_closeness_connection_id ON closeness (connection_id)
--;
CREATE INDEX ix_closeness_person_id ON closeness (person_id)
--;
CREATE INDEX ix_closeness_tie_id ON closeness (tie_id)
--;
CREATE TABLE connection_event (
	id VARCHAR NOT NULL,
	recorded_at TEXT,
	recorded_by TEXT NOT NULL,
	hidden_at TEXT,
	person_id VARCHAR NOT NULL,
	connection_id VARCHAR NOT NULL,
	stage TEXT NOT NULL,
	"on" DATE,
	words TEXT NOT NULL,
	from_note TEXT NOT NULL,
	PRIMARY KEY (id),
	FOREIGN KEY(person_id) REFERENCES person (id) DEFERRABLE INITIALLY DEFERRED,
	FOREIGN KEY(connection_id) REFERENCES connection (id) DEFERRABLE INITIALLY DEFERRED
)
--;
CREATE INDEX ix_connection_event_connection_id ON connection_event (connection_id)
--;
CREATE INDEX ix_connection_event_person_id ON connection_event (person_id)
--;
CREATE TABLE note (
	id VARCHAR NOT NULL,
	recorded_at TEXT,
	recorded_by TEXT NOT NULL,
	hidden_at TEXT,
	person_id VARCHAR NOT NULL,
	contact_id VARCHAR,
	occasion_id TEXT NOT NULL,
	happened_at TEXT,
	words TEXT NOT NULL,
	corrects VARCHAR,
	PRIMARY KEY (id),
	FOREIGN KEY(person_id) REFERENCES person (id) DEFERRABLE INITIALLY DEFERRED,
	FOREIGN KEY(contact_id) REFERENCES contact (id) DEFERRABLE INITIALLY DEFERRED,
	FOREIGN KEY(corrects) REFERENCES note (id) DEFERRABLE INITIALLY DEFERRED
)
--;
CREATE INDEX ix_note_contact_id ON note (contact_id)
--;
CREATE INDEX ix_note_corrects ON note (corrects)
--;
CREATE INDEX ix_note_person_id ON note (person_id)
--;
CREATE TABLE step (
	id VARCHAR NOT NULL,
	recorded_at TEXT,
	recorded_by TEXT NOT NULL,
	hidden_at TEXT,
	person_id VARCHAR NOT NULL,
	goal_id VARCHAR,
	words TEXT NOT NULL,
	if_it_is_hard TEXT NOT NULL,
	who TEXT NOT NULL,
	who_does TEXT NOT NULL,
	who_worker_id TEXT NOT NULL,
	who_tie_id TEXT NOT NULL,
	asked TEXT NOT NULL,
	by_day DATE,
	by_time TEXT NOT NULL,
	cannot_slip BOOLEAN NOT NULL,
	look_again_on DATE,
	confidence INTEGER,
	state TEXT NOT NULL,
	state_on DATE,
	state_words TEXT NOT NULL,
	agreed_on DATE,
	agreed_with TEXT NOT NULL,
	from_note TEXT NOT NULL,
	PRIMARY KEY (id),
	FOREIGN KEY(person_id) REFERENCES person (id) DEFERRABLE INITIALLY DEFERRED,
	FOREIGN KEY(goal_id) REFERENCES goal (id) DEFERRABLE INITIALLY DEFERRED
)
--;
CREATE INDEX ix_step_goal_id ON step (goal_id)
--;
CREATE INDEX ix_step_person_id ON step (person_id)
--;
CREATE INDEX step_by_writing ON step (recorded_at) WHERE hidden_at IS NULL
--;
CREATE INDEX step_open ON step (person_id, by_day) WHERE hidden_at IS NULL AND state = 'open'
--;
CREATE TABLE support_event (
	id VARCHAR NOT NULL,
	recorded_at TEXT,
	recorded_by TEXT NOT NULL,
	hidden_at TEXT,
	person_id VARCHAR NOT NULL,
	period_id VARCHAR NOT NULL,
	kind TEXT NOT NULL,
	"on" DATE,
	level INTEGER,
	reason TEXT NOT NULL,
	own_words TEXT NOT NULL,
	check_in_on DATE,
	PRIMARY KEY (id),
	FOREIGN KEY(person_id) REFERENCES person (id) DEFERRABLE INITIALLY DEFERRED,
	FOREIGN KEY(period_id) REFERENCES support_period (id) DEFERRABLE INITIALLY DEFERRED
)
--;
CREATE INDEX ix_support_event_period_id ON support_event (period_id)
--;
CREATE INDEX ix_support_event_person_id ON support_event (person_id)
--;
CREATE TABLE note_mark (
	id VARCHAR NOT NULL,
	recorded_at TEXT,
	recorded_by TEXT NOT NULL,
	hidden_at TEXT,
	person_id VARCHAR NOT NULL,
	note_id VARCHAR NOT NULL,
	ordinal INTEGER NOT NULL,
	kind TEXT NOT NULL,
	words TEXT NOT NULL,
	target TEXT NOT NULL,
	target_id TEXT NOT NULL,
	PRIMARY KEY (id),
	FOREIGN KEY(person_id) REFERENCES person (id) DEFERRABLE INITIALLY DEFERRED,
	FOREIGN KEY(note_id) REFERENCES note (id) DEFERRABLE INITIALLY DEFERRED
)
--;
CREATE INDEX ix_note_mark_note_id ON note_mark (note_id)
--;
CREATE INDEX ix_note_mark_person_id ON note_mark (person_id)
--;
CREATE TABLE sync_device (
    only_one INTEGER PRIMARY KEY CHECK (only_one = 1),
    dev TEXT NOT NULL,
    n INTEGER NOT NULL,
    stamp INTEGER NOT NULL,
    worker_id TEXT NOT NULL
)
--;
CREATE TABLE sync_act (
    act TEXT PRIMARY KEY,
    stamp INTEGER NOT NULL,
    actor TEXT NOT NULL,
    label TEXT NOT NULL,
    person_id TEXT NOT NULL,
    kind TEXT NOT NULL CHECK (kind IN ('do', 'undo', 'redo', 'quiet')),
    undoes TEXT
) WITHOUT ROWID
--;
CREATE UNIQUE INDEX sync_act_undoes ON sync_act (undoes) WHERE undoes IS NOT NULL
--;
CREATE INDEX sync_act_stamp ON sync_act (stamp)
--;
CREATE TABLE sync_op (
    dev TEXT NOT NULL,
    n INTEGER NOT NULL,
    act TEXT NOT NULL,
    stamp INTEGER NOT NULL,
    scope TEXT NOT NULL,
    tbl TEXT NOT NULL,
    pk TEXT NOT NULL,
    kind TEXT NOT NULL CHECK (kind IN ('put', 'set', 'del', 'erase', 'grant', 'void')),
    body TEXT,
    base TEXT NOT NULL,
    hash TEXT NOT NULL,
    schema_v INTEGER NOT NULL,
    actor TEXT NOT NULL,
    hub_seq INTEGER,
    hub_time INTEGER,
    before TEXT,
    PRIMARY KEY (dev, n)
) WITHOUT ROWID
--;
CREATE INDEX sync_op_act ON sync_op (act)
--;
CREATE INDEX sync_op_unsent ON sync_op (n) WHERE hub_seq IS NULL
--;
CREATE TABLE sync_head (
    tbl TEXT NOT NULL,
    pk TEXT NOT NULL,
    grp TEXT NOT NULL,
    op TEXT NOT NULL,
    stamp INTEGER NOT NULL,
    val TEXT,
    PRIMARY KEY (tbl, pk, grp, op)
) WITHOUT ROWID
--;
CREATE TABLE draft (
    id TEXT PRIMARY KEY,
    kind TEXT NOT NULL,
    people TEXT NOT NULL,
    words TEXT NOT NULL,
    facts TEXT NOT NULL,
    saved_at TEXT NOT NULL
) WITHOUT ROWID
--;
CREATE TABLE search_doc (
    id INTEGER PRIMARY KEY,
    tbl TEXT NOT NULL,
    pk TEXT NOT NULL,
    person_id TEXT NOT NULL,
    words TEXT NOT NULL
)
--;
CREATE UNIQUE INDEX search_doc_row ON search_doc (tbl, pk)
--;
CREATE INDEX search_doc_person ON search_doc (person_id)
--;
CREATE VIRTUAL TABLE search_fts USING fts5(
    words,
    content = 'search_doc',
    content_rowid = 'id',
    tokenize = 'unicode61 remove_diacritics 2',
    prefix = '2 3'
)
--;
INSERT INTO search_fts (search_fts, rank) VALUES ('secure-delete', 1)
--;
CREATE TRIGGER search_doc_added AFTER INSERT ON search_doc BEGIN
    INSERT INTO search_fts (rowid, words) VALUES (NEW.id, NEW.words);
END
--;
CREATE TRIGGER search_doc_gone AFTER DELETE ON search_doc BEGIN
    INSERT INTO search_fts (search_fts, rowid, words) VALUES ('delete', OLD.id, OLD.words);
END
--;
CREATE TRIGGER op_put_about_me AFTER INSERT ON "about_me"
WHEN lw_capturing() = 1
BEGIN
  UPDATE sync_device SET n = n + 1, stamp = max(stamp + 1, lw_now());
  INSERT INTO sync_op (dev, n, act, stamp, scope, tbl, pk, kind, body, base, hash, schema_v, actor)
    SELECT d.dev, d.n, lw_act(), d.stamp, 'person:' || NEW.person_id, 'about_me', NEW.id, 'put', b.body, '{}',
      lw_hash(b.body), 1, lw_actor()
    FROM sync_device d, (SELECT json_object('recorded', json_object('recorded_at', NEW."recorded_at", 'recorded_by', NEW."recorded_by"), 'hidden', json_object('hidden_at', NEW."hidden_at"), 'person', json_object('person_id', NEW."person_id"), 'heading', json_object('heading', NEW."heading"), 'words', json_object('words', NEW."words", 'said_on', NEW."said_on", 'helped_by', NEW."helped_by")) AS body) b;
  INSERT INTO sync_head (tbl, pk, grp, op, stamp)
    SELECT 'about_me', NEW.id, '*', d.dev || ':' || d.n, d.stamp FROM sync_device d;
END
--;
CREATE TRIGGER op_set_about_me AFTER UPDATE ON "about_me"
WHEN lw_capturing() = 1 AND (OLD."recorded_at" IS NOT NEW."recorded_at" OR OLD."recorded_by" IS NOT NEW."recorded_by" OR OLD."hidden_at" IS NOT NEW."hidden_at" OR OLD."person_id" IS NOT NEW."person_id" OR OLD."heading" IS NOT NEW."heading" OR OLD."words" IS NOT NEW."words" OR OLD."said_on" IS NOT NEW."said_on" OR OLD."helped_by" IS NOT NEW."helped_by")
BEGIN
  UPDATE sync_device SET n = n + 1, stamp = max(stamp + 1, lw_now());
  INSERT INTO sync_op (dev, n, act, stamp, scope, tbl, pk, kind, body, base, hash, schema_v, actor,
      before)
    SELECT d.dev, d.n, lw_act(), d.stamp, 'person:' || NEW.person_id, 'about_me', NEW.id,
      CASE WHEN OLD.hidden_at IS NULL AND NEW.hidden_at IS NOT NULL THEN 'del' ELSE 'set' END, c.body,
      CASE WHEN OLD.hidden_at IS NULL AND NEW.hidden_at IS NOT NULL THEN (SELECT json_group_object(s.grp, json(s.ops)) FROM
        (SELECT h.grp AS grp, json_group_array(h.op) AS ops FROM sync_head h WHERE h.tbl = 'about_me' AND h.pk = NEW.id GROUP BY h.grp) s) ELSE (SELECT json_group_object(x.key, json(coalesce(
        (SELECT json_group_array(h.op) FROM sync_head h WHERE h.tbl = 'about_me' AND h.pk = NEW.id AND h.grp = x.key HAVING count(*) > 0),
        (SELECT json_group_array(h.op) FROM sync_head h WHERE h.tbl = 'about_me' AND h.pk = NEW.id AND h.grp = '*'))))
        FROM json_each(c.body) x) END,
      lw_hash(c.body), 1, lw_actor(), c.before
    FROM sync_device d, (SELECT json_group_object(grp, json(new)) AS body,
        json_group_object(grp, json(old)) AS before FROM (
        SELECT 'recorded' AS grp, json_object('recorded_at', NEW."recorded_at", 'recorded_by', NEW."recorded_by") AS new, json_object('recorded_at', OLD."recorded_at", 'recorded_by', OLD."recorded_by") AS old WHERE OLD."recorded_at" IS NOT NEW."recorded_at" OR OLD."recorded_by" IS NOT NEW."recorded_by"
        UNION ALL SELECT 'hidden' AS grp, json_object('hidden_at', NEW."hidden_at") AS new, json_object('hidden_at', OLD."hidden_at") AS old WHERE OLD."hidden_at" IS NOT NEW."hidden_at"
        UNION ALL SELECT 'person' AS grp, json_object('person_id', NEW."person_id") AS new, json_object('person_id', OLD."person_id") AS old WHERE OLD."person_id" IS NOT NEW."person_id"
        UNION ALL SELECT 'heading' AS grp, json_object('heading', NEW."heading") AS new, json_object('heading', OLD."heading") AS old WHERE OLD."heading" IS NOT NEW."heading"
        UNION ALL SELECT 'words' AS grp, json_object('words', NEW."words", 'said_on', NEW."said_on", 'helped_by', NEW."helped_by") AS new, json_object('words', OLD."words", 'said_on', OLD."said_on", 'helped_by', OLD."helped_by") AS old WHERE OLD."words" IS NOT NEW."words" OR OLD."said_on" IS NOT NEW."said_on" OR OLD."helped_by" IS NOT NEW."helped_by")) c;
  DELETE FROM sync_head WHERE tbl = 'about_me' AND pk = NEW.id AND grp IN (SELECT x.key FROM sync_device d, json_each((SELECT o.body FROM sync_op o
      WHERE o.dev = d.dev AND o.n = d.n)) x);
  INSERT INTO sync_head (tbl, pk, grp, op, stamp)
    SELECT 'about_me', NEW.id, x.key, d.dev || ':' || d.n, d.stamp FROM sync_device d, json_each((SELECT o.body FROM sync_op o
      WHERE o.dev = d.dev AND o.n = d.n)) x;
END
--;
CREATE TRIGGER op_keep_about_me BEFORE DELETE ON "about_me"
BEGIN
  SELECT RAISE(ABORT, 'rows are hidden, never deleted');
END
--;
CREATE TRIGGER op_hold_about_me BEFORE UPDATE ON "about_me"
WHEN OLD."id" IS NOT NEW."id" OR OLD."person_id" IS NOT NEW."person_id"
BEGIN
  SELECT RAISE(ABORT, 'this is written once');
END
--;
CREATE TRIGGER op_put_address AFTER INSERT ON "address"
WHEN lw_capturing() = 1
BEGIN
  UPDATE sync_device SET n = n + 1, stamp = max(stamp + 1, lw_now());
  INSERT INTO sync_op (dev, n, act, stamp, scope, tbl, pk, kind, body, base, hash, schema_v, actor)
    SELECT d.dev, d.n, lw_act(), d.stamp, 'person:' || NEW.person_id, 'address', NEW.id, 'put', b.body, '{}',
      lw_hash(b.body), 1, lw_actor()
    FROM sync_device d, (SELECT json_object('recorded', json_object('recorded_at', NEW."recorded_at", 'recorded_by', NEW."recorded_by"), 'hidden', json_object('hidden_at', NEW."hidden_at"), 'person', json_object('person_id', NEW."person_id"), 'address', json_object('kind', NEW."kind", 'line1', NEW."line1", 'line2', NEW."line2", 'line3', NEW."line3", 'town', NEW."town", 'county', NEW."county", 'postcode', NEW."postcode"), 'getting_in', json_object('getting_in', NEW."getting_in"), 'while', json_object('since', NEW."since", 'until', NEW."until")) AS body) b;
  INSERT INTO sync_head (tbl, pk, grp, op, stamp)
    SELECT 'address', NEW.id, '*', d.dev || ':' || d.n, d.stamp FROM sync_device d;
END
--;
CREATE TRIGGER op_set_address AFTER UPDATE ON "address"
WHEN lw_capturing() = 1 AND (OLD."recorded_at" IS NOT NEW."recorded_at" OR OLD."recorded_by" IS NOT NEW."recorded_by" OR OLD."hidden_at" IS NOT NEW."hidden_at" OR OLD."person_id" IS NOT NEW."person_id" OR OLD."kind" IS NOT NEW."kind" OR OLD."line1" IS NOT NEW."line1" OR OLD."line2" IS NOT NEW."line2" OR OLD."line3" IS NOT NEW."line3" OR OLD."town" IS NOT NEW."town" OR OLD."county" IS NOT NEW."county" OR OLD."postcode" IS NOT NEW."postcode" OR OLD."getting_in" IS NOT NEW."getting_in" OR OLD."since" IS NOT NEW."since" OR OLD."until" IS NOT NEW."until")
BEGIN
  UPDATE sync_device SET n = n + 1, stamp = max(stamp + 1, lw_now());
  INSERT INTO sync_op (dev, n, act, stamp, scope, tbl, pk, kind, body, base, hash, schema_v, actor,
      before)
    SELECT d.dev, d.n, lw_act(), d.stamp, 'person:' || NEW.person_id, 'address', NEW.id,
      CASE WHEN OLD.hidden_at IS NULL AND NEW.hidden_at IS NOT NULL THEN 'del' ELSE 'set' END, c.body,
      CASE WHEN OLD.hidden_at IS NULL AND NEW.hidden_at IS NOT NULL THEN (SELECT json_group_object(s.grp, json(s.ops)) FROM
        (SELECT h.grp AS grp, json_group_array(h.op) AS ops FROM sync_head h WHERE h.tbl = 'address' AND h.pk = NEW.id GROUP BY h.grp) s) ELSE (SELECT json_group_object(x.key, json(coalesce(
        (SELECT json_group_array(h.op) FROM sync_head h WHERE h.tbl = 'address' AND h.pk = NEW.id AND h.grp = x.key HAVING count(*) > 0),
        (SELECT json_group_array(h.op) FROM sync_head h WHERE h.tbl = 'address' AND h.pk = NEW.id AND h.grp = '*'))))
        FROM json_each(c.body) x) END,
      lw_hash(c.body), 1, lw_actor(), c.before
    FROM sync_device d, (SELECT json_group_object(grp, json(new)) AS body,
        json_group_object(grp, json(old)) AS before FROM (
        SELECT 'recorded' AS grp, json_object('recorded_at', NEW."recorded_at", 'recorded_by', NEW."recorded_by") AS new, json_object('recorded_at', OLD."recorded_at", 'recorded_by', OLD."recorded_by") AS old WHERE OLD."recorded_at" IS NOT NEW."recorded_at" OR OLD."recorded_by" IS NOT NEW."recorded_by"
        UNION ALL SELECT 'hidden' AS grp, json_object('hidden_at', NEW."hidden_at") AS new, json_object('hidden_at', OLD."hidden_at") AS old WHERE OLD."hidden_at" IS NOT NEW."hidden_at"
        UNION ALL SELECT 'person' AS grp, json_object('person_id', NEW."person_id") AS new, json_object('person_id', OLD."person_id") AS old WHERE OLD."person_id" IS NOT NEW."person_id"
        UNION ALL SELECT 'address' AS grp, json_object('kind', NEW."kind", 'line1', NEW."line1", 'line2', NEW."line2", 'line3', NEW."line3", 'town', NEW."town", 'county', NEW."county", 'postcode', NEW."postcode") AS new, json_object('kind', OLD."kind", 'line1', OLD."line1", 'line2', OLD."line2", 'line3', OLD."line3", 'town', OLD."town", 'county', OLD."county", 'postcode', OLD."postcode") AS old WHERE OLD."kind" IS NOT NEW."kind" OR OLD."line1" IS NOT NEW."line1" OR OLD."line2" IS NOT NEW."line2" OR OLD."line3" IS NOT NEW."line3" OR OLD."town" IS NOT NEW."town" OR OLD."county" IS NOT NEW."county" OR OLD."postcode" IS NOT NEW."postcode"
        UNION ALL SELECT 'getting_in' AS grp, json_object('getting_in', NEW."getting_in") AS new, json_object('getting_in', OLD."getting_in") AS old WHERE OLD."getting_in" IS NOT NEW."getting_in"
        UNION ALL SELECT 'while' AS grp, json_object('since', NEW."since", 'until', NEW."until") AS new, json_object('since', OLD."since", 'until', OLD."until") AS old WHERE OLD."since" IS NOT NEW."since" OR OLD."until" IS NOT NEW."until")) c;
  DELETE FROM sync_head WHERE tbl = 'address' AND pk = NEW.id AND grp IN (SELECT x.key FROM sync_device d, json_each((SELECT o.body FROM sync_op o
      WHERE o.dev = d.dev AND o.n = d.n)) x);
  INSERT INTO sync_head (tbl, pk, grp, op, stamp)
    SELECT 'address', NEW.id, x.key, d.dev || ':' || d.n, d.stamp FROM sync_device d, json_each((SELECT o.body FROM sync_op o
      WHERE o.dev = d.dev AND o.n = d.n)) x;
END
--;
CREATE TRIGGER op_keep_address BEFORE DELETE ON "address"
BEGIN
  SELECT RAISE(ABORT, 'rows are hidden, never deleted');
END
--;
CREATE TRIGGER op_hold_address BEFORE UPDATE ON "address"
WHEN OLD."id" IS NOT NEW."id" OR OLD."person_id" IS NOT NEW."person_id"
BEGIN
  SELECT RAISE(ABORT, 'this is written once');
END
--;
CREATE TRIGGER op_put_appointment AFTER INSERT ON "appointment"
WHEN lw_capturing() = 1
BEGIN
  UPDATE sync_device SET n = n + 1, stamp = max(stamp + 1, lw_now());
  INSERT INTO sync_op (dev, n, act, stamp, scope, tbl, pk, kind, body, base, hash, schema_v, actor)
    SELECT d.dev, d.n, lw_act(), d.stamp, 'person:' || NEW.person_id, 'appointment', NEW.id, 'put', b.body, '{}',
      lw_hash(b.body), 1, lw_actor()
    FROM sync_device d, (SELECT json_object('recorded', json_object('recorded_at', NEW."recorded_at", 'recorded_by', NEW."recorded_by"), 'hidden', json_object('hidden_at', NEW."hidden_at"), 'person', json_object('person_id', NEW."person_id"), 'occasion', json_object('occasion_id', NEW."occasion_id"), 'worker', json_object('worker_id', NEW."worker_id"), 'kind', json_object('kind', NEW."kind"), 'when', json_object('at', NEW."at", 'zone', NEW."zone"), 'minutes', json_object('minutes', NEW."minutes"), 'place', json_object('place', NEW."place"), 'about', json_object('about', NEW."about"), 'interpreter', json_object('interpreter', NEW."interpreter"), 'state', json_object('state', NEW."state", 'state_words', NEW."state_words", 'contact_id', NEW."contact_id")) AS body) b;
  INSERT INTO sync_head (tbl, pk, grp, op, stamp)
    SELECT 'appointment', NEW.id, '*', d.dev || ':' || d.n, d.stamp FROM sync_device d;
END
--;
CREATE TRIGGER op_set_appointment AFTER UPDATE ON "appointment"
WHEN lw_capturing() = 1 AND (OLD."recorded_at" IS NOT NEW."recorded_at" OR OLD."recorded_by" IS NOT NEW."recorded_by" OR OLD."hidden_at" IS NOT NEW."hidden_at" OR OLD."person_id" IS NOT NEW."person_id" OR OLD."occasion_id" IS NOT NEW."occasion_id" OR OLD."worker_id" IS NOT NEW."worker_id" OR OLD."kind" IS NOT NEW."kind" OR OLD."at" IS NOT NEW."at" OR OLD."zone" IS NOT NEW."zone" OR OLD."minutes" IS NOT NEW."minutes" OR OLD."place" IS NOT NEW."place" OR OLD."about" IS NOT NEW."about" OR OLD."interpreter" IS NOT NEW."interpreter" OR OLD."state" IS NOT NEW."state" OR OLD."state_words" IS NOT NEW."state_words" OR OLD."contact_id" IS NOT NEW."contact_id")
BEGIN
  UPDATE sync_device SET n = n + 1, stamp = max(stamp + 1, lw_now());
  INSERT INTO sync_op (dev, n, act, stamp, scope, tbl, pk, kind, body, base, hash, schema_v, actor,
      before)
    SELECT d.dev, d.n, lw_act(), d.stamp, 'person:' || NEW.person_id, 'appointment', NEW.id,
      CASE WHEN OLD.hidden_at IS NULL AND NEW.hidden_at IS NOT NULL THEN 'del' ELSE 'set' END, c.body,
      CASE WHEN OLD.hidden_at IS NULL AND NEW.hidden_at IS NOT NULL THEN (SELECT json_group_object(s.grp, json(s.ops)) FROM
        (SELECT h.grp AS grp, json_group_array(h.op) AS ops FROM sync_head h WHERE h.tbl = 'appointment' AND h.pk = NEW.id GROUP BY h.grp) s) ELSE (SELECT json_group_object(x.key, json(coalesce(
        (SELECT json_group_array(h.op) FROM sync_head h WHERE h.tbl = 'appointment' AND h.pk = NEW.id AND h.grp = x.key HAVING count(*) > 0),
        (SELECT json_group_array(h.op) FROM sync_head h WHERE h.tbl = 'appointment' AND h.pk = NEW.id AND h.grp = '*'))))
        FROM json_each(c.body) x) END,
      lw_hash(c.body), 1, lw_actor(), c.before
    FROM sync_device d, (SELECT json_group_object(grp, json(new)) AS body,
        json_group_object(grp, json(old)) AS before FROM (
        SELECT 'recorded' AS grp, json_object('recorded_at', NEW."recorded_at", 'recorded_by', NEW."recorded_by") AS new, json_object('recorded_at', OLD."recorded_at", 'recorded_by', OLD."recorded_by") AS old WHERE OLD."recorded_at" IS NOT NEW."recorded_at" OR OLD."recorded_by" IS NOT NEW."recorded_by"
        UNION ALL SELECT 'hidden' AS grp, json_object('hidden_at', NEW."hidden_at") AS new, json_object('hidden_at', OLD."hidden_at") AS old WHERE OLD."hidden_at" IS NOT NEW."hidden_at"
        UNION ALL SELECT 'person' AS grp, json_object('person_id', NEW."person_id") AS new, json_object('person_id', OLD."person_id") AS old WHERE OLD."person_id" IS NOT NEW."person_id"
        UNION ALL SELECT 'occasion' AS grp, json_object('occasion_id', NEW."occasion_id") AS new, json_object('occasion_id', OLD."occasion_id") AS old WHERE OLD."occasion_id" IS NOT NEW."occasion_id"
        UNION ALL SELECT 'worker' AS grp, json_object('worker_id', NEW."worker_id") AS new, json_object('worker_id', OLD."worker_id") AS old WHERE OLD."worker_id" IS NOT NEW."worker_id"
        UNION ALL SELECT 'kind' AS grp, json_object('kind', NEW."kind") AS new, json_object('kind', OLD."kind") AS old WHERE OLD."kind" IS NOT NEW."kind"
        UNION ALL SELECT 'when' AS grp, json_object('at', NEW."at", 'zone', NEW."zone") AS new, json_object('at', OLD."at", 'zone', OLD."zone") AS old WHERE OLD."at" IS NOT NEW."at" OR OLD."zone" IS NOT NEW."zone"
        UNION ALL SELECT 'minutes' AS grp, json_object('minutes', NEW."minutes") AS new, json_object('minutes', OLD."minutes") AS old WHERE OLD."minutes" IS NOT NEW."minutes"
        UNION ALL SELECT 'place' AS grp, json_object('place', NEW."place") AS new, json_object('place', OLD."place") AS old WHERE OLD."place" IS NOT NEW."place"
        UNION ALL SELECT 'about' AS grp, json_object('about', NEW."about") AS new, json_object('about', OLD."about") AS old WHERE OLD."about" IS NOT NEW."about"
        UNION ALL SELECT 'interpreter' AS grp, json_object('interpreter', NEW."interpreter") AS new, json_object('interpreter', OLD."interpreter") AS old WHERE OLD."interpreter" IS NOT NEW."interpreter"
        UNION ALL SELECT 'state' AS grp, json_object('state', NEW."state", 'state_words', NEW."state_words", 'contact_id', NEW."contact_id") AS new, json_object('state', OLD."state", 'state_words', OLD."state_words", 'contact_id', OLD."contact_id") AS old WHERE OLD."state" IS NOT NEW."state" OR OLD."state_words" IS NOT NEW."state_words" OR OLD."contact_id" IS NOT NEW."contact_id")) c;
  DELETE FROM sync_head WHERE tbl = 'appointment' AND pk = NEW.id AND grp IN (SELECT x.key FROM sync_device d, json_each((SELECT o.body FROM sync_op o
      WHERE o.dev = d.dev AND o.n = d.n)) x);
  INSERT INTO sync_head (tbl, pk, grp, op, stamp)
    SELECT 'appointment', NEW.id, x.key, d.dev || ':' || d.n, d.stamp FROM sync_device d, json_each((SELECT o.body FROM sync_op o
      WHERE o.dev = d.dev AND o.n = d.n)) x;
END
--;
CREATE TRIGGER op_keep_appointment BEFORE DELETE ON "appointment"
BEGIN
  SELECT RAISE(ABORT, 'rows are hidden, never deleted');
END
--;
CREATE TRIGGER op_hold_appointment BEFORE UPDATE ON "appointment"
WHEN OLD."id" IS NOT NEW."id" OR OLD."person_id" IS NOT NEW."person_id"
BEGIN
  SELECT RAISE(ABORT, 'this is written once');
END
--;
CREATE TRIGGER op_put_audit_event AFTER INSERT ON "audit_event"
WHEN lw_capturing() = 1
BEGIN
  UPDATE sync_device SET n = n + 1, stamp = max(stamp + 1, lw_now());
  INSERT INTO sync_op (dev, n, act, stamp, scope, tbl, pk, kind, body, base, hash, schema_v, actor)
    SELECT d.dev, d.n, lw_act(), d.stamp, 'audit:' || NEW.worker_id, 'audit_event', NEW.id, 'put', NULL, '{}',
      lw_hash(b.body), 1, lw_actor()
    FROM sync_device d, (SELECT json_object('recorded', json_object('recorded_at', NEW."recorded_at", 'recorded_by', NEW."recorded_by"), 'hidden', json_object('hidden_at', NEW."hidden_at"), 'audit', json_object('worker_id', NEW."worker_id", 'at', NEW."at", 'what', NEW."what", 'person_id', NEW."person_id", 'reason', NEW."reason", 'chain', NEW."chain")) AS body) b;
  INSERT INTO sync_head (tbl, pk, grp, op, stamp)
    SELECT 'audit_event', NEW.id, '*', d.dev || ':' || d.n, d.stamp FROM sync_device d;
END
--;
CREATE TRIGGER op_set_audit_event AFTER UPDATE ON "audit_event"
WHEN lw_capturing() = 1 AND (OLD."recorded_at" IS NOT NEW."recorded_at" OR OLD."recorded_by" IS NOT NEW."recorded_by" OR OLD."hidden_at" IS NOT NEW."hidden_at" OR OLD."worker_id" IS NOT NEW."worker_id" OR OLD."at" IS NOT NEW."at" OR OLD."what" IS NOT NEW."what" OR OLD."person_id" IS NOT NEW."person_id" OR OLD."reason" IS NOT NEW."reason" OR OLD."chain" IS NOT NEW."chain")
BEGIN
  UPDATE sync_device SET n = n + 1, stamp = max(stamp + 1, lw_now());
  INSERT INTO sync_op (dev, n, act, stamp, scope, tbl, pk, kind, body, base, hash, schema_v, actor,
      before)
    SELECT d.dev, d.n, lw_act(), d.stamp, 'audit:' || NEW.worker_id, 'audit_event', NEW.id,
      CASE WHEN OLD.hidden_at IS NULL AND NEW.hidden_at IS NOT NULL THEN 'del' ELSE 'set' END, c.body,
      CASE WHEN OLD.hidden_at IS NULL AND NEW.hidden_at IS NOT NULL THEN (SELECT json_group_object(s.grp, json(s.ops)) FROM
        (SELECT h.grp AS grp, json_group_array(h.op) AS ops FROM sync_head h WHERE h.tbl = 'audit_event' AND h.pk = NEW.id GROUP BY h.grp) s) ELSE (SELECT json_group_object(x.key, json(coalesce(
        (SELECT json_group_array(h.op) FROM sync_head h WHERE h.tbl = 'audit_event' AND h.pk = NEW.id AND h.grp = x.key HAVING count(*) > 0),
        (SELECT json_group_array(h.op) FROM sync_head h WHERE h.tbl = 'audit_event' AND h.pk = NEW.id AND h.grp = '*'))))
        FROM json_each(c.body) x) END,
      lw_hash(c.body), 1, lw_actor(), c.before
    FROM sync_device d, (SELECT json_group_object(grp, json(new)) AS body,
        json_group_object(grp, json(old)) AS before FROM (
        SELECT 'recorded' AS grp, json_object('recorded_at', NEW."recorded_at", 'recorded_by', NEW."recorded_by") AS new, json_object('recorded_at', OLD."recorded_at", 'recorded_by', OLD."recorded_by") AS old WHERE OLD."recorded_at" IS NOT NEW."recorded_at" OR OLD."recorded_by" IS NOT NEW."recorded_by"
        UNION ALL SELECT 'hidden' AS grp, json_object('hidden_at', NEW."hidden_at") AS new, json_object('hidden_at', OLD."hidden_at") AS old WHERE OLD."hidden_at" IS NOT NEW."hidden_at"
        UNION ALL SELECT 'audit' AS grp, json_object('worker_id', NEW."worker_id", 'at', NEW."at", 'what', NEW."what", 'person_id', NEW."person_id", 'reason', NEW."reason", 'chain', NEW."chain") AS new, json_object('worker_id', OLD."worker_id", 'at', OLD."at", 'what', OLD."what", 'person_id', OLD."person_id", 'reason', OLD."reason", 'chain', OLD."chain") AS old WHERE OLD."worker_id" IS NOT NEW."worker_id" OR OLD."at" IS NOT NEW."at" OR OLD."what" IS NOT NEW."what" OR OLD."person_id" IS NOT NEW."person_id" OR OLD."reason" IS NOT NEW."reason" OR OLD."chain" IS NOT NEW."chain")) c;
  DELETE FROM sync_head WHERE tbl = 'audit_event' AND pk = NEW.id AND grp IN (SELECT x.key FROM sync_device d, json_each((SELECT o.body FROM sync_op o
      WHERE o.dev = d.dev AND o.n = d.n)) x);
  INSERT INTO sync_head (tbl, pk, grp, op, stamp)
    SELECT 'audit_event', NEW.id, x.key, d.dev || ':' || d.n, d.stamp FROM sync_device d, json_each((SELECT o.body FROM sync_op o
      WHERE o.dev = d.dev AND o.n = d.n)) x;
END
--;
CREATE TRIGGER op_keep_audit_event BEFORE DELETE ON "audit_event"
BEGIN
  SELECT RAISE(ABORT, 'rows are hidden, never deleted');
END
--;
CREATE TRIGGER op_hold_audit_event BEFORE UPDATE ON "audit_event"
WHEN OLD."id" IS NOT NEW."id" OR OLD."recorded_at" IS NOT NEW."recorded_at" OR OLD."recorded_by" IS NOT NEW."recorded_by" OR OLD."worker_id" IS NOT NEW."worker_id" OR OLD."at" IS NOT NEW."at" OR OLD."what" IS NOT NEW."what" OR OLD."person_id" IS NOT NEW."person_id" OR OLD."reason" IS NOT NEW."reason" OR OLD."chain" IS NOT NEW."chain"
BEGIN
  SELECT RAISE(ABORT, 'this is written once');
END
--;
CREATE TRIGGER op_put_closeness AFTER INSERT ON "closeness"
WHEN lw_capturing() = 1
BEGIN
  UPDATE sync_device SET n = n + 1, stamp = max(stamp + 1, lw_now());
  INSERT INTO sync_op (dev, n, act, stamp, scope, tbl, pk, kind, body, base, hash, schema_v, actor)
    SELECT d.dev, d.n, lw_act(), d.stamp, 'person:' || NEW.person_id, 'closeness', NEW.id, 'put', NULL, '{}',
      lw_hash(b.body), 1, lw_actor()
    FROM sync_device d, (SELECT json_object('recorded', json_object('recorded_at', NEW."recorded_at", 'recorded_by', NEW."recorded_by"), 'hidden', json_object('hidden_at', NEW."hidden_at"), 'person', json_object('person_id', NEW."person_id"), 'closeness', json_object('tie_id', NEW."tie_id", 'connection_id', NEW."connection_id", 'how', NEW."how", 'on', NEW."on", 'words', NEW."words")) AS body) b;
  INSERT INTO sync_head (tbl, pk, grp, op, stamp)
    SELECT 'closeness', NEW.id, '*', d.dev || ':' || d.n, d.stamp FROM sync_device d;
END
--;
CREATE TRIGGER op_set_closeness AFTER UPDATE ON "closeness"
WHEN lw_capturing() = 1 AND (OLD."recorded_at" IS NOT NEW."recorded_at" OR OLD."recorded_by" IS NOT NEW."recorded_by" OR OLD."hidden_at" IS NOT NEW."hidden_at" OR OLD."person_id" IS NOT NEW."person_id" OR OLD."tie_id" IS NOT NEW."tie_id" OR OLD."connection_id" IS NOT NEW."connection_id" OR OLD."how" IS NOT NEW."how" OR OLD."on" IS NOT NEW."on" OR OLD."words" IS NOT NEW."words")
BEGIN
  UPDATE sync_device SET n = n + 1, stamp = max(stamp + 1, lw_now());
  INSERT INTO sync_op (dev, n, act, stamp, scope, tbl, pk, kind, body, base, hash, schema_v, actor,
      before)
    SELECT d.dev, d.n, lw_act(), d.stamp, 'person:' || NEW.person_id, 'closeness', NEW.id,
      CASE WHEN OLD.hidden_at IS NULL AND NEW.hidden_at IS NOT NULL THEN 'del' ELSE 'set' END, c.body,
      CASE WHEN OLD.hidden_at IS NULL AND NEW.hidden_at IS NOT NULL THEN (SELECT json_group_object(s.grp, json(s.ops)) FROM
        (SELECT h.grp AS grp, json_group_array(h.op) AS ops FROM sync_head h WHERE h.tbl = 'closeness' AND h.pk = NEW.id GROUP BY h.grp) s) ELSE (SELECT json_group_object(x.key, json(coalesce(
        (SELECT json_group_array(h.op) FROM sync_head h WHERE h.tbl = 'closeness' AND h.pk = NEW.id AND h.grp = x.key HAVING count(*) > 0),
        (SELECT json_group_array(h.op) FROM sync_head h WHERE h.tbl = 'closeness' AND h.pk = NEW.id AND h.grp = '*'))))
        FROM json_each(c.body) x) END,
      lw_hash(c.body), 1, lw_actor(), c.before
    FROM sync_device d, (SELECT json_group_object(grp, json(new)) AS body,
        json_group_object(grp, json(old)) AS before FROM (
        SELECT 'recorded' AS grp, json_object('recorded_at', NEW."recorded_at", 'recorded_by', NEW."recorded_by") AS new, json_object('recorded_at', OLD."recorded_at", 'recorded_by', OLD."recorded_by") AS old WHERE OLD."recorded_at" IS NOT NEW."recorded_at" OR OLD."recorded_by" IS NOT NEW."recorded_by"
        UNION ALL SELECT 'hidden' AS grp, json_object('hidden_at', NEW."hidden_at") AS new, json_object('hidden_at', OLD."hidden_at") AS old WHERE OLD."hidden_at" IS NOT NEW."hidden_at"
        UNION ALL SELECT 'person' AS grp, json_object('person_id', NEW."person_id") AS new, json_object('person_id', OLD."person_id") AS old WHERE OLD."person_id" IS NOT NEW."person_id"
        UNION ALL SELECT 'closeness' AS grp, json_object('tie_id', NEW."tie_id", 'connection_id', NEW."connection_id", 'how', NEW."how", 'on', NEW."on", 'words', NEW."words") AS new, json_object('tie_id', OLD."tie_id", 'connection_id', OLD."connection_id", 'how', OLD."how", 'on', OLD."on", 'words', OLD."words") AS old WHERE OLD."tie_id" IS NOT NEW."tie_id" OR OLD."connection_id" IS NOT NEW."connection_id" OR OLD."how" IS NOT NEW."how" OR OLD."on" IS NOT NEW."on" OR OLD."words" IS NOT NEW."words")) c;
  DELETE FROM sync_head WHERE tbl = 'closeness' AND pk = NEW.id AND grp IN (SELECT x.key FROM sync_device d, json_each((SELECT o.body FROM sync_op o
      WHERE o.dev = d.dev AND o.n = d.n)) x);
  INSERT INTO sync_head (tbl, pk, grp, op, stamp)
    SELECT 'closeness', NEW.id, x.key, d.dev || ':' || d.n, d.stamp FROM sync_device d, json_each((SELECT o.body FROM sync_op o
      WHERE o.dev = d.dev AND o.n = d.n)) x;
END
--;
CREATE TRIGGER op_keep_closeness BEFORE DELETE ON "closeness"
BEGIN
  SELECT RAISE(ABORT, 'rows are hidden, never deleted');
END
--;
CREATE TRIGGER op_hold_closeness BEFORE UPDATE ON "closeness"
WHEN OLD."id" IS NOT NEW."id" OR OLD."recorded_at" IS NOT NEW."recorded_at" OR OLD."recorded_by" IS NOT NEW."recorded_by" OR OLD."person_id" IS NOT NEW."person_id" OR OLD."tie_id" IS NOT NEW."tie_id" OR OLD."connection_id" IS NOT NEW."connection_id" OR OLD."how" IS NOT NEW."how" OR OLD."on" IS NOT NEW."on" OR OLD."words" IS NOT NEW."words"
BEGIN
  SELECT RAISE(ABORT, 'this is written once');
END
--;
CREATE TRIGGER op_put_connection AFTER INSERT ON "connection"
WHEN lw_capturing() = 1
BEGIN
  UPDATE sync_device SET n = n + 1, stamp = max(stamp + 1, lw_now());
  INSERT INTO sync_op (dev, n, act, stamp, scope, tbl, pk, kind, body, base, hash, schema_v, actor)
    SELECT d.dev, d.n, lw_act(), d.stamp, 'person:' || NEW.person_id, 'connection', NEW.id, 'put', b.body, '{}',
      lw_hash(b.body), 1, lw_actor()
    FROM sync_device d, (SELECT json_object('recorded', json_object('recorded_at', NEW."recorded_at", 'recorded_by', NEW."recorded_by"), 'hidden', json_object('hidden_at', NEW."hidden_at"), 'person', json_object('person_id', NEW."person_id"), 'name', json_object('name', NEW."name"), 'kind', json_object('kind', NEW."kind"), 'about', json_object('about', NEW."about"), 'from', json_object('from_note', NEW."from_note")) AS body) b;
  INSERT INTO sync_head (tbl, pk, grp, op, stamp)
    SELECT 'connection', NEW.id, '*', d.dev || ':' || d.n, d.stamp FROM sync_device d;
END
--;
CREATE TRIGGER op_set_connection AFTER UPDATE ON "connection"
WHEN lw_capturing() = 1 AND (OLD."recorded_at" IS NOT NEW."recorded_at" OR OLD."recorded_by" IS NOT NEW."recorded_by" OR OLD."hidden_at" IS NOT NEW."hidden_at" OR OLD."person_id" IS NOT NEW."person_id" OR OLD."name" IS NOT NEW."name" OR OLD."kind" IS NOT NEW."kind" OR OLD."about" IS NOT NEW."about" OR OLD."from_note" IS NOT NEW."from_note")
BEGIN
  UPDATE sync_device SET n = n + 1, stamp = max(stamp + 1, lw_now());
  INSERT INTO sync_op (dev, n, act, stamp, scope, tbl, pk, kind, body, base, hash, schema_v, actor,
      before)
    SELECT d.dev, d.n, lw_act(), d.stamp, 'person:' || NEW.person_id, 'connection', NEW.id,
      CASE WHEN OLD.hidden_at IS NULL AND NEW.hidden_at IS NOT NULL THEN 'del' ELSE 'set' END, c.body,
      CASE WHEN OLD.hidden_at IS NULL AND NEW.hidden_at IS NOT NULL THEN (SELECT json_group_object(s.grp, json(s.ops)) FROM
        (SELECT h.grp AS grp, json_group_array(h.op) AS ops FROM sync_head h WHERE h.tbl = 'connection' AND h.pk = NEW.id GROUP BY h.grp) s) ELSE (SELECT json_group_object(x.key, json(coalesce(
        (SELECT json_group_array(h.op) FROM sync_head h WHERE h.tbl = 'connection' AND h.pk = NEW.id AND h.grp = x.key HAVING count(*) > 0),
        (SELECT json_group_array(h.op) FROM sync_head h WHERE h.tbl = 'connection' AND h.pk = NEW.id AND h.grp = '*'))))
        FROM json_each(c.body) x) END,
      lw_hash(c.body), 1, lw_actor(), c.before
    FROM sync_device d, (SELECT json_group_object(grp, json(new)) AS body,
        json_group_object(grp, json(old)) AS before FROM (
        SELECT 'recorded' AS grp, json_object('recorded_at', NEW."recorded_at", 'recorded_by', NEW."recorded_by") AS new, json_object('recorded_at', OLD."recorded_at", 'recorded_by', OLD."recorded_by") AS old WHERE OLD."recorded_at" IS NOT NEW."recorded_at" OR OLD."recorded_by" IS NOT NEW."recorded_by"
        UNION ALL SELECT 'hidden' AS grp, json_object('hidden_at', NEW."hidden_at") AS new, json_object('hidden_at', OLD."hidden_at") AS old WHERE OLD."hidden_at" IS NOT NEW."hidden_at"
        UNION ALL SELECT 'person' AS grp, json_object('person_id', NEW."person_id") AS new, json_object('person_id', OLD."person_id") AS old WHERE OLD."person_id" IS NOT NEW."person_id"
        UNION ALL SELECT 'name' AS grp, json_object('name', NEW."name") AS new, json_object('name', OLD."name") AS old WHERE OLD."name" IS NOT NEW."name"
        UNION ALL SELECT 'kind' AS grp, json_object('kind', NEW."kind") AS new, json_object('kind', OLD."kind") AS old WHERE OLD."kind" IS NOT NEW."kind"
        UNION ALL SELECT 'about' AS grp, json_object('about', NEW."about") AS new, json_object('about', OLD."about") AS old WHERE OLD."about" IS NOT NEW."about"
        UNION ALL SELECT 'from' AS grp, json_object('from_note', NEW."from_note") AS new, json_object('from_note', OLD."from_note") AS old WHERE OLD."from_note" IS NOT NEW."from_note")) c;
  DELETE FROM sync_head WHERE tbl = 'connection' AND pk = NEW.id AND grp IN (SELECT x.key FROM sync_device d, json_each((SELECT o.body FROM sync_op o
      WHERE o.dev = d.dev AND o.n = d.n)) x);
  INSERT INTO sync_head (tbl, pk, grp, op, stamp)
    SELECT 'connection', NEW.id, x.key, d.dev || ':' || d.n, d.stamp FROM sync_device d, json_each((SELECT o.body FROM sync_op o
      WHERE o.dev = d.dev AND o.n = d.n)) x;
END
--;
CREATE TRIGGER op_keep_connection BEFORE DELETE ON "connection"
BEGIN
  SELECT RAISE(ABORT, 'rows are hidden, never deleted');
END
--;
CREATE TRIGGER op_hold_connection BEFORE UPDATE ON "connection"
WHEN OLD."id" IS NOT NEW."id" OR OLD."person_id" IS NOT NEW."person_id"
BEGIN
  SELECT RAISE(ABORT, 'this is written once');
END
--;
CREATE TRIGGER op_put_connection_event AFTER INSERT ON "connection_event"
WHEN lw_capturing() = 1
BEGIN
  UPDATE sync_device SET n = n + 1, stamp = max(stamp + 1, lw_now());
  INSERT INTO sync_op (dev, n, act, stamp, scope, tbl, pk, kind, body, base, hash, schema_v, actor)
    SELECT d.dev, d.n, lw_act(), d.stamp, 'person:' || NEW.person_id, 'connection_event', NEW.id, 'put', NULL, '{}',
      lw_hash(b.body), 1, lw_actor()
    FROM sync_device d, (SELECT json_object('recorded', json_object('recorded_at', NEW."recorded_at", 'recorded_by', NEW."recorded_by"), 'hidden', json_object('hidden_at', NEW."hidden_at"), 'person', json_object('person_id', NEW."person_id"), 'event', json_object('connection_id', NEW."connection_id", 'stage', NEW."stage", 'on', NEW."on", 'words', NEW."words", 'from_note', NEW."from_note")) AS body) b;
  INSERT INTO sync_head (tbl, pk, grp, op, stamp)
    SELECT 'connection_event', NEW.id, '*', d.dev || ':' || d.n, d.stamp FROM sync_device d;
END
--;
CREATE TRIGGER op_set_connection_event AFTER UPDATE ON "connection_event"
WHEN lw_capturing() = 1 AND (OLD."recorded_at" IS NOT NEW."recorded_at" OR OLD."recorded_by" IS NOT NEW."recorded_by" OR OLD."hidden_at" IS NOT NEW."hidden_at" OR OLD."person_id" IS NOT NEW."person_id" OR OLD."connection_id" IS NOT NEW."connection_id" OR OLD."stage" IS NOT NEW."stage" OR OLD."on" IS NOT NEW."on" OR OLD."words" IS NOT NEW."words" OR OLD."from_note" IS NOT NEW."from_note")
BEGIN
  UPDATE sync_device SET n = n + 1, stamp = max(stamp + 1, lw_now());
  INSERT INTO sync_op (dev, n, act, stamp, scope, tbl, pk, kind, body, base, hash, schema_v, actor,
      before)
    SELECT d.dev, d.n, lw_act(), d.stamp, 'person:' || NEW.person_id, 'connection_event', NEW.id,
      CASE WHEN OLD.hidden_at IS NULL AND NEW.hidden_at IS NOT NULL THEN 'del' ELSE 'set' END, c.body,
      CASE WHEN OLD.hidden_at IS NULL AND NEW.hidden_at IS NOT NULL THEN (SELECT json_group_object(s.grp, json(s.ops)) FROM
        (SELECT h.grp AS grp, json_group_array(h.op) AS ops FROM sync_head h WHERE h.tbl = 'connection_event' AND h.pk = NEW.id GROUP BY h.grp) s) ELSE (SELECT json_group_object(x.key, json(coalesce(
        (SELECT json_group_array(h.op) FROM sync_head h WHERE h.tbl = 'connection_event' AND h.pk = NEW.id AND h.grp = x.key HAVING count(*) > 0),
        (SELECT json_group_array(h.op) FROM sync_head h WHERE h.tbl = 'connection_event' AND h.pk = NEW.id AND h.grp = '*'))))
        FROM json_each(c.body) x) END,
      lw_hash(c.body), 1, lw_actor(), c.before
    FROM sync_device d, (SELECT json_group_object(grp, json(new)) AS body,
        json_group_object(grp, json(old)) AS before FROM (
        SELECT 'recorded' AS grp, json_object('recorded_at', NEW."recorded_at", 'recorded_by', NEW."recorded_by") AS new, json_object('recorded_at', OLD."recorded_at", 'recorded_by', OLD."recorded_by") AS old WHERE OLD."recorded_at" IS NOT NEW."recorded_at" OR OLD."recorded_by" IS NOT NEW."recorded_by"
        UNION ALL SELECT 'hidden' AS grp, json_object('hidden_at', NEW."hidden_at") AS new, json_object('hidden_at', OLD."hidden_at") AS old WHERE OLD."hidden_at" IS NOT NEW."hidden_at"
        UNION ALL SELECT 'person' AS grp, json_object('person_id', NEW."person_id") AS new, json_object('person_id', OLD."person_id") AS old WHERE OLD."person_id" IS NOT NEW."person_id"
        UNION ALL SELECT 'event' AS grp, json_object('connection_id', NEW."connection_id", 'stage', NEW."stage", 'on', NEW."on", 'words', NEW."words", 'from_note', NEW."from_note") AS new, json_object('connection_id', OLD."connection_id", 'stage', OLD."stage", 'on', OLD."on", 'words', OLD."words", 'from_note', OLD."from_note") AS old WHERE OLD."connection_id" IS NOT NEW."connection_id" OR OLD."stage" IS NOT NEW."stage" OR OLD."on" IS NOT NEW."on" OR OLD."words" IS NOT NEW."words" OR OLD."from_note" IS NOT NEW."from_note")) c;
  DELETE FROM sync_head WHERE tbl = 'connection_event' AND pk = NEW.id AND grp IN (SELECT x.key FROM sync_device d, json_each((SELECT o.body FROM sync_op o
      WHERE o.dev = d.dev AND o.n = d.n)) x);
  INSERT INTO sync_head (tbl, pk, grp, op, stamp)
    SELECT 'connection_event', NEW.id, x.key, d.dev || ':' || d.n, d.stamp FROM sync_device d, json_each((SELECT o.body FROM sync_op o
      WHERE o.dev = d.dev AND o.n = d.n)) x;
END
--;
CREATE TRIGGER op_keep_connection_event BEFORE DELETE ON "connection_event"
BEGIN
  SELECT RAISE(ABORT, 'rows are hidden, never deleted');
END
--;
CREATE TRIGGER op_hold_connection_event BEFORE UPDATE ON "connection_event"
WHEN OLD."id" IS NOT NEW."id" OR OLD."recorded_at" IS NOT NEW."recorded_at" OR OLD."recorded_by" IS NOT NEW."recorded_by" OR OLD."person_id" IS NOT NEW."person_id" OR OLD."connection_id" IS NOT NEW."connection_id" OR OLD."stage" IS NOT NEW."stage" OR OLD."on" IS NOT NEW."on" OR OLD."words" IS NOT NEW."words" OR OLD."from_note" IS NOT NEW."from_note"
BEGIN
  SELECT RAISE(ABORT, 'this is written once');
END
--;
CREATE TRIGGER op_put_contact AFTER INSERT ON "contact"
WHEN lw_capturing() = 1
BEGIN
  UPDATE sync_device SET n = n + 1, stamp = max(stamp + 1, lw_now());
  INSERT INTO sync_op (dev, n, act, stamp, scope, tbl, pk, kind, body, base, hash, schema_v, actor)
    SELECT d.dev, d.n, lw_act(), d.stamp, 'person:' || NEW.person_id, 'contact', NEW.id, 'put', b.body, '{}',
      lw_hash(b.body), 1, lw_actor()
    FROM sync_device d, (SELECT json_object('recorded', json_object('recorded_at', NEW."recorded_at", 'recorded_by', NEW."recorded_by"), 'hidden', json_object('hidden_at', NEW."hidden_at"), 'person', json_object('person_id', NEW."person_id"), 'occasion', json_object('occasion_id', NEW."occasion_id"), 'worker', json_object('worker_id', NEW."worker_id"), 'when', json_object('happened_at', NEW."happened_at"), 'minutes', json_object('minutes', NEW."minutes"), 'how', json_object('how', NEW."how"), 'place', json_object('place', NEW."place"), 'who_there', json_object('who_there', NEW."who_there"), 'outcome', json_object('outcome', NEW."outcome"), 'interpreter', json_object('interpreter', NEW."interpreter")) AS body) b;
  INSERT INTO sync_head (tbl, pk, grp, op, stamp)
    SELECT 'contact', NEW.id, '*', d.dev || ':' || d.n, d.stamp FROM sync_device d;
END
--;
CREATE TRIGGER op_set_contact AFTER UPDATE ON "contact"
WHEN lw_capturing() = 1 AND (OLD."recorded_at" IS NOT NEW."recorded_at" OR OLD."recorded_by" IS NOT NEW."recorded_by" OR OLD."hidden_at" IS NOT NEW."hidden_at" OR OLD."person_id" IS NOT NEW."person_id" OR OLD."occasion_id" IS NOT NEW."occasion_id" OR OLD."worker_id" IS NOT NEW."worker_id" OR OLD."happened_at" IS NOT NEW."happened_at" OR OLD."minutes" IS NOT NEW."minutes" OR OLD."how" IS NOT NEW."how" OR OLD."place" IS NOT NEW."place" OR OLD."who_there" IS NOT NEW."who_there" OR OLD."outcome" IS NOT NEW."outcome" OR OLD."interpreter" IS NOT NEW."interpreter")
BEGIN
  UPDATE sync_device SET n = n + 1, stamp = max(stamp + 1, lw_now());
  INSERT INTO sync_op (dev, n, act, stamp, scope, tbl, pk, kind, body, base, hash, schema_v, actor,
      before)
    SELECT d.dev, d.n, lw_act(), d.stamp, 'person:' || NEW.person_id, 'contact', NEW.id,
      CASE WHEN OLD.hidden_at IS NULL AND NEW.hidden_at IS NOT NULL THEN 'del' ELSE 'set' END, c.body,
      CASE WHEN OLD.hidden_at IS NULL AND NEW.hidden_at IS NOT NULL THEN (SELECT json_group_object(s.grp, json(s.ops)) FROM
        (SELECT h.grp AS grp, json_group_array(h.op) AS ops FROM sync_head h WHERE h.tbl = 'contact' AND h.pk = NEW.id GROUP BY h.grp) s) ELSE (SELECT json_group_object(x.key, json(coalesce(
        (SELECT json_group_array(h.op) FROM sync_head h WHERE h.tbl = 'contact' AND h.pk = NEW.id AND h.grp = x.key HAVING count(*) > 0),
        (SELECT json_group_array(h.op) FROM sync_head h WHERE h.tbl = 'contact' AND h.pk = NEW.id AND h.grp = '*'))))
        FROM json_each(c.body) x) END,
      lw_hash(c.body), 1, lw_actor(), c.before
    FROM sync_device d, (SELECT json_group_object(grp, json(new)) AS body,
        json_group_object(grp, json(old)) AS before FROM (
        SELECT 'recorded' AS grp, json_object('recorded_at', NEW."recorded_at", 'recorded_by', NEW."recorded_by") AS new, json_object('recorded_at', OLD."recorded_at", 'recorded_by', OLD."recorded_by") AS old WHERE OLD."recorded_at" IS NOT NEW."recorded_at" OR OLD."recorded_by" IS NOT NEW."recorded_by"
        UNION ALL SELECT 'hidden' AS grp, json_object('hidden_at', NEW."hidden_at") AS new, json_object('hidden_at', OLD."hidden_at") AS old WHERE OLD."hidden_at" IS NOT NEW."hidden_at"
        UNION ALL SELECT 'person' AS grp, json_object('person_id', NEW."person_id") AS new, json_object('person_id', OLD."person_id") AS old WHERE OLD."person_id" IS NOT NEW."person_id"
        UNION ALL SELECT 'occasion' AS grp, json_object('occasion_id', NEW."occasion_id") AS new, json_object('occasion_id', OLD."occasion_id") AS old WHERE OLD."occasion_id" IS NOT NEW."occasion_id"
        UNION ALL SELECT 'worker' AS grp, json_object('worker_id', NEW."worker_id") AS new, json_object('worker_id', OLD."worker_id") AS old WHERE OLD."worker_id" IS NOT NEW."worker_id"
        UNION ALL SELECT 'when' AS grp, json_object('happened_at', NEW."happened_at") AS new, json_object('happened_at', OLD."happened_at") AS old WHERE OLD."happened_at" IS NOT NEW."happened_at"
        UNION ALL SELECT 'minutes' AS grp, json_object('minutes', NEW."minutes") AS new, json_object('minutes', OLD."minutes") AS old WHERE OLD."minutes" IS NOT NEW."minutes"
        UNION ALL SELECT 'how' AS grp, json_object('how', NEW."how") AS new, json_object('how', OLD."how") AS old WHERE OLD."how" IS NOT NEW."how"
        UNION ALL SELECT 'place' AS grp, json_object('place', NEW."place") AS new, json_object('place', OLD."place") AS old WHERE OLD."place" IS NOT NEW."place"
        UNION ALL SELECT 'who_there' AS grp, json_object('who_there', NEW."who_there") AS new, json_object('who_there', OLD."who_there") AS old WHERE OLD."who_there" IS NOT NEW."who_there"
        UNION ALL SELECT 'outcome' AS grp, json_object('outcome', NEW."outcome") AS new, json_object('outcome', OLD."outcome") AS old WHERE OLD."outcome" IS NOT NEW."outcome"
        UNION ALL SELECT 'interpreter' AS grp, json_object('interpreter', NEW."interpreter") AS new, json_object('interpreter', OLD."interpreter") AS old WHERE OLD."interpreter" IS NOT NEW."interpreter")) c;
  DELETE FROM sync_head WHERE tbl = 'contact' AND pk = NEW.id AND grp IN (SELECT x.key FROM sync_device d, json_each((SELECT o.body FROM sync_op o
      WHERE o.dev = d.dev AND o.n = d.n)) x);
  INSERT INTO sync_head (tbl, pk, grp, op, stamp)
    SELECT 'contact', NEW.id, x.key, d.dev || ':' || d.n, d.stamp FROM sync_device d, json_each((SELECT o.body FROM sync_op o
      WHERE o.dev = d.dev AND o.n = d.n)) x;
END
--;
CREATE TRIGGER op_keep_contact BEFORE DELETE ON "contact"
BEGIN
  SELECT RAISE(ABORT, 'rows are hidden, never deleted');
END
--;
CREATE TRIGGER op_hold_contact BEFORE UPDATE ON "contact"
WHEN OLD."id" IS NOT NEW."id" OR OLD."person_id" IS NOT NEW."person_id"
BEGIN
  SELECT RAISE(ABORT, 'this is written once');
END
--;
CREATE TRIGGER op_put_contribution AFTER INSERT ON "contribution"
WHEN lw_capturing() = 1
BEGIN
  UPDATE sync_device SET n = n + 1, stamp = max(stamp + 1, lw_now());
  INSERT INTO sync_op (dev, n, act, stamp, scope, tbl, pk, kind, body, base, hash, schema_v, actor)
    SELECT d.dev, d.n, lw_act(), d.stamp, 'person:' || NEW.person_id, 'contribution', NEW.id, 'put', b.body, '{}',
      lw_hash(b.body), 1, lw_actor()
    FROM sync_device d, (SELECT json_object('recorded', json_object('recorded_at', NEW."recorded_at", 'recorded_by', NEW."recorded_by"), 'hidden', json_object('hidden_at', NEW."hidden_at"), 'person', json_object('person_id', NEW."person_id"), 'words', json_object('words', NEW."words"), 'on', json_object('on', NEW."on"), 'from', json_object('from_note', NEW."from_note")) AS body) b;
  INSERT INTO sync_head (tbl, pk, grp, op, stamp)
    SELECT 'contribution', NEW.id, '*', d.dev || ':' || d.n, d.stamp FROM sync_device d;
END
--;
CREATE TRIGGER op_set_contribution AFTER UPDATE ON "contribution"
WHEN lw_capturing() = 1 AND (OLD."recorded_at" IS NOT NEW."recorded_at" OR OLD."recorded_by" IS NOT NEW."recorded_by" OR OLD."hidden_at" IS NOT NEW."hidden_at" OR OLD."person_id" IS NOT NEW."person_id" OR OLD."words" IS NOT NEW."words" OR OLD."on" IS NOT NEW."on" OR OLD."from_note" IS NOT NEW."from_note")
BEGIN
  UPDATE sync_device SET n = n + 1, stamp = max(stamp + 1, lw_now());
  INSERT INTO sync_op (dev, n, act, stamp, scope, tbl, pk, kind, body, base, hash, schema_v, actor,
      before)
    SELECT d.dev, d.n, lw_act(), d.stamp, 'person:' || NEW.person_id, 'contribution', NEW.id,
      CASE WHEN OLD.hidden_at IS NULL AND NEW.hidden_at IS NOT NULL THEN 'del' ELSE 'set' END, c.body,
      CASE WHEN OLD.hidden_at IS NULL AND NEW.hidden_at IS NOT NULL THEN (SELECT json_group_object(s.grp, json(s.ops)) FROM
        (SELECT h.grp AS grp, json_group_array(h.op) AS ops FROM sync_head h WHERE h.tbl = 'contribution' AND h.pk = NEW.id GROUP BY h.grp) s) ELSE (SELECT json_group_object(x.key, json(coalesce(
        (SELECT json_group_array(h.op) FROM sync_head h WHERE h.tbl = 'contribution' AND h.pk = NEW.id AND h.grp = x.key HAVING count(*) > 0),
        (SELECT json_group_array(h.op) FROM sync_head h WHERE h.tbl = 'contribution' AND h.pk = NEW.id AND h.grp = '*'))))
        FROM json_each(c.body) x) END,
      lw_hash(c.body), 1, lw_actor(), c.before
    FROM sync_device d, (SELECT json_group_object(grp, json(new)) AS body,
        json_group_object(grp, json(old)) AS before FROM (
        SELECT 'recorded' AS grp, json_object('recorded_at', NEW."recorded_at", 'recorded_by', NEW."recorded_by") AS new, json_object('recorded_at', OLD."recorded_at", 'recorded_by', OLD."recorded_by") AS old WHERE OLD."recorded_at" IS NOT NEW."recorded_at" OR OLD."recorded_by" IS NOT NEW."recorded_by"
        UNION ALL SELECT 'hidden' AS grp, json_object('hidden_at', NEW."hidden_at") AS new, json_object('hidden_at', OLD."hidden_at") AS old WHERE OLD."hidden_at" IS NOT NEW."hidden_at"
        UNION ALL SELECT 'person' AS grp, json_object('person_id', NEW."person_id") AS new, json_object('person_id', OLD."person_id") AS old WHERE OLD."person_id" IS NOT NEW."person_id"
        UNION ALL SELECT 'words' AS grp, json_object('words', NEW."words") AS new, json_object('words', OLD."words") AS old WHERE OLD."words" IS NOT NEW."words"
        UNION ALL SELECT 'on' AS grp, json_object('on', NEW."on") AS new, json_object('on', OLD."on") AS old WHERE OLD."on" IS NOT NEW."on"
        UNION ALL SELECT 'from' AS grp, json_object('from_note', NEW."from_note") AS new, json_object('from_note', OLD."from_note") AS old WHERE OLD."from_note" IS NOT NEW."from_note")) c;
  DELETE FROM sync_head WHERE tbl = 'contribution' AND pk = NEW.id AND grp IN (SELECT x.key FROM sync_device d, json_each((SELECT o.body FROM sync_op o
      WHERE o.dev = d.dev AND o.n = d.n)) x);
  INSERT INTO sync_head (tbl, pk, grp, op, stamp)
    SELECT 'contribution', NEW.id, x.key, d.dev || ':' || d.n, d.stamp FROM sync_device d, json_each((SELECT o.body FROM sync_op o
      WHERE o.dev = d.dev AND o.n = d.n)) x;
END
--;
CREATE TRIGGER op_keep_contribution BEFORE DELETE ON "contribution"
BEGIN
  SELECT RAISE(ABORT, 'rows are hidden, never deleted');
END
--;
CREATE TRIGGER op_hold_contribution BEFORE UPDATE ON "contribution"
WHEN OLD."id" IS NOT NEW."id" OR OLD."person_id" IS NOT NEW."person_id"
BEGIN
  SELECT RAISE(ABORT, 'this is written once');
END
--;
CREATE TRIGGER op_put_goal AFTER INSERT ON "goal"
WHEN lw_capturing() = 1
BEGIN
  UPDATE sync_device SET n = n + 1, stamp = max(stamp + 1, lw_now());
  INSERT INTO sync_op (dev, n, act, stamp, scope, tbl, pk, kind, body, base, hash, schema_v, actor)
    SELECT d.dev, d.n, lw_act(), d.stamp, 'person:' || NEW.person_id, 'goal', NEW.id, 'put', b.body, '{}',
      lw_hash(b.body), 1, lw_actor()
    FROM sync_device d, (SELECT json_object('recorded', json_object('recorded_at', NEW."recorded_at", 'recorded_by', NEW."recorded_by"), 'hidden', json_object('hidden_at', NEW."hidden_at"), 'person', json_object('person_id', NEW."person_id"), 'words', json_object('words', NEW."words"), 'importance', json_object('importance', NEW."importance"), 'agreed', json_object('agreed_on', NEW."agreed_on", 'agreed_with', NEW."agreed_with"), 'state', json_object('state', NEW."state", 'state_on', NEW."state_on", 'state_words', NEW."state_words"), 'from', json_object('from_note', NEW."from_note")) AS body) b;
  INSERT INTO sync_head (tbl, pk, grp, op, stamp)
    SELECT 'goal', NEW.id, '*', d.dev || ':' || d.n, d.stamp FROM sync_device d;
END
--;
CREATE TRIGGER op_set_goal AFTER UPDATE ON "goal"
WHEN lw_capturing() = 1 AND (OLD."recorded_at" IS NOT NEW."recorded_at" OR OLD."recorded_by" IS NOT NEW."recorded_by" OR OLD."hidden_at" IS NOT NEW."hidden_at" OR OLD."person_id" IS NOT NEW."person_id" OR OLD."words" IS NOT NEW."words" OR OLD."importance" IS NOT NEW."importance" OR OLD."agreed_on" IS NOT NEW."agreed_on" OR OLD."agreed_with" IS NOT NEW."agreed_with" OR OLD."state" IS NOT NEW."state" OR OLD."state_on" IS NOT NEW."state_on" OR OLD."state_words" IS NOT NEW."state_words" OR OLD."from_note" IS NOT NEW."from_note")
BEGIN
  UPDATE sync_device SET n = n + 1, stamp = max(stamp + 1, lw_now());
  INSERT INTO sync_op (dev, n, act, stamp, scope, tbl, pk, kind, body, base, hash, schema_v, actor,
      before)
    SELECT d.dev, d.n, lw_act(), d.stamp, 'person:' || NEW.person_id, 'goal', NEW.id,
      CASE WHEN OLD.hidden_at IS NULL AND NEW.hidden_at IS NOT NULL THEN 'del' ELSE 'set' END, c.body,
      CASE WHEN OLD.hidden_at IS NULL AND NEW.hidden_at IS NOT NULL THEN (SELECT json_group_object(s.grp, json(s.ops)) FROM
        (SELECT h.grp AS grp, json_group_array(h.op) AS ops FROM sync_head h WHERE h.tbl = 'goal' AND h.pk = NEW.id GROUP BY h.grp) s) ELSE (SELECT json_group_object(x.key, json(coalesce(
        (SELECT json_group_array(h.op) FROM sync_head h WHERE h.tbl = 'goal' AND h.pk = NEW.id AND h.grp = x.key HAVING count(*) > 0),
        (SELECT json_group_array(h.op) FROM sync_head h WHERE h.tbl = 'goal' AND h.pk = NEW.id AND h.grp = '*'))))
        FROM json_each(c.body) x) END,
      lw_hash(c.body), 1, lw_actor(), c.before
    FROM sync_device d, (SELECT json_group_object(grp, json(new)) AS body,
        json_group_object(grp, json(old)) AS before FROM (
        SELECT 'recorded' AS grp, json_object('recorded_at', NEW."recorded_at", 'recorded_by', NEW."recorded_by") AS new, json_object('recorded_at', OLD."recorded_at", 'recorded_by', OLD."recorded_by") AS old WHERE OLD."recorded_at" IS NOT NEW."recorded_at" OR OLD."recorded_by" IS NOT NEW."recorded_by"
        UNION ALL SELECT 'hidden' AS grp, json_object('hidden_at', NEW."hidden_at") AS new, json_object('hidden_at', OLD."hidden_at") AS old WHERE OLD."hidden_at" IS NOT NEW."hidden_at"
        UNION ALL SELECT 'person' AS grp, json_object('person_id', NEW."person_id") AS new, json_object('person_id', OLD."person_id") AS old WHERE OLD."person_id" IS NOT NEW."person_id"
        UNION ALL SELECT 'words' AS grp, json_object('words', NEW."words") AS new, json_object('words', OLD."words") AS old WHERE OLD."words" IS NOT NEW."words"
        UNION ALL SELECT 'importance' AS grp, json_object('importance', NEW."importance") AS new, json_object('importance', OLD."importance") AS old WHERE OLD."importance" IS NOT NEW."importance"
        UNION ALL SELECT 'agreed' AS grp, json_object('agreed_on', NEW."agreed_on", 'agreed_with', NEW."agreed_with") AS new, json_object('agreed_on', OLD."agreed_on", 'agreed_with', OLD."agreed_with") AS old WHERE OLD."agreed_on" IS NOT NEW."agreed_on" OR OLD."agreed_with" IS NOT NEW."agreed_with"
        UNION ALL SELECT 'state' AS grp, json_object('state', NEW."state", 'state_on', NEW."state_on", 'state_words', NEW."state_words") AS new, json_object('state', OLD."state", 'state_on', OLD."state_on", 'state_words', OLD."state_words") AS old WHERE OLD."state" IS NOT NEW."state" OR OLD."state_on" IS NOT NEW."state_on" OR OLD."state_words" IS NOT NEW."state_words"
        UNION ALL SELECT 'from' AS grp, json_object('from_note', NEW."from_note") AS new, json_object('from_note', OLD."from_note") AS old WHERE OLD."from_note" IS NOT NEW."from_note")) c;
  DELETE FROM sync_head WHERE tbl = 'goal' AND pk = NEW.id AND grp IN (SELECT x.key FROM sync_device d, json_each((SELECT o.body FROM sync_op o
      WHERE o.dev = d.dev AND o.n = d.n)) x);
  INSERT INTO sync_head (tbl, pk, grp, op, stamp)
    SELECT 'goal', NEW.id, x.key, d.dev || ':' || d.n, d.stamp FROM sync_device d, json_each((SELECT o.body FROM sync_op o
      WHERE o.dev = d.dev AND o.n = d.n)) x;
END
--;
CREATE TRIGGER op_keep_goal BEFORE DELETE ON "goal"
BEGIN
  SELECT RAISE(ABORT, 'rows are hidden, never deleted');
END
--;
CREATE TRIGGER op_hold_goal BEFORE UPDATE ON "goal"
WHEN OLD."id" IS NOT NEW."id" OR OLD."person_id" IS NOT NEW."person_id"
BEGIN
  SELECT RAISE(ABORT, 'this is written once');
END
--;
CREATE TRIGGER op_put_household_member AFTER INSERT ON "household_member"
WHEN lw_capturing() = 1
BEGIN
  UPDATE sync_device SET n = n + 1, stamp = max(stamp + 1, lw_now());
  INSERT INTO sync_op (dev, n, act, stamp, scope, tbl, pk, kind, body, base, hash, schema_v, actor)
    SELECT d.dev, d.n, lw_act(), d.stamp, 'person:' || NEW.person_id, 'household_member', NEW.id, 'put', b.body, '{}',
      lw_hash(b.body), 1, lw_actor()
    FROM sync_device d, (SELECT json_object('recorded', json_object('recorded_at', NEW."recorded_at", 'recorded_by', NEW."recorded_by"), 'hidden', json_object('hidden_at', NEW."hidden_at"), 'person', json_object('person_id', NEW."person_id"), 'household', json_object('household_id', NEW."household_id"), 'called', json_object('called', NEW."called"), 'place', json_object('place', NEW."place"), 'until', json_object('until', NEW."until")) AS body) b;
  INSERT INTO sync_head (tbl, pk, grp, op, stamp)
    SELECT 'household_member', NEW.id, '*', d.dev || ':' || d.n, d.stamp FROM sync_device d;
END
--;
CREATE TRIGGER op_set_household_member AFTER UPDATE ON "household_member"
WHEN lw_capturing() = 1 AND (OLD."recorded_at" IS NOT NEW."recorded_at" OR OLD."recorded_by" IS NOT NEW."recorded_by" OR OLD."hidden_at" IS NOT NEW."hidden_at" OR OLD."person_id" IS NOT NEW."person_id" OR OLD."household_id" IS NOT NEW."household_id" OR OLD."called" IS NOT NEW."called" OR OLD."place" IS NOT NEW."place" OR OLD."until" IS NOT NEW."until")
BEGIN
  UPDATE sync_device SET n = n + 1, stamp = max(stamp + 1, lw_now());
  INSERT INTO sync_op (dev, n, act, stamp, scope, tbl, pk, kind, body, base, hash, schema_v, actor,
      before)
    SELECT d.dev, d.n, lw_act(), d.stamp, 'person:' || NEW.person_id, 'household_member', NEW.id,
      CASE WHEN OLD.hidden_at IS NULL AND NEW.hidden_at IS NOT NULL THEN 'del' ELSE 'set' END, c.body,
      CASE WHEN OLD.hidden_at IS NULL AND NEW.hidden_at IS NOT NULL THEN (SELECT json_group_object(s.grp, json(s.ops)) FROM
        (SELECT h.grp AS grp, json_group_array(h.op) AS ops FROM sync_head h WHERE h.tbl = 'household_member' AND h.pk = NEW.id GROUP BY h.grp) s) ELSE (SELECT json_group_object(x.key, json(coalesce(
        (SELECT json_group_array(h.op) FROM sync_head h WHERE h.tbl = 'household_member' AND h.pk = NEW.id AND h.grp = x.key HAVING count(*) > 0),
        (SELECT json_group_array(h.op) FROM sync_head h WHERE h.tbl = 'household_member' AND h.pk = NEW.id AND h.grp = '*'))))
        FROM json_each(c.body) x) END,
      lw_hash(c.body), 1, lw_actor(), c.before
    FROM sync_device d, (SELECT json_group_object(grp, json(new)) AS body,
        json_group_object(grp, json(old)) AS before FROM (
        SELECT 'recorded' AS grp, json_object('recorded_at', NEW."recorded_at", 'recorded_by', NEW."recorded_by") AS new, json_object('recorded_at', OLD."recorded_at", 'recorded_by', OLD."recorded_by") AS old WHERE OLD."recorded_at" IS NOT NEW."recorded_at" OR OLD."recorded_by" IS NOT NEW."recorded_by"
        UNION ALL SELECT 'hidden' AS grp, json_object('hidden_at', NEW."hidden_at") AS new, json_object('hidden_at', OLD."hidden_at") AS old WHERE OLD."hidden_at" IS NOT NEW."hidden_at"
        UNION ALL SELECT 'person' AS grp, json_object('person_id', NEW."person_id") AS new, json_object('person_id', OLD."person_id") AS old WHERE OLD."person_id" IS NOT NEW."person_id"
        UNION ALL SELECT 'household' AS grp, json_object('household_id', NEW."household_id") AS new, json_object('household_id', OLD."household_id") AS old WHERE OLD."household_id" IS NOT NEW."household_id"
        UNION ALL SELECT 'called' AS grp, json_object('called', NEW."called") AS new, json_object('called', OLD."called") AS old WHERE OLD."called" IS NOT NEW."called"
        UNION ALL SELECT 'place' AS grp, json_object('place', NEW."place") AS new, json_object('place', OLD."place") AS old WHERE OLD."place" IS NOT NEW."place"
        UNION ALL SELECT 'until' AS grp, json_object('until', NEW."until") AS new, json_object('until', OLD."until") AS old WHERE OLD."until" IS NOT NEW."until")) c;
  DELETE FROM sync_head WHERE tbl = 'household_member' AND pk = NEW.id AND grp IN (SELECT x.key FROM sync_device d, json_each((SELECT o.body FROM sync_op o
      WHERE o.dev = d.dev AND o.n = d.n)) x);
  INSERT INTO sync_head (tbl, pk, grp, op, stamp)
    SELECT 'household_member', NEW.id, x.key, d.dev || ':' || d.n, d.stamp FROM sync_device d, json_each((SELECT o.body FROM sync_op o
      WHERE o.dev = d.dev AND o.n = d.n)) x;
END
--;
CREATE TRIGGER op_keep_household_member BEFORE DELETE ON "household_member"
BEGIN
  SELECT RAISE(ABORT, 'rows are hidden, never deleted');
END
--;
CREATE TRIGGER op_hold_household_member BEFORE UPDATE ON "household_member"
WHEN OLD."id" IS NOT NEW."id" OR OLD."person_id" IS NOT NEW."person_id"
BEGIN
  SELECT RAISE(ABORT, 'this is written once');
END
--;
CREATE TRIGGER op_put_in_the_way AFTER INSERT ON "in_the_way"
WHEN lw_capturing() = 1
BEGIN
  UPDATE sync_device SET n = n + 1, stamp = max(stamp + 1, lw_now());
  INSERT INTO sync_op (dev, n, act, stamp, scope, tbl, pk, kind, body, base, hash, schema_v, actor)
    SELECT d.dev, d.n, lw_act(), d.stamp, 'person:' || NEW.person_id, 'in_the_way', NEW.id, 'put', b.body, '{}',
      lw_hash(b.body), 1, lw_actor()
    FROM sync_device d, (SELECT json_object('recorded', json_object('recorded_at', NEW."recorded_at", 'recorded_by', NEW."recorded_by"), 'hidden', json_object('hidden_at', NEW."hidden_at"), 'person', json_object('person_id', NEW."person_id"), 'words', json_object('words', NEW."words"), 'cleared', json_object('cleared_on', NEW."cleared_on", 'cleared_words', NEW."cleared_words"), 'from', json_object('from_note', NEW."from_note")) AS body) b;
  INSERT INTO sync_head (tbl, pk, grp, op, stamp)
    SELECT 'in_the_way', NEW.id, '*', d.dev || ':' || d.n, d.stamp FROM sync_device d;
END
--;
CREATE TRIGGER op_set_in_the_way AFTER UPDATE ON "in_the_way"
WHEN lw_capturing() = 1 AND (OLD."recorded_at" IS NOT NEW."recorded_at" OR OLD."recorded_by" IS NOT NEW."recorded_by" OR OLD."hidden_at" IS NOT NEW."hidden_at" OR OLD."person_id" IS NOT NEW."person_id" OR OLD."words" IS NOT NEW."words" OR OLD."cleared_on" IS NOT NEW."cleared_on" OR OLD."cleared_words" IS NOT NEW."cleared_words" OR OLD."from_note" IS NOT NEW."from_note")
BEGIN
  UPDATE sync_device SET n = n + 1, stamp = max(stamp + 1, lw_now());
  INSERT INTO sync_op (dev, n, act, stamp, scope, tbl, pk, kind, body, base, hash, schema_v, actor,
      before)
    SELECT d.dev, d.n, lw_act(), d.stamp, 'person:' || NEW.person_id, 'in_the_way', NEW.id,
      CASE WHEN OLD.hidden_at IS NULL AND NEW.hidden_at IS NOT NULL THEN 'del' ELSE 'set' END, c.body,
      CASE WHEN OLD.hidden_at IS NULL AND NEW.hidden_at IS NOT NULL THEN (SELECT json_group_object(s.grp, json(s.ops)) FROM
        (SELECT h.grp AS grp, json_group_array(h.op) AS ops FROM sync_head h WHERE h.tbl = 'in_the_way' AND h.pk = NEW.id GROUP BY h.grp) s) ELSE (SELECT json_group_object(x.key, json(coalesce(
        (SELECT json_group_array(h.op) FROM sync_head h WHERE h.tbl = 'in_the_way' AND h.pk = NEW.id AND h.grp = x.key HAVING count(*) > 0),
        (SELECT json_group_array(h.op) FROM sync_head h WHERE h.tbl = 'in_the_way' AND h.pk = NEW.id AND h.grp = '*'))))
        FROM json_each(c.body) x) END,
      lw_hash(c.body), 1, lw_actor(), c.before
    FROM sync_device d, (SELECT json_group_object(grp, json(new)) AS body,
        json_group_object(grp, json(old)) AS before FROM (
        SELECT 'recorded' AS grp, json_object('recorded_at', NEW."recorded_at", 'recorded_by', NEW."recorded_by") AS new, json_object('recorded_at', OLD."recorded_at", 'recorded_by', OLD."recorded_by") AS old WHERE OLD."recorded_at" IS NOT NEW."recorded_at" OR OLD."recorded_by" IS NOT NEW."recorded_by"
        UNION ALL SELECT 'hidden' AS grp, json_object('hidden_at', NEW."hidden_at") AS new, json_object('hidden_at', OLD."hidden_at") AS old WHERE OLD."hidden_at" IS NOT NEW."hidden_at"
        UNION ALL SELECT 'person' AS grp, json_object('person_id', NEW."person_id") AS new, json_object('person_id', OLD."person_id") AS old WHERE OLD."person_id" IS NOT NEW."person_id"
        UNION ALL SELECT 'words' AS grp, json_object('words', NEW."words") AS new, json_object('words', OLD."words") AS old WHERE OLD."words" IS NOT NEW."words"
        UNION ALL SELECT 'cleared' AS grp, json_object('cleared_on', NEW."cleared_on", 'cleared_words', NEW."cleared_words") AS new, json_object('cleared_on', OLD."cleared_on", 'cleared_words', OLD."cleared_words") AS old WHERE OLD."cleared_on" IS NOT NEW."cleared_on" OR OLD."cleared_words" IS NOT NEW."cleared_words"
        UNION ALL SELECT 'from' AS grp, json_object('from_note', NEW."from_note") AS new, json_object('from_note', OLD."from_note") AS old WHERE OLD."from_note" IS NOT NEW."from_note")) c;
  DELETE FROM sync_head WHERE tbl = 'in_the_way' AND pk = NEW.id AND grp IN (SELECT x.key FROM sync_device d, json_each((SELECT o.body FROM sync_op o
      WHERE o.dev = d.dev AND o.n = d.n)) x);
  INSERT INTO sync_head (tbl, pk, grp, op, stamp)
    SELECT 'in_the_way', NEW.id, x.key, d.dev || ':' || d.n, d.stamp FROM sync_device d, json_each((SELECT o.body FROM sync_op o
      WHERE o.dev = d.dev AND o.n = d.n)) x;
END
--;
CREATE TRIGGER op_keep_in_the_way BEFORE DELETE ON "in_the_way"
BEGIN
  SELECT RAISE(ABORT, 'rows are hidden, never deleted');
END
--;
CREATE TRIGGER op_hold_in_the_way BEFORE UPDATE ON "in_the_way"
WHEN OLD."id" IS NOT NEW."id" OR OLD."person_id" IS NOT NEW."person_id"
BEGIN
  SELECT RAISE(ABORT, 'this is written once');
END
--;
CREATE TRIGGER op_put_kept_apart AFTER INSERT ON "kept_apart"
WHEN lw_capturing() = 1
BEGIN
  UPDATE sync_device SET n = n + 1, stamp = max(stamp + 1, lw_now());
  INSERT INTO sync_op (dev, n, act, stamp, scope, tbl, pk, kind, body, base, hash, schema_v, actor)
    SELECT d.dev, d.n, lw_act(), d.stamp, 'person:' || NEW.person_id || ':restricted', 'kept_apart', NEW.id, 'put', NULL, '{}',
      lw_hash(b.body), 1, lw_actor()
    FROM sync_device d, (SELECT json_object('recorded', json_object('recorded_at', NEW."recorded_at", 'recorded_by', NEW."recorded_by"), 'hidden', json_object('hidden_at', NEW."hidden_at"), 'apart', json_object('person_id', NEW."person_id", 'note_id', NEW."note_id", 'ordinal', NEW."ordinal", 'words', NEW."words", 'happened_on', NEW."happened_on", 'told', NEW."told")) AS body) b;
  INSERT INTO sync_head (tbl, pk, grp, op, stamp)
    SELECT 'kept_apart', NEW.id, '*', d.dev || ':' || d.n, d.stamp FROM sync_device d;
END
--;
CREATE TRIGGER op_set_kept_apart AFTER UPDATE ON "kept_apart"
WHEN lw_capturing() = 1 AND (OLD."recorded_at" IS NOT NEW."recorded_at" OR OLD."recorded_by" IS NOT NEW."recorded_by" OR OLD."hidden_at" IS NOT NEW."hidden_at" OR OLD."person_id" IS NOT NEW."person_id" OR OLD."note_id" IS NOT NEW."note_id" OR OLD."ordinal" IS NOT NEW."ordinal" OR OLD."words" IS NOT NEW."words" OR OLD."happened_on" IS NOT NEW."happened_on" OR OLD."told" IS NOT NEW."told")
BEGIN
  UPDATE sync_device SET n = n + 1, stamp = max(stamp + 1, lw_now());
  INSERT INTO sync_op (dev, n, act, stamp, scope, tbl, pk, kind, body, base, hash, schema_v, actor,
      before)
    SELECT d.dev, d.n, lw_act(), d.stamp, 'person:' || NEW.person_id || ':restricted', 'kept_apart', NEW.id,
      CASE WHEN OLD.hidden_at IS NULL AND NEW.hidden_at IS NOT NULL THEN 'del' ELSE 'set' END, c.body,
      CASE WHEN OLD.hidden_at IS NULL AND NEW.hidden_at IS NOT NULL THEN (SELECT json_group_object(s.grp, json(s.ops)) FROM
        (SELECT h.grp AS grp, json_group_array(h.op) AS ops FROM sync_head h WHERE h.tbl = 'kept_apart' AND h.pk = NEW.id GROUP BY h.grp) s) ELSE (SELECT json_group_object(x.key, json(coalesce(
        (SELECT json_group_array(h.op) FROM sync_head h WHERE h.tbl = 'kept_apart' AND h.pk = NEW.id AND h.grp = x.key HAVING count(*) > 0),
        (SELECT json_group_array(h.op) FROM sync_head h WHERE h.tbl = 'kept_apart' AND h.pk = NEW.id AND h.grp = '*'))))
        FROM json_each(c.body) x) END,
      lw_hash(c.body), 1, lw_actor(), c.before
    FROM sync_device d, (SELECT json_group_object(grp, json(new)) AS body,
        json_group_object(grp, json(old)) AS before FROM (
        SELECT 'recorded' AS grp, json_object('recorded_at', NEW."recorded_at", 'recorded_by', NEW."recorded_by") AS new, json_object('recorded_at', OLD."recorded_at", 'recorded_by', OLD."recorded_by") AS old WHERE OLD."recorded_at" IS NOT NEW."recorded_at" OR OLD."recorded_by" IS NOT NEW."recorded_by"
        UNION ALL SELECT 'hidden' AS grp, json_object('hidden_at', NEW."hidden_at") AS new, json_object('hidden_at', OLD."hidden_at") AS old WHERE OLD."hidden_at" IS NOT NEW."hidden_at"
        UNION ALL SELECT 'apart' AS grp, json_object('person_id', NEW."person_id", 'note_id', NEW."note_id", 'ordinal', NEW."ordinal", 'words', NEW."words", 'happened_on', NEW."happened_on", 'told', NEW."told") AS new, json_object('person_id', OLD."person_id", 'note_id', OLD."note_id", 'ordinal', OLD."ordinal", 'words', OLD."words", 'happened_on', OLD."happened_on", 'told', OLD."told") AS old WHERE OLD."person_id" IS NOT NEW."person_id" OR OLD."note_id" IS NOT NEW."note_id" OR OLD."ordinal" IS NOT NEW."ordinal" OR OLD."words" IS NOT NEW."words" OR OLD."happened_on" IS NOT NEW."happened_on" OR OLD."told" IS NOT NEW."told")) c;
  DELETE FROM sync_head WHERE tbl = 'kept_apart' AND pk = NEW.id AND grp IN (SELECT x.key FROM sync_device d, json_each((SELECT o.body FROM sync_op o
      WHERE o.dev = d.dev AND o.n = d.n)) x);
  INSERT INTO sync_head (tbl, pk, grp, op, stamp)
    SELECT 'kept_apart', NEW.id, x.key, d.dev || ':' || d.n, d.stamp FROM sync_device d, json_each((SELECT o.body FROM sync_op o
      WHERE o.dev = d.dev AND o.n = d.n)) x;
END
--;
CREATE TRIGGER op_keep_kept_apart BEFORE DELETE ON "kept_apart"
BEGIN
  SELECT RAISE(ABORT, 'rows are hidden, never deleted');
END
--;
CREATE TRIGGER op_hold_kept_apart BEFORE UPDATE ON "kept_apart"
WHEN OLD."id" IS NOT NEW."id" OR OLD."recorded_at" IS NOT NEW."recorded_at" OR OLD."recorded_by" IS NOT NEW."recorded_by" OR OLD."person_id" IS NOT NEW."person_id" OR OLD."note_id" IS NOT NEW."note_id" OR OLD."ordinal" IS NOT NEW."ordinal" OR OLD."words" IS NOT NEW."words" OR OLD."happened_on" IS NOT NEW."happened_on" OR OLD."told" IS NOT NEW."told"
BEGIN
  SELECT RAISE(ABORT, 'this is written once');
END
--;
CREATE TRIGGER op_put_looked_for AFTER INSERT ON "looked_for"
WHEN lw_capturing() = 1
BEGIN
  UPDATE sync_device SET n = n + 1, stamp = max(stamp + 1, lw_now());
  INSERT INTO sync_op (dev, n, act, stamp, scope, tbl, pk, kind, body, base, hash, schema_v, actor)
    SELECT d.dev, d.n, lw_act(), d.stamp, 'person:' || NEW.person_id, 'looked_for', NEW.id, 'put', b.body, '{}',
      lw_hash(b.body), 1, lw_actor()
    FROM sync_device d, (SELECT json_object('recorded', json_object('recorded_at', NEW."recorded_at", 'recorded_by', NEW."recorded_by"), 'hidden', json_object('hidden_at', NEW."hidden_at"), 'person', json_object('person_id', NEW."person_id"), 'words', json_object('words', NEW."words"), 'kind', json_object('kind', NEW."kind"), 'answered', json_object('answered_on', NEW."answered_on", 'answer', NEW."answer"), 'from', json_object('from_note', NEW."from_note")) AS body) b;
  INSERT INTO sync_head (tbl, pk, grp, op, stamp)
    SELECT 'looked_for', NEW.id, '*', d.dev || ':' || d.n, d.stamp FROM sync_device d;
END
--;
CREATE TRIGGER op_set_looked_for AFTER UPDATE ON "looked_for"
WHEN lw_capturing() = 1 AND (OLD."recorded_at" IS NOT NEW."recorded_at" OR OLD."recorded_by" IS NOT NEW."recorded_by" OR OLD."hidden_at" IS NOT NEW."hidden_at" OR OLD."person_id" IS NOT NEW."person_id" OR OLD."words" IS NOT NEW."words" OR OLD."kind" IS NOT NEW."kind" OR OLD."answered_on" IS NOT NEW."answered_on" OR OLD."answer" IS NOT NEW."answer" OR OLD."from_note" IS NOT NEW."from_note")
BEGIN
  UPDATE sync_device SET n = n + 1, stamp = max(stamp + 1, lw_now());
  INSERT INTO sync_op (dev, n, act, stamp, scope, tbl, pk, kind, body, base, hash, schema_v, actor,
      before)
    SELECT d.dev, d.n, lw_act(), d.stamp, 'person:' || NEW.person_id, 'looked_for', NEW.id,
      CASE WHEN OLD.hidden_at IS NULL AND NEW.hidden_at IS NOT NULL THEN 'del' ELSE 'set' END, c.body,
      CASE WHEN OLD.hidden_at IS NULL AND NEW.hidden_at IS NOT NULL THEN (SELECT json_group_object(s.grp, json(s.ops)) FROM
        (SELECT h.grp AS grp, json_group_array(h.op) AS ops FROM sync_head h WHERE h.tbl = 'looked_for' AND h.pk = NEW.id GROUP BY h.grp) s) ELSE (SELECT json_group_object(x.key, json(coalesce(
        (SELECT json_group_array(h.op) FROM sync_head h WHERE h.tbl = 'looked_for' AND h.pk = NEW.id AND h.grp = x.key HAVING count(*) > 0),
        (SELECT json_group_array(h.op) FROM sync_head h WHERE h.tbl = 'looked_for' AND h.pk = NEW.id AND h.grp = '*'))))
        FROM json_each(c.body) x) END,
      lw_hash(c.body), 1, lw_actor(), c.before
    FROM sync_device d, (SELECT json_group_object(grp, json(new)) AS body,
        json_group_object(grp, json(old)) AS before FROM (
        SELECT 'recorded' AS grp, json_object('recorded_at', NEW."recorded_at", 'recorded_by', NEW."recorded_by") AS new, json_object('recorded_at', OLD."recorded_at", 'recorded_by', OLD."recorded_by") AS old WHERE OLD."recorded_at" IS NOT NEW."recorded_at" OR OLD."recorded_by" IS NOT NEW."recorded_by"
        UNION ALL SELECT 'hidden' AS grp, json_object('hidden_at', NEW."hidden_at") AS new, json_object('hidden_at', OLD."hidden_at") AS old WHERE OLD."hidden_at" IS NOT NEW."hidden_at"
        UNION ALL SELECT 'person' AS grp, json_object('person_id', NEW."person_id") AS new, json_object('person_id', OLD."person_id") AS old WHERE OLD."person_id" IS NOT NEW."person_id"
        UNION ALL SELECT 'words' AS grp, json_object('words', NEW."words") AS new, json_object('words', OLD."words") AS old WHERE OLD."words" IS NOT NEW."words"
        UNION ALL SELECT 'kind' AS grp, json_object('kind', NEW."kind") AS new, json_object('kind', OLD."kind") AS old WHERE OLD."kind" IS NOT NEW."kind"
        UNION ALL SELECT 'answered' AS grp, json_object('answered_on', NEW."answered_on", 'answer', NEW."answer") AS new, json_object('answered_on', OLD."answered_on", 'answer', OLD."answer") AS old WHERE OLD."answered_on" IS NOT NEW."answered_on" OR OLD."answer" IS NOT NEW."answer"
        UNION ALL SELECT 'from' AS grp, json_object('from_note', NEW."from_note") AS new, json_object('from_note', OLD."from_note") AS old WHERE OLD."from_note" IS NOT NEW."from_note")) c;
  DELETE FROM sync_head WHERE tbl = 'looked_for' AND pk = NEW.id AND grp IN (SELECT x.key FROM sync_device d, json_each((SELECT o.body FROM sync_op o
      WHERE o.dev = d.dev AND o.n = d.n)) x);
  INSERT INTO sync_head (tbl, pk, grp, op, stamp)
    SELECT 'looked_for', NEW.id, x.key, d.dev || ':' || d.n, d.stamp FROM sync_device d, json_each((SELECT o.body FROM sync_op o
      WHERE o.dev = d.dev AND o.n = d.n)) x;
END
--;
CREATE TRIGGER op_keep_looked_for BEFORE DELETE ON "looked_for"
BEGIN
  SELECT RAISE(ABORT, 'rows are hidden, never deleted');
END
--;
CREATE TRIGGER op_hold_looked_for BEFORE UPDATE ON "looked_for"
WHEN OLD."id" IS NOT NEW."id" OR OLD."person_id" IS NOT NEW."person_id"
BEGIN
  SELECT RAISE(ABORT, 'this is written once');
END
--;
CREATE TRIGGER op_put_note AFTER INSERT ON "note"
WHEN lw_capturing() = 1
BEGIN
  UPDATE sync_device SET n = n + 1, stamp = max(stamp + 1, lw_now());
  INSERT INTO sync_op (dev, n, act, stamp, scope, tbl, pk, kind, body, base, hash, schema_v, actor)
    SELECT d.dev, d.n, lw_act(), d.stamp, 'person:' || NEW.person_id, 'note', NEW.id, 'put', NULL, '{}',
      lw_hash(b.body), 1, lw_actor()
    FROM sync_device d, (SELECT json_object('recorded', json_object('recorded_at', NEW."recorded_at", 'recorded_by', NEW."recorded_by"), 'hidden', json_object('hidden_at', NEW."hidden_at"), 'person', json_object('person_id', NEW."person_id"), 'note', json_object('contact_id', NEW."contact_id", 'occasion_id', NEW."occasion_id", 'happened_at', NEW."happened_at", 'words', NEW."words", 'corrects', NEW."corrects")) AS body) b;
  INSERT INTO sync_head (tbl, pk, grp, op, stamp)
    SELECT 'note', NEW.id, '*', d.dev || ':' || d.n, d.stamp FROM sync_device d;
END
--;
CREATE TRIGGER op_set_note AFTER UPDATE ON "note"
WHEN lw_capturing() = 1 AND (OLD."recorded_at" IS NOT NEW."recorded_at" OR OLD."recorded_by" IS NOT NEW."recorded_by" OR OLD."hidden_at" IS NOT NEW."hidden_at" OR OLD."person_id" IS NOT NEW."person_id" OR OLD."contact_id" IS NOT NEW."contact_id" OR OLD."occasion_id" IS NOT NEW."occasion_id" OR OLD."happened_at" IS NOT NEW."happened_at" OR OLD."words" IS NOT NEW."words" OR OLD."corrects" IS NOT NEW."corrects")
BEGIN
  UPDATE sync_device SET n = n + 1, stamp = max(stamp + 1, lw_now());
  INSERT INTO sync_op (dev, n, act, stamp, scope, tbl, pk, kind, body, base, hash, schema_v, actor,
      before)
    SELECT d.dev, d.n, lw_act(), d.stamp, 'person:' || NEW.person_id, 'note', NEW.id,
      CASE WHEN OLD.hidden_at IS NULL AND NEW.hidden_at IS NOT NULL THEN 'del' ELSE 'set' END, c.body,
      CASE WHEN OLD.hidden_at IS NULL AND NEW.hidden_at IS NOT NULL THEN (SELECT json_group_object(s.grp, json(s.ops)) FROM
        (SELECT h.grp AS grp, json_group_array(h.op) AS ops FROM sync_head h WHERE h.tbl = 'note' AND h.pk = NEW.id GROUP BY h.grp) s) ELSE (SELECT json_group_object(x.key, json(coalesce(
        (SELECT json_group_array(h.op) FROM sync_head h WHERE h.tbl = 'note' AND h.pk = NEW.id AND h.grp = x.key HAVING count(*) > 0),
        (SELECT json_group_array(h.op) FROM sync_head h WHERE h.tbl = 'note' AND h.pk = NEW.id AND h.grp = '*'))))
        FROM json_each(c.body) x) END,
      lw_hash(c.body), 1, lw_actor(), c.before
    FROM sync_device d, (SELECT json_group_object(grp, json(new)) AS body,
        json_group_object(grp, json(old)) AS before FROM (
        SELECT 'recorded' AS grp, json_object('recorded_at', NEW."recorded_at", 'recorded_by', NEW."recorded_by") AS new, json_object('recorded_at', OLD."recorded_at", 'recorded_by', OLD."recorded_by") AS old WHERE OLD."recorded_at" IS NOT NEW."recorded_at" OR OLD."recorded_by" IS NOT NEW."recorded_by"
        UNION ALL SELECT 'hidden' AS grp, json_object('hidden_at', NEW."hidden_at") AS new, json_object('hidden_at', OLD."hidden_at") AS old WHERE OLD."hidden_at" IS NOT NEW."hidden_at"
        UNION ALL SELECT 'person' AS grp, json_object('person_id', NEW."person_id") AS new, json_object('person_id', OLD."person_id") AS old WHERE OLD."person_id" IS NOT NEW."person_id"
        UNION ALL SELECT 'note' AS grp, json_object('contact_id', NEW."contact_id", 'occasion_id', NEW."occasion_id", 'happened_at', NEW."happened_at", 'words', NEW."words", 'corrects', NEW."corrects") AS new, json_object('contact_id', OLD."contact_id", 'occasion_id', OLD."occasion_id", 'happened_at', OLD."happened_at", 'words', OLD."words", 'corrects', OLD."corrects") AS old WHERE OLD."contact_id" IS NOT NEW."contact_id" OR OLD."occasion_id" IS NOT NEW."occasion_id" OR OLD."happened_at" IS NOT NEW."happened_at" OR OLD."words" IS NOT NEW."words" OR OLD."corrects" IS NOT NEW."corrects")) c;
  DELETE FROM sync_head WHERE tbl = 'note' AND pk = NEW.id AND grp IN (SELECT x.key FROM sync_device d, json_each((SELECT o.body FROM sync_op o
      WHERE o.dev = d.dev AND o.n = d.n)) x);
  INSERT INTO sync_head (tbl, pk, grp, op, stamp)
    SELECT 'note', NEW.id, x.key, d.dev || ':' || d.n, d.stamp FROM sync_device d, json_each((SELECT o.body FROM sync_op o
      WHERE o.dev = d.dev AND o.n = d.n)) x;
END
--;
CREATE TRIGGER op_keep_note BEFORE DELETE ON "note"
BEGIN
  SELECT RAISE(ABORT, 'rows are hidden, never deleted');
END
--;
CREATE TRIGGER op_hold_note BEFORE UPDATE ON "note"
WHEN OLD."id" IS NOT NEW."id" OR OLD."recorded_at" IS NOT NEW."recorded_at" OR OLD."recorded_by" IS NOT NEW."recorded_by" OR OLD."person_id" IS NOT NEW."person_id" OR OLD."contact_id" IS NOT NEW."contact_id" OR OLD."occasion_id" IS NOT NEW."occasion_id" OR OLD."happened_at" IS NOT NEW."happened_at" OR OLD."words" IS NOT NEW."words" OR OLD."corrects" IS NOT NEW."corrects"
BEGIN
  SELECT RAISE(ABORT, 'this is written once');
END
--;
CREATE TRIGGER op_put_note_mark AFTER INSERT ON "note_mark"
WHEN lw_capturing() = 1
BEGIN
  UPDATE sync_device SET n = n + 1, stamp = max(stamp + 1, lw_now());
  INSERT INTO sync_op (dev, n, act, stamp, scope, tbl, pk, kind, body, base, hash, schema_v, actor)
    SELECT d.dev, d.n, lw_act(), d.stamp, 'person:' || NEW.person_id, 'note_mark', NEW.id, 'put', NULL, '{}',
      lw_hash(b.body), 1, lw_actor()
    FROM sync_device d, (SELECT json_object('recorded', json_object('recorded_at', NEW."recorded_at", 'recorded_by', NEW."recorded_by"), 'hidden', json_object('hidden_at', NEW."hidden_at"), 'person', json_object('person_id', NEW."person_id"), 'mark', json_object('note_id', NEW."note_id", 'ordinal', NEW."ordinal", 'kind', NEW."kind", 'words', NEW."words", 'target', NEW."target", 'target_id', NEW."target_id")) AS body) b;
  INSERT INTO sync_head (tbl, pk, grp, op, stamp)
    SELECT 'note_mark', NEW.id, '*', d.dev || ':' || d.n, d.stamp FROM sync_device d;
END
--;
CREATE TRIGGER op_set_note_mark AFTER UPDATE ON "note_mark"
WHEN lw_capturing() = 1 AND (OLD."recorded_at" IS NOT NEW."recorded_at" OR OLD."recorded_by" IS NOT NEW."recorded_by" OR OLD."hidden_at" IS NOT NEW."hidden_at" OR OLD."person_id" IS NOT NEW."person_id" OR OLD."note_id" IS NOT NEW."note_id" OR OLD."ordinal" IS NOT NEW."ordinal" OR OLD."kind" IS NOT NEW."kind" OR OLD."words" IS NOT NEW."words" OR OLD."target" IS NOT NEW."target" OR OLD."target_id" IS NOT NEW."target_id")
BEGIN
  UPDATE sync_device SET n = n + 1, stamp = max(stamp + 1, lw_now());
  INSERT INTO sync_op (dev, n, act, stamp, scope, tbl, pk, kind, body, base, hash, schema_v, actor,
      before)
    SELECT d.dev, d.n, lw_act(), d.stamp, 'person:' || NEW.person_id, 'note_mark', NEW.id,
      CASE WHEN OLD.hidden_at IS NULL AND NEW.hidden_at IS NOT NULL THEN 'del' ELSE 'set' END, c.body,
      CASE WHEN OLD.hidden_at IS NULL AND NEW.hidden_at IS NOT NULL THEN (SELECT json_group_object(s.grp, json(s.ops)) FROM
        (SELECT h.grp AS grp, json_group_array(h.op) AS ops FROM sync_head h WHERE h.tbl = 'note_mark' AND h.pk = NEW.id GROUP BY h.grp) s) ELSE (SELECT json_group_object(x.key, json(coalesce(
        (SELECT json_group_array(h.op) FROM sync_head h WHERE h.tbl = 'note_mark' AND h.pk = NEW.id AND h.grp = x.key HAVING count(*) > 0),
        (SELECT json_group_array(h.op) FROM sync_head h WHERE h.tbl = 'note_mark' AND h.pk = NEW.id AND h.grp = '*'))))
        FROM json_each(c.body) x) END,
      lw_hash(c.body), 1, lw_actor(), c.before
    FROM sync_device d, (SELECT json_group_object(grp, json(new)) AS body,
        json_group_object(grp, json(old)) AS before FROM (
        SELECT 'recorded' AS grp, json_object('recorded_at', NEW."recorded_at", 'recorded_by', NEW."recorded_by") AS new, json_object('recorded_at', OLD."recorded_at", 'recorded_by', OLD."recorded_by") AS old WHERE OLD."recorded_at" IS NOT NEW."recorded_at" OR OLD."recorded_by" IS NOT NEW."recorded_by"
        UNION ALL SELECT 'hidden' AS grp, json_object('hidden_at', NEW."hidden_at") AS new, json_object('hidden_at', OLD."hidden_at") AS old WHERE OLD."hidden_at" IS NOT NEW."hidden_at"
        UNION ALL SELECT 'person' AS grp, json_object('person_id', NEW."person_id") AS new, json_object('person_id', OLD."person_id") AS old WHERE OLD."person_id" IS NOT NEW."person_id"
        UNION ALL SELECT 'mark' AS grp, json_object('note_id', NEW."note_id", 'ordinal', NEW."ordinal", 'kind', NEW."kind", 'words', NEW."words", 'target', NEW."target", 'target_id', NEW."target_id") AS new, json_object('note_id', OLD."note_id", 'ordinal', OLD."ordinal", 'kind', OLD."kind", 'words', OLD."words", 'target', OLD."target", 'target_id', OLD."target_id") AS old WHERE OLD."note_id" IS NOT NEW."note_id" OR OLD."ordinal" IS NOT NEW."ordinal" OR OLD."kind" IS NOT NEW."kind" OR OLD."words" IS NOT NEW."words" OR OLD."target" IS NOT NEW."target" OR OLD."target_id" IS NOT NEW."target_id")) c;
  DELETE FROM sync_head WHERE tbl = 'note_mark' AND pk = NEW.id AND grp IN (SELECT x.key FROM sync_device d, json_each((SELECT o.body FROM sync_op o
      WHERE o.dev = d.dev AND o.n = d.n)) x);
  INSERT INTO sync_head (tbl, pk, grp, op, stamp)
    SELECT 'note_mark', NEW.id, x.key, d.dev || ':' || d.n, d.stamp FROM sync_device d, json_each((SELECT o.body FROM sync_op o
      WHERE o.dev = d.dev AND o.n = d.n)) x;
END
--;
CREATE TRIGGER op_keep_note_mark BEFORE DELETE ON "note_mark"
BEGIN
  SELECT RAISE(ABORT, 'rows are hidden, never deleted');
END
--;
CREATE TRIGGER op_hold_note_mark BEFORE UPDATE ON "note_mark"
WHEN OLD."id" IS NOT NEW."id" OR OLD."recorded_at" IS NOT NEW."recorded_at" OR OLD."recorded_by" IS NOT NEW."recorded_by" OR OLD."person_id" IS NOT NEW."person_id" OR OLD."note_id" IS NOT NEW."note_id" OR OLD."ordinal" IS NOT NEW."ordinal" OR OLD."kind" IS NOT NEW."kind" OR OLD."words" IS NOT NEW."words" OR OLD."target" IS NOT NEW."target" OR OLD."target_id" IS NOT NEW."target_id"
BEGIN
  SELECT RAISE(ABORT, 'this is written once');
END
--;
CREATE TRIGGER op_put_person AFTER INSERT ON "person"
WHEN lw_capturing() = 1
BEGIN
  UPDATE sync_device SET n = n + 1, stamp = max(stamp + 1, lw_now());
  INSERT INTO sync_op (dev, n, act, stamp, scope, tbl, pk, kind, body, base, hash, schema_v, actor)
    SELECT d.dev, d.n, lw_act(), d.stamp, 'person:' || NEW.id, 'person', NEW.id, 'put', b.body, '{}',
      lw_hash(b.body), 1, lw_actor()
    FROM sync_device d, (SELECT json_object('recorded', json_object('recorded_at', NEW."recorded_at", 'recorded_by', NEW."recorded_by"), 'hidden', json_object('hidden_at', NEW."hidden_at"), 'called', json_object('called', NEW."called"), 'name', json_object('given', NEW."given", 'family', NEW."family", 'title', NEW."title", 'suffix', NEW."suffix"), 'other_names', json_object('other_names', NEW."other_names"), 'description', json_object('description', NEW."description"), 'pronouns', json_object('pronouns', NEW."pronouns"), 'born', json_object('born', NEW."born", 'born_precision', NEW."born_precision"), 'died', json_object('died', NEW."died"), 'nhs_number', json_object('nhs_number', NEW."nhs_number"), 'gender', json_object('gender', NEW."gender"), 'sex', json_object('sex', NEW."sex"), 'ethnic_category', json_object('ethnic_category', NEW."ethnic_category"), 'religion', json_object('religion', NEW."religion"), 'marital_status', json_object('marital_status', NEW."marital_status"), 'place', json_object('place', NEW."place"), 'language', json_object('language', NEW."language", 'dialect', NEW."dialect"), 'interpreter', json_object('interpreter', NEW."interpreter", 'interpreter_wishes', NEW."interpreter_wishes"), 'communication', json_object('communication_support', NEW."communication_support", 'communication_professional', NEW."communication_professional", 'contact_method', NEW."contact_method", 'information_format', NEW."information_format"), 'adjustments', json_object('adjustments', NEW."adjustments"), 'carer', json_object('carer', NEW."carer"), 'gp_practice', json_object('gp_practice', NEW."gp_practice", 'gp_practice_code', NEW."gp_practice_code"), 'employment', json_object('employment', NEW."employment"), 'quiet_until', json_object('quiet_until', NEW."quiet_until")) AS body) b;
  INSERT INTO sync_head (tbl, pk, grp, op, stamp)
    SELECT 'person', NEW.id, '*', d.dev || ':' || d.n, d.stamp FROM sync_device d;
END
--;
CREATE TRIGGER op_set_person AFTER UPDATE ON "person"
WHEN lw_capturing() = 1 AND (OLD."recorded_at" IS NOT NEW."recorded_at" OR OLD."recorded_by" IS NOT NEW."recorded_by" OR OLD."hidden_at" IS NOT NEW."hidden_at" OR OLD."called" IS NOT NEW."called" OR OLD."given" IS NOT NEW."given" OR OLD."family" IS NOT NEW."family" OR OLD."title" IS NOT NEW."title" OR OLD."suffix" IS NOT NEW."suffix" OR OLD."other_names" IS NOT NEW."other_names" OR OLD."description" IS NOT NEW."description" OR OLD."pronouns" IS NOT NEW."pronouns" OR OLD."born" IS NOT NEW."born" OR OLD."born_precision" IS NOT NEW."born_precision" OR OLD."died" IS NOT NEW."died" OR OLD."nhs_number" IS NOT NEW."nhs_number" OR OLD."gender" IS NOT NEW."gender" OR OLD."sex" IS NOT NEW."sex" OR OLD."ethnic_category" IS NOT NEW."ethnic_category" OR OLD."religion" IS NOT NEW."religion" OR OLD."marital_status" IS NOT NEW."marital_status" OR OLD."place" IS NOT NEW."place" OR OLD."language" IS NOT NEW."language" OR OLD."dialect" IS NOT NEW."dialect" OR OLD."interpreter" IS NOT NEW."interpreter" OR OLD."interpreter_wishes" IS NOT NEW."interpreter_wishes" OR OLD."communication_support" IS NOT NEW."communication_support" OR OLD."communication_professional" IS NOT NEW."communication_professional" OR OLD."contact_method" IS NOT NEW."contact_method" OR OLD."information_format" IS NOT NEW."information_format" OR OLD."adjustments" IS NOT NEW."adjustments" OR OLD."carer" IS NOT NEW."carer" OR OLD."gp_practice" IS NOT NEW."gp_practice" OR OLD."gp_practice_code" IS NOT NEW."gp_practice_code" OR OLD."employment" IS NOT NEW."employment" OR OLD."quiet_until" IS NOT NEW."quiet_until")
BEGIN
  UPDATE sync_device SET n = n + 1, stamp = max(stamp + 1, lw_now());
  INSERT INTO sync_op (dev, n, act, stamp, scope, tbl, pk, kind, body, base, hash, schema_v, actor,
      before)
    SELECT d.dev, d.n, lw_act(), d.stamp, 'person:' || NEW.id, 'person', NEW.id,
      CASE WHEN OLD.hidden_at IS NULL AND NEW.hidden_at IS NOT NULL THEN 'del' ELSE 'set' END, c.body,
      CASE WHEN OLD.hidden_at IS NULL AND NEW.hidden_at IS NOT NULL THEN (SELECT json_group_object(s.grp, json(s.ops)) FROM
        (SELECT h.grp AS grp, json_group_array(h.op) AS ops FROM sync_head h WHERE h.tbl = 'person' AND h.pk = NEW.id GROUP BY h.grp) s) ELSE (SELECT json_group_object(x.key, json(coalesce(
        (SELECT json_group_array(h.op) FROM sync_head h WHERE h.tbl = 'person' AND h.pk = NEW.id AND h.grp = x.key HAVING count(*) > 0),
        (SELECT json_group_array(h.op) FROM sync_head h WHERE h.tbl = 'person' AND h.pk = NEW.id AND h.grp = '*'))))
        FROM json_each(c.body) x) END,
      lw_hash(c.body), 1, lw_actor(), c.before
    FROM sync_device d, (SELECT json_group_object(grp, json(new)) AS body,
        json_group_object(grp, json(old)) AS before FROM (
        SELECT 'recorded' AS grp, json_object('recorded_at', NEW."recorded_at", 'recorded_by', NEW."recorded_by") AS new, json_object('recorded_at', OLD."recorded_at", 'recorded_by', OLD."recorded_by") AS old WHERE OLD."recorded_at" IS NOT NEW."recorded_at" OR OLD."recorded_by" IS NOT NEW."recorded_by"
        UNION ALL SELECT 'hidden' AS grp, json_object('hidden_at', NEW."hidden_at") AS new, json_object('hidden_at', OLD."hidden_at") AS old WHERE OLD."hidden_at" IS NOT NEW."hidden_at"
        UNION ALL SELECT 'called' AS grp, json_object('called', NEW."called") AS new, json_object('called', OLD."called") AS old WHERE OLD."called" IS NOT NEW."called"
        UNION ALL SELECT 'name' AS grp, json_object('given', NEW."given", 'family', NEW."family", 'title', NEW."title", 'suffix', NEW."suffix") AS new, json_object('given', OLD."given", 'family', OLD."family", 'title', OLD."title", 'suffix', OLD."suffix") AS old WHERE OLD."given" IS NOT NEW."given" OR OLD."family" IS NOT NEW."family" OR OLD."title" IS NOT NEW."title" OR OLD."suffix" IS NOT NEW."suffix"
        UNION ALL SELECT 'other_names' AS grp, json_object('other_names', NEW."other_names") AS new, json_object('other_names', OLD."other_names") AS old WHERE OLD."other_names" IS NOT NEW."other_names"
        UNION ALL SELECT 'description' AS grp, json_object('description', NEW."description") AS new, json_object('description', OLD."description") AS old WHERE OLD."description" IS NOT NEW."description"
        UNION ALL SELECT 'pronouns' AS grp, json_object('pronouns', NEW."pronouns") AS new, json_object('pronouns', OLD."pronouns") AS old WHERE OLD."pronouns" IS NOT NEW."pronouns"
        UNION ALL SELECT 'born' AS grp, json_object('born', NEW."born", 'born_precision', NEW."born_precision") AS new, json_object('born', OLD."born", 'born_precision', OLD."born_precision") AS old WHERE OLD."born" IS NOT NEW."born" OR OLD."born_precision" IS NOT NEW."born_precision"
        UNION ALL SELECT 'died' AS grp, json_object('died', NEW."died") AS new, json_object('died', OLD."died") AS old WHERE OLD."died" IS NOT NEW."died"
        UNION ALL SELECT 'nhs_number' AS grp, json_object('nhs_number', NEW."nhs_number") AS new, json_object('nhs_number', OLD."nhs_number") AS old WHERE OLD."nhs_number" IS NOT NEW."nhs_number"
        UNION ALL SELECT 'gender' AS grp, json_object('gender', NEW."gender") AS new, json_object('gender', OLD."gender") AS old WHERE OLD."gender" IS NOT NEW."gender"
        UNION ALL SELECT 'sex' AS grp, json_object('sex', NEW."sex") AS new, json_object('sex', OLD."sex") AS old WHERE OLD."sex" IS NOT NEW."sex"
        UNION ALL SELECT 'ethnic_category' AS grp, json_object('ethnic_category', NEW."ethnic_category") AS new, json_object('ethnic_category', OLD."ethnic_category") AS old WHERE OLD."ethnic_category" IS NOT NEW."ethnic_category"
        UNION ALL SELECT 'religion' AS grp, json_object('religion', NEW."religion") AS new, json_object('religion', OLD."religion") AS old WHERE OLD."religion" IS NOT NEW."religion"
        UNION ALL SELECT 'marital_status' AS grp, json_object('marital_status', NEW."marital_status") AS new, json_object('marital_status', OLD."marital_status") AS old WHERE OLD."marital_status" IS NOT NEW."marital_status"
        UNION ALL SELECT 'place' AS grp, json_object('place', NEW."place") AS new, json_object('place', OLD."place") AS old WHERE OLD."place" IS NOT NEW."place"
        UNION ALL SELECT 'language' AS grp, json_object('language', NEW."language", 'dialect', NEW."dialect") AS new, json_object('language', OLD."language", 'dialect', OLD."dialect") AS old WHERE OLD."language" IS NOT NEW."language" OR OLD."dialect" IS NOT NEW."dialect"
        UNION ALL SELECT 'interpreter' AS grp, json_object('interpreter', NEW."interpreter", 'interpreter_wishes', NEW."interpreter_wishes") AS new, json_object('interpreter', OLD."interpreter", 'interpreter_wishes', OLD."interpreter_wishes") AS old WHERE OLD."interpreter" IS NOT NEW."interpreter" OR OLD."interpreter_wishes" IS NOT NEW."interpreter_wishes"
        UNION ALL SELECT 'communication' AS grp, json_object('communication_support', NEW."communication_support", 'communication_professional', NEW."communication_professional", 'contact_method', NEW."contact_method", 'information_format', NEW."information_format") AS new, json_object('communication_support', OLD."communication_support", 'communication_professional', OLD."communication_professional", 'contact_method', OLD."contact_method", 'information_format', OLD."information_format") AS old WHERE OLD."communication_support" IS NOT NEW."communication_support" OR OLD."communication_professional" IS NOT NEW."communication_professional" OR OLD."contact_method" IS NOT NEW."contact_method" OR OLD."information_format" IS NOT NEW."information_format"
        UNION ALL SELECT 'adjustments' AS grp, json_object('adjustments', NEW."adjustments") AS new, json_object('adjustments', OLD."adjustments") AS old WHERE OLD."adjustments" IS NOT NEW."adjustments"
        UNION ALL SELECT 'carer' AS grp, json_object('carer', NEW."carer") AS new, json_object('carer', OLD."carer") AS old WHERE OLD."carer" IS NOT NEW."carer"
        UNION ALL SELECT 'gp_practice' AS grp, json_object('gp_practice', NEW."gp_practice", 'gp_practice_code', NEW."gp_practice_code") AS new, json_object('gp_practice', OLD."gp_practice", 'gp_practice_code', OLD."gp_practice_code") AS old WHERE OLD."gp_practice" IS NOT NEW."gp_practice" OR OLD."gp_practice_code" IS NOT NEW."gp_practice_code"
        UNION ALL SELECT 'employment' AS grp, json_object('employment', NEW."employment") AS new, json_object('employment', OLD."employment") AS old WHERE OLD."employment" IS NOT NEW."employment"
        UNION ALL SELECT 'quiet_until' AS grp, json_object('quiet_until', NEW."quiet_until") AS new, json_object('quiet_until', OLD."quiet_until") AS old WHERE OLD."quiet_until" IS NOT NEW."quiet_until")) c;
  DELETE FROM sync_head WHERE tbl = 'person' AND pk = NEW.id AND grp IN (SELECT x.key FROM sync_device d, json_each((SELECT o.body FROM sync_op o
      WHERE o.dev = d.dev AND o.n = d.n)) x);
  INSERT INTO sync_head (tbl, pk, grp, op, stamp)
    SELECT 'person', NEW.id, x.key, d.dev || ':' || d.n, d.stamp FROM sync_device d, json_each((SELECT o.body FROM sync_op o
      WHERE o.dev = d.dev AND o.n = d.n)) x;
END
--;
CREATE TRIGGER op_keep_person BEFORE DELETE ON "person"
BEGIN
  SELECT RAISE(ABORT, 'rows are hidden, never deleted');
END
--;
CREATE TRIGGER op_hold_person BEFORE UPDATE ON "person"
WHEN OLD."id" IS NOT NEW."id"
BEGIN
  SELECT RAISE(ABORT, 'this is written once');
END
--;
CREATE TRIGGER op_put_reach AFTER INSERT ON "reach"
WHEN lw_capturing() = 1
BEGIN
  UPDATE sync_device SET n = n + 1, stamp = max(stamp + 1, lw_now());
  INSERT INTO sync_op (dev, n, act, stamp, scope, tbl, pk, kind, body, base, hash, schema_v, actor)
    SELECT d.dev, d.n, lw_act(), d.stamp, 'person:' || NEW.person_id, 'reach', NEW.id, 'put', b.body, '{}',
      lw_hash(b.body), 1, lw_actor()
    FROM sync_device d, (SELECT json_object('recorded', json_object('recorded_at', NEW."recorded_at", 'recorded_by', NEW."recorded_by"), 'hidden', json_object('hidden_at', NEW."hidden_at"), 'person', json_object('person_id', NEW."person_id"), 'reach', json_object('kind', NEW."kind", 'value', NEW."value", 'whose', NEW."whose"), 'safe', json_object('safe_to_leave', NEW."safe_to_leave"), 'remark', json_object('remark', NEW."remark"), 'preferred', json_object('preferred', NEW."preferred")) AS body) b;
  INSERT INTO sync_head (tbl, pk, grp, op, stamp)
    SELECT 'reach', NEW.id, '*', d.dev || ':' || d.n, d.stamp FROM sync_device d;
END
--;
CREATE TRIGGER op_set_reach AFTER UPDATE ON "reach"
WHEN lw_capturing() = 1 AND (OLD."recorded_at" IS NOT NEW."recorded_at" OR OLD."recorded_by" IS NOT NEW."recorded_by" OR OLD."hidden_at" IS NOT NEW."hidden_at" OR OLD."person_id" IS NOT NEW."person_id" OR OLD."kind" IS NOT NEW."kind" OR OLD."value" IS NOT NEW."value" OR OLD."whose" IS NOT NEW."whose" OR OLD."safe_to_leave" IS NOT NEW."safe_to_leave" OR OLD."remark" IS NOT NEW."remark" OR OLD."preferred" IS NOT NEW."preferred")
BEGIN
  UPDATE sync_device SET n = n + 1, stamp = max(stamp + 1, lw_now());
  INSERT INTO sync_op (dev, n, act, stamp, scope, tbl, pk, kind, body, base, hash, schema_v, actor,
      before)
    SELECT d.dev, d.n, lw_act(), d.stamp, 'person:' || NEW.person_id, 'reach', NEW.id,
      CASE WHEN OLD.hidden_at IS NULL AND NEW.hidden_at IS NOT NULL THEN 'del' ELSE 'set' END, c.body,
      CASE WHEN OLD.hidden_at IS NULL AND NEW.hidden_at IS NOT NULL THEN (SELECT json_group_object(s.grp, json(s.ops)) FROM
        (SELECT h.grp AS grp, json_group_array(h.op) AS ops FROM sync_head h WHERE h.tbl = 'reach' AND h.pk = NEW.id GROUP BY h.grp) s) ELSE (SELECT json_group_object(x.key, json(coalesce(
        (SELECT json_group_array(h.op) FROM sync_head h WHERE h.tbl = 'reach' AND h.pk = NEW.id AND h.grp = x.key HAVING count(*) > 0),
        (SELECT json_group_array(h.op) FROM sync_head h WHERE h.tbl = 'reach' AND h.pk = NEW.id AND h.grp = '*'))))
        FROM json_each(c.body) x) END,
      lw_hash(c.body), 1, lw_actor(), c.before
    FROM sync_device d, (SELECT json_group_object(grp, json(new)) AS body,
        json_group_object(grp, json(old)) AS before FROM (
        SELECT 'recorded' AS grp, json_object('recorded_at', NEW."recorded_at", 'recorded_by', NEW."recorded_by") AS new, json_object('recorded_at', OLD."recorded_at", 'recorded_by', OLD."recorded_by") AS old WHERE OLD."recorded_at" IS NOT NEW."recorded_at" OR OLD."recorded_by" IS NOT NEW."recorded_by"
        UNION ALL SELECT 'hidden' AS grp, json_object('hidden_at', NEW."hidden_at") AS new, json_object('hidden_at', OLD."hidden_at") AS old WHERE OLD."hidden_at" IS NOT NEW."hidden_at"
        UNION ALL SELECT 'person' AS grp, json_object('person_id', NEW."person_id") AS new, json_object('person_id', OLD."person_id") AS old WHERE OLD."person_id" IS NOT NEW."person_id"
        UNION ALL SELECT 'reach' AS grp, json_object('kind', NEW."kind", 'value', NEW."value", 'whose', NEW."whose") AS new, json_object('kind', OLD."kind", 'value', OLD."value", 'whose', OLD."whose") AS old WHERE OLD."kind" IS NOT NEW."kind" OR OLD."value" IS NOT NEW."value" OR OLD."whose" IS NOT NEW."whose"
        UNION ALL SELECT 'safe' AS grp, json_object('safe_to_leave', NEW."safe_to_leave") AS new, json_object('safe_to_leave', OLD."safe_to_leave") AS old WHERE OLD."safe_to_leave" IS NOT NEW."safe_to_leave"
        UNION ALL SELECT 'remark' AS grp, json_object('remark', NEW."remark") AS new, json_object('remark', OLD."remark") AS old WHERE OLD."remark" IS NOT NEW."remark"
        UNION ALL SELECT 'preferred' AS grp, json_object('preferred', NEW."preferred") AS new, json_object('preferred', OLD."preferred") AS old WHERE OLD."preferred" IS NOT NEW."preferred")) c;
  DELETE FROM sync_head WHERE tbl = 'reach' AND pk = NEW.id AND grp IN (SELECT x.key FROM sync_device d, json_each((SELECT o.body FROM sync_op o
      WHERE o.dev = d.dev AND o.n = d.n)) x);
  INSERT INTO sync_head (tbl, pk, grp, op, stamp)
    SELECT 'reach', NEW.id, x.key, d.dev || ':' || d.n, d.stamp FROM sync_device d, json_each((SELECT o.body FROM sync_op o
      WHERE o.dev = d.dev AND o.n = d.n)) x;
END
--;
CREATE TRIGGER op_keep_reach BEFORE DELETE ON "reach"
BEGIN
  SELECT RAISE(ABORT, 'rows are hidden, never deleted');
END
--;
CREATE TRIGGER op_hold_reach BEFORE UPDATE ON "reach"
WHEN OLD."id" IS NOT NEW."id" OR OLD."person_id" IS NOT NEW."person_id"
BEGIN
  SELECT RAISE(ABORT, 'this is written once');
END
--;
CREATE TRIGGER op_put_safety_statement AFTER INSERT ON "safety_statement"
WHEN lw_capturing() = 1
BEGIN
  UPDATE sync_device SET n = n + 1, stamp = max(stamp + 1, lw_now());
  INSERT INTO sync_op (dev, n, act, stamp, scope, tbl, pk, kind, body, base, hash, schema_v, actor)
    SELECT d.dev, d.n, lw_act(), d.stamp, 'person:' || NEW.person_id, 'safety_statement', NEW.id, 'put', b.body, '{}',
      lw_hash(b.body), 1, lw_actor()
    FROM sync_device d, (SELECT json_object('recorded', json_object('recorded_at', NEW."recorded_at", 'recorded_by', NEW."recorded_by"), 'hidden', json_object('hidden_at', NEW."hidden_at"), 'person', json_object('person_id', NEW."person_id"), 'statement', json_object('kind', NEW."kind", 'words', NEW."words", 'said_on', NEW."said_on"), 'ended', json_object('ended_on', NEW."ended_on", 'ended_words', NEW."ended_words"), 'from', json_object('from_note', NEW."from_note")) AS body) b;
  INSERT INTO sync_head (tbl, pk, grp, op, stamp)
    SELECT 'safety_statement', NEW.id, '*', d.dev || ':' || d.n, d.stamp FROM sync_device d;
END
--;
CREATE TRIGGER op_set_safety_statement AFTER UPDATE ON "safety_statement"
WHEN lw_capturing() = 1 AND (OLD."recorded_at" IS NOT NEW."recorded_at" OR OLD."recorded_by" IS NOT NEW."recorded_by" OR OLD."hidden_at" IS NOT NEW."hidden_at" OR OLD."person_id" IS NOT NEW."person_id" OR OLD."kind" IS NOT NEW."kind" OR OLD."words" IS NOT NEW."words" OR OLD."said_on" IS NOT NEW."said_on" OR OLD."ended_on" IS NOT NEW."ended_on" OR OLD."ended_words" IS NOT NEW."ended_words" OR OLD."from_note" IS NOT NEW."from_note")
BEGIN
  UPDATE sync_device SET n = n + 1, stamp = max(stamp + 1, lw_now());
  INSERT INTO sync_op (dev, n, act, stamp, scope, tbl, pk, kind, body, base, hash, schema_v, actor,
      before)
    SELECT d.dev, d.n, lw_act(), d.stamp, 'person:' || NEW.person_id, 'safety_statement', NEW.id,
      CASE WHEN OLD.hidden_at IS NULL AND NEW.hidden_at IS NOT NULL THEN 'del' ELSE 'set' END, c.body,
      CASE WHEN OLD.hidden_at IS NULL AND NEW.hidden_at IS NOT NULL THEN (SELECT json_group_object(s.grp, json(s.ops)) FROM
        (SELECT h.grp AS grp, json_group_array(h.op) AS ops FROM sync_head h WHERE h.tbl = 'safety_statement' AND h.pk = NEW.id GROUP BY h.grp) s) ELSE (SELECT json_group_object(x.key, json(coalesce(
        (SELECT json_group_array(h.op) FROM sync_head h WHERE h.tbl = 'safety_statement' AND h.pk = NEW.id AND h.grp = x.key HAVING count(*) > 0),
        (SELECT json_group_array(h.op) FROM sync_head h WHERE h.tbl = 'safety_statement' AND h.pk = NEW.id AND h.grp = '*'))))
        FROM json_each(c.body) x) END,
      lw_hash(c.body), 1, lw_actor(), c.before
    FROM sync_device d, (SELECT json_group_object(grp, json(new)) AS body,
        json_group_object(grp, json(old)) AS before FROM (
        SELECT 'recorded' AS grp, json_object('recorded_at', NEW."recorded_at", 'recorded_by', NEW."recorded_by") AS new, json_object('recorded_at', OLD."recorded_at", 'recorded_by', OLD."recorded_by") AS old WHERE OLD."recorded_at" IS NOT NEW."recorded_at" OR OLD."recorded_by" IS NOT NEW."recorded_by"
        UNION ALL SELECT 'hidden' AS grp, json_object('hidden_at', NEW."hidden_at") AS new, json_object('hidden_at', OLD."hidden_at") AS old WHERE OLD."hidden_at" IS NOT NEW."hidden_at"
        UNION ALL SELECT 'person' AS grp, json_object('person_id', NEW."person_id") AS new, json_object('person_id', OLD."person_id") AS old WHERE OLD."person_id" IS NOT NEW."person_id"
        UNION ALL SELECT 'statement' AS grp, json_object('kind', NEW."kind", 'words', NEW."words", 'said_on', NEW."said_on") AS new, json_object('kind', OLD."kind", 'words', OLD."words", 'said_on', OLD."said_on") AS old WHERE OLD."kind" IS NOT NEW."kind" OR OLD."words" IS NOT NEW."words" OR OLD."said_on" IS NOT NEW."said_on"
        UNION ALL SELECT 'ended' AS grp, json_object('ended_on', NEW."ended_on", 'ended_words', NEW."ended_words") AS new, json_object('ended_on', OLD."ended_on", 'ended_words', OLD."ended_words") AS old WHERE OLD."ended_on" IS NOT NEW."ended_on" OR OLD."ended_words" IS NOT NEW."ended_words"
        UNION ALL SELECT 'from' AS grp, json_object('from_note', NEW."from_note") AS new, json_object('from_note', OLD."from_note") AS old WHERE OLD."from_note" IS NOT NEW."from_note")) c;
  DELETE FROM sync_head WHERE tbl = 'safety_statement' AND pk = NEW.id AND grp IN (SELECT x.key FROM sync_device d, json_each((SELECT o.body FROM sync_op o
      WHERE o.dev = d.dev AND o.n = d.n)) x);
  INSERT INTO sync_head (tbl, pk, grp, op, stamp)
    SELECT 'safety_statement', NEW.id, x.key, d.dev || ':' || d.n, d.stamp FROM sync_device d, json_each((SELECT o.body FROM sync_op o
      WHERE o.dev = d.dev AND o.n = d.n)) x;
END
--;
CREATE TRIGGER op_keep_safety_statement BEFORE DELETE ON "safety_statement"
BEGIN
  SELECT RAISE(ABORT, 'rows are hidden, never deleted');
END
--;
CREATE TRIGGER op_hold_safety_statement BEFORE UPDATE ON "safety_statement"
WHEN OLD."id" IS NOT NEW."id" OR OLD."person_id" IS NOT NEW."person_id"
BEGIN
  SELECT RAISE(ABORT, 'this is written once');
END
--;
CREATE TRIGGER op_put_setting AFTER INSERT ON "setting"
WHEN lw_capturing() = 1
BEGIN
  UPDATE sync_device SET n = n + 1, stamp = max(stamp + 1, lw_now());
  INSERT INTO sync_op (dev, n, act, stamp, scope, tbl, pk, kind, body, base, hash, schema_v, actor)
    SELECT d.dev, d.n, lw_act(), d.stamp, 'worker:' || NEW.worker_id, 'setting', NEW.id, 'put', b.body, '{}',
      lw_hash(b.body), 1, lw_actor()
    FROM sync_device d, (SELECT json_object('recorded', json_object('recorded_at', NEW."recorded_at", 'recorded_by', NEW."recorded_by"), 'hidden', json_object('hidden_at', NEW."hidden_at"), 'setting', json_object('worker_id', NEW."worker_id", 'name', NEW."name", 'value', NEW."value")) AS body) b;
  INSERT INTO sync_head (tbl, pk, grp, op, stamp)
    SELECT 'setting', NEW.id, '*', d.dev || ':' || d.n, d.stamp FROM sync_device d;
END
--;
CREATE TRIGGER op_set_setting AFTER UPDATE ON "setting"
WHEN lw_capturing() = 1 AND (OLD."recorded_at" IS NOT NEW."recorded_at" OR OLD."recorded_by" IS NOT NEW."recorded_by" OR OLD."hidden_at" IS NOT NEW."hidden_at" OR OLD."worker_id" IS NOT NEW."worker_id" OR OLD."name" IS NOT NEW."name" OR OLD."value" IS NOT NEW."value")
BEGIN
  UPDATE sync_device SET n = n + 1, stamp = max(stamp + 1, lw_now());
  INSERT INTO sync_op (dev, n, act, stamp, scope, tbl, pk, kind, body, base, hash, schema_v, actor,
      before)
    SELECT d.dev, d.n, lw_act(), d.stamp, 'worker:' || NEW.worker_id, 'setting', NEW.id,
      CASE WHEN OLD.hidden_at IS NULL AND NEW.hidden_at IS NOT NULL THEN 'del' ELSE 'set' END, c.body,
      CASE WHEN OLD.hidden_at IS NULL AND NEW.hidden_at IS NOT NULL THEN (SELECT json_group_object(s.grp, json(s.ops)) FROM
        (SELECT h.grp AS grp, json_group_array(h.op) AS ops FROM sync_head h WHERE h.tbl = 'setting' AND h.pk = NEW.id GROUP BY h.grp) s) ELSE (SELECT json_group_object(x.key, json(coalesce(
        (SELECT json_group_array(h.op) FROM sync_head h WHERE h.tbl = 'setting' AND h.pk = NEW.id AND h.grp = x.key HAVING count(*) > 0),
        (SELECT json_group_array(h.op) FROM sync_head h WHERE h.tbl = 'setting' AND h.pk = NEW.id AND h.grp = '*'))))
        FROM json_each(c.body) x) END,
      lw_hash(c.body), 1, lw_actor(), c.before
    FROM sync_device d, (SELECT json_group_object(grp, json(new)) AS body,
        json_group_object(grp, json(old)) AS before FROM (
        SELECT 'recorded' AS grp, json_object('recorded_at', NEW."recorded_at", 'recorded_by', NEW."recorded_by") AS new, json_object('recorded_at', OLD."recorded_at", 'recorded_by', OLD."recorded_by") AS old WHERE OLD."recorded_at" IS NOT NEW."recorded_at" OR OLD."recorded_by" IS NOT NEW."recorded_by"
        UNION ALL SELECT 'hidden' AS grp, json_object('hidden_at', NEW."hidden_at") AS new, json_object('hidden_at', OLD."hidden_at") AS old WHERE OLD."hidden_at" IS NOT NEW."hidden_at"
        UNION ALL SELECT 'setting' AS grp, json_object('worker_id', NEW."worker_id", 'name', NEW."name", 'value', NEW."value") AS new, json_object('worker_id', OLD."worker_id", 'name', OLD."name", 'value', OLD."value") AS old WHERE OLD."worker_id" IS NOT NEW."worker_id" OR OLD."name" IS NOT NEW."name" OR OLD."value" IS NOT NEW."value")) c;
  DELETE FROM sync_head WHERE tbl = 'setting' AND pk = NEW.id AND grp IN (SELECT x.key FROM sync_device d, json_each((SELECT o.body FROM sync_op o
      WHERE o.dev = d.dev AND o.n = d.n)) x);
  INSERT INTO sync_head (tbl, pk, grp, op, stamp)
    SELECT 'setting', NEW.id, x.key, d.dev || ':' || d.n, d.stamp FROM sync_device d, json_each((SELECT o.body FROM sync_op o
      WHERE o.dev = d.dev AND o.n = d.n)) x;
END
--;
CREATE TRIGGER op_keep_setting BEFORE DELETE ON "setting"
BEGIN
  SELECT RAISE(ABORT, 'rows are hidden, never deleted');
END
--;
CREATE TRIGGER op_hold_setting BEFORE UPDATE ON "setting"
WHEN OLD."id" IS NOT NEW."id" OR OLD."worker_id" IS NOT NEW."worker_id"
BEGIN
  SELECT RAISE(ABORT, 'this is written once');
END
--;
CREATE TRIGGER op_put_step AFTER INSERT ON "step"
WHEN lw_capturing() = 1
BEGIN
  UPDATE sync_device SET n = n + 1, stamp = max(stamp + 1, lw_now());
  INSERT INTO sync_op (dev, n, act, stamp, scope, tbl, pk, kind, body, base, hash, schema_v, actor)
    SELECT d.dev, d.n, lw_act(), d.stamp, 'person:' || NEW.person_id, 'step', NEW.id, 'put', b.body, '{}',
      lw_hash(b.body), 1, lw_actor()
    FROM sync_device d, (SELECT json_object('recorded', json_object('recorded_at', NEW."recorded_at", 'recorded_by', NEW."recorded_by"), 'hidden', json_object('hidden_at', NEW."hidden_at"), 'person', json_object('person_id', NEW."person_id"), 'goal', json_object('goal_id', NEW."goal_id"), 'words', json_object('words', NEW."words", 'if_it_is_hard', NEW."if_it_is_hard"), 'who', json_object('who', NEW."who", 'who_does', NEW."who_does", 'who_worker_id', NEW."who_worker_id", 'who_tie_id', NEW."who_tie_id"), 'asked', json_object('asked', NEW."asked"), 'when', json_object('by_day', NEW."by_day", 'by_time', NEW."by_time"), 'cannot_slip', json_object('cannot_slip', NEW."cannot_slip"), 'look_again', json_object('look_again_on', NEW."look_again_on"), 'confidence', json_object('confidence', NEW."confidence"), 'state', json_object('state', NEW."state", 'state_on', NEW."state_on", 'state_words', NEW."state_words"), 'agreed', json_object('agreed_on', NEW."agreed_on", 'agreed_with', NEW."agreed_with"), 'from', json_object('from_note', NEW."from_note")) AS body) b;
  INSERT INTO sync_head (tbl, pk, grp, op, stamp)
    SELECT 'step', NEW.id, '*', d.dev || ':' || d.n, d.stamp FROM sync_device d;
END
--;
CREATE TRIGGER op_set_step AFTER UPDATE ON "step"
WHEN lw_capturing() = 1 AND (OLD."recorded_at" IS NOT NEW."recorded_at" OR OLD."recorded_by" IS NOT NEW."recorded_by" OR OLD."hidden_at" IS NOT NEW."hidden_at" OR OLD."person_id" IS NOT NEW."person_id" OR OLD."goal_id" IS NOT NEW."goal_id" OR OLD."words" IS NOT NEW."words" OR OLD."if_it_is_hard" IS NOT NEW."if_it_is_hard" OR OLD."who" IS NOT NEW."who" OR OLD."who_does" IS NOT NEW."who_does" OR OLD."who_worker_id" IS NOT NEW."who_worker_id" OR OLD."who_tie_id" IS NOT NEW."who_tie_id" OR OLD."asked" IS NOT NEW."asked" OR OLD."by_day" IS NOT NEW."by_day" OR OLD."by_time" IS NOT NEW."by_time" OR OLD."cannot_slip" IS NOT NEW."cannot_slip" OR OLD."look_again_on" IS NOT NEW."look_again_on" OR OLD."confidence" IS NOT NEW."confidence" OR OLD."state" IS NOT NEW."state" OR OLD."state_on" IS NOT NEW."state_on" OR OLD."state_words" IS NOT NEW."state_words" OR OLD."agreed_on" IS NOT NEW."agreed_on" OR OLD."agreed_with" IS NOT NEW."agreed_with" OR OLD."from_note" IS NOT NEW."from_note")
BEGIN
  UPDATE sync_device SET n = n + 1, stamp = max(stamp + 1, lw_now());
  INSERT INTO sync_op (dev, n, act, stamp, scope, tbl, pk, kind, body, base, hash, schema_v, actor,
      before)
    SELECT d.dev, d.n, lw_act(), d.stamp, 'person:' || NEW.person_id, 'step', NEW.id,
      CASE WHEN OLD.hidden_at IS NULL AND NEW.hidden_at IS NOT NULL THEN 'del' ELSE 'set' END, c.body,
      CASE WHEN OLD.hidden_at IS NULL AND NEW.hidden_at IS NOT NULL THEN (SELECT json_group_object(s.grp, json(s.ops)) FROM
        (SELECT h.grp AS grp, json_group_array(h.op) AS ops FROM sync_head h WHERE h.tbl = 'step' AND h.pk = NEW.id GROUP BY h.grp) s) ELSE (SELECT json_group_object(x.key, json(coalesce(
        (SELECT json_group_array(h.op) FROM sync_head h WHERE h.tbl = 'step' AND h.pk = NEW.id AND h.grp = x.key HAVING count(*) > 0),
        (SELECT json_group_array(h.op) FROM sync_head h WHERE h.tbl = 'step' AND h.pk = NEW.id AND h.grp = '*'))))
        FROM json_each(c.body) x) END,
      lw_hash(c.body), 1, lw_actor(), c.before
    FROM sync_device d, (SELECT json_group_object(grp, json(new)) AS body,
        json_group_object(grp, json(old)) AS before FROM (
        SELECT 'recorded' AS grp, json_object('recorded_at', NEW."recorded_at", 'recorded_by', NEW."recorded_by") AS new, json_object('recorded_at', OLD."recorded_at", 'recorded_by', OLD."recorded_by") AS old WHERE OLD."recorded_at" IS NOT NEW."recorded_at" OR OLD."recorded_by" IS NOT NEW."recorded_by"
        UNION ALL SELECT 'hidden' AS grp, json_object('hidden_at', NEW."hidden_at") AS new, json_object('hidden_at', OLD."hidden_at") AS old WHERE OLD."hidden_at" IS NOT NEW."hidden_at"
        UNION ALL SELECT 'person' AS grp, json_object('person_id', NEW."person_id") AS new, json_object('person_id', OLD."person_id") AS old WHERE OLD."person_id" IS NOT NEW."person_id"
        UNION ALL SELECT 'goal' AS grp, json_object('goal_id', NEW."goal_id") AS new, json_object('goal_id', OLD."goal_id") AS old WHERE OLD."goal_id" IS NOT NEW."goal_id"
        UNION ALL SELECT 'words' AS grp, json_object('words', NEW."words", 'if_it_is_hard', NEW."if_it_is_hard") AS new, json_object('words', OLD."words", 'if_it_is_hard', OLD."if_it_is_hard") AS old WHERE OLD."words" IS NOT NEW."words" OR OLD."if_it_is_hard" IS NOT NEW."if_it_is_hard"
        UNION ALL SELECT 'who' AS grp, json_object('who', NEW."who", 'who_does', NEW."who_does", 'who_worker_id', NEW."who_worker_id", 'who_tie_id', NEW."who_tie_id") AS new, json_object('who', OLD."who", 'who_does', OLD."who_does", 'who_worker_id', OLD."who_worker_id", 'who_tie_id', OLD."who_tie_id") AS old WHERE OLD."who" IS NOT NEW."who" OR OLD."who_does" IS NOT NEW."who_does" OR OLD."who_worker_id" IS NOT NEW."who_worker_id" OR OLD."who_tie_id" IS NOT NEW."who_tie_id"
        UNION ALL SELECT 'asked' AS grp, json_object('asked', NEW."asked") AS new, json_object('asked', OLD."asked") AS old WHERE OLD."asked" IS NOT NEW."asked"
        UNION ALL SELECT 'when' AS grp, json_object('by_day', NEW."by_day", 'by_time', NEW."by_time") AS new, json_object('by_day', OLD."by_day", 'by_time', OLD."by_time") AS old WHERE OLD."by_day" IS NOT NEW."by_day" OR OLD."by_time" IS NOT NEW."by_time"
        UNION ALL SELECT 'cannot_slip' AS grp, json_object('cannot_slip', NEW."cannot_slip") AS new, json_object('cannot_slip', OLD."cannot_slip") AS old WHERE OLD."cannot_slip" IS NOT NEW."cannot_slip"
        UNION ALL SELECT 'look_again' AS grp, json_object('look_again_on', NEW."look_again_on") AS new, json_object('look_again_on', OLD."look_again_on") AS old WHERE OLD."look_again_on" IS NOT NEW."look_again_on"
        UNION ALL SELECT 'confidence' AS grp, json_object('confidence', NEW."confidence") AS new, json_object('confidence', OLD."confidence") AS old WHERE OLD."confidence" IS NOT NEW."confidence"
        UNION ALL SELECT 'state' AS grp, json_object('state', NEW."state", 'state_on', NEW."state_on", 'state_words', NEW."state_words") AS new, json_object('state', OLD."state", 'state_on', OLD."state_on", 'state_words', OLD."state_words") AS old WHERE OLD."state" IS NOT NEW."state" OR OLD."state_on" IS NOT NEW."state_on" OR OLD."state_words" IS NOT NEW."state_words"
        UNION ALL SELECT 'agreed' AS grp, json_object('agreed_on', NEW."agreed_on", 'agreed_with', NEW."agreed_with") AS new, json_object('agreed_on', OLD."agreed_on", 'agreed_with', OLD."agreed_with") AS old WHERE OLD."agreed_on" IS NOT NEW."agreed_on" OR OLD."agreed_with" IS NOT NEW."agreed_with"
        UNION ALL SELECT 'from' AS grp, json_object('from_note', NEW."from_note") AS new, json_object('from_note', OLD."from_note") AS old WHERE OLD."from_note" IS NOT NEW."from_note")) c;
  DELETE FROM sync_head WHERE tbl = 'step' AND pk = NEW.id AND grp IN (SELECT x.key FROM sync_device d, json_each((SELECT o.body FROM sync_op o
      WHERE o.dev = d.dev AND o.n = d.n)) x);
  INSERT INTO sync_head (tbl, pk, grp, op, stamp)
    SELECT 'step', NEW.id, x.key, d.dev || ':' || d.n, d.stamp FROM sync_device d, json_each((SELECT o.body FROM sync_op o
      WHERE o.dev = d.dev AND o.n = d.n)) x;
END
--;
CREATE TRIGGER op_keep_step BEFORE DELETE ON "step"
BEGIN
  SELECT RAISE(ABORT, 'rows are hidden, never deleted');
END
--;
CREATE TRIGGER op_hold_step BEFORE UPDATE ON "step"
WHEN OLD."id" IS NOT NEW."id" OR OLD."person_id" IS NOT NEW."person_id"
BEGIN
  SELECT RAISE(ABORT, 'this is written once');
END
--;
CREATE TRIGGER op_put_strength AFTER INSERT ON "strength"
WHEN lw_capturing() = 1
BEGIN
  UPDATE sync_device SET n = n + 1, stamp = max(stamp + 1, lw_now());
  INSERT INTO sync_op (dev, n, act, stamp, scope, tbl, pk, kind, body, base, hash, schema_v, actor)
    SELECT d.dev, d.n, lw_act(), d.stamp, 'person:' || NEW.person_id, 'strength', NEW.id, 'put', b.body, '{}',
      lw_hash(b.body), 1, lw_actor()
    FROM sync_device d, (SELECT json_object('recorded', json_object('recorded_at', NEW."recorded_at", 'recorded_by', NEW."recorded_by"), 'hidden', json_object('hidden_at', NEW."hidden_at"), 'person', json_object('person_id', NEW."person_id"), 'words', json_object('words', NEW."words"), 'agreed', json_object('agreed_on', NEW."agreed_on", 'agreed_with', NEW."agreed_with"), 'may_ask', json_object('may_ask', NEW."may_ask", 'may_ask_on', NEW."may_ask_on"), 'from', json_object('from_note', NEW."from_note")) AS body) b;
  INSERT INTO sync_head (tbl, pk, grp, op, stamp)
    SELECT 'strength', NEW.id, '*', d.dev || ':' || d.n, d.stamp FROM sync_device d;
END
--;
CREATE TRIGGER op_set_strength AFTER UPDATE ON "strength"
WHEN lw_capturing() = 1 AND (OLD."recorded_at" IS NOT NEW."recorded_at" OR OLD."recorded_by" IS NOT NEW."recorded_by" OR OLD."hidden_at" IS NOT NEW."hidden_at" OR OLD."person_id" IS NOT NEW."person_id" OR OLD."words" IS NOT NEW."words" OR OLD."agreed_on" IS NOT NEW."agreed_on" OR OLD."agreed_with" IS NOT NEW."agreed_with" OR OLD."may_ask" IS NOT NEW."may_ask" OR OLD."may_ask_on" IS NOT NEW."may_ask_on" OR OLD."from_note" IS NOT NEW."from_note")
BEGIN
  UPDATE sync_device SET n = n + 1, stamp = max(stamp + 1, lw_now());
  INSERT INTO sync_op (dev, n, act, stamp, scope, tbl, pk, kind, body, base, hash, schema_v, actor,
      before)
    SELECT d.dev, d.n, lw_act(), d.stamp, 'person:' || NEW.person_id, 'strength', NEW.id,
      CASE WHEN OLD.hidden_at IS NULL AND NEW.hidden_at IS NOT NULL THEN 'del' ELSE 'set' END, c.body,
      CASE WHEN OLD.hidden_at IS NULL AND NEW.hidden_at IS NOT NULL THEN (SELECT json_group_object(s.grp, json(s.ops)) FROM
        (SELECT h.grp AS grp, json_group_array(h.op) AS ops FROM sync_head h WHERE h.tbl = 'strength' AND h.pk = NEW.id GROUP BY h.grp) s) ELSE (SELECT json_group_object(x.key, json(coalesce(
        (SELECT json_group_array(h.op) FROM sync_head h WHERE h.tbl = 'strength' AND h.pk = NEW.id AND h.grp = x.key HAVING count(*) > 0),
        (SELECT json_group_array(h.op) FROM sync_head h WHERE h.tbl = 'strength' AND h.pk = NEW.id AND h.grp = '*'))))
        FROM json_each(c.body) x) END,
      lw_hash(c.body), 1, lw_actor(), c.before
    FROM sync_device d, (SELECT json_group_object(grp, json(new)) AS body,
        json_group_object(grp, json(old)) AS before FROM (
        SELECT 'recorded' AS grp, json_object('recorded_at', NEW."recorded_at", 'recorded_by', NEW."recorded_by") AS new, json_object('recorded_at', OLD."recorded_at", 'recorded_by', OLD."recorded_by") AS old WHERE OLD."recorded_at" IS NOT NEW."recorded_at" OR OLD."recorded_by" IS NOT NEW."recorded_by"
        UNION ALL SELECT 'hidden' AS grp, json_object('hidden_at', NEW."hidden_at") AS new, json_object('hidden_at', OLD."hidden_at") AS old WHERE OLD."hidden_at" IS NOT NEW."hidden_at"
        UNION ALL SELECT 'person' AS grp, json_object('person_id', NEW."person_id") AS new, json_object('person_id', OLD."person_id") AS old WHERE OLD."person_id" IS NOT NEW."person_id"
        UNION ALL SELECT 'words' AS grp, json_object('words', NEW."words") AS new, json_object('words', OLD."words") AS old WHERE OLD."words" IS NOT NEW."words"
        UNION ALL SELECT 'agreed' AS grp, json_object('agreed_on', NEW."agreed_on", 'agreed_with', NEW."agreed_with") AS new, json_object('agreed_on', OLD."agreed_on", 'agreed_with', OLD."agreed_with") AS old WHERE OLD."agreed_on" IS NOT NEW."agreed_on" OR OLD."agreed_with" IS NOT NEW."agreed_with"
        UNION ALL SELECT 'may_ask' AS grp, json_object('may_ask', NEW."may_ask", 'may_ask_on', NEW."may_ask_on") AS new, json_object('may_ask', OLD."may_ask", 'may_ask_on', OLD."may_ask_on") AS old WHERE OLD."may_ask" IS NOT NEW."may_ask" OR OLD."may_ask_on" IS NOT NEW."may_ask_on"
        UNION ALL SELECT 'from' AS grp, json_object('from_note', NEW."from_note") AS new, json_object('from_note', OLD."from_note") AS old WHERE OLD."from_note" IS NOT NEW."from_note")) c;
  DELETE FROM sync_head WHERE tbl = 'strength' AND pk = NEW.id AND grp IN (SELECT x.key FROM sync_device d, json_each((SELECT o.body FROM sync_op o
      WHERE o.dev = d.dev AND o.n = d.n)) x);
  INSERT INTO sync_head (tbl, pk, grp, op, stamp)
    SELECT 'strength', NEW.id, x.key, d.dev || ':' || d.n, d.stamp FROM sync_device d, json_each((SELECT o.body FROM sync_op o
      WHERE o.dev = d.dev AND o.n = d.n)) x;
END
--;
CREATE TRIGGER op_keep_strength BEFORE DELETE ON "strength"
BEGIN
  SELECT RAISE(ABORT, 'rows are hidden, never deleted');
END
--;
CREATE TRIGGER op_hold_strength BEFORE UPDATE ON "strength"
WHEN OLD."id" IS NOT NEW."id" OR OLD."person_id" IS NOT NEW."person_id"
BEGIN
  SELECT RAISE(ABORT, 'this is written once');
END
--;
CREATE TRIGGER op_put_support_event AFTER INSERT ON "support_event"
WHEN lw_capturing() = 1
BEGIN
  UPDATE sync_device SET n = n + 1, stamp = max(stamp + 1, lw_now());
  INSERT INTO sync_op (dev, n, act, stamp, scope, tbl, pk, kind, body, base, hash, schema_v, actor)
    SELECT d.dev, d.n, lw_act(), d.stamp, 'person:' || NEW.person_id, 'support_event', NEW.id, 'put', NULL, '{}',
      lw_hash(b.body), 1, lw_actor()
    FROM sync_device d, (SELECT json_object('recorded', json_object('recorded_at', NEW."recorded_at", 'recorded_by', NEW."recorded_by"), 'hidden', json_object('hidden_at', NEW."hidden_at"), 'person', json_object('person_id', NEW."person_id"), 'event', json_object('period_id', NEW."period_id", 'kind', NEW."kind", 'on', NEW."on", 'level', NEW."level", 'reason', NEW."reason", 'own_words', NEW."own_words", 'check_in_on', NEW."check_in_on")) AS body) b;
  INSERT INTO sync_head (tbl, pk, grp, op, stamp)
    SELECT 'support_event', NEW.id, '*', d.dev || ':' || d.n, d.stamp FROM sync_device d;
END
--;
CREATE TRIGGER op_set_support_event AFTER UPDATE ON "support_event"
WHEN lw_capturing() = 1 AND (OLD."recorded_at" IS NOT NEW."recorded_at" OR OLD."recorded_by" IS NOT NEW."recorded_by" OR OLD."hidden_at" IS NOT NEW."hidden_at" OR OLD."person_id" IS NOT NEW."person_id" OR OLD."period_id" IS NOT NEW."period_id" OR OLD."kind" IS NOT NEW."kind" OR OLD."on" IS NOT NEW."on" OR OLD."level" IS NOT NEW."level" OR OLD."reason" IS NOT NEW."reason" OR OLD."own_words" IS NOT NEW."own_words" OR OLD."check_in_on" IS NOT NEW."check_in_on")
BEGIN
  UPDATE sync_device SET n = n + 1, stamp = max(stamp + 1, lw_now());
  INSERT INTO sync_op (dev, n, act, stamp, scope, tbl, pk, kind, body, base, hash, schema_v, actor,
      before)
    SELECT d.dev, d.n, lw_act(), d.stamp, 'person:' || NEW.person_id, 'support_event', NEW.id,
      CASE WHEN OLD.hidden_at IS NULL AND NEW.hidden_at IS NOT NULL THEN 'del' ELSE 'set' END, c.body,
      CASE WHEN OLD.hidden_at IS NULL AND NEW.hidden_at IS NOT NULL THEN (SELECT json_group_object(s.grp, json(s.ops)) FROM
        (SELECT h.grp AS grp, json_group_array(h.op) AS ops FROM sync_head h WHERE h.tbl = 'support_event' AND h.pk = NEW.id GROUP BY h.grp) s) ELSE (SELECT json_group_object(x.key, json(coalesce(
        (SELECT json_group_array(h.op) FROM sync_head h WHERE h.tbl = 'support_event' AND h.pk = NEW.id AND h.grp = x.key HAVING count(*) > 0),
        (SELECT json_group_array(h.op) FROM sync_head h WHERE h.tbl = 'support_event' AND h.pk = NEW.id AND h.grp = '*'))))
        FROM json_each(c.body) x) END,
      lw_hash(c.body), 1, lw_actor(), c.before
    FROM sync_device d, (SELECT json_group_object(grp, json(new)) AS body,
        json_group_object(grp, json(old)) AS before FROM (
        SELECT 'recorded' AS grp, json_object('recorded_at', NEW."recorded_at", 'recorded_by', NEW."recorded_by") AS new, json_object('recorded_at', OLD."recorded_at", 'recorded_by', OLD."recorded_by") AS old WHERE OLD."recorded_at" IS NOT NEW."recorded_at" OR OLD."recorded_by" IS NOT NEW."recorded_by"
        UNION ALL SELECT 'hidden' AS grp, json_object('hidden_at', NEW."hidden_at") AS new, json_object('hidden_at', OLD."hidden_at") AS old WHERE OLD."hidden_at" IS NOT NEW."hidden_at"
        UNION ALL SELECT 'person' AS grp, json_object('person_id', NEW."person_id") AS new, json_object('person_id', OLD."person_id") AS old WHERE OLD."person_id" IS NOT NEW."person_id"
        UNION ALL SELECT 'event' AS grp, json_object('period_id', NEW."period_id", 'kind', NEW."kind", 'on', NEW."on", 'level', NEW."level", 'reason', NEW."reason", 'own_words', NEW."own_words", 'check_in_on', NEW."check_in_on") AS new, json_object('period_id', OLD."period_id", 'kind', OLD."kind", 'on', OLD."on", 'level', OLD."level", 'reason', OLD."reason", 'own_words', OLD."own_words", 'check_in_on', OLD."check_in_on") AS old WHERE OLD."period_id" IS NOT NEW."period_id" OR OLD."kind" IS NOT NEW."kind" OR OLD."on" IS NOT NEW."on" OR OLD."level" IS NOT NEW."level" OR OLD."reason" IS NOT NEW."reason" OR OLD."own_words" IS NOT NEW."own_words" OR OLD."check_in_on" IS NOT NEW."check_in_on")) c;
  DELETE FROM sync_head WHERE tbl = 'support_event' AND pk = NEW.id AND grp IN (SELECT x.key FROM sync_device d, json_each((SELECT o.body FROM sync_op o
      WHERE o.dev = d.dev AND o.n = d.n)) x);
  INSERT INTO sync_head (tbl, pk, grp, op, stamp)
    SELECT 'support_event', NEW.id, x.key, d.dev || ':' || d.n, d.stamp FROM sync_device d, json_each((SELECT o.body FROM sync_op o
      WHERE o.dev = d.dev AND o.n = d.n)) x;
END
--;
CREATE TRIGGER op_keep_support_event BEFORE DELETE ON "support_event"
BEGIN
  SELECT RAISE(ABORT, 'rows are hidden, never deleted');
END
--;
CREATE TRIGGER op_hold_support_event BEFORE UPDATE ON "support_event"
WHEN OLD."id" IS NOT NEW."id" OR OLD."recorded_at" IS NOT NEW."recorded_at" OR OLD."recorded_by" IS NOT NEW."recorded_by" OR OLD."person_id" IS NOT NEW."person_id" OR OLD."period_id" IS NOT NEW."period_id" OR OLD."kind" IS NOT NEW."kind" OR OLD."on" IS NOT NEW."on" OR OLD."level" IS NOT NEW."level" OR OLD."reason" IS NOT NEW."reason" OR OLD."own_words" IS NOT NEW."own_words" OR OLD."check_in_on" IS NOT NEW."check_in_on"
BEGIN
  SELECT RAISE(ABORT, 'this is written once');
END
--;
CREATE TRIGGER op_put_support_period AFTER INSERT ON "support_period"
WHEN lw_capturing() = 1
BEGIN
  UPDATE sync_device SET n = n + 1, stamp = max(stamp + 1, lw_now());
  INSERT INTO sync_op (dev, n, act, stamp, scope, tbl, pk, kind, body, base, hash, schema_v, actor)
    SELECT d.dev, d.n, lw_act(), d.stamp, 'person:' || NEW.person_id, 'support_period', NEW.id, 'put', b.body, '{}',
      lw_hash(b.body), 1, lw_actor()
    FROM sync_device d, (SELECT json_object('recorded', json_object('recorded_at', NEW."recorded_at", 'recorded_by', NEW."recorded_by"), 'hidden', json_object('hidden_at', NEW."hidden_at"), 'person', json_object('person_id', NEW."person_id"), 'worker', json_object('worker_id', NEW."worker_id"), 'began', json_object('began', NEW."began")) AS body) b;
  INSERT INTO sync_head (tbl, pk, grp, op, stamp)
    SELECT 'support_period', NEW.id, '*', d.dev || ':' || d.n, d.stamp FROM sync_device d;
END
--;
CREATE TRIGGER op_set_support_period AFTER UPDATE ON "support_period"
WHEN lw_capturing() = 1 AND (OLD."recorded_at" IS NOT NEW."recorded_at" OR OLD."recorded_by" IS NOT NEW."recorded_by" OR OLD."hidden_at" IS NOT NEW."hidden_at" OR OLD."person_id" IS NOT NEW."person_id" OR OLD."worker_id" IS NOT NEW."worker_id" OR OLD."began" IS NOT NEW."began")
BEGIN
  UPDATE sync_device SET n = n + 1, stamp = max(stamp + 1, lw_now());
  INSERT INTO sync_op (dev, n, act, stamp, scope, tbl, pk, kind, body, base, hash, schema_v, actor,
      before)
    SELECT d.dev, d.n, lw_act(), d.stamp, 'person:' || NEW.person_id, 'support_period', NEW.id,
      CASE WHEN OLD.hidden_at IS NULL AND NEW.hidden_at IS NOT NULL THEN 'del' ELSE 'set' END, c.body,
      CASE WHEN OLD.hidden_at IS NULL AND NEW.hidden_at IS NOT NULL THEN (SELECT json_group_object(s.grp, json(s.ops)) FROM
        (SELECT h.grp AS grp, json_group_array(h.op) AS ops FROM sync_head h WHERE h.tbl = 'support_period' AND h.pk = NEW.id GROUP BY h.grp) s) ELSE (SELECT json_group_object(x.key, json(coalesce(
        (SELECT json_group_array(h.op) FROM sync_head h WHERE h.tbl = 'support_period' AND h.pk = NEW.id AND h.grp = x.key HAVING count(*) > 0),
        (SELECT json_group_array(h.op) FROM sync_head h WHERE h.tbl = 'support_period' AND h.pk = NEW.id AND h.grp = '*'))))
        FROM json_each(c.body) x) END,
      lw_hash(c.body), 1, lw_actor(), c.before
    FROM sync_device d, (SELECT json_group_object(grp, json(new)) AS body,
        json_group_object(grp, json(old)) AS before FROM (
        SELECT 'recorded' AS grp, json_object('recorded_at', NEW."recorded_at", 'recorded_by', NEW."recorded_by") AS new, json_object('recorded_at', OLD."recorded_at", 'recorded_by', OLD."recorded_by") AS old WHERE OLD."recorded_at" IS NOT NEW."recorded_at" OR OLD."recorded_by" IS NOT NEW."recorded_by"
        UNION ALL SELECT 'hidden' AS grp, json_object('hidden_at', NEW."hidden_at") AS new, json_object('hidden_at', OLD."hidden_at") AS old WHERE OLD."hidden_at" IS NOT NEW."hidden_at"
        UNION ALL SELECT 'person' AS grp, json_object('person_id', NEW."person_id") AS new, json_object('person_id', OLD."person_id") AS old WHERE OLD."person_id" IS NOT NEW."person_id"
        UNION ALL SELECT 'worker' AS grp, json_object('worker_id', NEW."worker_id") AS new, json_object('worker_id', OLD."worker_id") AS old WHERE OLD."worker_id" IS NOT NEW."worker_id"
        UNION ALL SELECT 'began' AS grp, json_object('began', NEW."began") AS new, json_object('began', OLD."began") AS old WHERE OLD."began" IS NOT NEW."began")) c;
  DELETE FROM sync_head WHERE tbl = 'support_period' AND pk = NEW.id AND grp IN (SELECT x.key FROM sync_device d, json_each((SELECT o.body FROM sync_op o
      WHERE o.dev = d.dev AND o.n = d.n)) x);
  INSERT INTO sync_head (tbl, pk, grp, op, stamp)
    SELECT 'support_period', NEW.id, x.key, d.dev || ':' || d.n, d.stamp FROM sync_device d, json_each((SELECT o.body FROM sync_op o
      WHERE o.dev = d.dev AND o.n = d.n)) x;
END
--;
CREATE TRIGGER op_keep_support_period BEFORE DELETE ON "support_period"
BEGIN
  SELECT RAISE(ABORT, 'rows are hidden, never deleted');
END
--;
CREATE TRIGGER op_hold_support_period BEFORE UPDATE ON "support_period"
WHEN OLD."id" IS NOT NEW."id" OR OLD."person_id" IS NOT NEW."person_id"
BEGIN
  SELECT RAISE(ABORT, 'this is written once');
END
--;
CREATE TRIGGER op_put_tie AFTER INSERT ON "tie"
WHEN lw_capturing() = 1
BEGIN
  UPDATE sync_device SET n = n + 1, stamp = max(stamp + 1, lw_now());
  INSERT INTO sync_op (dev, n, act, stamp, scope, tbl, pk, kind, body, base, hash, schema_v, actor)
    SELECT d.dev, d.n, lw_act(), d.stamp, 'person:' || NEW.person_id, 'tie', NEW.id, 'put', b.body, '{}',
      lw_hash(b.body), 1, lw_actor()
    FROM sync_device d, (SELECT json_object('recorded', json_object('recorded_at', NEW."recorded_at", 'recorded_by', NEW."recorded_by"), 'hidden', json_object('hidden_at', NEW."hidden_at"), 'person', json_object('person_id', NEW."person_id"), 'name', json_object('name', NEW."name"), 'relationship', json_object('relationship', NEW."relationship"), 'other', json_object('other_person_id', NEW."other_person_id"), 'roles', json_object('roles', NEW."roles"), 'paid', json_object('paid', NEW."paid"), 'how_often', json_object('how_often', NEW."how_often"), 'born', json_object('born', NEW."born"), 'phone', json_object('phone', NEW."phone"), 'may_share', json_object('may_share', NEW."may_share"), 'about', json_object('about', NEW."about"), 'until', json_object('until', NEW."until"), 'from', json_object('from_note', NEW."from_note")) AS body) b;
  INSERT INTO sync_head (tbl, pk, grp, op, stamp)
    SELECT 'tie', NEW.id, '*', d.dev || ':' || d.n, d.stamp FROM sync_device d;
END
--;
CREATE TRIGGER op_set_tie AFTER UPDATE ON "tie"
WHEN lw_capturing() = 1 AND (OLD."recorded_at" IS NOT NEW."recorded_at" OR OLD."recorded_by" IS NOT NEW."recorded_by" OR OLD."hidden_at" IS NOT NEW."hidden_at" OR OLD."person_id" IS NOT NEW."person_id" OR OLD."name" IS NOT NEW."name" OR OLD."relationship" IS NOT NEW."relationship" OR OLD."other_person_id" IS NOT NEW."other_person_id" OR OLD."roles" IS NOT NEW."roles" OR OLD."paid" IS NOT NEW."paid" OR OLD."how_often" IS NOT NEW."how_often" OR OLD."born" IS NOT NEW."born" OR OLD."phone" IS NOT NEW."phone" OR OLD."may_share" IS NOT NEW."may_share" OR OLD."about" IS NOT NEW."about" OR OLD."until" IS NOT NEW."until" OR OLD."from_note" IS NOT NEW."from_note")
BEGIN
  UPDATE sync_device SET n = n + 1, stamp = max(stamp + 1, lw_now());
  INSERT INTO sync_op (dev, n, act, stamp, scope, tbl, pk, kind, body, base, hash, schema_v, actor,
      before)
    SELECT d.dev, d.n, lw_act(), d.stamp, 'person:' || NEW.person_id, 'tie', NEW.id,
      CASE WHEN OLD.hidden_at IS NULL AND NEW.hidden_at IS NOT NULL THEN 'del' ELSE 'set' END, c.body,
      CASE WHEN OLD.hidden_at IS NULL AND NEW.hidden_at IS NOT NULL THEN (SELECT json_group_object(s.grp, json(s.ops)) FROM
        (SELECT h.grp AS grp, json_group_array(h.op) AS ops FROM sync_head h WHERE h.tbl = 'tie' AND h.pk = NEW.id GROUP BY h.grp) s) ELSE (SELECT json_group_object(x.key, json(coalesce(
        (SELECT json_group_array(h.op) FROM sync_head h WHERE h.tbl = 'tie' AND h.pk = NEW.id AND h.grp = x.key HAVING count(*) > 0),
        (SELECT json_group_array(h.op) FROM sync_head h WHERE h.tbl = 'tie' AND h.pk = NEW.id AND h.grp = '*'))))
        FROM json_each(c.body) x) END,
      lw_hash(c.body), 1, lw_actor(), c.before
    FROM sync_device d, (SELECT json_group_object(grp, json(new)) AS body,
        json_group_object(grp, json(old)) AS before FROM (
        SELECT 'recorded' AS grp, json_object('recorded_at', NEW."recorded_at", 'recorded_by', NEW."recorded_by") AS new, json_object('recorded_at', OLD."recorded_at", 'recorded_by', OLD."recorded_by") AS old WHERE OLD."recorded_at" IS NOT NEW."recorded_at" OR OLD."recorded_by" IS NOT NEW."recorded_by"
        UNION ALL SELECT 'hidden' AS grp, json_object('hidden_at', NEW."hidden_at") AS new, json_object('hidden_at', OLD."hidden_at") AS old WHERE OLD."hidden_at" IS NOT NEW."hidden_at"
        UNION ALL SELECT 'person' AS grp, json_object('person_id', NEW."person_id") AS new, json_object('person_id', OLD."person_id") AS old WHERE OLD."person_id" IS NOT NEW."person_id"
        UNION ALL SELECT 'name' AS grp, json_object('name', NEW."name") AS new, json_object('name', OLD."name") AS old WHERE OLD."name" IS NOT NEW."name"
        UNION ALL SELECT 'relationship' AS grp, json_object('relationship', NEW."relationship") AS new, json_object('relationship', OLD."relationship") AS old WHERE OLD."relationship" IS NOT NEW."relationship"
        UNION ALL SELECT 'other' AS grp, json_object('other_person_id', NEW."other_person_id") AS new, json_object('other_person_id', OLD."other_person_id") AS old WHERE OLD."other_person_id" IS NOT NEW."other_person_id"
        UNION ALL SELECT 'roles' AS grp, json_object('roles', NEW."roles") AS new, json_object('roles', OLD."roles") AS old WHERE OLD."roles" IS NOT NEW."roles"
        UNION ALL SELECT 'paid' AS grp, json_object('paid', NEW."paid") AS new, json_object('paid', OLD."paid") AS old WHERE OLD."paid" IS NOT NEW."paid"
        UNION ALL SELECT 'how_often' AS grp, json_object('how_often', NEW."how_often") AS new, json_object('how_often', OLD."how_often") AS old WHERE OLD."how_often" IS NOT NEW."how_often"
        UNION ALL SELECT 'born' AS grp, json_object('born', NEW."born") AS new, json_object('born', OLD."born") AS old WHERE OLD."born" IS NOT NEW."born"
        UNION ALL SELECT 'phone' AS grp, json_object('phone', NEW."phone") AS new, json_object('phone', OLD."phone") AS old WHERE OLD."phone" IS NOT NEW."phone"
        UNION ALL SELECT 'may_share' AS grp, json_object('may_share', NEW."may_share") AS new, json_object('may_share', OLD."may_share") AS old WHERE OLD."may_share" IS NOT NEW."may_share"
        UNION ALL SELECT 'about' AS grp, json_object('about', NEW."about") AS new, json_object('about', OLD."about") AS old WHERE OLD."about" IS NOT NEW."about"
        UNION ALL SELECT 'until' AS grp, json_object('until', NEW."until") AS new, json_object('until', OLD."until") AS old WHERE OLD."until" IS NOT NEW."until"
        UNION ALL SELECT 'from' AS grp, json_object('from_note', NEW."from_note") AS new, json_object('from_note', OLD."from_note") AS old WHERE OLD."from_note" IS NOT NEW."from_note")) c;
  DELETE FROM sync_head WHERE tbl = 'tie' AND pk = NEW.id AND grp IN (SELECT x.key FROM sync_device d, json_each((SELECT o.body FROM sync_op o
      WHERE o.dev = d.dev AND o.n = d.n)) x);
  INSERT INTO sync_head (tbl, pk, grp, op, stamp)
    SELECT 'tie', NEW.id, x.key, d.dev || ':' || d.n, d.stamp FROM sync_device d, json_each((SELECT o.body FROM sync_op o
      WHERE o.dev = d.dev AND o.n = d.n)) x;
END
--;
CREATE TRIGGER op_keep_tie BEFORE DELETE ON "tie"
BEGIN
  SELECT RAISE(ABORT, 'rows are hidden, never deleted');
END
--;
CREATE TRIGGER op_hold_tie BEFORE UPDATE ON "tie"
WHEN OLD."id" IS NOT NEW."id" OR OLD."person_id" IS NOT NEW."person_id"
BEGIN
  SELECT RAISE(ABORT, 'this is written once');
END
--;
CREATE TRIGGER op_put_vision AFTER INSERT ON "vision"
WHEN lw_capturing() = 1
BEGIN
  UPDATE sync_device SET n = n + 1, stamp = max(stamp + 1, lw_now());
  INSERT INTO sync_op (dev, n, act, stamp, scope, tbl, pk, kind, body, base, hash, schema_v, actor)
    SELECT d.dev, d.n, lw_act(), d.stamp, 'person:' || NEW.person_id, 'vision', NEW.id, 'put', b.body, '{}',
      lw_hash(b.body), 1, lw_actor()
    FROM sync_device d, (SELECT json_object('recorded', json_object('recorded_at', NEW."recorded_at", 'recorded_by', NEW."recorded_by"), 'hidden', json_object('hidden_at', NEW."hidden_at"), 'person', json_object('person_id', NEW."person_id"), 'words', json_object('words', NEW."words"), 'said_on', json_object('said_on', NEW."said_on"), 'from', json_object('from_note', NEW."from_note")) AS body) b;
  INSERT INTO sync_head (tbl, pk, grp, op, stamp)
    SELECT 'vision', NEW.id, '*', d.dev || ':' || d.n, d.stamp FROM sync_device d;
END
--;
CREATE TRIGGER op_set_vision AFTER UPDATE ON "vision"
WHEN lw_capturing() = 1 AND (OLD."recorded_at" IS NOT NEW."recorded_at" OR OLD."recorded_by" IS NOT NEW."recorded_by" OR OLD."hidden_at" IS NOT NEW."hidden_at" OR OLD."person_id" IS NOT NEW."person_id" OR OLD."words" IS NOT NEW."words" OR OLD."said_on" IS NOT NEW."said_on" OR OLD."from_note" IS NOT NEW."from_note")
BEGIN
  UPDATE sync_device SET n = n + 1, stamp = max(stamp + 1, lw_now());
  INSERT INTO sync_op (dev, n, act, stamp, scope, tbl, pk, kind, body, base, hash, schema_v, actor,
      before)
    SELECT d.dev, d.n, lw_act(), d.stamp, 'person:' || NEW.person_id, 'vision', NEW.id,
      CASE WHEN OLD.hidden_at IS NULL AND NEW.hidden_at IS NOT NULL THEN 'del' ELSE 'set' END, c.body,
      CASE WHEN OLD.hidden_at IS NULL AND NEW.hidden_at IS NOT NULL THEN (SELECT json_group_object(s.grp, json(s.ops)) FROM
        (SELECT h.grp AS grp, json_group_array(h.op) AS ops FROM sync_head h WHERE h.tbl = 'vision' AND h.pk = NEW.id GROUP BY h.grp) s) ELSE (SELECT json_group_object(x.key, json(coalesce(
        (SELECT json_group_array(h.op) FROM sync_head h WHERE h.tbl = 'vision' AND h.pk = NEW.id AND h.grp = x.key HAVING count(*) > 0),
        (SELECT json_group_array(h.op) FROM sync_head h WHERE h.tbl = 'vision' AND h.pk = NEW.id AND h.grp = '*'))))
        FROM json_each(c.body) x) END,
      lw_hash(c.body), 1, lw_actor(), c.before
    FROM sync_device d, (SELECT json_group_object(grp, json(new)) AS body,
        json_group_object(grp, json(old)) AS before FROM (
        SELECT 'recorded' AS grp, json_object('recorded_at', NEW."recorded_at", 'recorded_by', NEW."recorded_by") AS new, json_object('recorded_at', OLD."recorded_at", 'recorded_by', OLD."recorded_by") AS old WHERE OLD."recorded_at" IS NOT NEW."recorded_at" OR OLD."recorded_by" IS NOT NEW."recorded_by"
        UNION ALL SELECT 'hidden' AS grp, json_object('hidden_at', NEW."hidden_at") AS new, json_object('hidden_at', OLD."hidden_at") AS old WHERE OLD."hidden_at" IS NOT NEW."hidden_at"
        UNION ALL SELECT 'person' AS grp, json_object('person_id', NEW."person_id") AS new, json_object('person_id', OLD."person_id") AS old WHERE OLD."person_id" IS NOT NEW."person_id"
        UNION ALL SELECT 'words' AS grp, json_object('words', NEW."words") AS new, json_object('words', OLD."words") AS old WHERE OLD."words" IS NOT NEW."words"
        UNION ALL SELECT 'said_on' AS grp, json_object('said_on', NEW."said_on") AS new, json_object('said_on', OLD."said_on") AS old WHERE OLD."said_on" IS NOT NEW."said_on"
        UNION ALL SELECT 'from' AS grp, json_object('from_note', NEW."from_note") AS new, json_object('from_note', OLD."from_note") AS old WHERE OLD."from_note" IS NOT NEW."from_note")) c;
  DELETE FROM sync_head WHERE tbl = 'vision' AND pk = NEW.id AND grp IN (SELECT x.key FROM sync_device d, json_each((SELECT o.body FROM sync_op o
      WHERE o.dev = d.dev AND o.n = d.n)) x);
  INSERT INTO sync_head (tbl, pk, grp, op, stamp)
    SELECT 'vision', NEW.id, x.key, d.dev || ':' || d.n, d.stamp FROM sync_device d, json_each((SELECT o.body FROM sync_op o
      WHERE o.dev = d.dev AND o.n = d.n)) x;
END
--;
CREATE TRIGGER op_keep_vision BEFORE DELETE ON "vision"
BEGIN
  SELECT RAISE(ABORT, 'rows are hidden, never deleted');
END
--;
CREATE TRIGGER op_hold_vision BEFORE UPDATE ON "vision"
WHEN OLD."id" IS NOT NEW."id" OR OLD."person_id" IS NOT NEW."person_id"
BEGIN
  SELECT RAISE(ABORT, 'this is written once');
END
--;
CREATE TRIGGER op_put_whereabouts AFTER INSERT ON "whereabouts"
WHEN lw_capturing() = 1
BEGIN
  UPDATE sync_device SET n = n + 1, stamp = max(stamp + 1, lw_now());
  INSERT INTO sync_op (dev, n, act, stamp, scope, tbl, pk, kind, body, base, hash, schema_v, actor)
    SELECT d.dev, d.n, lw_act(), d.stamp, 'person:' || NEW.person_id, 'whereabouts', NEW.id, 'put', NULL, '{}',
      lw_hash(b.body), 1, lw_actor()
    FROM sync_device d, (SELECT json_object('recorded', json_object('recorded_at', NEW."recorded_at", 'recorded_by', NEW."recorded_by"), 'hidden', json_object('hidden_at', NEW."hidden_at"), 'person', json_object('person_id', NEW."person_id"), 'whereabouts', json_object('kind', NEW."kind", 'since', NEW."since", 'until', NEW."until", 'remark', NEW."remark")) AS body) b;
  INSERT INTO sync_head (tbl, pk, grp, op, stamp)
    SELECT 'whereabouts', NEW.id, '*', d.dev || ':' || d.n, d.stamp FROM sync_device d;
END
--;
CREATE TRIGGER op_set_whereabouts AFTER UPDATE ON "whereabouts"
WHEN lw_capturing() = 1 AND (OLD."recorded_at" IS NOT NEW."recorded_at" OR OLD."recorded_by" IS NOT NEW."recorded_by" OR OLD."hidden_at" IS NOT NEW."hidden_at" OR OLD."person_id" IS NOT NEW."person_id" OR OLD."kind" IS NOT NEW."kind" OR OLD."since" IS NOT NEW."since" OR OLD."until" IS NOT NEW."until" OR OLD."remark" IS NOT NEW."remark")
BEGIN
  UPDATE sync_device SET n = n + 1, stamp = max(stamp + 1, lw_now());
  INSERT INTO sync_op (dev, n, act, stamp, scope, tbl, pk, kind, body, base, hash, schema_v, actor,
      before)
    SELECT d.dev, d.n, lw_act(), d.stamp, 'person:' || NEW.person_id, 'whereabouts', NEW.id,
      CASE WHEN OLD.hidden_at IS NULL AND NEW.hidden_at IS NOT NULL THEN 'del' ELSE 'set' END, c.body,
      CASE WHEN OLD.hidden_at IS NULL AND NEW.hidden_at IS NOT NULL THEN (SELECT json_group_object(s.grp, json(s.ops)) FROM
        (SELECT h.grp AS grp, json_group_array(h.op) AS ops FROM sync_head h WHERE h.tbl = 'whereabouts' AND h.pk = NEW.id GROUP BY h.grp) s) ELSE (SELECT json_group_object(x.key, json(coalesce(
        (SELECT json_group_array(h.op) FROM sync_head h WHERE h.tbl = 'whereabouts' AND h.pk = NEW.id AND h.grp = x.key HAVING count(*) > 0),
        (SELECT json_group_array(h.op) FROM sync_head h WHERE h.tbl = 'whereabouts' AND h.pk = NEW.id AND h.grp = '*'))))
        FROM json_each(c.body) x) END,
      lw_hash(c.body), 1, lw_actor(), c.before
    FROM sync_device d, (SELECT json_group_object(grp, json(new)) AS body,
        json_group_object(grp, json(old)) AS before FROM (
        SELECT 'recorded' AS grp, json_object('recorded_at', NEW."recorded_at", 'recorded_by', NEW."recorded_by") AS new, json_object('recorded_at', OLD."recorded_at", 'recorded_by', OLD."recorded_by") AS old WHERE OLD."recorded_at" IS NOT NEW."recorded_at" OR OLD."recorded_by" IS NOT NEW."recorded_by"
        UNION ALL SELECT 'hidden' AS grp, json_object('hidden_at', NEW."hidden_at") AS new, json_object('hidden_at', OLD."hidden_at") AS old WHERE OLD."hidden_at" IS NOT NEW."hidden_at"
        UNION ALL SELECT 'person' AS grp, json_object('person_id', NEW."person_id") AS new, json_object('person_id', OLD."person_id") AS old WHERE OLD."person_id" IS NOT NEW."person_id"
        UNION ALL SELECT 'whereabouts' AS grp, json_object('kind', NEW."kind", 'since', NEW."since", 'until', NEW."until", 'remark', NEW."remark") AS new, json_object('kind', OLD."kind", 'since', OLD."since", 'until', OLD."until", 'remark', OLD."remark") AS old WHERE OLD."kind" IS NOT NEW."kind" OR OLD."since" IS NOT NEW."since" OR OLD."until" IS NOT NEW."until" OR OLD."remark" IS NOT NEW."remark")) c;
  DELETE FROM sync_head WHERE tbl = 'whereabouts' AND pk = NEW.id AND grp IN (SELECT x.key FROM sync_device d, json_each((SELECT o.body FROM sync_op o
      WHERE o.dev = d.dev AND o.n = d.n)) x);
  INSERT INTO sync_head (tbl, pk, grp, op, stamp)
    SELECT 'whereabouts', NEW.id, x.key, d.dev || ':' || d.n, d.stamp FROM sync_device d, json_each((SELECT o.body FROM sync_op o
      WHERE o.dev = d.dev AND o.n = d.n)) x;
END
--;
CREATE TRIGGER op_keep_whereabouts BEFORE DELETE ON "whereabouts"
BEGIN
  SELECT RAISE(ABORT, 'rows are hidden, never deleted');
END
--;
CREATE TRIGGER op_hold_whereabouts BEFORE UPDATE ON "whereabouts"
WHEN OLD."id" IS NOT NEW."id" OR OLD."recorded_at" IS NOT NEW."recorded_at" OR OLD."recorded_by" IS NOT NEW."recorded_by" OR OLD."person_id" IS NOT NEW."person_id" OR OLD."kind" IS NOT NEW."kind" OR OLD."since" IS NOT NEW."since" OR OLD."until" IS NOT NEW."until" OR OLD."remark" IS NOT NEW."remark"
BEGIN
  SELECT RAISE(ABORT, 'this is written once');
END
--;
CREATE TRIGGER op_put_worker AFTER INSERT ON "worker"
WHEN lw_capturing() = 1
BEGIN
  UPDATE sync_device SET n = n + 1, stamp = max(stamp + 1, lw_now());
  INSERT INTO sync_op (dev, n, act, stamp, scope, tbl, pk, kind, body, base, hash, schema_v, actor)
    SELECT d.dev, d.n, lw_act(), d.stamp, 'team', 'worker', NEW.id, 'put', b.body, '{}',
      lw_hash(b.body), 1, lw_actor()
    FROM sync_device d, (SELECT json_object('recorded', json_object('recorded_at', NEW."recorded_at", 'recorded_by', NEW."recorded_by"), 'hidden', json_object('hidden_at', NEW."hidden_at"), 'name', json_object('name', NEW."name"), 'role', json_object('role', NEW."role"), 'patch', json_object('patch', NEW."patch")) AS body) b;
  INSERT INTO sync_head (tbl, pk, grp, op, stamp)
    SELECT 'worker', NEW.id, '*', d.dev || ':' || d.n, d.stamp FROM sync_device d;
END
--;
CREATE TRIGGER op_set_worker AFTER UPDATE ON "worker"
WHEN lw_capturing() = 1 AND (OLD."recorded_at" IS NOT NEW."recorded_at" OR OLD."recorded_by" IS NOT NEW."recorded_by" OR OLD."hidden_at" IS NOT NEW."hidden_at" OR OLD."name" IS NOT NEW."name" OR OLD."role" IS NOT NEW."role" OR OLD."patch" IS NOT NEW."patch")
BEGIN
  UPDATE sync_device SET n = n + 1, stamp = max(stamp + 1, lw_now());
  INSERT INTO sync_op (dev, n, act, stamp, scope, tbl, pk, kind, body, base, hash, schema_v, actor,
      before)
    SELECT d.dev, d.n, lw_act(), d.stamp, 'team', 'worker', NEW.id,
      CASE WHEN OLD.hidden_at IS NULL AND NEW.hidden_at IS NOT NULL THEN 'del' ELSE 'set' END, c.body,
      CASE WHEN OLD.hidden_at IS NULL AND NEW.hidden_at IS NOT NULL THEN (SELECT json_group_object(s.grp, json(s.ops)) FROM
        (SELECT h.grp AS grp, json_group_array(h.op) AS ops FROM sync_head h WHERE h.tbl = 'worker' AND h.pk = NEW.id GROUP BY h.grp) s) ELSE (SELECT json_group_object(x.key, json(coalesce(
        (SELECT json_group_array(h.op) FROM sync_head h WHERE h.tbl = 'worker' AND h.pk = NEW.id AND h.grp = x.key HAVING count(*) > 0),
        (SELECT json_group_array(h.op) FROM sync_head h WHERE h.tbl = 'worker' AND h.pk = NEW.id AND h.grp = '*'))))
        FROM json_each(c.body) x) END,
      lw_hash(c.body), 1, lw_actor(), c.before
    FROM sync_device d, (SELECT json_group_object(grp, json(new)) AS body,
        json_group_object(grp, json(old)) AS before FROM (
        SELECT 'recorded' AS grp, json_object('recorded_at', NEW."recorded_at", 'recorded_by', NEW."recorded_by") AS new, json_object('recorded_at', OLD."recorded_at", 'recorded_by', OLD."recorded_by") AS old WHERE OLD."recorded_at" IS NOT NEW."recorded_at" OR OLD."recorded_by" IS NOT NEW."recorded_by"
        UNION ALL SELECT 'hidden' AS grp, json_object('hidden_at', NEW."hidden_at") AS new, json_object('hidden_at', OLD."hidden_at") AS old WHERE OLD."hidden_at" IS NOT NEW."hidden_at"
        UNION ALL SELECT 'name' AS grp, json_object('name', NEW."name") AS new, json_object('name', OLD."name") AS old WHERE OLD."name" IS NOT NEW."name"
        UNION ALL SELECT 'role' AS grp, json_object('role', NEW."role") AS new, json_object('role', OLD."role") AS old WHERE OLD."role" IS NOT NEW."role"
        UNION ALL SELECT 'patch' AS grp, json_object('patch', NEW."patch") AS new, json_object('patch', OLD."patch") AS old WHERE OLD."patch" IS NOT NEW."patch")) c;
  DELETE FROM sync_head WHERE tbl = 'worker' AND pk = NEW.id AND grp IN (SELECT x.key FROM sync_device d, json_each((SELECT o.body FROM sync_op o
      WHERE o.dev = d.dev AND o.n = d.n)) x);
  INSERT INTO sync_head (tbl, pk, grp, op, stamp)
    SELECT 'worker', NEW.id, x.key, d.dev || ':' || d.n, d.stamp FROM sync_device d, json_each((SELECT o.body FROM sync_op o
      WHERE o.dev = d.dev AND o.n = d.n)) x;
END
--;
CREATE TRIGGER op_keep_worker BEFORE DELETE ON "worker"
BEGIN
  SELECT RAISE(ABORT, 'rows are hidden, never deleted');
END
--;
CREATE TRIGGER op_hold_worker BEFORE UPDATE ON "worker"
WHEN OLD."id" IS NOT NEW."id"
BEGIN
  SELECT RAISE(ABORT, 'this is written once');
END
--;
CREATE TRIGGER search_put_about_me AFTER INSERT ON "about_me"
BEGIN
  INSERT INTO search_doc (id, tbl, pk, person_id, words)
    SELECT coalesce((SELECT max(id) + 1 FROM search_doc
        WHERE id >= (CAST(coalesce(unixepoch(NEW."recorded_at"), 0) AS INTEGER) * 1048576) AND id < (CAST(coalesce(unixepoch(NEW."recorded_at"), 0) AS INTEGER) * 1048576) + 1048576), (CAST(coalesce(unixepoch(NEW."recorded_at"), 0) AS INTEGER) * 1048576)),
      'about_me', NEW.id, NEW.person_id, NEW."words"
    WHERE NEW.hidden_at IS NULL AND (NEW."words" <> '');
END
--;
CREATE TRIGGER search_set_about_me AFTER UPDATE ON "about_me" WHEN OLD."words" IS NOT NEW."words" OR OLD."hidden_at" IS NOT NEW."hidden_at"
BEGIN
  DELETE FROM search_doc WHERE tbl = 'about_me' AND pk = NEW.id;
  INSERT INTO search_doc (id, tbl, pk, person_id, words)
    SELECT coalesce((SELECT max(id) + 1 FROM search_doc
        WHERE id >= (CAST(coalesce(unixepoch(NEW."recorded_at"), 0) AS INTEGER) * 1048576) AND id < (CAST(coalesce(unixepoch(NEW."recorded_at"), 0) AS INTEGER) * 1048576) + 1048576), (CAST(coalesce(unixepoch(NEW."recorded_at"), 0) AS INTEGER) * 1048576)),
      'about_me', NEW.id, NEW.person_id, NEW."words"
    WHERE NEW.hidden_at IS NULL AND (NEW."words" <> '');
END
--;
CREATE TRIGGER search_put_address AFTER INSERT ON "address"
BEGIN
  INSERT INTO search_doc (id, tbl, pk, person_id, words)
    SELECT coalesce((SELECT max(id) + 1 FROM search_doc
        WHERE id >= (CAST(coalesce(unixepoch(NEW."recorded_at"), 0) AS INTEGER) * 1048576) AND id < (CAST(coalesce(unixepoch(NEW."recorded_at"), 0) AS INTEGER) * 1048576) + 1048576), (CAST(coalesce(unixepoch(NEW."recorded_at"), 0) AS INTEGER) * 1048576)),
      'address', NEW.id, NEW.person_id, NEW."line1"
    WHERE NEW.hidden_at IS NULL AND (NEW."line1" <> '');
END
--;
CREATE TRIGGER search_set_address AFTER UPDATE ON "address" WHEN OLD."line1" IS NOT NEW."line1" OR OLD."hidden_at" IS NOT NEW."hidden_at"
BEGIN
  DELETE FROM search_doc WHERE tbl = 'address' AND pk = NEW.id;
  INSERT INTO search_doc (id, tbl, pk, person_id, words)
    SELECT coalesce((SELECT max(id) + 1 FROM search_doc
        WHERE id >= (CAST(coalesce(unixepoch(NEW."recorded_at"), 0) AS INTEGER) * 1048576) AND id < (CAST(coalesce(unixepoch(NEW."recorded_at"), 0) AS INTEGER) * 1048576) + 1048576), (CAST(coalesce(unixepoch(NEW."recorded_at"), 0) AS INTEGER) * 1048576)),
      'address', NEW.id, NEW.person_id, NEW."line1"
    WHERE NEW.hidden_at IS NULL AND (NEW."line1" <> '');
END
--;
CREATE TRIGGER search_put_appointment AFTER INSERT ON "appointment"
BEGIN
  INSERT INTO search_doc (id, tbl, pk, person_id, words)
    SELECT coalesce((SELECT max(id) + 1 FROM search_doc
        WHERE id >= (CAST(coalesce(unixepoch(NEW."recorded_at"), 0) AS INTEGER) * 1048576) AND id < (CAST(coalesce(unixepoch(NEW."recorded_at"), 0) AS INTEGER) * 1048576) + 1048576), (CAST(coalesce(unixepoch(NEW."recorded_at"), 0) AS INTEGER) * 1048576)),
      'appointment', NEW.id, NEW.person_id, NEW."about"
    WHERE NEW.hidden_at IS NULL AND (NEW."about" <> '');
END
--;
CREATE TRIGGER search_set_appointment AFTER UPDATE ON "appointment" WHEN OLD."about" IS NOT NEW."about" OR OLD."hidden_at" IS NOT NEW."hidden_at"
BEGIN
  DELETE FROM search_doc WHERE tbl = 'appointment' AND pk = NEW.id;
  INSERT INTO search_doc (id, tbl, pk, person_id, words)
    SELECT coalesce((SELECT max(id) + 1 FROM search_doc
        WHERE id >= (CAST(coalesce(unixepoch(NEW."recorded_at"), 0) AS INTEGER) * 1048576) AND id < (CAST(coalesce(unixepoch(NEW."recorded_at"), 0) AS INTEGER) * 1048576) + 1048576), (CAST(coalesce(unixepoch(NEW."recorded_at"), 0) AS INTEGER) * 1048576)),
      'appointment', NEW.id, NEW.person_id, NEW."about"
    WHERE NEW.hidden_at IS NULL AND (NEW."about" <> '');
END
--;
CREATE TRIGGER search_put_connection AFTER INSERT ON "connection"
BEGIN
  INSERT INTO search_doc (id, tbl, pk, person_id, words)
    SELECT coalesce((SELECT max(id) + 1 FROM search_doc
        WHERE id >= (CAST(coalesce(unixepoch(NEW."recorded_at"), 0) AS INTEGER) * 1048576) AND id < (CAST(coalesce(unixepoch(NEW."recorded_at"), 0) AS INTEGER) * 1048576) + 1048576), (CAST(coalesce(unixepoch(NEW."recorded_at"), 0) AS INTEGER) * 1048576)),
      'connection', NEW.id, NEW.person_id, NEW."name" || char(10) || NEW."about"
    WHERE NEW.hidden_at IS NULL AND (NEW."name" <> '' OR NEW."about" <> '');
END
--;
CREATE TRIGGER search_set_connection AFTER UPDATE ON "connection" WHEN OLD."name" IS NOT NEW."name" OR OLD."about" IS NOT NEW."about" OR OLD."hidden_at" IS NOT NEW."hidden_at"
BEGIN
  DELETE FROM search_doc WHERE tbl = 'connection' AND pk = NEW.id;
  INSERT INTO search_doc (id, tbl, pk, person_id, words)
    SELECT coalesce((SELECT max(id) + 1 FROM search_doc
        WHERE id >= (CAST(coalesce(unixepoch(NEW."recorded_at"), 0) AS INTEGER) * 1048576) AND id < (CAST(coalesce(unixepoch(NEW."recorded_at"), 0) AS INTEGER) * 1048576) + 1048576), (CAST(coalesce(unixepoch(NEW."recorded_at"), 0) AS INTEGER) * 1048576)),
      'connection', NEW.id, NEW.person_id, NEW."name" || char(10) || NEW."about"
    WHERE NEW.hidden_at IS NULL AND (NEW."name" <> '' OR NEW."about" <> '');
END
--;
CREATE TRIGGER search_put_connection_event AFTER INSERT ON "connection_event"
BEGIN
  INSERT INTO search_doc (id, tbl, pk, person_id, words)
    SELECT coalesce((SELECT max(id) + 1 FROM search_doc
        WHERE id >= (CAST(coalesce(unixepoch(NEW."recorded_at"), 0) AS INTEGER) * 1048576) AND id < (CAST(coalesce(unixepoch(NEW."recorded_at"), 0) AS INTEGER) * 1048576) + 1048576), (CAST(coalesce(unixepoch(NEW."recorded_at"), 0) AS INTEGER) * 1048576)),
      'connection_event', NEW.id, NEW.person_id, NEW."words"
    WHERE NEW.hidden_at IS NULL AND (NEW."words" <> '');
END
--;
CREATE TRIGGER search_set_connection_event AFTER UPDATE ON "connection_event" WHEN OLD."words" IS NOT NEW."words" OR OLD."hidden_at" IS NOT NEW."hidden_at"
BEGIN
  DELETE FROM search_doc WHERE tbl = 'connection_event' AND pk = NEW.id;
  INSERT INTO search_doc (id, tbl, pk, person_id, words)
    SELECT coalesce((SELECT max(id) + 1 FROM search_doc
        WHERE id >= (CAST(coalesce(unixepoch(NEW."recorded_at"), 0) AS INTEGER) * 1048576) AND id < (CAST(coalesce(unixepoch(NEW."recorded_at"), 0) AS INTEGER) * 1048576) + 1048576), (CAST(coalesce(unixepoch(NEW."recorded_at"), 0) AS INTEGER) * 1048576)),
      'connection_event', NEW.id, NEW.person_id, NEW."words"
    WHERE NEW.hidden_at IS NULL AND (NEW."words" <> '');
END
--;
CREATE TRIGGER search_put_contribution AFTER INSERT ON "contribution"
BEGIN
  INSERT INTO search_doc (id, tbl, pk, person_id, words)
    SELECT coalesce((SELECT max(id) + 1 FROM search_doc
        WHERE id >= (CAST(coalesce(unixepoch(NEW."recorded_at"), 0) AS INTEGER) * 1048576) AND id < (CAST(coalesce(unixepoch(NEW."recorded_at"), 0) AS INTEGER) * 1048576) + 1048576), (CAST(coalesce(unixepoch(NEW."recorded_at"), 0) AS INTEGER) * 1048576)),
      'contribution', NEW.id, NEW.person_id, NEW."words"
    WHERE NEW.hidden_at IS NULL AND (NEW."words" <> '');
END
--;
CREATE TRIGGER search_set_contribution AFTER UPDATE ON "contribution" WHEN OLD."words" IS NOT NEW."words" OR OLD."hidden_at" IS NOT NEW."hidden_at"
BEGIN
  DELETE FROM search_doc WHERE tbl = 'contribution' AND pk = NEW.id;
  INSERT INTO search_doc (id, tbl, pk, person_id, words)
    SELECT coalesce((SELECT max(id) + 1 FROM search_doc
        WHERE id >= (CAST(coalesce(unixepoch(NEW."recorded_at"), 0) AS INTEGER) * 1048576) AND id < (CAST(coalesce(unixepoch(NEW."recorded_at"), 0) AS INTEGER) * 1048576) + 1048576), (CAST(coalesce(unixepoch(NEW."recorded_at"), 0) AS INTEGER) * 1048576)),
      'contribution', NEW.id, NEW.person_id, NEW."words"
    WHERE NEW.hidden_at IS NULL AND (NEW."words" <> '');
END
--;
CREATE TRIGGER search_put_goal AFTER INSERT ON "goal"
BEGIN
  INSERT INTO search_doc (id, tbl, pk, person_id, words)
    SELECT coalesce((SELECT max(id) + 1 FROM search_doc
        WHERE id >= (CAST(coalesce(unixepoch(NEW."recorded_at"), 0) AS INTEGER) * 1048576) AND id < (CAST(coalesce(unixepoch(NEW."recorded_at"), 0) AS INTEGER) * 1048576) + 1048576), (CAST(coalesce(unixepoch(NEW."recorded_at"), 0) AS INTEGER) * 1048576)),
      'goal', NEW.id, NEW.person_id, NEW."words"
    WHERE NEW.hidden_at IS NULL AND (NEW."words" <> '');
END
--;
CREATE TRIGGER search_set_goal AFTER UPDATE ON "goal" WHEN OLD."words" IS NOT NEW."words" OR OLD."hidden_at" IS NOT NEW."hidden_at"
BEGIN
  DELETE FROM search_doc WHERE tbl = 'goal' AND pk = NEW.id;
  INSERT INTO search_doc (id, tbl, pk, person_id, words)
    SELECT coalesce((SELECT max(id) + 1 FROM search_doc
        WHERE id >= (CAST(coalesce(unixepoch(NEW."recorded_at"), 0) AS INTEGER) * 1048576) AND id < (CAST(coalesce(unixepoch(NEW."recorded_at"), 0) AS INTEGER) * 1048576) + 1048576), (CAST(coalesce(unixepoch(NEW."recorded_at"), 0) AS INTEGER) * 1048576)),
      'goal', NEW.id, NEW.person_id, NEW."words"
    WHERE NEW.hidden_at IS NULL AND (NEW."words" <> '');
END
--;
CREATE TRIGGER search_put_in_the_way AFTER INSERT ON "in_the_way"
BEGIN
  INSERT INTO search_doc (id, tbl, pk, person_id, words)
    SELECT coalesce((SELECT max(id) + 1 FROM search_doc
        WHERE id >= (CAST(coalesce(unixepoch(NEW."recorded_at"), 0) AS INTEGER) * 1048576) AND id < (CAST(coalesce(unixepoch(NEW."recorded_at"), 0) AS INTEGER) * 1048576) + 1048576), (CAST(coalesce(unixepoch(NEW."recorded_at"), 0) AS INTEGER) * 1048576)),
      'in_the_way', NEW.id, NEW.person_id, NEW."words"
    WHERE NEW.hidden_at IS NULL AND (NEW."words" <> '');
END
--;
CREATE TRIGGER search_set_in_the_way AFTER UPDATE ON "in_the_way" WHEN OLD."words" IS NOT NEW."words" OR OLD."hidden_at" IS NOT NEW."hidden_at"
BEGIN
  DELETE FROM search_doc WHERE tbl = 'in_the_way' AND pk = NEW.id;
  INSERT INTO search_doc (id, tbl, pk, person_id, words)
    SELECT coalesce((SELECT max(id) + 1 FROM search_doc
        WHERE id >= (CAST(coalesce(unixepoch(NEW."recorded_at"), 0) AS INTEGER) * 1048576) AND id < (CAST(coalesce(unixepoch(NEW."recorded_at"), 0) AS INTEGER) * 1048576) + 1048576), (CAST(coalesce(unixepoch(NEW."recorded_at"), 0) AS INTEGER) * 1048576)),
      'in_the_way', NEW.id, NEW.person_id, NEW."words"
    WHERE NEW.hidden_at IS NULL AND (NEW."words" <> '');
END
--;
CREATE TRIGGER search_put_looked_for AFTER INSERT ON "looked_for"
BEGIN
  INSERT INTO search_doc (id, tbl, pk, person_id, words)
    SELECT coalesce((SELECT max(id) + 1 FROM search_doc
        WHERE id >= (CAST(coalesce(unixepoch(NEW."recorded_at"), 0) AS INTEGER) * 1048576) AND id < (CAST(coalesce(unixepoch(NEW."recorded_at"), 0) AS INTEGER) * 1048576) + 1048576), (CAST(coalesce(unixepoch(NEW."recorded_at"), 0) AS INTEGER) * 1048576)),
      'looked_for', NEW.id, NEW.person_id, NEW."words"
    WHERE NEW.hidden_at IS NULL AND (NEW."words" <> '');
END
--;
CREATE TRIGGER search_set_looked_for AFTER UPDATE ON "looked_for" WHEN OLD."words" IS NOT NEW."words" OR OLD."hidden_at" IS NOT NEW."hidden_at"
BEGIN
  DELETE FROM search_doc WHERE tbl = 'looked_for' AND pk = NEW.id;
  INSERT INTO search_doc (id, tbl, pk, person_id, words)
    SELECT coalesce((SELECT max(id) + 1 FROM search_doc
        WHERE id >= (CAST(coalesce(unixepoch(NEW."recorded_at"), 0) AS INTEGER) * 1048576) AND id < (CAST(coalesce(unixepoch(NEW."recorded_at"), 0) AS INTEGER) * 1048576) + 1048576), (CAST(coalesce(unixepoch(NEW."recorded_at"), 0) AS INTEGER) * 1048576)),
      'looked_for', NEW.id, NEW.person_id, NEW."words"
    WHERE NEW.hidden_at IS NULL AND (NEW."words" <> '');
END
--;
CREATE TRIGGER search_put_note AFTER INSERT ON "note"
BEGIN
  INSERT INTO search_doc (id, tbl, pk, person_id, words)
    SELECT coalesce((SELECT max(id) + 1 FROM search_doc
        WHERE id >= (CAST(coalesce(unixepoch(NEW."happened_at"), 0) AS INTEGER) * 1048576) AND id < (CAST(coalesce(unixepoch(NEW."happened_at"), 0) AS INTEGER) * 1048576) + 1048576), (CAST(coalesce(unixepoch(NEW."happened_at"), 0) AS INTEGER) * 1048576)),
      'note', NEW.id, NEW.person_id, NEW."words"
    WHERE NEW.hidden_at IS NULL AND (NEW."words" <> '');
END
--;
CREATE TRIGGER search_set_note AFTER UPDATE ON "note" WHEN OLD."words" IS NOT NEW."words" OR OLD."hidden_at" IS NOT NEW."hidden_at"
BEGIN
  DELETE FROM search_doc WHERE tbl = 'note' AND pk = NEW.id;
  INSERT INTO search_doc (id, tbl, pk, person_id, words)
    SELECT coalesce((SELECT max(id) + 1 FROM search_doc
        WHERE id >= (CAST(coalesce(unixepoch(NEW."happened_at"), 0) AS INTEGER) * 1048576) AND id < (CAST(coalesce(unixepoch(NEW."happened_at"), 0) AS INTEGER) * 1048576) + 1048576), (CAST(coalesce(unixepoch(NEW."happened_at"), 0) AS INTEGER) * 1048576)),
      'note', NEW.id, NEW.person_id, NEW."words"
    WHERE NEW.hidden_at IS NULL AND (NEW."words" <> '');
END
--;
CREATE TRIGGER search_put_person AFTER INSERT ON "person"
BEGIN
  INSERT INTO search_doc (id, tbl, pk, person_id, words)
    SELECT coalesce((SELECT max(id) + 1 FROM search_doc
        WHERE id >= (CAST(coalesce(unixepoch(NEW."recorded_at"), 0) AS INTEGER) * 1048576) AND id < (CAST(coalesce(unixepoch(NEW."recorded_at"), 0) AS INTEGER) * 1048576) + 1048576), (CAST(coalesce(unixepoch(NEW."recorded_at"), 0) AS INTEGER) * 1048576)),
      'person', NEW.id, NEW.id, NEW."called" || char(10) || NEW."given" || char(10) || NEW."family" || char(10) || NEW."other_names" || char(10) || NEW."description"
    WHERE NEW.hidden_at IS NULL AND (NEW."called" <> '' OR NEW."given" <> '' OR NEW."family" <> '' OR NEW."other_names" <> '' OR NEW."description" <> '');
END
--;
CREATE TRIGGER search_set_person AFTER UPDATE ON "person" WHEN OLD."called" IS NOT NEW."called" OR OLD."given" IS NOT NEW."given" OR OLD."family" IS NOT NEW."family" OR OLD."other_names" IS NOT NEW."other_names" OR OLD."description" IS NOT NEW."description" OR OLD."hidden_at" IS NOT NEW."hidden_at"
BEGIN
  DELETE FROM search_doc WHERE tbl = 'person' AND pk = NEW.id;
  INSERT INTO search_doc (id, tbl, pk, person_id, words)
    SELECT coalesce((SELECT max(id) + 1 FROM search_doc
        WHERE id >= (CAST(coalesce(unixepoch(NEW."recorded_at"), 0) AS INTEGER) * 1048576) AND id < (CAST(coalesce(unixepoch(NEW."recorded_at"), 0) AS INTEGER) * 1048576) + 1048576), (CAST(coalesce(unixepoch(NEW."recorded_at"), 0) AS INTEGER) * 1048576)),
      'person', NEW.id, NEW.id, NEW."called" || char(10) || NEW."given" || char(10) || NEW."family" || char(10) || NEW."other_names" || char(10) || NEW."description"
    WHERE NEW.hidden_at IS NULL AND (NEW."called" <> '' OR NEW."given" <> '' OR NEW."family" <> '' OR NEW."other_names" <> '' OR NEW."description" <> '');
END
--;
CREATE TRIGGER search_put_reach AFTER INSERT ON "reach"
BEGIN
  INSERT INTO search_doc (id, tbl, pk, person_id, words)
    SELECT coalesce((SELECT max(id) + 1 FROM search_doc
        WHERE id >= (CAST(coalesce(unixepoch(NEW."recorded_at"), 0) AS INTEGER) * 1048576) AND id < (CAST(coalesce(unixepoch(NEW."recorded_at"), 0) AS INTEGER) * 1048576) + 1048576), (CAST(coalesce(unixepoch(NEW."recorded_at"), 0) AS INTEGER) * 1048576)),
      'reach', NEW.id, NEW.person_id, NEW."value"
    WHERE NEW.hidden_at IS NULL AND (NEW."value" <> '');
END
--;
CREATE TRIGGER search_set_reach AFTER UPDATE ON "reach" WHEN OLD."value" IS NOT NEW."value" OR OLD."hidden_at" IS NOT NEW."hidden_at"
BEGIN
  DELETE FROM search_doc WHERE tbl = 'reach' AND pk = NEW.id;
  INSERT INTO search_doc (id, tbl, pk, person_id, words)
    SELECT coalesce((SELECT max(id) + 1 FROM search_doc
        WHERE id >= (CAST(coalesce(unixepoch(NEW."recorded_at"), 0) AS INTEGER) * 1048576) AND id < (CAST(coalesce(unixepoch(NEW."recorded_at"), 0) AS INTEGER) * 1048576) + 1048576), (CAST(coalesce(unixepoch(NEW."recorded_at"), 0) AS INTEGER) * 1048576)),
      'reach', NEW.id, NEW.person_id, NEW."value"
    WHERE NEW.hidden_at IS NULL AND (NEW."value" <> '');
END
--;
CREATE TRIGGER search_put_safety_statement AFTER INSERT ON "safety_statement"
BEGIN
  INSERT INTO search_doc (id, tbl, pk, person_id, words)
    SELECT coalesce((SELECT max(id) + 1 FROM search_doc
        WHERE id >= (CAST(coalesce(unixepoch(NEW."recorded_at"), 0) AS INTEGER) * 1048576) AND id < (CAST(coalesce(unixepoch(NEW."recorded_at"), 0) AS INTEGER) * 1048576) + 1048576), (CAST(coalesce(unixepoch(NEW."recorded_at"), 0) AS INTEGER) * 1048576)),
      'safety_statement', NEW.id, NEW.person_id, NEW."words"
    WHERE NEW.hidden_at IS NULL AND (NEW."words" <> '');
END
--;
CREATE TRIGGER search_set_safety_statement AFTER UPDATE ON "safety_statement" WHEN OLD."words" IS NOT NEW."words" OR OLD."hidden_at" IS NOT NEW."hidden_at"
BEGIN
  DELETE FROM search_doc WHERE tbl = 'safety_statement' AND pk = NEW.id;
  INSERT INTO search_doc (id, tbl, pk, person_id, words)
    SELECT coalesce((SELECT max(id) + 1 FROM search_doc
        WHERE id >= (CAST(coalesce(unixepoch(NEW."recorded_at"), 0) AS INTEGER) * 1048576) AND id < (CAST(coalesce(unixepoch(NEW."recorded_at"), 0) AS INTEGER) * 1048576) + 1048576), (CAST(coalesce(unixepoch(NEW."recorded_at"), 0) AS INTEGER) * 1048576)),
      'safety_statement', NEW.id, NEW.person_id, NEW."words"
    WHERE NEW.hidden_at IS NULL AND (NEW."words" <> '');
END
--;
CREATE TRIGGER search_put_step AFTER INSERT ON "step"
BEGIN
  INSERT INTO search_doc (id, tbl, pk, person_id, words)
    SELECT coalesce((SELECT max(id) + 1 FROM search_doc
        WHERE id >= (CAST(coalesce(unixepoch(NEW."recorded_at"), 0) AS INTEGER) * 1048576) AND id < (CAST(coalesce(unixepoch(NEW."recorded_at"), 0) AS INTEGER) * 1048576) + 1048576), (CAST(coalesce(unixepoch(NEW."recorded_at"), 0) AS INTEGER) * 1048576)),
      'step', NEW.id, NEW.person_id, NEW."words"
    WHERE NEW.hidden_at IS NULL AND (NEW."words" <> '');
END
--;
CREATE TRIGGER search_set_step AFTER UPDATE ON "step" WHEN OLD."words" IS NOT NEW."words" OR OLD."hidden_at" IS NOT NEW."hidden_at"
BEGIN
  DELETE FROM search_doc WHERE tbl = 'step' AND pk = NEW.id;
  INSERT INTO search_doc (id, tbl, pk, person_id, words)
    SELECT coalesce((SELECT max(id) + 1 FROM search_doc
        WHERE id >= (CAST(coalesce(unixepoch(NEW."recorded_at"), 0) AS INTEGER) * 1048576) AND id < (CAST(coalesce(unixepoch(NEW."recorded_at"), 0) AS INTEGER) * 1048576) + 1048576), (CAST(coalesce(unixepoch(NEW."recorded_at"), 0) AS INTEGER) * 1048576)),
      'step', NEW.id, NEW.person_id, NEW."words"
    WHERE NEW.hidden_at IS NULL AND (NEW."words" <> '');
END
--;
CREATE TRIGGER search_put_strength AFTER INSERT ON "strength"
BEGIN
  INSERT INTO search_doc (id, tbl, pk, person_id, words)
    SELECT coalesce((SELECT max(id) + 1 FROM search_doc
        WHERE id >= (CAST(coalesce(unixepoch(NEW."recorded_at"), 0) AS INTEGER) * 1048576) AND id < (CAST(coalesce(unixepoch(NEW."recorded_at"), 0) AS INTEGER) * 1048576) + 1048576), (CAST(coalesce(unixepoch(NEW."recorded_at"), 0) AS INTEGER) * 1048576)),
      'strength', NEW.id, NEW.person_id, NEW."words"
    WHERE NEW.hidden_at IS NULL AND (NEW."words" <> '');
END
--;
CREATE TRIGGER search_set_strength AFTER UPDATE ON "strength" WHEN OLD."words" IS NOT NEW."words" OR OLD."hidden_at" IS NOT NEW."hidden_at"
BEGIN
  DELETE FROM search_doc WHERE tbl = 'strength' AND pk = NEW.id;
  INSERT INTO search_doc (id, tbl, pk, person_id, words)
    SELECT coalesce((SELECT max(id) + 1 FROM search_doc
        WHERE id >= (CAST(coalesce(unixepoch(NEW."recorded_at"), 0) AS INTEGER) * 1048576) AND id < (CAST(coalesce(unixepoch(NEW."recorded_at"), 0) AS INTEGER) * 1048576) + 1048576), (CAST(coalesce(unixepoch(NEW."recorded_at"), 0) AS INTEGER) * 1048576)),
      'strength', NEW.id, NEW.person_id, NEW."words"
    WHERE NEW.hidden_at IS NULL AND (NEW."words" <> '');
END
--;
CREATE TRIGGER search_put_support_event AFTER INSERT ON "support_event"
BEGIN
  INSERT INTO search_doc (id, tbl, pk, person_id, words)
    SELECT coalesce((SELECT max(id) + 1 FROM search_doc
        WHERE id >= (CAST(coalesce(unixepoch(NEW."recorded_at"), 0) AS INTEGER) * 1048576) AND id < (CAST(coalesce(unixepoch(NEW."recorded_at"), 0) AS INTEGER) * 1048576) + 1048576), (CAST(coalesce(unixepoch(NEW."recorded_at"), 0) AS INTEGER) * 1048576)),
      'support_event', NEW.id, NEW.person_id, NEW."own_words"
    WHERE NEW.hidden_at IS NULL AND (NEW."own_words" <> '');
END
--;
CREATE TRIGGER search_set_support_event AFTER UPDATE ON "support_event" WHEN OLD."own_words" IS NOT NEW."own_words" OR OLD."hidden_at" IS NOT NEW."hidden_at"
BEGIN
  DELETE FROM search_doc WHERE tbl = 'support_event' AND pk = NEW.id;
  INSERT INTO search_doc (id, tbl, pk, person_id, words)
    SELECT coalesce((SELECT max(id) + 1 FROM search_doc
        WHERE id >= (CAST(coalesce(unixepoch(NEW."recorded_at"), 0) AS INTEGER) * 1048576) AND id < (CAST(coalesce(unixepoch(NEW."recorded_at"), 0) AS INTEGER) * 1048576) + 1048576), (CAST(coalesce(unixepoch(NEW."recorded_at"), 0) AS INTEGER) * 1048576)),
      'support_event', NEW.id, NEW.person_id, NEW."own_words"
    WHERE NEW.hidden_at IS NULL AND (NEW."own_words" <> '');
END
--;
CREATE TRIGGER search_put_tie AFTER INSERT ON "tie"
BEGIN
  INSERT INTO search_doc (id, tbl, pk, person_id, words)
    SELECT coalesce((SELECT max(id) + 1 FROM search_doc
        WHERE id >= (CAST(coalesce(unixepoch(NEW."recorded_at"), 0) AS INTEGER) * 1048576) AND id < (CAST(coalesce(unixepoch(NEW."recorded_at"), 0) AS INTEGER) * 1048576) + 1048576), (CAST(coalesce(unixepoch(NEW."recorded_at"), 0) AS INTEGER) * 1048576)),
      'tie', NEW.id, NEW.person_id, NEW."name" || char(10) || NEW."relationship" || char(10) || NEW."about"
    WHERE NEW.hidden_at IS NULL AND (NEW."name" <> '' OR NEW."relationship" <> '' OR NEW."about" <> '');
END
--;
CREATE TRIGGER search_set_tie AFTER UPDATE ON "tie" WHEN OLD."name" IS NOT NEW."name" OR OLD."relationship" IS NOT NEW."relationship" OR OLD."about" IS NOT NEW."about" OR OLD."hidden_at" IS NOT NEW."hidden_at"
BEGIN
  DELETE FROM search_doc WHERE tbl = 'tie' AND pk = NEW.id;
  INSERT INTO search_doc (id, tbl, pk, person_id, words)
    SELECT coalesce((SELECT max(id) + 1 FROM search_doc
        WHERE id >= (CAST(coalesce(unixepoch(NEW."recorded_at"), 0) AS INTEGER) * 1048576) AND id < (CAST(coalesce(unixepoch(NEW."recorded_at"), 0) AS INTEGER) * 1048576) + 1048576), (CAST(coalesce(unixepoch(NEW."recorded_at"), 0) AS INTEGER) * 1048576)),
      'tie', NEW.id, NEW.person_id, NEW."name" || char(10) || NEW."relationship" || char(10) || NEW."about"
    WHERE NEW.hidden_at IS NULL AND (NEW."name" <> '' OR NEW."relationship" <> '' OR NEW."about" <> '');
END
--;
CREATE TRIGGER search_put_vision AFTER INSERT ON "vision"
BEGIN
  INSERT INTO search_doc (id, tbl, pk, person_id, words)
    SELECT coalesce((SELECT max(id) + 1 FROM search_doc
        WHERE id >= (CAST(coalesce(unixepoch(NEW."recorded_at"), 0) AS INTEGER) * 1048576) AND id < (CAST(coalesce(unixepoch(NEW."recorded_at"), 0) AS INTEGER) * 1048576) + 1048576), (CAST(coalesce(unixepoch(NEW."recorded_at"), 0) AS INTEGER) * 1048576)),
      'vision', NEW.id, NEW.person_id, NEW."words"
    WHERE NEW.hidden_at IS NULL AND (NEW."words" <> '');
END
--;
CREATE TRIGGER search_set_vision AFTER UPDATE ON "vision" WHEN OLD."words" IS NOT NEW."words" OR OLD."hidden_at" IS NOT NEW."hidden_at"
BEGIN
  DELETE FROM search_doc WHERE tbl = 'vision' AND pk = NEW.id;
  INSERT INTO search_doc (id, tbl, pk, person_id, words)
    SELECT coalesce((SELECT max(id) + 1 FROM search_doc
        WHERE id >= (CAST(coalesce(unixepoch(NEW."recorded_at"), 0) AS INTEGER) * 1048576) AND id < (CAST(coalesce(unixepoch(NEW."recorded_at"), 0) AS INTEGER) * 1048576) + 1048576), (CAST(coalesce(unixepoch(NEW."recorded_at"), 0) AS INTEGER) * 1048576)),
      'vision', NEW.id, NEW.person_id, NEW."words"
    WHERE NEW.hidden_at IS NULL AND (NEW."words" <> '');
END
--;
CREATE TRIGGER search_put_whereabouts AFTER INSERT ON "whereabouts"
BEGIN
  INSERT INTO search_doc (id, tbl, pk, person_id, words)
    SELECT coalesce((SELECT max(id) + 1 FROM search_doc
        WHERE id >= (CAST(coalesce(unixepoch(NEW."recorded_at"), 0) AS INTEGER) * 1048576) AND id < (CAST(coalesce(unixepoch(NEW."recorded_at"), 0) AS INTEGER) * 1048576) + 1048576), (CAST(coalesce(unixepoch(NEW."recorded_at"), 0) AS INTEGER) * 1048576)),
      'whereabouts', NEW.id, NEW.person_id, NEW."remark"
    WHERE NEW.hidden_at IS NULL AND (NEW."remark" <> '');
END
--;
CREATE TRIGGER search_set_whereabouts AFTER UPDATE ON "whereabouts" WHEN OLD."remark" IS NOT NEW."remark" OR OLD."hidden_at" IS NOT NEW."hidden_at"
BEGIN
  DELETE FROM search_doc WHERE tbl = 'whereabouts' AND pk = NEW.id;
  INSERT INTO search_doc (id, tbl, pk, person_id, words)
    SELECT coalesce((SELECT max(id) + 1 FROM search_doc
        WHERE id >= (CAST(coalesce(unixepoch(NEW."recorded_at"), 0) AS INTEGER) * 1048576) AND id < (CAST(coalesce(unixepoch(NEW."recorded_at"), 0) AS INTEGER) * 1048576) + 1048576), (CAST(coalesce(unixepoch(NEW."recorded_at"), 0) AS INTEGER) * 1048576)),
      'whereabouts', NEW.id, NEW.person_id, NEW."remark"
    WHERE NEW.hidden_at IS NULL AND (NEW."remark" <> '');
END
