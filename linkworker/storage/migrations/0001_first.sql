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
CREATE TABLE community_group (
	id VARCHAR NOT NULL,
	recorded_at TEXT,
	recorded_by TEXT NOT NULL,
	hidden_at TEXT,
	name TEXT NOT NULL,
	about TEXT NOT NULL,
	area TEXT NOT NULL,
	our_part TEXT NOT NULL,
	service_id TEXT NOT NULL,
	begun_on DATE,
	stepped_back_on DATE,
	ended_on DATE,
	PRIMARY KEY (id)
)
--;
CREATE TABLE gap (
	id VARCHAR NOT NULL,
	recorded_at TEXT,
	recorded_by TEXT NOT NULL,
	hidden_at TEXT,
	words TEXT NOT NULL,
	kind TEXT NOT NULL,
	area TEXT NOT NULL,
	closed_on DATE,
	closed_by TEXT NOT NULL,
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
CREATE TABLE offer (
	id VARCHAR NOT NULL,
	recorded_at TEXT,
	recorded_by TEXT NOT NULL,
	hidden_at TEXT,
	words TEXT NOT NULL,
	area TEXT NOT NULL,
	worker_id TEXT NOT NULL,
	withdrawn_on DATE,
	PRIMARY KEY (id)
)
--;
CREATE TABLE organisation (
	id VARCHAR NOT NULL,
	recorded_at TEXT,
	recorded_by TEXT NOT NULL,
	hidden_at TEXT,
	name TEXT NOT NULL,
	PRIMARY KEY (id)
)
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
CREATE TABLE service (
	id VARCHAR NOT NULL,
	recorded_at TEXT,
	recorded_by TEXT NOT NULL,
	hidden_at TEXT,
	source TEXT NOT NULL,
	source_id TEXT NOT NULL,
	organisation TEXT NOT NULL,
	name TEXT NOT NULL,
	about TEXT NOT NULL,
	phone TEXT NOT NULL,
	email TEXT NOT NULL,
	web TEXT NOT NULL,
	cost TEXT NOT NULL,
	times TEXT NOT NULL,
	days TEXT NOT NULL,
	youngest INTEGER,
	oldest INTEGER,
	for_whom TEXT NOT NULL,
	languages TEXT NOT NULL,
	kinds TEXT NOT NULL,
	area TEXT NOT NULL,
	alert TEXT NOT NULL,
	checked_on DATE,
	gone_on DATE,
	words TEXT NOT NULL,
	ask_for TEXT NOT NULL,
	step_free TEXT NOT NULL,
	quiet_times TEXT NOT NULL,
	confirmed_on DATE,
	confirmed_by TEXT NOT NULL,
	full_until DATE,
	full_words TEXT NOT NULL,
	do_not_list BOOLEAN NOT NULL,
	why_not TEXT NOT NULL,
	PRIMARY KEY (id)
)
--;
CREATE INDEX service_by_source ON service (source, source_id, hidden_at) WHERE hidden_at IS NULL
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
CREATE TABLE volunteer (
	id VARCHAR NOT NULL,
	recorded_at TEXT,
	recorded_by TEXT NOT NULL,
	hidden_at TEXT,
	name TEXT NOT NULL,
	role TEXT NOT NULL,
	training TEXT NOT NULL,
	checked TEXT NOT NULL,
	checked_on DATE,
	left_on DATE,
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
	FOREIGN KEY(person_id) REFERENCES person (id) DEFERRABLE INITIALLY DEFERRED
)
--;
CREATE INDEX appointment_by_day ON appointment (at, hidden_at) WHERE hidden_at IS NULL
--;
CREATE INDEX appointment_to_come ON appointment (person_id, at, hidden_at) WHERE hidden_at IS NULL AND state = 'to come'
--;
CREATE INDEX ix_appointment_contact_id ON appointment (contact_id)
--;
CREATE INDEX ix_appointment_person_id ON appointment (person_id)
--;
CREATE TABLE community_work (
	id VARCHAR NOT NULL,
	recorded_at TEXT,
	recorded_by TEXT NOT NULL,
	hidden_at TEXT,
	"on" DATE,
	kind TEXT NOT NULL,
	minutes INTEGER,
	words TEXT NOT NULL,
	area TEXT NOT NULL,
	group_id VARCHAR,
	worker_id TEXT NOT NULL,
	PRIMARY KEY (id),
	FOREIGN KEY(group_id) REFERENCES community_group (id) DEFERRABLE INITIALLY DEFERRED
)
--;
CREATE INDEX ix_community_work_group_id ON community_work (group_id)
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
	service_id TEXT NOT NULL,
	other_person_id TEXT NOT NULL,
	for_strength TEXT NOT NULL,
	for_need TEXT NOT NULL,
	regular BOOLEAN NOT NULL,
	checks TEXT NOT NULL,
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
	organisation TEXT NOT NULL,
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
CREATE INDEX contact_by_day ON contact (person_id, happened_at, outcome, id, hidden_at) WHERE hidden_at IS NULL
--;
CREATE INDEX contact_by_writing ON contact (recorded_at, recorded_by, hidden_at) WHERE hidden_at IS NULL
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
CREATE TABLE gap_wanted (
	id VARCHAR NOT NULL,
	recorded_at TEXT,
	recorded_by TEXT NOT NULL,
	hidden_at TEXT,
	gap_id VARCHAR NOT NULL,
	"on" DATE,
	how_many INTEGER NOT NULL,
	PRIMARY KEY (id),
	FOREIGN KEY(gap_id) REFERENCES gap (id) DEFERRABLE INITIALLY DEFERRED
)
--;
CREATE INDEX ix_gap_wanted_gap_id ON gap_wanted (gap_id)
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
CREATE TABLE group_check (
	id VARCHAR NOT NULL,
	recorded_at TEXT,
	recorded_by TEXT NOT NULL,
	hidden_at TEXT,
	group_id VARCHAR NOT NULL,
	"on" DATE,
	running TEXT NOT NULL,
	words TEXT NOT NULL,
	PRIMARY KEY (id),
	FOREIGN KEY(group_id) REFERENCES community_group (id) DEFERRABLE INITIALLY DEFERRED
)
--;
CREATE INDEX ix_group_check_group_id ON group_check (group_id)
--;
CREATE TABLE group_session (
	id VARCHAR NOT NULL,
	recorded_at TEXT,
	recorded_by TEXT NOT NULL,
	hidden_at TEXT,
	"on" DATE,
	place TEXT NOT NULL,
	group_id VARCHAR,
	led_by TEXT NOT NULL,
	names TEXT NOT NULL,
	heads INTEGER,
	unwritten INTEGER NOT NULL,
	interpreters TEXT NOT NULL,
	turned_away INTEGER NOT NULL,
	given TEXT NOT NULL,
	words TEXT NOT NULL,
	PRIMARY KEY (id),
	FOREIGN KEY(group_id) REFERENCES community_group (id) DEFERRABLE INITIALLY DEFERRED
)
--;
CREATE INDEX ix_group_session_group_id ON group_session (group_id)
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
CREATE TABLE introduction (
	id VARCHAR NOT NULL,
	recorded_at TEXT,
	recorded_by TEXT NOT NULL,
	hidden_at TEXT,
	person_id VARCHAR NOT NULL,
	came_at TEXT,
	made_on DATE,
	how TEXT NOT NULL,
	arrived TEXT NOT NULL,
	by_name TEXT NOT NULL,
	by_role TEXT NOT NULL,
	by_service TEXT NOT NULL,
	by_organisation TEXT NOT NULL,
	by_organisation_code TEXT NOT NULL,
	by_contact TEXT NOT NULL,
	their_reason TEXT NOT NULL,
	own_reason TEXT NOT NULL,
	knows TEXT NOT NULL,
	agreed_to TEXT NOT NULL,
	told_on DATE,
	urgency TEXT NOT NULL,
	safe_to_reach TEXT NOT NULL,
	answer_to TEXT NOT NULL,
	may_answer BOOLEAN NOT NULL,
	outcome TEXT NOT NULL,
	outcome_on DATE,
	outcome_why TEXT NOT NULL,
	known_as TEXT NOT NULL,
	PRIMARY KEY (id),
	FOREIGN KEY(person_id) REFERENCES person (id) DEFERRABLE INITIALLY DEFERRED
)
--;
CREATE INDEX introduction_waiting ON introduction (came_at, hidden_at) WHERE hidden_at IS NULL AND outcome = ''
--;
CREATE INDEX ix_introduction_person_id ON introduction (person_id)
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
	gap_id TEXT NOT NULL,
	from_note TEXT NOT NULL,
	PRIMARY KEY (id),
	FOREIGN KEY(person_id) REFERENCES person (id) DEFERRABLE INITIALLY DEFERRED
)
--;
CREATE INDEX ix_looked_for_person_id ON looked_for (person_id)
--;
CREATE TABLE not_with (
	id VARCHAR NOT NULL,
	recorded_at TEXT,
	recorded_by TEXT NOT NULL,
	hidden_at TEXT,
	person_id VARCHAR NOT NULL,
	other_person_id TEXT NOT NULL,
	name TEXT NOT NULL,
	words TEXT NOT NULL,
	PRIMARY KEY (id),
	FOREIGN KEY(person_id) REFERENCES person (id) DEFERRABLE INITIALLY DEFERRED
)
--;
CREATE INDEX ix_not_with_person_id ON not_with (person_id)
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
CREATE TABLE same_person (
	id VARCHAR NOT NULL,
	recorded_at TEXT,
	recorded_by TEXT NOT NULL,
	hidden_at TEXT,
	person_id VARCHAR NOT NULL,
	other_person_id TEXT NOT NULL,
	shown_person_id TEXT NOT NULL,
	reason TEXT NOT NULL,
	decided_on DATE,
	PRIMARY KEY (id),
	FOREIGN KEY(person_id) REFERENCES person (id) DEFERRABLE INITIALLY DEFERRED
)
--;
CREATE INDEX ix_same_person_person_id ON same_person (person_id)
--;
CREATE TABLE service_place (
	id VARCHAR NOT NULL,
	recorded_at TEXT,
	recorded_by TEXT NOT NULL,
	hidden_at TEXT,
	service_id VARCHAR NOT NULL,
	source TEXT NOT NULL,
	name TEXT NOT NULL,
	address TEXT NOT NULL,
	postcode TEXT NOT NULL,
	latitude INTEGER,
	longitude INTEGER,
	access TEXT NOT NULL,
	times TEXT NOT NULL,
	days TEXT NOT NULL,
	gone_on DATE,
	PRIMARY KEY (id),
	FOREIGN KEY(service_id) REFERENCES service (id) DEFERRABLE INITIALLY DEFERRED
)
--;
CREATE INDEX ix_service_place_service_id ON service_place (service_id)
--;
CREATE TABLE sharing_decision (
	id VARCHAR NOT NULL,
	recorded_at TEXT,
	recorded_by TEXT NOT NULL,
	hidden_at TEXT,
	person_id VARCHAR NOT NULL,
	with_whom TEXT NOT NULL,
	opens TEXT NOT NULL,
	for_what TEXT NOT NULL,
	agreed TEXT NOT NULL,
	how_given TEXT NOT NULL,
	why_not TEXT NOT NULL,
	"on" DATE,
	until DATE,
	withdraws TEXT NOT NULL,
	PRIMARY KEY (id),
	FOREIGN KEY(person_id) REFERENCES person (id) DEFERRABLE INITIALLY DEFERRED
)
--;
CREATE INDEX ix_sharing_decision_person_id ON sharing_decision (person_id)
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
	offer_id TEXT NOT NULL,
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
CREATE TABLE volunteer_hours (
	id VARCHAR NOT NULL,
	recorded_at TEXT,
	recorded_by TEXT NOT NULL,
	hidden_at TEXT,
	volunteer_id VARCHAR NOT NULL,
	"on" DATE,
	minutes INTEGER NOT NULL,
	group_id VARCHAR,
	words TEXT NOT NULL,
	PRIMARY KEY (id),
	FOREIGN KEY(volunteer_id) REFERENCES volunteer (id) DEFERRABLE INITIALLY DEFERRED,
	FOREIGN KEY(group_id) REFERENCES community_group (id) DEFERRABLE INITIALLY DEFERRED
)
--;
CREATE INDEX ix_volunteer_hours_group_id ON volunteer_hours (group_id)
--;
CREATE INDEX ix_volunteer_hours_volunteer_id ON volunteer_hours (volunteer_id)
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
	how TEXT NOT NULL,
	shared TEXT NOT NULL,
	agreed TEXT NOT NULL,
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
	organisation TEXT NOT NULL,
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
CREATE INDEX note_by_contact ON note (person_id, contact_id, corrects, hidden_at) WHERE hidden_at IS NULL
--;
CREATE TABLE reaching_attempt (
	id VARCHAR NOT NULL,
	recorded_at TEXT,
	recorded_by TEXT NOT NULL,
	hidden_at TEXT,
	person_id VARCHAR NOT NULL,
	introduction_id VARCHAR NOT NULL,
	at TEXT,
	how TEXT NOT NULL,
	outcome TEXT NOT NULL,
	words TEXT NOT NULL,
	PRIMARY KEY (id),
	FOREIGN KEY(person_id) REFERENCES person (id) DEFERRABLE INITIALLY DEFERRED,
	FOREIGN KEY(introduction_id) REFERENCES introduction (id) DEFERRABLE INITIALLY DEFERRED
)
--;
CREATE INDEX ix_reaching_attempt_introduction_id ON reaching_attempt (introduction_id)
--;
CREATE INDEX ix_reaching_attempt_person_id ON reaching_attempt (person_id)
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
CREATE INDEX step_by_writing ON step (recorded_at, recorded_by, hidden_at) WHERE hidden_at IS NULL
--;
CREATE INDEX step_open ON step (person_id, by_day, hidden_at) WHERE hidden_at IS NULL AND state = 'open'
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
	organisation TEXT NOT NULL,
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
    worker_id TEXT NOT NULL,
    epoch TEXT NOT NULL DEFAULT '',
    mark BLOB NOT NULL DEFAULT x'fe6c77ff6d61726b00000000000000000000000000000000'
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
) WITHOUT ROWID
--;
CREATE INDEX sync_op_act ON sync_op (act)
--;
CREATE INDEX sync_op_unsent ON sync_op (n) WHERE hub_seq IS NULL
--;
CREATE INDEX sync_op_scope ON sync_op (scope)
--;
CREATE TABLE sync_head (
    tbl TEXT NOT NULL,
    pk TEXT NOT NULL,
    grp TEXT NOT NULL,
    op TEXT NOT NULL,
    stamp INTEGER NOT NULL,
    PRIMARY KEY (tbl, pk, grp, op)
) WITHOUT ROWID
--;
CREATE TABLE sync_superseded (
    tbl TEXT NOT NULL,
    pk TEXT NOT NULL,
    grp TEXT NOT NULL,
    op TEXT NOT NULL,
    PRIMARY KEY (tbl, pk, grp, op)
) WITHOUT ROWID
--;
CREATE TABLE sync_open (
    tbl TEXT NOT NULL,
    pk TEXT NOT NULL,
    grp TEXT NOT NULL,
    scope TEXT NOT NULL,
    PRIMARY KEY (tbl, pk, grp)
) WITHOUT ROWID
--;
CREATE TABLE sync_cursor (
    scope TEXT PRIMARY KEY,
    hub_seq INTEGER NOT NULL,
    checksum TEXT NOT NULL,
    proof TEXT NOT NULL DEFAULT ''
) WITHOUT ROWID
--;
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
) WITHOUT ROWID
--;
CREATE TABLE sync_given (
    epoch TEXT NOT NULL,
    scope TEXT NOT NULL,
    seq INTEGER NOT NULL,
    dev TEXT NOT NULL,
    n INTEGER NOT NULL,
    PRIMARY KEY (epoch, scope, seq)
) WITHOUT ROWID
--;
CREATE TABLE sync_parked (
    dev TEXT NOT NULL,
    n INTEGER NOT NULL,
    reason TEXT NOT NULL,
    PRIMARY KEY (dev, n)
) WITHOUT ROWID
--;
CREATE TABLE sync_erased (
    scope TEXT PRIMARY KEY
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
    person_id TEXT NOT NULL
)
--;
CREATE UNIQUE INDEX search_doc_row ON search_doc (tbl, pk)
--;
CREATE VIRTUAL TABLE search_fts USING fts5(
    words,
    content = 'search_said',
    content_rowid = 'id',
    tokenize = 'unicode61 remove_diacritics 2',
    prefix = '2 3'
)
--;
INSERT INTO search_fts (search_fts, rank) VALUES ('secure-delete', 1)
--;
INSERT INTO search_fts (search_fts, rank) VALUES ('hashsize', 16777216)
--;
INSERT INTO search_fts (search_fts, rank) VALUES ('automerge', 12)
--;
INSERT INTO search_fts (search_fts, rank) VALUES ('crisismerge', 48)
--;
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
)
--;
CREATE TABLE sync_run (
    id INTEGER PRIMARY KEY,
    at TEXT NOT NULL,
    sent INTEGER NOT NULL,
    received INTEGER NOT NULL,
    parked INTEGER NOT NULL,
    let_go INTEGER NOT NULL,
    failed TEXT NOT NULL
)
--;
CREATE TABLE sync_laptop (
    dev TEXT PRIMARY KEY,
    name TEXT NOT NULL
) WITHOUT ROWID
--;
CREATE TABLE sync_new_here (
    person_id TEXT PRIMARY KEY,
    at TEXT NOT NULL,
    opened_at TEXT
) WITHOUT ROWID
--;
CREATE TABLE sync_answer (
    arrived TEXT PRIMARY KEY,
    state TEXT NOT NULL
) WITHOUT ROWID
--;
CREATE TABLE place_code (
    code TEXT PRIMARY KEY,
    lsoa TEXT NOT NULL,
    ward TEXT NOT NULL,
    council TEXT NOT NULL,
    decile INTEGER,
    latitude INTEGER,
    longitude INTEGER
) WITHOUT ROWID
--;
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
) WITHOUT ROWID
--;
CREATE VIEW op_new (tbl, pk, scope, once, body) AS
SELECT NULL, NULL, NULL, NULL, NULL WHERE 0
--;
CREATE VIEW op_changed (tbl, pk, was_pk, scope, was_scope, once, body, was) AS
SELECT NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL WHERE 0
--;
CREATE TRIGGER op_hold INSTEAD OF INSERT ON op_changed
WHEN lw_capturing() = 1 AND (NEW.pk IS NOT NEW.was_pk OR NEW.scope IS NOT NEW.was_scope
  OR NEW.once AND json_remove(NEW.body, '$.hidden') IS NOT json_remove(NEW.was, '$.hidden'))
BEGIN
  SELECT RAISE(ABORT, 'this is written once');
END
--;
CREATE TRIGGER op_put INSTEAD OF INSERT ON op_new
WHEN lw_capturing() = 1
BEGIN
  UPDATE sync_device SET n = n + 1, stamp = max(stamp + 1, lw_now());
  INSERT INTO sync_op (dev, n, act, stamp, scope, tbl, pk, kind, body, base, hash, schema_v, actor)
    SELECT d.dev, d.n, lw_act(), d.stamp, NEW.scope, NEW.tbl, NEW.pk, 'put',
      iif(NEW.once, NULL, NEW.body), '{}', lw_hash(NEW.body), 1, lw_actor()
    FROM sync_device d;
  INSERT INTO sync_head (tbl, pk, grp, op, stamp)
    SELECT NEW.tbl, NEW.pk, '*', d.dev || ':' || d.n, d.stamp FROM sync_device d;
END
--;
CREATE TRIGGER op_set INSTEAD OF INSERT ON op_changed
WHEN NEW.was IS NOT NEW.body AND lw_capturing() = 1
BEGIN
  UPDATE sync_device SET n = n + 1, stamp = max(stamp + 1, lw_now());
  INSERT INTO sync_op (dev, n, act, stamp, scope, tbl, pk, kind, body, base, hash, schema_v, actor,
      before)
    SELECT d.dev, d.n, lw_act(), d.stamp, NEW.scope, NEW.tbl, NEW.pk,
      iif(c.hides, 'del', 'set'), c.body, iif(c.hides, (SELECT json_group_object(s.grp, json(s.ops)) FROM
        (SELECT h.grp AS grp, json_group_array(h.op) AS ops FROM sync_head h WHERE h.tbl = NEW.tbl AND h.pk = NEW.pk GROUP BY h.grp) s), (SELECT json_group_object(x.key, json(coalesce(
        (SELECT json_group_array(h.op) FROM sync_head h WHERE h.tbl = NEW.tbl AND h.pk = NEW.pk AND h.grp = x.key HAVING count(*) > 0),
        (SELECT json_group_array(h.op) FROM sync_head h WHERE h.tbl = NEW.tbl AND h.pk = NEW.pk AND h.grp = '*'))))
        FROM json_each(c.body) x)),
      lw_hash(c.body), 1, lw_actor(), c.before
    FROM sync_device d, (SELECT json_group_object(n.key, json(n.value)) AS body,
        json_group_object(n.key, json(w.value)) AS before,
        NEW.was ->> '$.hidden.hidden_at' IS NULL
          AND NEW.body ->> '$.hidden.hidden_at' IS NOT NULL AS hides
      FROM json_each(NEW.body) n CROSS JOIN json_each(NEW.was) w
      WHERE w.key = n.key AND w.value IS NOT n.value) c;
  DELETE FROM sync_head WHERE tbl = NEW.tbl AND pk = NEW.pk AND grp IN (SELECT x.key FROM sync_device d, json_each((SELECT o.body FROM sync_op o
      WHERE o.dev = d.dev AND o.n = d.n)) x);
  DELETE FROM sync_open WHERE tbl = NEW.tbl AND pk = NEW.pk AND grp IN (SELECT x.key FROM sync_device d, json_each((SELECT o.body FROM sync_op o
      WHERE o.dev = d.dev AND o.n = d.n)) x);
  INSERT INTO sync_head (tbl, pk, grp, op, stamp)
    SELECT NEW.tbl, NEW.pk, x.key, d.dev || ':' || d.n, d.stamp FROM sync_device d, json_each((SELECT o.body FROM sync_op o
      WHERE o.dev = d.dev AND o.n = d.n)) x;
END
--;
CREATE TRIGGER op_put_about_me AFTER INSERT ON about_me BEGIN
INSERT INTO op_new VALUES('about_me',NEW.id,'person:'||NEW.person_id,0,
json_object('recorded',json_object('recorded_at',NEW.recorded_at,'recorded_by',NEW.recorded_by),'hidden',json_object('hidden_at',NEW.hidden_at),'person',json_object('person_id',NEW.person_id),'heading',json_object('heading',NEW.heading),'words',json_object('words',NEW.words,'said_on',NEW.said_on,'helped_by',NEW.helped_by)));
END
--;
CREATE TRIGGER op_set_about_me AFTER UPDATE ON about_me BEGIN
INSERT INTO op_changed
VALUES('about_me',NEW.id,OLD.id,'person:'||NEW.person_id,'person:'||OLD.person_id,0,
json_object('recorded',json_object('recorded_at',NEW.recorded_at,'recorded_by',NEW.recorded_by),'hidden',json_object('hidden_at',NEW.hidden_at),'person',json_object('person_id',NEW.person_id),'heading',json_object('heading',NEW.heading),'words',json_object('words',NEW.words,'said_on',NEW.said_on,'helped_by',NEW.helped_by)),
json_object('recorded',json_object('recorded_at',OLD.recorded_at,'recorded_by',OLD.recorded_by),'hidden',json_object('hidden_at',OLD.hidden_at),'person',json_object('person_id',OLD.person_id),'heading',json_object('heading',OLD.heading),'words',json_object('words',OLD.words,'said_on',OLD.said_on,'helped_by',OLD.helped_by)));
END
--;
CREATE TRIGGER op_keep_about_me BEFORE DELETE ON about_me
WHEN lw_capturing() = 1 BEGIN
SELECT RAISE(ABORT, 'rows are hidden, never deleted');
END
--;
CREATE TRIGGER op_put_address AFTER INSERT ON address BEGIN
INSERT INTO op_new VALUES('address',NEW.id,'person:'||NEW.person_id,0,
json_object('recorded',json_object('recorded_at',NEW.recorded_at,'recorded_by',NEW.recorded_by),'hidden',json_object('hidden_at',NEW.hidden_at),'person',json_object('person_id',NEW.person_id),'address',json_object('kind',NEW.kind,'line1',NEW.line1,'line2',NEW.line2,'line3',NEW.line3,'town',NEW.town,'county',NEW.county,'postcode',NEW.postcode),'getting_in',json_object('getting_in',NEW.getting_in),'while',json_object('since',NEW.since,'until',NEW.until)));
END
--;
CREATE TRIGGER op_set_address AFTER UPDATE ON address BEGIN
INSERT INTO op_changed
VALUES('address',NEW.id,OLD.id,'person:'||NEW.person_id,'person:'||OLD.person_id,0,
json_object('recorded',json_object('recorded_at',NEW.recorded_at,'recorded_by',NEW.recorded_by),'hidden',json_object('hidden_at',NEW.hidden_at),'person',json_object('person_id',NEW.person_id),'address',json_object('kind',NEW.kind,'line1',NEW.line1,'line2',NEW.line2,'line3',NEW.line3,'town',NEW.town,'county',NEW.county,'postcode',NEW.postcode),'getting_in',json_object('getting_in',NEW.getting_in),'while',json_object('since',NEW.since,'until',NEW.until)),
json_object('recorded',json_object('recorded_at',OLD.recorded_at,'recorded_by',OLD.recorded_by),'hidden',json_object('hidden_at',OLD.hidden_at),'person',json_object('person_id',OLD.person_id),'address',json_object('kind',OLD.kind,'line1',OLD.line1,'line2',OLD.line2,'line3',OLD.line3,'town',OLD.town,'county',OLD.county,'postcode',OLD.postcode),'getting_in',json_object('getting_in',OLD.getting_in),'while',json_object('since',OLD.since,'until',OLD.until)));
END
--;
CREATE TRIGGER op_keep_address BEFORE DELETE ON address
WHEN lw_capturing() = 1 BEGIN
SELECT RAISE(ABORT, 'rows are hidden, never deleted');
END
--;
CREATE TRIGGER op_put_appointment AFTER INSERT ON appointment BEGIN
INSERT INTO op_new VALUES('appointment',NEW.id,'person:'||NEW.person_id,0,
json_object('recorded',json_object('recorded_at',NEW.recorded_at,'recorded_by',NEW.recorded_by),'hidden',json_object('hidden_at',NEW.hidden_at),'person',json_object('person_id',NEW.person_id),'occasion',json_object('occasion_id',NEW.occasion_id),'worker',json_object('worker_id',NEW.worker_id),'kind',json_object('kind',NEW.kind),'when',json_object('at',NEW.at,'zone',NEW.zone),'minutes',json_object('minutes',NEW.minutes),'place',json_object('place',NEW.place),'about',json_object('about',NEW.about),'interpreter',json_object('interpreter',NEW.interpreter),'state',json_object('state',NEW.state,'state_words',NEW.state_words,'contact_id',NEW.contact_id)));
END
--;
CREATE TRIGGER op_set_appointment AFTER UPDATE ON appointment BEGIN
INSERT INTO op_changed
VALUES('appointment',NEW.id,OLD.id,'person:'||NEW.person_id,'person:'||OLD.person_id,0,
json_object('recorded',json_object('recorded_at',NEW.recorded_at,'recorded_by',NEW.recorded_by),'hidden',json_object('hidden_at',NEW.hidden_at),'person',json_object('person_id',NEW.person_id),'occasion',json_object('occasion_id',NEW.occasion_id),'worker',json_object('worker_id',NEW.worker_id),'kind',json_object('kind',NEW.kind),'when',json_object('at',NEW.at,'zone',NEW.zone),'minutes',json_object('minutes',NEW.minutes),'place',json_object('place',NEW.place),'about',json_object('about',NEW.about),'interpreter',json_object('interpreter',NEW.interpreter),'state',json_object('state',NEW.state,'state_words',NEW.state_words,'contact_id',NEW.contact_id)),
json_object('recorded',json_object('recorded_at',OLD.recorded_at,'recorded_by',OLD.recorded_by),'hidden',json_object('hidden_at',OLD.hidden_at),'person',json_object('person_id',OLD.person_id),'occasion',json_object('occasion_id',OLD.occasion_id),'worker',json_object('worker_id',OLD.worker_id),'kind',json_object('kind',OLD.kind),'when',json_object('at',OLD.at,'zone',OLD.zone),'minutes',json_object('minutes',OLD.minutes),'place',json_object('place',OLD.place),'about',json_object('about',OLD.about),'interpreter',json_object('interpreter',OLD.interpreter),'state',json_object('state',OLD.state,'state_words',OLD.state_words,'contact_id',OLD.contact_id)));
END
--;
CREATE TRIGGER op_keep_appointment BEFORE DELETE ON appointment
WHEN lw_capturing() = 1 BEGIN
SELECT RAISE(ABORT, 'rows are hidden, never deleted');
END
--;
CREATE TRIGGER op_put_audit_event AFTER INSERT ON audit_event BEGIN
INSERT INTO op_new VALUES('audit_event',NEW.id,'audit:'||NEW.worker_id,1,
json_object('recorded',json_object('recorded_at',NEW.recorded_at,'recorded_by',NEW.recorded_by),'hidden',json_object('hidden_at',NEW.hidden_at),'audit',json_object('worker_id',NEW.worker_id,'at',NEW.at,'what',NEW.what,'person_id',NEW.person_id,'reason',NEW.reason,'chain',NEW.chain)));
END
--;
CREATE TRIGGER op_set_audit_event AFTER UPDATE ON audit_event BEGIN
INSERT INTO op_changed
VALUES('audit_event',NEW.id,OLD.id,'audit:'||NEW.worker_id,'audit:'||OLD.worker_id,1,
json_object('recorded',json_object('recorded_at',NEW.recorded_at,'recorded_by',NEW.recorded_by),'hidden',json_object('hidden_at',NEW.hidden_at),'audit',json_object('worker_id',NEW.worker_id,'at',NEW.at,'what',NEW.what,'person_id',NEW.person_id,'reason',NEW.reason,'chain',NEW.chain)),
json_object('recorded',json_object('recorded_at',OLD.recorded_at,'recorded_by',OLD.recorded_by),'hidden',json_object('hidden_at',OLD.hidden_at),'audit',json_object('worker_id',OLD.worker_id,'at',OLD.at,'what',OLD.what,'person_id',OLD.person_id,'reason',OLD.reason,'chain',OLD.chain)));
END
--;
CREATE TRIGGER op_keep_audit_event BEFORE DELETE ON audit_event
WHEN lw_capturing() = 1 BEGIN
SELECT RAISE(ABORT, 'rows are hidden, never deleted');
END
--;
CREATE TRIGGER op_put_closeness AFTER INSERT ON closeness BEGIN
INSERT INTO op_new VALUES('closeness',NEW.id,'person:'||NEW.person_id,1,
json_object('recorded',json_object('recorded_at',NEW.recorded_at,'recorded_by',NEW.recorded_by),'hidden',json_object('hidden_at',NEW.hidden_at),'person',json_object('person_id',NEW.person_id),'closeness',json_object('tie_id',NEW.tie_id,'connection_id',NEW.connection_id,'how',NEW.how,'on',NEW."on",'words',NEW.words)));
END
--;
CREATE TRIGGER op_set_closeness AFTER UPDATE ON closeness BEGIN
INSERT INTO op_changed
VALUES('closeness',NEW.id,OLD.id,'person:'||NEW.person_id,'person:'||OLD.person_id,1,
json_object('recorded',json_object('recorded_at',NEW.recorded_at,'recorded_by',NEW.recorded_by),'hidden',json_object('hidden_at',NEW.hidden_at),'person',json_object('person_id',NEW.person_id),'closeness',json_object('tie_id',NEW.tie_id,'connection_id',NEW.connection_id,'how',NEW.how,'on',NEW."on",'words',NEW.words)),
json_object('recorded',json_object('recorded_at',OLD.recorded_at,'recorded_by',OLD.recorded_by),'hidden',json_object('hidden_at',OLD.hidden_at),'person',json_object('person_id',OLD.person_id),'closeness',json_object('tie_id',OLD.tie_id,'connection_id',OLD.connection_id,'how',OLD.how,'on',OLD."on",'words',OLD.words)));
END
--;
CREATE TRIGGER op_keep_closeness BEFORE DELETE ON closeness
WHEN lw_capturing() = 1 BEGIN
SELECT RAISE(ABORT, 'rows are hidden, never deleted');
END
--;
CREATE TRIGGER op_put_community_group AFTER INSERT ON community_group BEGIN
INSERT INTO op_new VALUES('community_group',NEW.id,'team',0,
json_object('recorded',json_object('recorded_at',NEW.recorded_at,'recorded_by',NEW.recorded_by),'hidden',json_object('hidden_at',NEW.hidden_at),'name',json_object('name',NEW.name),'about',json_object('about',NEW.about),'area',json_object('area',NEW.area),'our_part',json_object('our_part',NEW.our_part),'service',json_object('service_id',NEW.service_id),'begun',json_object('begun_on',NEW.begun_on),'stepped_back',json_object('stepped_back_on',NEW.stepped_back_on),'ended',json_object('ended_on',NEW.ended_on)));
END
--;
CREATE TRIGGER op_set_community_group AFTER UPDATE ON community_group BEGIN
INSERT INTO op_changed
VALUES('community_group',NEW.id,OLD.id,'team','team',0,
json_object('recorded',json_object('recorded_at',NEW.recorded_at,'recorded_by',NEW.recorded_by),'hidden',json_object('hidden_at',NEW.hidden_at),'name',json_object('name',NEW.name),'about',json_object('about',NEW.about),'area',json_object('area',NEW.area),'our_part',json_object('our_part',NEW.our_part),'service',json_object('service_id',NEW.service_id),'begun',json_object('begun_on',NEW.begun_on),'stepped_back',json_object('stepped_back_on',NEW.stepped_back_on),'ended',json_object('ended_on',NEW.ended_on)),
json_object('recorded',json_object('recorded_at',OLD.recorded_at,'recorded_by',OLD.recorded_by),'hidden',json_object('hidden_at',OLD.hidden_at),'name',json_object('name',OLD.name),'about',json_object('about',OLD.about),'area',json_object('area',OLD.area),'our_part',json_object('our_part',OLD.our_part),'service',json_object('service_id',OLD.service_id),'begun',json_object('begun_on',OLD.begun_on),'stepped_back',json_object('stepped_back_on',OLD.stepped_back_on),'ended',json_object('ended_on',OLD.ended_on)));
END
--;
CREATE TRIGGER op_keep_community_group BEFORE DELETE ON community_group
WHEN lw_capturing() = 1 BEGIN
SELECT RAISE(ABORT, 'rows are hidden, never deleted');
END
--;
CREATE TRIGGER op_put_community_work AFTER INSERT ON community_work BEGIN
INSERT INTO op_new VALUES('community_work',NEW.id,'team',0,
json_object('recorded',json_object('recorded_at',NEW.recorded_at,'recorded_by',NEW.recorded_by),'hidden',json_object('hidden_at',NEW.hidden_at),'work',json_object('on',NEW."on",'kind',NEW.kind,'minutes',NEW.minutes,'words',NEW.words,'area',NEW.area,'group_id',NEW.group_id,'worker_id',NEW.worker_id)));
END
--;
CREATE TRIGGER op_set_community_work AFTER UPDATE ON community_work BEGIN
INSERT INTO op_changed
VALUES('community_work',NEW.id,OLD.id,'team','team',0,
json_object('recorded',json_object('recorded_at',NEW.recorded_at,'recorded_by',NEW.recorded_by),'hidden',json_object('hidden_at',NEW.hidden_at),'work',json_object('on',NEW."on",'kind',NEW.kind,'minutes',NEW.minutes,'words',NEW.words,'area',NEW.area,'group_id',NEW.group_id,'worker_id',NEW.worker_id)),
json_object('recorded',json_object('recorded_at',OLD.recorded_at,'recorded_by',OLD.recorded_by),'hidden',json_object('hidden_at',OLD.hidden_at),'work',json_object('on',OLD."on",'kind',OLD.kind,'minutes',OLD.minutes,'words',OLD.words,'area',OLD.area,'group_id',OLD.group_id,'worker_id',OLD.worker_id)));
END
--;
CREATE TRIGGER op_keep_community_work BEFORE DELETE ON community_work
WHEN lw_capturing() = 1 BEGIN
SELECT RAISE(ABORT, 'rows are hidden, never deleted');
END
--;
CREATE TRIGGER op_put_connection AFTER INSERT ON connection BEGIN
INSERT INTO op_new VALUES('connection',NEW.id,'person:'||NEW.person_id,0,
json_object('recorded',json_object('recorded_at',NEW.recorded_at,'recorded_by',NEW.recorded_by),'hidden',json_object('hidden_at',NEW.hidden_at),'person',json_object('person_id',NEW.person_id),'name',json_object('name',NEW.name),'kind',json_object('kind',NEW.kind),'about',json_object('about',NEW.about),'place',json_object('service_id',NEW.service_id,'other_person_id',NEW.other_person_id),'why',json_object('for_strength',NEW.for_strength,'for_need',NEW.for_need),'regular',json_object('regular',NEW.regular,'checks',NEW.checks),'from',json_object('from_note',NEW.from_note)));
END
--;
CREATE TRIGGER op_set_connection AFTER UPDATE ON connection BEGIN
INSERT INTO op_changed
VALUES('connection',NEW.id,OLD.id,'person:'||NEW.person_id,'person:'||OLD.person_id,0,
json_object('recorded',json_object('recorded_at',NEW.recorded_at,'recorded_by',NEW.recorded_by),'hidden',json_object('hidden_at',NEW.hidden_at),'person',json_object('person_id',NEW.person_id),'name',json_object('name',NEW.name),'kind',json_object('kind',NEW.kind),'about',json_object('about',NEW.about),'place',json_object('service_id',NEW.service_id,'other_person_id',NEW.other_person_id),'why',json_object('for_strength',NEW.for_strength,'for_need',NEW.for_need),'regular',json_object('regular',NEW.regular,'checks',NEW.checks),'from',json_object('from_note',NEW.from_note)),
json_object('recorded',json_object('recorded_at',OLD.recorded_at,'recorded_by',OLD.recorded_by),'hidden',json_object('hidden_at',OLD.hidden_at),'person',json_object('person_id',OLD.person_id),'name',json_object('name',OLD.name),'kind',json_object('kind',OLD.kind),'about',json_object('about',OLD.about),'place',json_object('service_id',OLD.service_id,'other_person_id',OLD.other_person_id),'why',json_object('for_strength',OLD.for_strength,'for_need',OLD.for_need),'regular',json_object('regular',OLD.regular,'checks',OLD.checks),'from',json_object('from_note',OLD.from_note)));
END
--;
CREATE TRIGGER op_keep_connection BEFORE DELETE ON connection
WHEN lw_capturing() = 1 BEGIN
SELECT RAISE(ABORT, 'rows are hidden, never deleted');
END
--;
CREATE TRIGGER op_put_connection_event AFTER INSERT ON connection_event BEGIN
INSERT INTO op_new VALUES('connection_event',NEW.id,'person:'||NEW.person_id,1,
json_object('recorded',json_object('recorded_at',NEW.recorded_at,'recorded_by',NEW.recorded_by),'hidden',json_object('hidden_at',NEW.hidden_at),'person',json_object('person_id',NEW.person_id),'event',json_object('connection_id',NEW.connection_id,'stage',NEW.stage,'on',NEW."on",'words',NEW.words,'how',NEW.how,'shared',NEW.shared,'agreed',NEW.agreed,'from_note',NEW.from_note)));
END
--;
CREATE TRIGGER op_set_connection_event AFTER UPDATE ON connection_event BEGIN
INSERT INTO op_changed
VALUES('connection_event',NEW.id,OLD.id,'person:'||NEW.person_id,'person:'||OLD.person_id,1,
json_object('recorded',json_object('recorded_at',NEW.recorded_at,'recorded_by',NEW.recorded_by),'hidden',json_object('hidden_at',NEW.hidden_at),'person',json_object('person_id',NEW.person_id),'event',json_object('connection_id',NEW.connection_id,'stage',NEW.stage,'on',NEW."on",'words',NEW.words,'how',NEW.how,'shared',NEW.shared,'agreed',NEW.agreed,'from_note',NEW.from_note)),
json_object('recorded',json_object('recorded_at',OLD.recorded_at,'recorded_by',OLD.recorded_by),'hidden',json_object('hidden_at',OLD.hidden_at),'person',json_object('person_id',OLD.person_id),'event',json_object('connection_id',OLD.connection_id,'stage',OLD.stage,'on',OLD."on",'words',OLD.words,'how',OLD.how,'shared',OLD.shared,'agreed',OLD.agreed,'from_note',OLD.from_note)));
END
--;
CREATE TRIGGER op_keep_connection_event BEFORE DELETE ON connection_event
WHEN lw_capturing() = 1 BEGIN
SELECT RAISE(ABORT, 'rows are hidden, never deleted');
END
--;
CREATE TRIGGER op_put_contact AFTER INSERT ON contact BEGIN
INSERT INTO op_new VALUES('contact',NEW.id,'person:'||NEW.person_id||':'||NEW.organisation,0,
json_object('recorded',json_object('recorded_at',NEW.recorded_at,'recorded_by',NEW.recorded_by),'hidden',json_object('hidden_at',NEW.hidden_at),'person',json_object('person_id',NEW.person_id),'organisation',json_object('organisation',NEW.organisation),'occasion',json_object('occasion_id',NEW.occasion_id),'worker',json_object('worker_id',NEW.worker_id),'when',json_object('happened_at',NEW.happened_at),'minutes',json_object('minutes',NEW.minutes),'how',json_object('how',NEW.how),'place',json_object('place',NEW.place),'who_there',json_object('who_there',NEW.who_there),'outcome',json_object('outcome',NEW.outcome),'interpreter',json_object('interpreter',NEW.interpreter)));
END
--;
CREATE TRIGGER op_set_contact AFTER UPDATE ON contact BEGIN
INSERT INTO op_changed
VALUES('contact',NEW.id,OLD.id,'person:'||NEW.person_id||':'||NEW.organisation,'person:'||OLD.person_id||':'||OLD.organisation,0,
json_object('recorded',json_object('recorded_at',NEW.recorded_at,'recorded_by',NEW.recorded_by),'hidden',json_object('hidden_at',NEW.hidden_at),'person',json_object('person_id',NEW.person_id),'organisation',json_object('organisation',NEW.organisation),'occasion',json_object('occasion_id',NEW.occasion_id),'worker',json_object('worker_id',NEW.worker_id),'when',json_object('happened_at',NEW.happened_at),'minutes',json_object('minutes',NEW.minutes),'how',json_object('how',NEW.how),'place',json_object('place',NEW.place),'who_there',json_object('who_there',NEW.who_there),'outcome',json_object('outcome',NEW.outcome),'interpreter',json_object('interpreter',NEW.interpreter)),
json_object('recorded',json_object('recorded_at',OLD.recorded_at,'recorded_by',OLD.recorded_by),'hidden',json_object('hidden_at',OLD.hidden_at),'person',json_object('person_id',OLD.person_id),'organisation',json_object('organisation',OLD.organisation),'occasion',json_object('occasion_id',OLD.occasion_id),'worker',json_object('worker_id',OLD.worker_id),'when',json_object('happened_at',OLD.happened_at),'minutes',json_object('minutes',OLD.minutes),'how',json_object('how',OLD.how),'place',json_object('place',OLD.place),'who_there',json_object('who_there',OLD.who_there),'outcome',json_object('outcome',OLD.outcome),'interpreter',json_object('interpreter',OLD.interpreter)));
END
--;
CREATE TRIGGER op_keep_contact BEFORE DELETE ON contact
WHEN lw_capturing() = 1 BEGIN
SELECT RAISE(ABORT, 'rows are hidden, never deleted');
END
--;
CREATE TRIGGER op_put_contribution AFTER INSERT ON contribution BEGIN
INSERT INTO op_new VALUES('contribution',NEW.id,'person:'||NEW.person_id,0,
json_object('recorded',json_object('recorded_at',NEW.recorded_at,'recorded_by',NEW.recorded_by),'hidden',json_object('hidden_at',NEW.hidden_at),'person',json_object('person_id',NEW.person_id),'words',json_object('words',NEW.words),'on',json_object('on',NEW."on"),'from',json_object('from_note',NEW.from_note)));
END
--;
CREATE TRIGGER op_set_contribution AFTER UPDATE ON contribution BEGIN
INSERT INTO op_changed
VALUES('contribution',NEW.id,OLD.id,'person:'||NEW.person_id,'person:'||OLD.person_id,0,
json_object('recorded',json_object('recorded_at',NEW.recorded_at,'recorded_by',NEW.recorded_by),'hidden',json_object('hidden_at',NEW.hidden_at),'person',json_object('person_id',NEW.person_id),'words',json_object('words',NEW.words),'on',json_object('on',NEW."on"),'from',json_object('from_note',NEW.from_note)),
json_object('recorded',json_object('recorded_at',OLD.recorded_at,'recorded_by',OLD.recorded_by),'hidden',json_object('hidden_at',OLD.hidden_at),'person',json_object('person_id',OLD.person_id),'words',json_object('words',OLD.words),'on',json_object('on',OLD."on"),'from',json_object('from_note',OLD.from_note)));
END
--;
CREATE TRIGGER op_keep_contribution BEFORE DELETE ON contribution
WHEN lw_capturing() = 1 BEGIN
SELECT RAISE(ABORT, 'rows are hidden, never deleted');
END
--;
CREATE TRIGGER op_put_gap AFTER INSERT ON gap BEGIN
INSERT INTO op_new VALUES('gap',NEW.id,'team',0,
json_object('recorded',json_object('recorded_at',NEW.recorded_at,'recorded_by',NEW.recorded_by),'hidden',json_object('hidden_at',NEW.hidden_at),'words',json_object('words',NEW.words),'kind',json_object('kind',NEW.kind),'area',json_object('area',NEW.area),'closed',json_object('closed_on',NEW.closed_on,'closed_by',NEW.closed_by)));
END
--;
CREATE TRIGGER op_set_gap AFTER UPDATE ON gap BEGIN
INSERT INTO op_changed
VALUES('gap',NEW.id,OLD.id,'team','team',0,
json_object('recorded',json_object('recorded_at',NEW.recorded_at,'recorded_by',NEW.recorded_by),'hidden',json_object('hidden_at',NEW.hidden_at),'words',json_object('words',NEW.words),'kind',json_object('kind',NEW.kind),'area',json_object('area',NEW.area),'closed',json_object('closed_on',NEW.closed_on,'closed_by',NEW.closed_by)),
json_object('recorded',json_object('recorded_at',OLD.recorded_at,'recorded_by',OLD.recorded_by),'hidden',json_object('hidden_at',OLD.hidden_at),'words',json_object('words',OLD.words),'kind',json_object('kind',OLD.kind),'area',json_object('area',OLD.area),'closed',json_object('closed_on',OLD.closed_on,'closed_by',OLD.closed_by)));
END
--;
CREATE TRIGGER op_keep_gap BEFORE DELETE ON gap
WHEN lw_capturing() = 1 BEGIN
SELECT RAISE(ABORT, 'rows are hidden, never deleted');
END
--;
CREATE TRIGGER op_put_gap_wanted AFTER INSERT ON gap_wanted BEGIN
INSERT INTO op_new VALUES('gap_wanted',NEW.id,'team',1,
json_object('recorded',json_object('recorded_at',NEW.recorded_at,'recorded_by',NEW.recorded_by),'hidden',json_object('hidden_at',NEW.hidden_at),'wanted',json_object('gap_id',NEW.gap_id,'on',NEW."on",'how_many',NEW.how_many)));
END
--;
CREATE TRIGGER op_set_gap_wanted AFTER UPDATE ON gap_wanted BEGIN
INSERT INTO op_changed
VALUES('gap_wanted',NEW.id,OLD.id,'team','team',1,
json_object('recorded',json_object('recorded_at',NEW.recorded_at,'recorded_by',NEW.recorded_by),'hidden',json_object('hidden_at',NEW.hidden_at),'wanted',json_object('gap_id',NEW.gap_id,'on',NEW."on",'how_many',NEW.how_many)),
json_object('recorded',json_object('recorded_at',OLD.recorded_at,'recorded_by',OLD.recorded_by),'hidden',json_object('hidden_at',OLD.hidden_at),'wanted',json_object('gap_id',OLD.gap_id,'on',OLD."on",'how_many',OLD.how_many)));
END
--;
CREATE TRIGGER op_keep_gap_wanted BEFORE DELETE ON gap_wanted
WHEN lw_capturing() = 1 BEGIN
SELECT RAISE(ABORT, 'rows are hidden, never deleted');
END
--;
CREATE TRIGGER op_put_goal AFTER INSERT ON goal BEGIN
INSERT INTO op_new VALUES('goal',NEW.id,'person:'||NEW.person_id,0,
json_object('recorded',json_object('recorded_at',NEW.recorded_at,'recorded_by',NEW.recorded_by),'hidden',json_object('hidden_at',NEW.hidden_at),'person',json_object('person_id',NEW.person_id),'words',json_object('words',NEW.words),'importance',json_object('importance',NEW.importance),'agreed',json_object('agreed_on',NEW.agreed_on,'agreed_with',NEW.agreed_with),'state',json_object('state',NEW.state,'state_on',NEW.state_on,'state_words',NEW.state_words),'from',json_object('from_note',NEW.from_note)));
END
--;
CREATE TRIGGER op_set_goal AFTER UPDATE ON goal BEGIN
INSERT INTO op_changed
VALUES('goal',NEW.id,OLD.id,'person:'||NEW.person_id,'person:'||OLD.person_id,0,
json_object('recorded',json_object('recorded_at',NEW.recorded_at,'recorded_by',NEW.recorded_by),'hidden',json_object('hidden_at',NEW.hidden_at),'person',json_object('person_id',NEW.person_id),'words',json_object('words',NEW.words),'importance',json_object('importance',NEW.importance),'agreed',json_object('agreed_on',NEW.agreed_on,'agreed_with',NEW.agreed_with),'state',json_object('state',NEW.state,'state_on',NEW.state_on,'state_words',NEW.state_words),'from',json_object('from_note',NEW.from_note)),
json_object('recorded',json_object('recorded_at',OLD.recorded_at,'recorded_by',OLD.recorded_by),'hidden',json_object('hidden_at',OLD.hidden_at),'person',json_object('person_id',OLD.person_id),'words',json_object('words',OLD.words),'importance',json_object('importance',OLD.importance),'agreed',json_object('agreed_on',OLD.agreed_on,'agreed_with',OLD.agreed_with),'state',json_object('state',OLD.state,'state_on',OLD.state_on,'state_words',OLD.state_words),'from',json_object('from_note',OLD.from_note)));
END
--;
CREATE TRIGGER op_keep_goal BEFORE DELETE ON goal
WHEN lw_capturing() = 1 BEGIN
SELECT RAISE(ABORT, 'rows are hidden, never deleted');
END
--;
CREATE TRIGGER op_put_group_check AFTER INSERT ON group_check BEGIN
INSERT INTO op_new VALUES('group_check',NEW.id,'team',1,
json_object('recorded',json_object('recorded_at',NEW.recorded_at,'recorded_by',NEW.recorded_by),'hidden',json_object('hidden_at',NEW.hidden_at),'check',json_object('group_id',NEW.group_id,'on',NEW."on",'running',NEW.running,'words',NEW.words)));
END
--;
CREATE TRIGGER op_set_group_check AFTER UPDATE ON group_check BEGIN
INSERT INTO op_changed
VALUES('group_check',NEW.id,OLD.id,'team','team',1,
json_object('recorded',json_object('recorded_at',NEW.recorded_at,'recorded_by',NEW.recorded_by),'hidden',json_object('hidden_at',NEW.hidden_at),'check',json_object('group_id',NEW.group_id,'on',NEW."on",'running',NEW.running,'words',NEW.words)),
json_object('recorded',json_object('recorded_at',OLD.recorded_at,'recorded_by',OLD.recorded_by),'hidden',json_object('hidden_at',OLD.hidden_at),'check',json_object('group_id',OLD.group_id,'on',OLD."on",'running',OLD.running,'words',OLD.words)));
END
--;
CREATE TRIGGER op_keep_group_check BEFORE DELETE ON group_check
WHEN lw_capturing() = 1 BEGIN
SELECT RAISE(ABORT, 'rows are hidden, never deleted');
END
--;
CREATE TRIGGER op_put_group_session AFTER INSERT ON group_session BEGIN
INSERT INTO op_new VALUES('group_session',NEW.id,'team',0,
json_object('recorded',json_object('recorded_at',NEW.recorded_at,'recorded_by',NEW.recorded_by),'hidden',json_object('hidden_at',NEW.hidden_at),'session',json_object('on',NEW."on",'place',NEW.place,'group_id',NEW.group_id,'led_by',NEW.led_by),'register',json_object('names',NEW.names,'heads',NEW.heads,'unwritten',NEW.unwritten,'interpreters',NEW.interpreters,'turned_away',NEW.turned_away),'given',json_object('given',NEW.given),'words',json_object('words',NEW.words)));
END
--;
CREATE TRIGGER op_set_group_session AFTER UPDATE ON group_session BEGIN
INSERT INTO op_changed
VALUES('group_session',NEW.id,OLD.id,'team','team',0,
json_object('recorded',json_object('recorded_at',NEW.recorded_at,'recorded_by',NEW.recorded_by),'hidden',json_object('hidden_at',NEW.hidden_at),'session',json_object('on',NEW."on",'place',NEW.place,'group_id',NEW.group_id,'led_by',NEW.led_by),'register',json_object('names',NEW.names,'heads',NEW.heads,'unwritten',NEW.unwritten,'interpreters',NEW.interpreters,'turned_away',NEW.turned_away),'given',json_object('given',NEW.given),'words',json_object('words',NEW.words)),
json_object('recorded',json_object('recorded_at',OLD.recorded_at,'recorded_by',OLD.recorded_by),'hidden',json_object('hidden_at',OLD.hidden_at),'session',json_object('on',OLD."on",'place',OLD.place,'group_id',OLD.group_id,'led_by',OLD.led_by),'register',json_object('names',OLD.names,'heads',OLD.heads,'unwritten',OLD.unwritten,'interpreters',OLD.interpreters,'turned_away',OLD.turned_away),'given',json_object('given',OLD.given),'words',json_object('words',OLD.words)));
END
--;
CREATE TRIGGER op_keep_group_session BEFORE DELETE ON group_session
WHEN lw_capturing() = 1 BEGIN
SELECT RAISE(ABORT, 'rows are hidden, never deleted');
END
--;
CREATE TRIGGER op_put_household_member AFTER INSERT ON household_member BEGIN
INSERT INTO op_new VALUES('household_member',NEW.id,'person:'||NEW.person_id,0,
json_object('recorded',json_object('recorded_at',NEW.recorded_at,'recorded_by',NEW.recorded_by),'hidden',json_object('hidden_at',NEW.hidden_at),'person',json_object('person_id',NEW.person_id),'household',json_object('household_id',NEW.household_id),'called',json_object('called',NEW.called),'place',json_object('place',NEW.place),'until',json_object('until',NEW.until)));
END
--;
CREATE TRIGGER op_set_household_member AFTER UPDATE ON household_member BEGIN
INSERT INTO op_changed
VALUES('household_member',NEW.id,OLD.id,'person:'||NEW.person_id,'person:'||OLD.person_id,0,
json_object('recorded',json_object('recorded_at',NEW.recorded_at,'recorded_by',NEW.recorded_by),'hidden',json_object('hidden_at',NEW.hidden_at),'person',json_object('person_id',NEW.person_id),'household',json_object('household_id',NEW.household_id),'called',json_object('called',NEW.called),'place',json_object('place',NEW.place),'until',json_object('until',NEW.until)),
json_object('recorded',json_object('recorded_at',OLD.recorded_at,'recorded_by',OLD.recorded_by),'hidden',json_object('hidden_at',OLD.hidden_at),'person',json_object('person_id',OLD.person_id),'household',json_object('household_id',OLD.household_id),'called',json_object('called',OLD.called),'place',json_object('place',OLD.place),'until',json_object('until',OLD.until)));
END
--;
CREATE TRIGGER op_keep_household_member BEFORE DELETE ON household_member
WHEN lw_capturing() = 1 BEGIN
SELECT RAISE(ABORT, 'rows are hidden, never deleted');
END
--;
CREATE TRIGGER op_put_in_the_way AFTER INSERT ON in_the_way BEGIN
INSERT INTO op_new VALUES('in_the_way',NEW.id,'person:'||NEW.person_id,0,
json_object('recorded',json_object('recorded_at',NEW.recorded_at,'recorded_by',NEW.recorded_by),'hidden',json_object('hidden_at',NEW.hidden_at),'person',json_object('person_id',NEW.person_id),'words',json_object('words',NEW.words),'cleared',json_object('cleared_on',NEW.cleared_on,'cleared_words',NEW.cleared_words),'from',json_object('from_note',NEW.from_note)));
END
--;
CREATE TRIGGER op_set_in_the_way AFTER UPDATE ON in_the_way BEGIN
INSERT INTO op_changed
VALUES('in_the_way',NEW.id,OLD.id,'person:'||NEW.person_id,'person:'||OLD.person_id,0,
json_object('recorded',json_object('recorded_at',NEW.recorded_at,'recorded_by',NEW.recorded_by),'hidden',json_object('hidden_at',NEW.hidden_at),'person',json_object('person_id',NEW.person_id),'words',json_object('words',NEW.words),'cleared',json_object('cleared_on',NEW.cleared_on,'cleared_words',NEW.cleared_words),'from',json_object('from_note',NEW.from_note)),
json_object('recorded',json_object('recorded_at',OLD.recorded_at,'recorded_by',OLD.recorded_by),'hidden',json_object('hidden_at',OLD.hidden_at),'person',json_object('person_id',OLD.person_id),'words',json_object('words',OLD.words),'cleared',json_object('cleared_on',OLD.cleared_on,'cleared_words',OLD.cleared_words),'from',json_object('from_note',OLD.from_note)));
END
--;
CREATE TRIGGER op_keep_in_the_way BEFORE DELETE ON in_the_way
WHEN lw_capturing() = 1 BEGIN
SELECT RAISE(ABORT, 'rows are hidden, never deleted');
END
--;
CREATE TRIGGER op_put_introduction AFTER INSERT ON introduction BEGIN
INSERT INTO op_new VALUES('introduction',NEW.id,'person:'||NEW.person_id,0,
json_object('recorded',json_object('recorded_at',NEW.recorded_at,'recorded_by',NEW.recorded_by),'hidden',json_object('hidden_at',NEW.hidden_at),'person',json_object('person_id',NEW.person_id),'made',json_object('came_at',NEW.came_at,'made_on',NEW.made_on,'how',NEW.how,'arrived',NEW.arrived),'by',json_object('by_name',NEW.by_name,'by_role',NEW.by_role,'by_service',NEW.by_service,'by_organisation',NEW.by_organisation,'by_organisation_code',NEW.by_organisation_code,'by_contact',NEW.by_contact),'their_reason',json_object('their_reason',NEW.their_reason),'own_reason',json_object('own_reason',NEW.own_reason),'agreed',json_object('knows',NEW.knows,'agreed_to',NEW.agreed_to),'told',json_object('told_on',NEW.told_on),'urgency',json_object('urgency',NEW.urgency),'safe_to_reach',json_object('safe_to_reach',NEW.safe_to_reach),'answer',json_object('answer_to',NEW.answer_to,'may_answer',NEW.may_answer),'outcome',json_object('outcome',NEW.outcome,'outcome_on',NEW.outcome_on,'outcome_why',NEW.outcome_why,'known_as',NEW.known_as)));
END
--;
CREATE TRIGGER op_set_introduction AFTER UPDATE ON introduction BEGIN
INSERT INTO op_changed
VALUES('introduction',NEW.id,OLD.id,'person:'||NEW.person_id,'person:'||OLD.person_id,0,
json_object('recorded',json_object('recorded_at',NEW.recorded_at,'recorded_by',NEW.recorded_by),'hidden',json_object('hidden_at',NEW.hidden_at),'person',json_object('person_id',NEW.person_id),'made',json_object('came_at',NEW.came_at,'made_on',NEW.made_on,'how',NEW.how,'arrived',NEW.arrived),'by',json_object('by_name',NEW.by_name,'by_role',NEW.by_role,'by_service',NEW.by_service,'by_organisation',NEW.by_organisation,'by_organisation_code',NEW.by_organisation_code,'by_contact',NEW.by_contact),'their_reason',json_object('their_reason',NEW.their_reason),'own_reason',json_object('own_reason',NEW.own_reason),'agreed',json_object('knows',NEW.knows,'agreed_to',NEW.agreed_to),'told',json_object('told_on',NEW.told_on),'urgency',json_object('urgency',NEW.urgency),'safe_to_reach',json_object('safe_to_reach',NEW.safe_to_reach),'answer',json_object('answer_to',NEW.answer_to,'may_answer',NEW.may_answer),'outcome',json_object('outcome',NEW.outcome,'outcome_on',NEW.outcome_on,'outcome_why',NEW.outcome_why,'known_as',NEW.known_as)),
json_object('recorded',json_object('recorded_at',OLD.recorded_at,'recorded_by',OLD.recorded_by),'hidden',json_object('hidden_at',OLD.hidden_at),'person',json_object('person_id',OLD.person_id),'made',json_object('came_at',OLD.came_at,'made_on',OLD.made_on,'how',OLD.how,'arrived',OLD.arrived),'by',json_object('by_name',OLD.by_name,'by_role',OLD.by_role,'by_service',OLD.by_service,'by_organisation',OLD.by_organisation,'by_organisation_code',OLD.by_organisation_code,'by_contact',OLD.by_contact),'their_reason',json_object('their_reason',OLD.their_reason),'own_reason',json_object('own_reason',OLD.own_reason),'agreed',json_object('knows',OLD.knows,'agreed_to',OLD.agreed_to),'told',json_object('told_on',OLD.told_on),'urgency',json_object('urgency',OLD.urgency),'safe_to_reach',json_object('safe_to_reach',OLD.safe_to_reach),'answer',json_object('answer_to',OLD.answer_to,'may_answer',OLD.may_answer),'outcome',json_object('outcome',OLD.outcome,'outcome_on',OLD.outcome_on,'outcome_why',OLD.outcome_why,'known_as',OLD.known_as)));
END
--;
CREATE TRIGGER op_keep_introduction BEFORE DELETE ON introduction
WHEN lw_capturing() = 1 BEGIN
SELECT RAISE(ABORT, 'rows are hidden, never deleted');
END
--;
CREATE TRIGGER op_put_kept_apart AFTER INSERT ON kept_apart BEGIN
INSERT INTO op_new VALUES('kept_apart',NEW.id,'person:'||NEW.person_id||':restricted',1,
json_object('recorded',json_object('recorded_at',NEW.recorded_at,'recorded_by',NEW.recorded_by),'hidden',json_object('hidden_at',NEW.hidden_at),'apart',json_object('person_id',NEW.person_id,'note_id',NEW.note_id,'ordinal',NEW.ordinal,'words',NEW.words,'happened_on',NEW.happened_on,'told',NEW.told)));
END
--;
CREATE TRIGGER op_set_kept_apart AFTER UPDATE ON kept_apart BEGIN
INSERT INTO op_changed
VALUES('kept_apart',NEW.id,OLD.id,'person:'||NEW.person_id||':restricted','person:'||OLD.person_id||':restricted',1,
json_object('recorded',json_object('recorded_at',NEW.recorded_at,'recorded_by',NEW.recorded_by),'hidden',json_object('hidden_at',NEW.hidden_at),'apart',json_object('person_id',NEW.person_id,'note_id',NEW.note_id,'ordinal',NEW.ordinal,'words',NEW.words,'happened_on',NEW.happened_on,'told',NEW.told)),
json_object('recorded',json_object('recorded_at',OLD.recorded_at,'recorded_by',OLD.recorded_by),'hidden',json_object('hidden_at',OLD.hidden_at),'apart',json_object('person_id',OLD.person_id,'note_id',OLD.note_id,'ordinal',OLD.ordinal,'words',OLD.words,'happened_on',OLD.happened_on,'told',OLD.told)));
END
--;
CREATE TRIGGER op_keep_kept_apart BEFORE DELETE ON kept_apart
WHEN lw_capturing() = 1 BEGIN
SELECT RAISE(ABORT, 'rows are hidden, never deleted');
END
--;
CREATE TRIGGER op_put_looked_for AFTER INSERT ON looked_for BEGIN
INSERT INTO op_new VALUES('looked_for',NEW.id,'person:'||NEW.person_id,0,
json_object('recorded',json_object('recorded_at',NEW.recorded_at,'recorded_by',NEW.recorded_by),'hidden',json_object('hidden_at',NEW.hidden_at),'person',json_object('person_id',NEW.person_id),'words',json_object('words',NEW.words),'kind',json_object('kind',NEW.kind),'answered',json_object('answered_on',NEW.answered_on,'answer',NEW.answer),'gap',json_object('gap_id',NEW.gap_id),'from',json_object('from_note',NEW.from_note)));
END
--;
CREATE TRIGGER op_set_looked_for AFTER UPDATE ON looked_for BEGIN
INSERT INTO op_changed
VALUES('looked_for',NEW.id,OLD.id,'person:'||NEW.person_id,'person:'||OLD.person_id,0,
json_object('recorded',json_object('recorded_at',NEW.recorded_at,'recorded_by',NEW.recorded_by),'hidden',json_object('hidden_at',NEW.hidden_at),'person',json_object('person_id',NEW.person_id),'words',json_object('words',NEW.words),'kind',json_object('kind',NEW.kind),'answered',json_object('answered_on',NEW.answered_on,'answer',NEW.answer),'gap',json_object('gap_id',NEW.gap_id),'from',json_object('from_note',NEW.from_note)),
json_object('recorded',json_object('recorded_at',OLD.recorded_at,'recorded_by',OLD.recorded_by),'hidden',json_object('hidden_at',OLD.hidden_at),'person',json_object('person_id',OLD.person_id),'words',json_object('words',OLD.words),'kind',json_object('kind',OLD.kind),'answered',json_object('answered_on',OLD.answered_on,'answer',OLD.answer),'gap',json_object('gap_id',OLD.gap_id),'from',json_object('from_note',OLD.from_note)));
END
--;
CREATE TRIGGER op_keep_looked_for BEFORE DELETE ON looked_for
WHEN lw_capturing() = 1 BEGIN
SELECT RAISE(ABORT, 'rows are hidden, never deleted');
END
--;
CREATE TRIGGER op_put_not_with AFTER INSERT ON not_with BEGIN
INSERT INTO op_new VALUES('not_with',NEW.id,'person:'||NEW.person_id,0,
json_object('recorded',json_object('recorded_at',NEW.recorded_at,'recorded_by',NEW.recorded_by),'hidden',json_object('hidden_at',NEW.hidden_at),'person',json_object('person_id',NEW.person_id),'other',json_object('other_person_id',NEW.other_person_id,'name',NEW.name),'words',json_object('words',NEW.words)));
END
--;
CREATE TRIGGER op_set_not_with AFTER UPDATE ON not_with BEGIN
INSERT INTO op_changed
VALUES('not_with',NEW.id,OLD.id,'person:'||NEW.person_id,'person:'||OLD.person_id,0,
json_object('recorded',json_object('recorded_at',NEW.recorded_at,'recorded_by',NEW.recorded_by),'hidden',json_object('hidden_at',NEW.hidden_at),'person',json_object('person_id',NEW.person_id),'other',json_object('other_person_id',NEW.other_person_id,'name',NEW.name),'words',json_object('words',NEW.words)),
json_object('recorded',json_object('recorded_at',OLD.recorded_at,'recorded_by',OLD.recorded_by),'hidden',json_object('hidden_at',OLD.hidden_at),'person',json_object('person_id',OLD.person_id),'other',json_object('other_person_id',OLD.other_person_id,'name',OLD.name),'words',json_object('words',OLD.words)));
END
--;
CREATE TRIGGER op_keep_not_with BEFORE DELETE ON not_with
WHEN lw_capturing() = 1 BEGIN
SELECT RAISE(ABORT, 'rows are hidden, never deleted');
END
--;
CREATE TRIGGER op_put_note AFTER INSERT ON note BEGIN
INSERT INTO op_new VALUES('note',NEW.id,'person:'||NEW.person_id||':'||NEW.organisation,1,
json_object('recorded',json_object('recorded_at',NEW.recorded_at,'recorded_by',NEW.recorded_by),'hidden',json_object('hidden_at',NEW.hidden_at),'person',json_object('person_id',NEW.person_id),'organisation',json_object('organisation',NEW.organisation),'note',json_object('contact_id',NEW.contact_id,'occasion_id',NEW.occasion_id,'happened_at',NEW.happened_at,'words',NEW.words,'corrects',NEW.corrects)));
END
--;
CREATE TRIGGER op_set_note AFTER UPDATE ON note BEGIN
INSERT INTO op_changed
VALUES('note',NEW.id,OLD.id,'person:'||NEW.person_id||':'||NEW.organisation,'person:'||OLD.person_id||':'||OLD.organisation,1,
json_object('recorded',json_object('recorded_at',NEW.recorded_at,'recorded_by',NEW.recorded_by),'hidden',json_object('hidden_at',NEW.hidden_at),'person',json_object('person_id',NEW.person_id),'organisation',json_object('organisation',NEW.organisation),'note',json_object('contact_id',NEW.contact_id,'occasion_id',NEW.occasion_id,'happened_at',NEW.happened_at,'words',NEW.words,'corrects',NEW.corrects)),
json_object('recorded',json_object('recorded_at',OLD.recorded_at,'recorded_by',OLD.recorded_by),'hidden',json_object('hidden_at',OLD.hidden_at),'person',json_object('person_id',OLD.person_id),'organisation',json_object('organisation',OLD.organisation),'note',json_object('contact_id',OLD.contact_id,'occasion_id',OLD.occasion_id,'happened_at',OLD.happened_at,'words',OLD.words,'corrects',OLD.corrects)));
END
--;
CREATE TRIGGER op_keep_note BEFORE DELETE ON note
WHEN lw_capturing() = 1 BEGIN
SELECT RAISE(ABORT, 'rows are hidden, never deleted');
END
--;
CREATE TRIGGER op_put_note_mark AFTER INSERT ON note_mark BEGIN
INSERT INTO op_new VALUES('note_mark',NEW.id,'person:'||NEW.person_id||':'||NEW.organisation,1,
json_object('recorded',json_object('recorded_at',NEW.recorded_at,'recorded_by',NEW.recorded_by),'hidden',json_object('hidden_at',NEW.hidden_at),'person',json_object('person_id',NEW.person_id),'organisation',json_object('organisation',NEW.organisation),'mark',json_object('note_id',NEW.note_id,'ordinal',NEW.ordinal,'kind',NEW.kind,'words',NEW.words,'target',NEW.target,'target_id',NEW.target_id)));
END
--;
CREATE TRIGGER op_set_note_mark AFTER UPDATE ON note_mark BEGIN
INSERT INTO op_changed
VALUES('note_mark',NEW.id,OLD.id,'person:'||NEW.person_id||':'||NEW.organisation,'person:'||OLD.person_id||':'||OLD.organisation,1,
json_object('recorded',json_object('recorded_at',NEW.recorded_at,'recorded_by',NEW.recorded_by),'hidden',json_object('hidden_at',NEW.hidden_at),'person',json_object('person_id',NEW.person_id),'organisation',json_object('organisation',NEW.organisation),'mark',json_object('note_id',NEW.note_id,'ordinal',NEW.ordinal,'kind',NEW.kind,'words',NEW.words,'target',NEW.target,'target_id',NEW.target_id)),
json_object('recorded',json_object('recorded_at',OLD.recorded_at,'recorded_by',OLD.recorded_by),'hidden',json_object('hidden_at',OLD.hidden_at),'person',json_object('person_id',OLD.person_id),'organisation',json_object('organisation',OLD.organisation),'mark',json_object('note_id',OLD.note_id,'ordinal',OLD.ordinal,'kind',OLD.kind,'words',OLD.words,'target',OLD.target,'target_id',OLD.target_id)));
END
--;
CREATE TRIGGER op_keep_note_mark BEFORE DELETE ON note_mark
WHEN lw_capturing() = 1 BEGIN
SELECT RAISE(ABORT, 'rows are hidden, never deleted');
END
--;
CREATE TRIGGER op_put_offer AFTER INSERT ON offer BEGIN
INSERT INTO op_new VALUES('offer',NEW.id,'team',0,
json_object('recorded',json_object('recorded_at',NEW.recorded_at,'recorded_by',NEW.recorded_by),'hidden',json_object('hidden_at',NEW.hidden_at),'words',json_object('words',NEW.words),'area',json_object('area',NEW.area),'worker',json_object('worker_id',NEW.worker_id),'withdrawn',json_object('withdrawn_on',NEW.withdrawn_on)));
END
--;
CREATE TRIGGER op_set_offer AFTER UPDATE ON offer BEGIN
INSERT INTO op_changed
VALUES('offer',NEW.id,OLD.id,'team','team',0,
json_object('recorded',json_object('recorded_at',NEW.recorded_at,'recorded_by',NEW.recorded_by),'hidden',json_object('hidden_at',NEW.hidden_at),'words',json_object('words',NEW.words),'area',json_object('area',NEW.area),'worker',json_object('worker_id',NEW.worker_id),'withdrawn',json_object('withdrawn_on',NEW.withdrawn_on)),
json_object('recorded',json_object('recorded_at',OLD.recorded_at,'recorded_by',OLD.recorded_by),'hidden',json_object('hidden_at',OLD.hidden_at),'words',json_object('words',OLD.words),'area',json_object('area',OLD.area),'worker',json_object('worker_id',OLD.worker_id),'withdrawn',json_object('withdrawn_on',OLD.withdrawn_on)));
END
--;
CREATE TRIGGER op_keep_offer BEFORE DELETE ON offer
WHEN lw_capturing() = 1 BEGIN
SELECT RAISE(ABORT, 'rows are hidden, never deleted');
END
--;
CREATE TRIGGER op_put_organisation AFTER INSERT ON organisation BEGIN
INSERT INTO op_new VALUES('organisation',NEW.id,'team',0,
json_object('recorded',json_object('recorded_at',NEW.recorded_at,'recorded_by',NEW.recorded_by),'hidden',json_object('hidden_at',NEW.hidden_at),'name',json_object('name',NEW.name)));
END
--;
CREATE TRIGGER op_set_organisation AFTER UPDATE ON organisation BEGIN
INSERT INTO op_changed
VALUES('organisation',NEW.id,OLD.id,'team','team',0,
json_object('recorded',json_object('recorded_at',NEW.recorded_at,'recorded_by',NEW.recorded_by),'hidden',json_object('hidden_at',NEW.hidden_at),'name',json_object('name',NEW.name)),
json_object('recorded',json_object('recorded_at',OLD.recorded_at,'recorded_by',OLD.recorded_by),'hidden',json_object('hidden_at',OLD.hidden_at),'name',json_object('name',OLD.name)));
END
--;
CREATE TRIGGER op_keep_organisation BEFORE DELETE ON organisation
WHEN lw_capturing() = 1 BEGIN
SELECT RAISE(ABORT, 'rows are hidden, never deleted');
END
--;
CREATE TRIGGER op_put_person AFTER INSERT ON person BEGIN
INSERT INTO op_new VALUES('person',NEW.id,'person:'||NEW.id,0,
json_object('recorded',json_object('recorded_at',NEW.recorded_at,'recorded_by',NEW.recorded_by),'hidden',json_object('hidden_at',NEW.hidden_at),'called',json_object('called',NEW.called),'name',json_object('given',NEW.given,'family',NEW.family,'title',NEW.title,'suffix',NEW.suffix),'other_names',json_object('other_names',NEW.other_names),'description',json_object('description',NEW.description),'pronouns',json_object('pronouns',NEW.pronouns),'born',json_object('born',NEW.born,'born_precision',NEW.born_precision),'died',json_object('died',NEW.died),'nhs_number',json_object('nhs_number',NEW.nhs_number),'gender',json_object('gender',NEW.gender),'sex',json_object('sex',NEW.sex),'ethnic_category',json_object('ethnic_category',NEW.ethnic_category),'religion',json_object('religion',NEW.religion),'marital_status',json_object('marital_status',NEW.marital_status),'place',json_object('place',NEW.place),'language',json_object('language',NEW.language,'dialect',NEW.dialect),'interpreter',json_object('interpreter',NEW.interpreter,'interpreter_wishes',NEW.interpreter_wishes),'communication',json_object('communication_support',NEW.communication_support,'communication_professional',NEW.communication_professional,'contact_method',NEW.contact_method,'information_format',NEW.information_format),'adjustments',json_object('adjustments',NEW.adjustments),'carer',json_object('carer',NEW.carer),'gp_practice',json_object('gp_practice',NEW.gp_practice,'gp_practice_code',NEW.gp_practice_code),'employment',json_object('employment',NEW.employment),'quiet_until',json_object('quiet_until',NEW.quiet_until)));
END
--;
CREATE TRIGGER op_set_person AFTER UPDATE ON person BEGIN
INSERT INTO op_changed
VALUES('person',NEW.id,OLD.id,'person:'||NEW.id,'person:'||OLD.id,0,
json_object('recorded',json_object('recorded_at',NEW.recorded_at,'recorded_by',NEW.recorded_by),'hidden',json_object('hidden_at',NEW.hidden_at),'called',json_object('called',NEW.called),'name',json_object('given',NEW.given,'family',NEW.family,'title',NEW.title,'suffix',NEW.suffix),'other_names',json_object('other_names',NEW.other_names),'description',json_object('description',NEW.description),'pronouns',json_object('pronouns',NEW.pronouns),'born',json_object('born',NEW.born,'born_precision',NEW.born_precision),'died',json_object('died',NEW.died),'nhs_number',json_object('nhs_number',NEW.nhs_number),'gender',json_object('gender',NEW.gender),'sex',json_object('sex',NEW.sex),'ethnic_category',json_object('ethnic_category',NEW.ethnic_category),'religion',json_object('religion',NEW.religion),'marital_status',json_object('marital_status',NEW.marital_status),'place',json_object('place',NEW.place),'language',json_object('language',NEW.language,'dialect',NEW.dialect),'interpreter',json_object('interpreter',NEW.interpreter,'interpreter_wishes',NEW.interpreter_wishes),'communication',json_object('communication_support',NEW.communication_support,'communication_professional',NEW.communication_professional,'contact_method',NEW.contact_method,'information_format',NEW.information_format),'adjustments',json_object('adjustments',NEW.adjustments),'carer',json_object('carer',NEW.carer),'gp_practice',json_object('gp_practice',NEW.gp_practice,'gp_practice_code',NEW.gp_practice_code),'employment',json_object('employment',NEW.employment),'quiet_until',json_object('quiet_until',NEW.quiet_until)),
json_object('recorded',json_object('recorded_at',OLD.recorded_at,'recorded_by',OLD.recorded_by),'hidden',json_object('hidden_at',OLD.hidden_at),'called',json_object('called',OLD.called),'name',json_object('given',OLD.given,'family',OLD.family,'title',OLD.title,'suffix',OLD.suffix),'other_names',json_object('other_names',OLD.other_names),'description',json_object('description',OLD.description),'pronouns',json_object('pronouns',OLD.pronouns),'born',json_object('born',OLD.born,'born_precision',OLD.born_precision),'died',json_object('died',OLD.died),'nhs_number',json_object('nhs_number',OLD.nhs_number),'gender',json_object('gender',OLD.gender),'sex',json_object('sex',OLD.sex),'ethnic_category',json_object('ethnic_category',OLD.ethnic_category),'religion',json_object('religion',OLD.religion),'marital_status',json_object('marital_status',OLD.marital_status),'place',json_object('place',OLD.place),'language',json_object('language',OLD.language,'dialect',OLD.dialect),'interpreter',json_object('interpreter',OLD.interpreter,'interpreter_wishes',OLD.interpreter_wishes),'communication',json_object('communication_support',OLD.communication_support,'communication_professional',OLD.communication_professional,'contact_method',OLD.contact_method,'information_format',OLD.information_format),'adjustments',json_object('adjustments',OLD.adjustments),'carer',json_object('carer',OLD.carer),'gp_practice',json_object('gp_practice',OLD.gp_practice,'gp_practice_code',OLD.gp_practice_code),'employment',json_object('employment',OLD.employment),'quiet_until',json_object('quiet_until',OLD.quiet_until)));
END
--;
CREATE TRIGGER op_keep_person BEFORE DELETE ON person
WHEN lw_capturing() = 1 BEGIN
SELECT RAISE(ABORT, 'rows are hidden, never deleted');
END
--;
CREATE TRIGGER op_put_reach AFTER INSERT ON reach BEGIN
INSERT INTO op_new VALUES('reach',NEW.id,'person:'||NEW.person_id,0,
json_object('recorded',json_object('recorded_at',NEW.recorded_at,'recorded_by',NEW.recorded_by),'hidden',json_object('hidden_at',NEW.hidden_at),'person',json_object('person_id',NEW.person_id),'reach',json_object('kind',NEW.kind,'value',NEW.value,'whose',NEW.whose),'safe',json_object('safe_to_leave',NEW.safe_to_leave),'remark',json_object('remark',NEW.remark),'preferred',json_object('preferred',NEW.preferred)));
END
--;
CREATE TRIGGER op_set_reach AFTER UPDATE ON reach BEGIN
INSERT INTO op_changed
VALUES('reach',NEW.id,OLD.id,'person:'||NEW.person_id,'person:'||OLD.person_id,0,
json_object('recorded',json_object('recorded_at',NEW.recorded_at,'recorded_by',NEW.recorded_by),'hidden',json_object('hidden_at',NEW.hidden_at),'person',json_object('person_id',NEW.person_id),'reach',json_object('kind',NEW.kind,'value',NEW.value,'whose',NEW.whose),'safe',json_object('safe_to_leave',NEW.safe_to_leave),'remark',json_object('remark',NEW.remark),'preferred',json_object('preferred',NEW.preferred)),
json_object('recorded',json_object('recorded_at',OLD.recorded_at,'recorded_by',OLD.recorded_by),'hidden',json_object('hidden_at',OLD.hidden_at),'person',json_object('person_id',OLD.person_id),'reach',json_object('kind',OLD.kind,'value',OLD.value,'whose',OLD.whose),'safe',json_object('safe_to_leave',OLD.safe_to_leave),'remark',json_object('remark',OLD.remark),'preferred',json_object('preferred',OLD.preferred)));
END
--;
CREATE TRIGGER op_keep_reach BEFORE DELETE ON reach
WHEN lw_capturing() = 1 BEGIN
SELECT RAISE(ABORT, 'rows are hidden, never deleted');
END
--;
CREATE TRIGGER op_put_reaching_attempt AFTER INSERT ON reaching_attempt BEGIN
INSERT INTO op_new VALUES('reaching_attempt',NEW.id,'person:'||NEW.person_id,1,
json_object('recorded',json_object('recorded_at',NEW.recorded_at,'recorded_by',NEW.recorded_by),'hidden',json_object('hidden_at',NEW.hidden_at),'person',json_object('person_id',NEW.person_id),'attempt',json_object('introduction_id',NEW.introduction_id,'at',NEW.at,'how',NEW.how,'outcome',NEW.outcome,'words',NEW.words)));
END
--;
CREATE TRIGGER op_set_reaching_attempt AFTER UPDATE ON reaching_attempt BEGIN
INSERT INTO op_changed
VALUES('reaching_attempt',NEW.id,OLD.id,'person:'||NEW.person_id,'person:'||OLD.person_id,1,
json_object('recorded',json_object('recorded_at',NEW.recorded_at,'recorded_by',NEW.recorded_by),'hidden',json_object('hidden_at',NEW.hidden_at),'person',json_object('person_id',NEW.person_id),'attempt',json_object('introduction_id',NEW.introduction_id,'at',NEW.at,'how',NEW.how,'outcome',NEW.outcome,'words',NEW.words)),
json_object('recorded',json_object('recorded_at',OLD.recorded_at,'recorded_by',OLD.recorded_by),'hidden',json_object('hidden_at',OLD.hidden_at),'person',json_object('person_id',OLD.person_id),'attempt',json_object('introduction_id',OLD.introduction_id,'at',OLD.at,'how',OLD.how,'outcome',OLD.outcome,'words',OLD.words)));
END
--;
CREATE TRIGGER op_keep_reaching_attempt BEFORE DELETE ON reaching_attempt
WHEN lw_capturing() = 1 BEGIN
SELECT RAISE(ABORT, 'rows are hidden, never deleted');
END
--;
CREATE TRIGGER op_put_safety_statement AFTER INSERT ON safety_statement BEGIN
INSERT INTO op_new VALUES('safety_statement',NEW.id,'person:'||NEW.person_id,0,
json_object('recorded',json_object('recorded_at',NEW.recorded_at,'recorded_by',NEW.recorded_by),'hidden',json_object('hidden_at',NEW.hidden_at),'person',json_object('person_id',NEW.person_id),'statement',json_object('kind',NEW.kind,'words',NEW.words,'said_on',NEW.said_on),'ended',json_object('ended_on',NEW.ended_on,'ended_words',NEW.ended_words),'from',json_object('from_note',NEW.from_note)));
END
--;
CREATE TRIGGER op_set_safety_statement AFTER UPDATE ON safety_statement BEGIN
INSERT INTO op_changed
VALUES('safety_statement',NEW.id,OLD.id,'person:'||NEW.person_id,'person:'||OLD.person_id,0,
json_object('recorded',json_object('recorded_at',NEW.recorded_at,'recorded_by',NEW.recorded_by),'hidden',json_object('hidden_at',NEW.hidden_at),'person',json_object('person_id',NEW.person_id),'statement',json_object('kind',NEW.kind,'words',NEW.words,'said_on',NEW.said_on),'ended',json_object('ended_on',NEW.ended_on,'ended_words',NEW.ended_words),'from',json_object('from_note',NEW.from_note)),
json_object('recorded',json_object('recorded_at',OLD.recorded_at,'recorded_by',OLD.recorded_by),'hidden',json_object('hidden_at',OLD.hidden_at),'person',json_object('person_id',OLD.person_id),'statement',json_object('kind',OLD.kind,'words',OLD.words,'said_on',OLD.said_on),'ended',json_object('ended_on',OLD.ended_on,'ended_words',OLD.ended_words),'from',json_object('from_note',OLD.from_note)));
END
--;
CREATE TRIGGER op_keep_safety_statement BEFORE DELETE ON safety_statement
WHEN lw_capturing() = 1 BEGIN
SELECT RAISE(ABORT, 'rows are hidden, never deleted');
END
--;
CREATE TRIGGER op_put_same_person AFTER INSERT ON same_person BEGIN
INSERT INTO op_new VALUES('same_person',NEW.id,'person:'||NEW.person_id,1,
json_object('recorded',json_object('recorded_at',NEW.recorded_at,'recorded_by',NEW.recorded_by),'hidden',json_object('hidden_at',NEW.hidden_at),'person',json_object('person_id',NEW.person_id),'same',json_object('other_person_id',NEW.other_person_id,'shown_person_id',NEW.shown_person_id,'reason',NEW.reason,'decided_on',NEW.decided_on)));
END
--;
CREATE TRIGGER op_set_same_person AFTER UPDATE ON same_person BEGIN
INSERT INTO op_changed
VALUES('same_person',NEW.id,OLD.id,'person:'||NEW.person_id,'person:'||OLD.person_id,1,
json_object('recorded',json_object('recorded_at',NEW.recorded_at,'recorded_by',NEW.recorded_by),'hidden',json_object('hidden_at',NEW.hidden_at),'person',json_object('person_id',NEW.person_id),'same',json_object('other_person_id',NEW.other_person_id,'shown_person_id',NEW.shown_person_id,'reason',NEW.reason,'decided_on',NEW.decided_on)),
json_object('recorded',json_object('recorded_at',OLD.recorded_at,'recorded_by',OLD.recorded_by),'hidden',json_object('hidden_at',OLD.hidden_at),'person',json_object('person_id',OLD.person_id),'same',json_object('other_person_id',OLD.other_person_id,'shown_person_id',OLD.shown_person_id,'reason',OLD.reason,'decided_on',OLD.decided_on)));
END
--;
CREATE TRIGGER op_keep_same_person BEFORE DELETE ON same_person
WHEN lw_capturing() = 1 BEGIN
SELECT RAISE(ABORT, 'rows are hidden, never deleted');
END
--;
CREATE TRIGGER op_put_service AFTER INSERT ON service BEGIN
INSERT INTO op_new VALUES('service',NEW.id,'team',0,
json_object('recorded',json_object('recorded_at',NEW.recorded_at,'recorded_by',NEW.recorded_by),'hidden',json_object('hidden_at',NEW.hidden_at),'entry',json_object('source',NEW.source,'source_id',NEW.source_id,'organisation',NEW.organisation,'name',NEW.name,'about',NEW.about,'phone',NEW.phone,'email',NEW.email,'web',NEW.web,'cost',NEW.cost,'times',NEW.times,'days',NEW.days,'youngest',NEW.youngest,'oldest',NEW.oldest,'for_whom',NEW.for_whom,'languages',NEW.languages,'kinds',NEW.kinds,'area',NEW.area,'alert',NEW.alert,'checked_on',NEW.checked_on,'gone_on',NEW.gone_on),'words',json_object('words',NEW.words),'ask_for',json_object('ask_for',NEW.ask_for),'step_free',json_object('step_free',NEW.step_free),'quiet_times',json_object('quiet_times',NEW.quiet_times),'confirmed',json_object('confirmed_on',NEW.confirmed_on,'confirmed_by',NEW.confirmed_by),'full',json_object('full_until',NEW.full_until,'full_words',NEW.full_words),'do_not_list',json_object('do_not_list',NEW.do_not_list,'why_not',NEW.why_not)));
END
--;
CREATE TRIGGER op_set_service AFTER UPDATE ON service BEGIN
INSERT INTO op_changed
VALUES('service',NEW.id,OLD.id,'team','team',0,
json_object('recorded',json_object('recorded_at',NEW.recorded_at,'recorded_by',NEW.recorded_by),'hidden',json_object('hidden_at',NEW.hidden_at),'entry',json_object('source',NEW.source,'source_id',NEW.source_id,'organisation',NEW.organisation,'name',NEW.name,'about',NEW.about,'phone',NEW.phone,'email',NEW.email,'web',NEW.web,'cost',NEW.cost,'times',NEW.times,'days',NEW.days,'youngest',NEW.youngest,'oldest',NEW.oldest,'for_whom',NEW.for_whom,'languages',NEW.languages,'kinds',NEW.kinds,'area',NEW.area,'alert',NEW.alert,'checked_on',NEW.checked_on,'gone_on',NEW.gone_on),'words',json_object('words',NEW.words),'ask_for',json_object('ask_for',NEW.ask_for),'step_free',json_object('step_free',NEW.step_free),'quiet_times',json_object('quiet_times',NEW.quiet_times),'confirmed',json_object('confirmed_on',NEW.confirmed_on,'confirmed_by',NEW.confirmed_by),'full',json_object('full_until',NEW.full_until,'full_words',NEW.full_words),'do_not_list',json_object('do_not_list',NEW.do_not_list,'why_not',NEW.why_not)),
json_object('recorded',json_object('recorded_at',OLD.recorded_at,'recorded_by',OLD.recorded_by),'hidden',json_object('hidden_at',OLD.hidden_at),'entry',json_object('source',OLD.source,'source_id',OLD.source_id,'organisation',OLD.organisation,'name',OLD.name,'about',OLD.about,'phone',OLD.phone,'email',OLD.email,'web',OLD.web,'cost',OLD.cost,'times',OLD.times,'days',OLD.days,'youngest',OLD.youngest,'oldest',OLD.oldest,'for_whom',OLD.for_whom,'languages',OLD.languages,'kinds',OLD.kinds,'area',OLD.area,'alert',OLD.alert,'checked_on',OLD.checked_on,'gone_on',OLD.gone_on),'words',json_object('words',OLD.words),'ask_for',json_object('ask_for',OLD.ask_for),'step_free',json_object('step_free',OLD.step_free),'quiet_times',json_object('quiet_times',OLD.quiet_times),'confirmed',json_object('confirmed_on',OLD.confirmed_on,'confirmed_by',OLD.confirmed_by),'full',json_object('full_until',OLD.full_until,'full_words',OLD.full_words),'do_not_list',json_object('do_not_list',OLD.do_not_list,'why_not',OLD.why_not)));
END
--;
CREATE TRIGGER op_keep_service BEFORE DELETE ON service
WHEN lw_capturing() = 1 BEGIN
SELECT RAISE(ABORT, 'rows are hidden, never deleted');
END
--;
CREATE TRIGGER op_put_service_place AFTER INSERT ON service_place BEGIN
INSERT INTO op_new VALUES('service_place',NEW.id,'team',0,
json_object('recorded',json_object('recorded_at',NEW.recorded_at,'recorded_by',NEW.recorded_by),'hidden',json_object('hidden_at',NEW.hidden_at),'entry',json_object('service_id',NEW.service_id,'source',NEW.source,'name',NEW.name,'address',NEW.address,'postcode',NEW.postcode,'latitude',NEW.latitude,'longitude',NEW.longitude,'access',NEW.access,'times',NEW.times,'days',NEW.days,'gone_on',NEW.gone_on)));
END
--;
CREATE TRIGGER op_set_service_place AFTER UPDATE ON service_place BEGIN
INSERT INTO op_changed
VALUES('service_place',NEW.id,OLD.id,'team','team',0,
json_object('recorded',json_object('recorded_at',NEW.recorded_at,'recorded_by',NEW.recorded_by),'hidden',json_object('hidden_at',NEW.hidden_at),'entry',json_object('service_id',NEW.service_id,'source',NEW.source,'name',NEW.name,'address',NEW.address,'postcode',NEW.postcode,'latitude',NEW.latitude,'longitude',NEW.longitude,'access',NEW.access,'times',NEW.times,'days',NEW.days,'gone_on',NEW.gone_on)),
json_object('recorded',json_object('recorded_at',OLD.recorded_at,'recorded_by',OLD.recorded_by),'hidden',json_object('hidden_at',OLD.hidden_at),'entry',json_object('service_id',OLD.service_id,'source',OLD.source,'name',OLD.name,'address',OLD.address,'postcode',OLD.postcode,'latitude',OLD.latitude,'longitude',OLD.longitude,'access',OLD.access,'times',OLD.times,'days',OLD.days,'gone_on',OLD.gone_on)));
END
--;
CREATE TRIGGER op_keep_service_place BEFORE DELETE ON service_place
WHEN lw_capturing() = 1 BEGIN
SELECT RAISE(ABORT, 'rows are hidden, never deleted');
END
--;
CREATE TRIGGER op_put_setting AFTER INSERT ON setting BEGIN
INSERT INTO op_new VALUES('setting',NEW.id,'worker:'||NEW.worker_id,0,
json_object('recorded',json_object('recorded_at',NEW.recorded_at,'recorded_by',NEW.recorded_by),'hidden',json_object('hidden_at',NEW.hidden_at),'setting',json_object('worker_id',NEW.worker_id,'name',NEW.name,'value',NEW.value)));
END
--;
CREATE TRIGGER op_set_setting AFTER UPDATE ON setting BEGIN
INSERT INTO op_changed
VALUES('setting',NEW.id,OLD.id,'worker:'||NEW.worker_id,'worker:'||OLD.worker_id,0,
json_object('recorded',json_object('recorded_at',NEW.recorded_at,'recorded_by',NEW.recorded_by),'hidden',json_object('hidden_at',NEW.hidden_at),'setting',json_object('worker_id',NEW.worker_id,'name',NEW.name,'value',NEW.value)),
json_object('recorded',json_object('recorded_at',OLD.recorded_at,'recorded_by',OLD.recorded_by),'hidden',json_object('hidden_at',OLD.hidden_at),'setting',json_object('worker_id',OLD.worker_id,'name',OLD.name,'value',OLD.value)));
END
--;
CREATE TRIGGER op_keep_setting BEFORE DELETE ON setting
WHEN lw_capturing() = 1 BEGIN
SELECT RAISE(ABORT, 'rows are hidden, never deleted');
END
--;
CREATE TRIGGER op_put_sharing_decision AFTER INSERT ON sharing_decision BEGIN
INSERT INTO op_new VALUES('sharing_decision',NEW.id,'person:'||NEW.person_id,1,
json_object('recorded',json_object('recorded_at',NEW.recorded_at,'recorded_by',NEW.recorded_by),'hidden',json_object('hidden_at',NEW.hidden_at),'person',json_object('person_id',NEW.person_id),'decision',json_object('with_whom',NEW.with_whom,'opens',NEW.opens,'for_what',NEW.for_what,'agreed',NEW.agreed,'how_given',NEW.how_given,'why_not',NEW.why_not,'on',NEW."on",'until',NEW.until,'withdraws',NEW.withdraws)));
END
--;
CREATE TRIGGER op_set_sharing_decision AFTER UPDATE ON sharing_decision BEGIN
INSERT INTO op_changed
VALUES('sharing_decision',NEW.id,OLD.id,'person:'||NEW.person_id,'person:'||OLD.person_id,1,
json_object('recorded',json_object('recorded_at',NEW.recorded_at,'recorded_by',NEW.recorded_by),'hidden',json_object('hidden_at',NEW.hidden_at),'person',json_object('person_id',NEW.person_id),'decision',json_object('with_whom',NEW.with_whom,'opens',NEW.opens,'for_what',NEW.for_what,'agreed',NEW.agreed,'how_given',NEW.how_given,'why_not',NEW.why_not,'on',NEW."on",'until',NEW.until,'withdraws',NEW.withdraws)),
json_object('recorded',json_object('recorded_at',OLD.recorded_at,'recorded_by',OLD.recorded_by),'hidden',json_object('hidden_at',OLD.hidden_at),'person',json_object('person_id',OLD.person_id),'decision',json_object('with_whom',OLD.with_whom,'opens',OLD.opens,'for_what',OLD.for_what,'agreed',OLD.agreed,'how_given',OLD.how_given,'why_not',OLD.why_not,'on',OLD."on",'until',OLD.until,'withdraws',OLD.withdraws)));
END
--;
CREATE TRIGGER op_keep_sharing_decision BEFORE DELETE ON sharing_decision
WHEN lw_capturing() = 1 BEGIN
SELECT RAISE(ABORT, 'rows are hidden, never deleted');
END
--;
CREATE TRIGGER op_put_step AFTER INSERT ON step BEGIN
INSERT INTO op_new VALUES('step',NEW.id,'person:'||NEW.person_id,0,
json_object('recorded',json_object('recorded_at',NEW.recorded_at,'recorded_by',NEW.recorded_by),'hidden',json_object('hidden_at',NEW.hidden_at),'person',json_object('person_id',NEW.person_id),'goal',json_object('goal_id',NEW.goal_id),'words',json_object('words',NEW.words,'if_it_is_hard',NEW.if_it_is_hard),'who',json_object('who',NEW.who,'who_does',NEW.who_does,'who_worker_id',NEW.who_worker_id,'who_tie_id',NEW.who_tie_id),'asked',json_object('asked',NEW.asked),'when',json_object('by_day',NEW.by_day,'by_time',NEW.by_time),'cannot_slip',json_object('cannot_slip',NEW.cannot_slip),'look_again',json_object('look_again_on',NEW.look_again_on),'confidence',json_object('confidence',NEW.confidence),'state',json_object('state',NEW.state,'state_on',NEW.state_on,'state_words',NEW.state_words),'agreed',json_object('agreed_on',NEW.agreed_on,'agreed_with',NEW.agreed_with),'from',json_object('from_note',NEW.from_note)));
END
--;
CREATE TRIGGER op_set_step AFTER UPDATE ON step BEGIN
INSERT INTO op_changed
VALUES('step',NEW.id,OLD.id,'person:'||NEW.person_id,'person:'||OLD.person_id,0,
json_object('recorded',json_object('recorded_at',NEW.recorded_at,'recorded_by',NEW.recorded_by),'hidden',json_object('hidden_at',NEW.hidden_at),'person',json_object('person_id',NEW.person_id),'goal',json_object('goal_id',NEW.goal_id),'words',json_object('words',NEW.words,'if_it_is_hard',NEW.if_it_is_hard),'who',json_object('who',NEW.who,'who_does',NEW.who_does,'who_worker_id',NEW.who_worker_id,'who_tie_id',NEW.who_tie_id),'asked',json_object('asked',NEW.asked),'when',json_object('by_day',NEW.by_day,'by_time',NEW.by_time),'cannot_slip',json_object('cannot_slip',NEW.cannot_slip),'look_again',json_object('look_again_on',NEW.look_again_on),'confidence',json_object('confidence',NEW.confidence),'state',json_object('state',NEW.state,'state_on',NEW.state_on,'state_words',NEW.state_words),'agreed',json_object('agreed_on',NEW.agreed_on,'agreed_with',NEW.agreed_with),'from',json_object('from_note',NEW.from_note)),
json_object('recorded',json_object('recorded_at',OLD.recorded_at,'recorded_by',OLD.recorded_by),'hidden',json_object('hidden_at',OLD.hidden_at),'person',json_object('person_id',OLD.person_id),'goal',json_object('goal_id',OLD.goal_id),'words',json_object('words',OLD.words,'if_it_is_hard',OLD.if_it_is_hard),'who',json_object('who',OLD.who,'who_does',OLD.who_does,'who_worker_id',OLD.who_worker_id,'who_tie_id',OLD.who_tie_id),'asked',json_object('asked',OLD.asked),'when',json_object('by_day',OLD.by_day,'by_time',OLD.by_time),'cannot_slip',json_object('cannot_slip',OLD.cannot_slip),'look_again',json_object('look_again_on',OLD.look_again_on),'confidence',json_object('confidence',OLD.confidence),'state',json_object('state',OLD.state,'state_on',OLD.state_on,'state_words',OLD.state_words),'agreed',json_object('agreed_on',OLD.agreed_on,'agreed_with',OLD.agreed_with),'from',json_object('from_note',OLD.from_note)));
END
--;
CREATE TRIGGER op_keep_step BEFORE DELETE ON step
WHEN lw_capturing() = 1 BEGIN
SELECT RAISE(ABORT, 'rows are hidden, never deleted');
END
--;
CREATE TRIGGER op_put_strength AFTER INSERT ON strength BEGIN
INSERT INTO op_new VALUES('strength',NEW.id,'person:'||NEW.person_id,0,
json_object('recorded',json_object('recorded_at',NEW.recorded_at,'recorded_by',NEW.recorded_by),'hidden',json_object('hidden_at',NEW.hidden_at),'person',json_object('person_id',NEW.person_id),'words',json_object('words',NEW.words),'agreed',json_object('agreed_on',NEW.agreed_on,'agreed_with',NEW.agreed_with),'may_ask',json_object('may_ask',NEW.may_ask,'may_ask_on',NEW.may_ask_on),'offer',json_object('offer_id',NEW.offer_id),'from',json_object('from_note',NEW.from_note)));
END
--;
CREATE TRIGGER op_set_strength AFTER UPDATE ON strength BEGIN
INSERT INTO op_changed
VALUES('strength',NEW.id,OLD.id,'person:'||NEW.person_id,'person:'||OLD.person_id,0,
json_object('recorded',json_object('recorded_at',NEW.recorded_at,'recorded_by',NEW.recorded_by),'hidden',json_object('hidden_at',NEW.hidden_at),'person',json_object('person_id',NEW.person_id),'words',json_object('words',NEW.words),'agreed',json_object('agreed_on',NEW.agreed_on,'agreed_with',NEW.agreed_with),'may_ask',json_object('may_ask',NEW.may_ask,'may_ask_on',NEW.may_ask_on),'offer',json_object('offer_id',NEW.offer_id),'from',json_object('from_note',NEW.from_note)),
json_object('recorded',json_object('recorded_at',OLD.recorded_at,'recorded_by',OLD.recorded_by),'hidden',json_object('hidden_at',OLD.hidden_at),'person',json_object('person_id',OLD.person_id),'words',json_object('words',OLD.words),'agreed',json_object('agreed_on',OLD.agreed_on,'agreed_with',OLD.agreed_with),'may_ask',json_object('may_ask',OLD.may_ask,'may_ask_on',OLD.may_ask_on),'offer',json_object('offer_id',OLD.offer_id),'from',json_object('from_note',OLD.from_note)));
END
--;
CREATE TRIGGER op_keep_strength BEFORE DELETE ON strength
WHEN lw_capturing() = 1 BEGIN
SELECT RAISE(ABORT, 'rows are hidden, never deleted');
END
--;
CREATE TRIGGER op_put_support_event AFTER INSERT ON support_event BEGIN
INSERT INTO op_new VALUES('support_event',NEW.id,'person:'||NEW.person_id,1,
json_object('recorded',json_object('recorded_at',NEW.recorded_at,'recorded_by',NEW.recorded_by),'hidden',json_object('hidden_at',NEW.hidden_at),'person',json_object('person_id',NEW.person_id),'event',json_object('period_id',NEW.period_id,'kind',NEW.kind,'on',NEW."on",'level',NEW.level,'reason',NEW.reason,'own_words',NEW.own_words,'check_in_on',NEW.check_in_on)));
END
--;
CREATE TRIGGER op_set_support_event AFTER UPDATE ON support_event BEGIN
INSERT INTO op_changed
VALUES('support_event',NEW.id,OLD.id,'person:'||NEW.person_id,'person:'||OLD.person_id,1,
json_object('recorded',json_object('recorded_at',NEW.recorded_at,'recorded_by',NEW.recorded_by),'hidden',json_object('hidden_at',NEW.hidden_at),'person',json_object('person_id',NEW.person_id),'event',json_object('period_id',NEW.period_id,'kind',NEW.kind,'on',NEW."on",'level',NEW.level,'reason',NEW.reason,'own_words',NEW.own_words,'check_in_on',NEW.check_in_on)),
json_object('recorded',json_object('recorded_at',OLD.recorded_at,'recorded_by',OLD.recorded_by),'hidden',json_object('hidden_at',OLD.hidden_at),'person',json_object('person_id',OLD.person_id),'event',json_object('period_id',OLD.period_id,'kind',OLD.kind,'on',OLD."on",'level',OLD.level,'reason',OLD.reason,'own_words',OLD.own_words,'check_in_on',OLD.check_in_on)));
END
--;
CREATE TRIGGER op_keep_support_event BEFORE DELETE ON support_event
WHEN lw_capturing() = 1 BEGIN
SELECT RAISE(ABORT, 'rows are hidden, never deleted');
END
--;
CREATE TRIGGER op_put_support_period AFTER INSERT ON support_period BEGIN
INSERT INTO op_new VALUES('support_period',NEW.id,'person:'||NEW.person_id,0,
json_object('recorded',json_object('recorded_at',NEW.recorded_at,'recorded_by',NEW.recorded_by),'hidden',json_object('hidden_at',NEW.hidden_at),'person',json_object('person_id',NEW.person_id),'worker',json_object('worker_id',NEW.worker_id),'began',json_object('began',NEW.began)));
END
--;
CREATE TRIGGER op_set_support_period AFTER UPDATE ON support_period BEGIN
INSERT INTO op_changed
VALUES('support_period',NEW.id,OLD.id,'person:'||NEW.person_id,'person:'||OLD.person_id,0,
json_object('recorded',json_object('recorded_at',NEW.recorded_at,'recorded_by',NEW.recorded_by),'hidden',json_object('hidden_at',NEW.hidden_at),'person',json_object('person_id',NEW.person_id),'worker',json_object('worker_id',NEW.worker_id),'began',json_object('began',NEW.began)),
json_object('recorded',json_object('recorded_at',OLD.recorded_at,'recorded_by',OLD.recorded_by),'hidden',json_object('hidden_at',OLD.hidden_at),'person',json_object('person_id',OLD.person_id),'worker',json_object('worker_id',OLD.worker_id),'began',json_object('began',OLD.began)));
END
--;
CREATE TRIGGER op_keep_support_period BEFORE DELETE ON support_period
WHEN lw_capturing() = 1 BEGIN
SELECT RAISE(ABORT, 'rows are hidden, never deleted');
END
--;
CREATE TRIGGER op_put_tie AFTER INSERT ON tie BEGIN
INSERT INTO op_new VALUES('tie',NEW.id,'person:'||NEW.person_id,0,
json_object('recorded',json_object('recorded_at',NEW.recorded_at,'recorded_by',NEW.recorded_by),'hidden',json_object('hidden_at',NEW.hidden_at),'person',json_object('person_id',NEW.person_id),'name',json_object('name',NEW.name),'relationship',json_object('relationship',NEW.relationship),'other',json_object('other_person_id',NEW.other_person_id),'roles',json_object('roles',NEW.roles),'paid',json_object('paid',NEW.paid),'how_often',json_object('how_often',NEW.how_often),'born',json_object('born',NEW.born),'phone',json_object('phone',NEW.phone),'may_share',json_object('may_share',NEW.may_share),'about',json_object('about',NEW.about),'until',json_object('until',NEW.until),'from',json_object('from_note',NEW.from_note)));
END
--;
CREATE TRIGGER op_set_tie AFTER UPDATE ON tie BEGIN
INSERT INTO op_changed
VALUES('tie',NEW.id,OLD.id,'person:'||NEW.person_id,'person:'||OLD.person_id,0,
json_object('recorded',json_object('recorded_at',NEW.recorded_at,'recorded_by',NEW.recorded_by),'hidden',json_object('hidden_at',NEW.hidden_at),'person',json_object('person_id',NEW.person_id),'name',json_object('name',NEW.name),'relationship',json_object('relationship',NEW.relationship),'other',json_object('other_person_id',NEW.other_person_id),'roles',json_object('roles',NEW.roles),'paid',json_object('paid',NEW.paid),'how_often',json_object('how_often',NEW.how_often),'born',json_object('born',NEW.born),'phone',json_object('phone',NEW.phone),'may_share',json_object('may_share',NEW.may_share),'about',json_object('about',NEW.about),'until',json_object('until',NEW.until),'from',json_object('from_note',NEW.from_note)),
json_object('recorded',json_object('recorded_at',OLD.recorded_at,'recorded_by',OLD.recorded_by),'hidden',json_object('hidden_at',OLD.hidden_at),'person',json_object('person_id',OLD.person_id),'name',json_object('name',OLD.name),'relationship',json_object('relationship',OLD.relationship),'other',json_object('other_person_id',OLD.other_person_id),'roles',json_object('roles',OLD.roles),'paid',json_object('paid',OLD.paid),'how_often',json_object('how_often',OLD.how_often),'born',json_object('born',OLD.born),'phone',json_object('phone',OLD.phone),'may_share',json_object('may_share',OLD.may_share),'about',json_object('about',OLD.about),'until',json_object('until',OLD.until),'from',json_object('from_note',OLD.from_note)));
END
--;
CREATE TRIGGER op_keep_tie BEFORE DELETE ON tie
WHEN lw_capturing() = 1 BEGIN
SELECT RAISE(ABORT, 'rows are hidden, never deleted');
END
--;
CREATE TRIGGER op_put_vision AFTER INSERT ON vision BEGIN
INSERT INTO op_new VALUES('vision',NEW.id,'person:'||NEW.person_id,0,
json_object('recorded',json_object('recorded_at',NEW.recorded_at,'recorded_by',NEW.recorded_by),'hidden',json_object('hidden_at',NEW.hidden_at),'person',json_object('person_id',NEW.person_id),'words',json_object('words',NEW.words),'said_on',json_object('said_on',NEW.said_on),'from',json_object('from_note',NEW.from_note)));
END
--;
CREATE TRIGGER op_set_vision AFTER UPDATE ON vision BEGIN
INSERT INTO op_changed
VALUES('vision',NEW.id,OLD.id,'person:'||NEW.person_id,'person:'||OLD.person_id,0,
json_object('recorded',json_object('recorded_at',NEW.recorded_at,'recorded_by',NEW.recorded_by),'hidden',json_object('hidden_at',NEW.hidden_at),'person',json_object('person_id',NEW.person_id),'words',json_object('words',NEW.words),'said_on',json_object('said_on',NEW.said_on),'from',json_object('from_note',NEW.from_note)),
json_object('recorded',json_object('recorded_at',OLD.recorded_at,'recorded_by',OLD.recorded_by),'hidden',json_object('hidden_at',OLD.hidden_at),'person',json_object('person_id',OLD.person_id),'words',json_object('words',OLD.words),'said_on',json_object('said_on',OLD.said_on),'from',json_object('from_note',OLD.from_note)));
END
--;
CREATE TRIGGER op_keep_vision BEFORE DELETE ON vision
WHEN lw_capturing() = 1 BEGIN
SELECT RAISE(ABORT, 'rows are hidden, never deleted');
END
--;
CREATE TRIGGER op_put_volunteer AFTER INSERT ON volunteer BEGIN
INSERT INTO op_new VALUES('volunteer',NEW.id,'team',0,
json_object('recorded',json_object('recorded_at',NEW.recorded_at,'recorded_by',NEW.recorded_by),'hidden',json_object('hidden_at',NEW.hidden_at),'name',json_object('name',NEW.name),'role',json_object('role',NEW.role),'training',json_object('training',NEW.training),'checked',json_object('checked',NEW.checked,'checked_on',NEW.checked_on),'left',json_object('left_on',NEW.left_on)));
END
--;
CREATE TRIGGER op_set_volunteer AFTER UPDATE ON volunteer BEGIN
INSERT INTO op_changed
VALUES('volunteer',NEW.id,OLD.id,'team','team',0,
json_object('recorded',json_object('recorded_at',NEW.recorded_at,'recorded_by',NEW.recorded_by),'hidden',json_object('hidden_at',NEW.hidden_at),'name',json_object('name',NEW.name),'role',json_object('role',NEW.role),'training',json_object('training',NEW.training),'checked',json_object('checked',NEW.checked,'checked_on',NEW.checked_on),'left',json_object('left_on',NEW.left_on)),
json_object('recorded',json_object('recorded_at',OLD.recorded_at,'recorded_by',OLD.recorded_by),'hidden',json_object('hidden_at',OLD.hidden_at),'name',json_object('name',OLD.name),'role',json_object('role',OLD.role),'training',json_object('training',OLD.training),'checked',json_object('checked',OLD.checked,'checked_on',OLD.checked_on),'left',json_object('left_on',OLD.left_on)));
END
--;
CREATE TRIGGER op_keep_volunteer BEFORE DELETE ON volunteer
WHEN lw_capturing() = 1 BEGIN
SELECT RAISE(ABORT, 'rows are hidden, never deleted');
END
--;
CREATE TRIGGER op_put_volunteer_hours AFTER INSERT ON volunteer_hours BEGIN
INSERT INTO op_new VALUES('volunteer_hours',NEW.id,'team',1,
json_object('recorded',json_object('recorded_at',NEW.recorded_at,'recorded_by',NEW.recorded_by),'hidden',json_object('hidden_at',NEW.hidden_at),'hours',json_object('volunteer_id',NEW.volunteer_id,'on',NEW."on",'minutes',NEW.minutes,'group_id',NEW.group_id,'words',NEW.words)));
END
--;
CREATE TRIGGER op_set_volunteer_hours AFTER UPDATE ON volunteer_hours BEGIN
INSERT INTO op_changed
VALUES('volunteer_hours',NEW.id,OLD.id,'team','team',1,
json_object('recorded',json_object('recorded_at',NEW.recorded_at,'recorded_by',NEW.recorded_by),'hidden',json_object('hidden_at',NEW.hidden_at),'hours',json_object('volunteer_id',NEW.volunteer_id,'on',NEW."on",'minutes',NEW.minutes,'group_id',NEW.group_id,'words',NEW.words)),
json_object('recorded',json_object('recorded_at',OLD.recorded_at,'recorded_by',OLD.recorded_by),'hidden',json_object('hidden_at',OLD.hidden_at),'hours',json_object('volunteer_id',OLD.volunteer_id,'on',OLD."on",'minutes',OLD.minutes,'group_id',OLD.group_id,'words',OLD.words)));
END
--;
CREATE TRIGGER op_keep_volunteer_hours BEFORE DELETE ON volunteer_hours
WHEN lw_capturing() = 1 BEGIN
SELECT RAISE(ABORT, 'rows are hidden, never deleted');
END
--;
CREATE TRIGGER op_put_whereabouts AFTER INSERT ON whereabouts BEGIN
INSERT INTO op_new VALUES('whereabouts',NEW.id,'person:'||NEW.person_id,1,
json_object('recorded',json_object('recorded_at',NEW.recorded_at,'recorded_by',NEW.recorded_by),'hidden',json_object('hidden_at',NEW.hidden_at),'person',json_object('person_id',NEW.person_id),'whereabouts',json_object('kind',NEW.kind,'since',NEW.since,'until',NEW.until,'remark',NEW.remark)));
END
--;
CREATE TRIGGER op_set_whereabouts AFTER UPDATE ON whereabouts BEGIN
INSERT INTO op_changed
VALUES('whereabouts',NEW.id,OLD.id,'person:'||NEW.person_id,'person:'||OLD.person_id,1,
json_object('recorded',json_object('recorded_at',NEW.recorded_at,'recorded_by',NEW.recorded_by),'hidden',json_object('hidden_at',NEW.hidden_at),'person',json_object('person_id',NEW.person_id),'whereabouts',json_object('kind',NEW.kind,'since',NEW.since,'until',NEW.until,'remark',NEW.remark)),
json_object('recorded',json_object('recorded_at',OLD.recorded_at,'recorded_by',OLD.recorded_by),'hidden',json_object('hidden_at',OLD.hidden_at),'person',json_object('person_id',OLD.person_id),'whereabouts',json_object('kind',OLD.kind,'since',OLD.since,'until',OLD.until,'remark',OLD.remark)));
END
--;
CREATE TRIGGER op_keep_whereabouts BEFORE DELETE ON whereabouts
WHEN lw_capturing() = 1 BEGIN
SELECT RAISE(ABORT, 'rows are hidden, never deleted');
END
--;
CREATE TRIGGER op_put_worker AFTER INSERT ON worker BEGIN
INSERT INTO op_new VALUES('worker',NEW.id,'team',0,
json_object('recorded',json_object('recorded_at',NEW.recorded_at,'recorded_by',NEW.recorded_by),'hidden',json_object('hidden_at',NEW.hidden_at),'name',json_object('name',NEW.name),'role',json_object('role',NEW.role),'patch',json_object('patch',NEW.patch)));
END
--;
CREATE TRIGGER op_set_worker AFTER UPDATE ON worker BEGIN
INSERT INTO op_changed
VALUES('worker',NEW.id,OLD.id,'team','team',0,
json_object('recorded',json_object('recorded_at',NEW.recorded_at,'recorded_by',NEW.recorded_by),'hidden',json_object('hidden_at',NEW.hidden_at),'name',json_object('name',NEW.name),'role',json_object('role',NEW.role),'patch',json_object('patch',NEW.patch)),
json_object('recorded',json_object('recorded_at',OLD.recorded_at,'recorded_by',OLD.recorded_by),'hidden',json_object('hidden_at',OLD.hidden_at),'name',json_object('name',OLD.name),'role',json_object('role',OLD.role),'patch',json_object('patch',OLD.patch)));
END
--;
CREATE TRIGGER op_keep_worker BEFORE DELETE ON worker
WHEN lw_capturing() = 1 BEGIN
SELECT RAISE(ABORT, 'rows are hidden, never deleted');
END
--;
CREATE VIEW search_said (id, tbl, pk, person_id, words) AS
SELECT d.id, d.tbl, d.pk, d.person_id, CASE d.tbl
WHEN 'about_me' THEN (SELECT words FROM about_me WHERE id = d.pk)
WHEN 'address' THEN (SELECT line1 FROM address WHERE id = d.pk)
WHEN 'appointment' THEN (SELECT about||char(10)||state_words FROM appointment WHERE id = d.pk)
WHEN 'connection' THEN (SELECT name||char(10)||about FROM connection WHERE id = d.pk)
WHEN 'connection_event' THEN (SELECT words FROM connection_event WHERE id = d.pk)
WHEN 'contribution' THEN (SELECT words FROM contribution WHERE id = d.pk)
WHEN 'goal' THEN (SELECT words FROM goal WHERE id = d.pk)
WHEN 'in_the_way' THEN (SELECT words FROM in_the_way WHERE id = d.pk)
WHEN 'introduction' THEN (SELECT their_reason||char(10)||own_reason FROM introduction WHERE id = d.pk)
WHEN 'looked_for' THEN (SELECT words FROM looked_for WHERE id = d.pk)
WHEN 'note' THEN (SELECT words FROM note WHERE id = d.pk)
WHEN 'person' THEN (SELECT called||char(10)||given||char(10)||family||char(10)||other_names||char(10)||description FROM person WHERE id = d.pk)
WHEN 'reach' THEN (SELECT value||char(10)||whose||char(10)||remark FROM reach WHERE id = d.pk)
WHEN 'reaching_attempt' THEN (SELECT words FROM reaching_attempt WHERE id = d.pk)
WHEN 'safety_statement' THEN (SELECT words FROM safety_statement WHERE id = d.pk)
WHEN 'service' THEN (SELECT organisation||char(10)||name||char(10)||about||char(10)||for_whom||char(10)||kinds||char(10)||area||char(10)||words FROM service WHERE id = d.pk)
WHEN 'step' THEN (SELECT words FROM step WHERE id = d.pk)
WHEN 'strength' THEN (SELECT words FROM strength WHERE id = d.pk)
WHEN 'support_event' THEN (SELECT reason||char(10)||own_words FROM support_event WHERE id = d.pk)
WHEN 'tie' THEN (SELECT name||char(10)||relationship||char(10)||about FROM tie WHERE id = d.pk)
WHEN 'vision' THEN (SELECT words FROM vision WHERE id = d.pk)
WHEN 'whereabouts' THEN (SELECT remark FROM whereabouts WHERE id = d.pk) END
FROM search_doc d
--;
CREATE VIEW search_row (tbl, pk, person_id, hidden_at, happened, words) AS
SELECT NULL, NULL, NULL, NULL, NULL, NULL WHERE 0
--;
CREATE TRIGGER search_row_put INSTEAD OF INSERT ON search_row
BEGIN
  INSERT INTO search_doc (id, tbl, pk, person_id)
    SELECT coalesce((SELECT max(id) + 1 FROM search_doc
        WHERE id >= s.first AND id < s.first + 1048576), s.first),
      NEW.tbl, NEW.pk, NEW.person_id
    FROM (SELECT CAST(coalesce(unixepoch(NEW.happened), 0) AS INTEGER) * 1048576 AS first) s
    WHERE NEW.hidden_at IS NULL AND trim(NEW.words, char(10)) <> '';
  INSERT INTO search_fts (rowid, words)
    SELECT id, NEW.words FROM search_doc
    WHERE tbl = NEW.tbl AND pk = NEW.pk AND lw_indexes(id);
END
--;
CREATE VIEW search_old_row (tbl, pk, words) AS SELECT NULL, NULL, NULL WHERE 0
--;
CREATE TRIGGER search_row_gone INSTEAD OF INSERT ON search_old_row
BEGIN
  INSERT INTO search_fts (search_fts, rowid, words)
    SELECT 'delete', id, NEW.words FROM search_doc
    WHERE tbl = NEW.tbl AND pk = NEW.pk AND lw_is_indexed(id);
  DELETE FROM search_doc WHERE tbl = NEW.tbl AND pk = NEW.pk;
END
--;
CREATE TRIGGER search_put_about_me AFTER INSERT ON about_me BEGIN
INSERT INTO search_row
VALUES('about_me',NEW.id,NEW.person_id,NEW.hidden_at,NEW.recorded_at,
NEW.words);
END
--;
CREATE TRIGGER search_set_about_me AFTER UPDATE OF words,recorded_at,hidden_at ON about_me BEGIN
INSERT INTO search_old_row VALUES('about_me',OLD.id,OLD.words);
INSERT INTO search_row
VALUES('about_me',NEW.id,NEW.person_id,NEW.hidden_at,NEW.recorded_at,
NEW.words);
END
--;
CREATE TRIGGER search_gone_about_me AFTER DELETE ON about_me BEGIN
INSERT INTO search_old_row VALUES('about_me',OLD.id,OLD.words);
END
--;
CREATE TRIGGER search_put_address AFTER INSERT ON address BEGIN
INSERT INTO search_row
VALUES('address',NEW.id,NEW.person_id,NEW.hidden_at,NEW.recorded_at,
NEW.line1);
END
--;
CREATE TRIGGER search_set_address AFTER UPDATE OF line1,recorded_at,hidden_at ON address BEGIN
INSERT INTO search_old_row VALUES('address',OLD.id,OLD.line1);
INSERT INTO search_row
VALUES('address',NEW.id,NEW.person_id,NEW.hidden_at,NEW.recorded_at,
NEW.line1);
END
--;
CREATE TRIGGER search_gone_address AFTER DELETE ON address BEGIN
INSERT INTO search_old_row VALUES('address',OLD.id,OLD.line1);
END
--;
CREATE TRIGGER search_put_appointment AFTER INSERT ON appointment BEGIN
INSERT INTO search_row
VALUES('appointment',NEW.id,NEW.person_id,NEW.hidden_at,NEW.recorded_at,
NEW.about||char(10)||NEW.state_words);
END
--;
CREATE TRIGGER search_set_appointment AFTER UPDATE OF about,state_words,recorded_at,hidden_at ON appointment BEGIN
INSERT INTO search_old_row VALUES('appointment',OLD.id,OLD.about||char(10)||OLD.state_words);
INSERT INTO search_row
VALUES('appointment',NEW.id,NEW.person_id,NEW.hidden_at,NEW.recorded_at,
NEW.about||char(10)||NEW.state_words);
END
--;
CREATE TRIGGER search_gone_appointment AFTER DELETE ON appointment BEGIN
INSERT INTO search_old_row VALUES('appointment',OLD.id,OLD.about||char(10)||OLD.state_words);
END
--;
CREATE TRIGGER search_put_connection AFTER INSERT ON connection BEGIN
INSERT INTO search_row
VALUES('connection',NEW.id,NEW.person_id,NEW.hidden_at,NEW.recorded_at,
NEW.name||char(10)||NEW.about);
END
--;
CREATE TRIGGER search_set_connection AFTER UPDATE OF name,about,recorded_at,hidden_at ON connection BEGIN
INSERT INTO search_old_row VALUES('connection',OLD.id,OLD.name||char(10)||OLD.about);
INSERT INTO search_row
VALUES('connection',NEW.id,NEW.person_id,NEW.hidden_at,NEW.recorded_at,
NEW.name||char(10)||NEW.about);
END
--;
CREATE TRIGGER search_gone_connection AFTER DELETE ON connection BEGIN
INSERT INTO search_old_row VALUES('connection',OLD.id,OLD.name||char(10)||OLD.about);
END
--;
CREATE TRIGGER search_put_connection_event AFTER INSERT ON connection_event BEGIN
INSERT INTO search_row
VALUES('connection_event',NEW.id,NEW.person_id,NEW.hidden_at,NEW.recorded_at,
NEW.words);
END
--;
CREATE TRIGGER search_set_connection_event AFTER UPDATE OF words,recorded_at,hidden_at ON connection_event BEGIN
INSERT INTO search_old_row VALUES('connection_event',OLD.id,OLD.words);
INSERT INTO search_row
VALUES('connection_event',NEW.id,NEW.person_id,NEW.hidden_at,NEW.recorded_at,
NEW.words);
END
--;
CREATE TRIGGER search_gone_connection_event AFTER DELETE ON connection_event BEGIN
INSERT INTO search_old_row VALUES('connection_event',OLD.id,OLD.words);
END
--;
CREATE TRIGGER search_put_contribution AFTER INSERT ON contribution BEGIN
INSERT INTO search_row
VALUES('contribution',NEW.id,NEW.person_id,NEW.hidden_at,NEW.recorded_at,
NEW.words);
END
--;
CREATE TRIGGER search_set_contribution AFTER UPDATE OF words,recorded_at,hidden_at ON contribution BEGIN
INSERT INTO search_old_row VALUES('contribution',OLD.id,OLD.words);
INSERT INTO search_row
VALUES('contribution',NEW.id,NEW.person_id,NEW.hidden_at,NEW.recorded_at,
NEW.words);
END
--;
CREATE TRIGGER search_gone_contribution AFTER DELETE ON contribution BEGIN
INSERT INTO search_old_row VALUES('contribution',OLD.id,OLD.words);
END
--;
CREATE TRIGGER search_put_goal AFTER INSERT ON goal BEGIN
INSERT INTO search_row
VALUES('goal',NEW.id,NEW.person_id,NEW.hidden_at,NEW.recorded_at,
NEW.words);
END
--;
CREATE TRIGGER search_set_goal AFTER UPDATE OF words,recorded_at,hidden_at ON goal BEGIN
INSERT INTO search_old_row VALUES('goal',OLD.id,OLD.words);
INSERT INTO search_row
VALUES('goal',NEW.id,NEW.person_id,NEW.hidden_at,NEW.recorded_at,
NEW.words);
END
--;
CREATE TRIGGER search_gone_goal AFTER DELETE ON goal BEGIN
INSERT INTO search_old_row VALUES('goal',OLD.id,OLD.words);
END
--;
CREATE TRIGGER search_put_in_the_way AFTER INSERT ON in_the_way BEGIN
INSERT INTO search_row
VALUES('in_the_way',NEW.id,NEW.person_id,NEW.hidden_at,NEW.recorded_at,
NEW.words);
END
--;
CREATE TRIGGER search_set_in_the_way AFTER UPDATE OF words,recorded_at,hidden_at ON in_the_way BEGIN
INSERT INTO search_old_row VALUES('in_the_way',OLD.id,OLD.words);
INSERT INTO search_row
VALUES('in_the_way',NEW.id,NEW.person_id,NEW.hidden_at,NEW.recorded_at,
NEW.words);
END
--;
CREATE TRIGGER search_gone_in_the_way AFTER DELETE ON in_the_way BEGIN
INSERT INTO search_old_row VALUES('in_the_way',OLD.id,OLD.words);
END
--;
CREATE TRIGGER search_put_introduction AFTER INSERT ON introduction BEGIN
INSERT INTO search_row
VALUES('introduction',NEW.id,NEW.person_id,NEW.hidden_at,NEW.recorded_at,
NEW.their_reason||char(10)||NEW.own_reason);
END
--;
CREATE TRIGGER search_set_introduction AFTER UPDATE OF their_reason,own_reason,recorded_at,hidden_at ON introduction BEGIN
INSERT INTO search_old_row VALUES('introduction',OLD.id,OLD.their_reason||char(10)||OLD.own_reason);
INSERT INTO search_row
VALUES('introduction',NEW.id,NEW.person_id,NEW.hidden_at,NEW.recorded_at,
NEW.their_reason||char(10)||NEW.own_reason);
END
--;
CREATE TRIGGER search_gone_introduction AFTER DELETE ON introduction BEGIN
INSERT INTO search_old_row VALUES('introduction',OLD.id,OLD.their_reason||char(10)||OLD.own_reason);
END
--;
CREATE TRIGGER search_put_looked_for AFTER INSERT ON looked_for BEGIN
INSERT INTO search_row
VALUES('looked_for',NEW.id,NEW.person_id,NEW.hidden_at,NEW.recorded_at,
NEW.words);
END
--;
CREATE TRIGGER search_set_looked_for AFTER UPDATE OF words,recorded_at,hidden_at ON looked_for BEGIN
INSERT INTO search_old_row VALUES('looked_for',OLD.id,OLD.words);
INSERT INTO search_row
VALUES('looked_for',NEW.id,NEW.person_id,NEW.hidden_at,NEW.recorded_at,
NEW.words);
END
--;
CREATE TRIGGER search_gone_looked_for AFTER DELETE ON looked_for BEGIN
INSERT INTO search_old_row VALUES('looked_for',OLD.id,OLD.words);
END
--;
CREATE TRIGGER search_put_note AFTER INSERT ON note BEGIN
INSERT INTO search_row
VALUES('note',NEW.id,NEW.person_id,NEW.hidden_at,coalesce(NEW.happened_at,NEW.recorded_at),
NEW.words);
END
--;
CREATE TRIGGER search_set_note AFTER UPDATE OF words,happened_at,hidden_at ON note BEGIN
INSERT INTO search_old_row VALUES('note',OLD.id,OLD.words);
INSERT INTO search_row
VALUES('note',NEW.id,NEW.person_id,NEW.hidden_at,coalesce(NEW.happened_at,NEW.recorded_at),
NEW.words);
END
--;
CREATE TRIGGER search_gone_note AFTER DELETE ON note BEGIN
INSERT INTO search_old_row VALUES('note',OLD.id,OLD.words);
END
--;
CREATE TRIGGER search_put_person AFTER INSERT ON person BEGIN
INSERT INTO search_row
VALUES('person',NEW.id,NEW.id,NEW.hidden_at,NEW.recorded_at,
NEW.called||char(10)||NEW.given||char(10)||NEW.family||char(10)||NEW.other_names||char(10)||NEW.description);
END
--;
CREATE TRIGGER search_set_person AFTER UPDATE OF called,given,family,other_names,description,recorded_at,hidden_at ON person BEGIN
INSERT INTO search_old_row VALUES('person',OLD.id,OLD.called||char(10)||OLD.given||char(10)||OLD.family||char(10)||OLD.other_names||char(10)||OLD.description);
INSERT INTO search_row
VALUES('person',NEW.id,NEW.id,NEW.hidden_at,NEW.recorded_at,
NEW.called||char(10)||NEW.given||char(10)||NEW.family||char(10)||NEW.other_names||char(10)||NEW.description);
END
--;
CREATE TRIGGER search_gone_person AFTER DELETE ON person BEGIN
INSERT INTO search_old_row VALUES('person',OLD.id,OLD.called||char(10)||OLD.given||char(10)||OLD.family||char(10)||OLD.other_names||char(10)||OLD.description);
END
--;
CREATE TRIGGER search_put_reach AFTER INSERT ON reach BEGIN
INSERT INTO search_row
VALUES('reach',NEW.id,NEW.person_id,NEW.hidden_at,NEW.recorded_at,
NEW.value||char(10)||NEW.whose||char(10)||NEW.remark);
END
--;
CREATE TRIGGER search_set_reach AFTER UPDATE OF value,whose,remark,recorded_at,hidden_at ON reach BEGIN
INSERT INTO search_old_row VALUES('reach',OLD.id,OLD.value||char(10)||OLD.whose||char(10)||OLD.remark);
INSERT INTO search_row
VALUES('reach',NEW.id,NEW.person_id,NEW.hidden_at,NEW.recorded_at,
NEW.value||char(10)||NEW.whose||char(10)||NEW.remark);
END
--;
CREATE TRIGGER search_gone_reach AFTER DELETE ON reach BEGIN
INSERT INTO search_old_row VALUES('reach',OLD.id,OLD.value||char(10)||OLD.whose||char(10)||OLD.remark);
END
--;
CREATE TRIGGER search_put_reaching_attempt AFTER INSERT ON reaching_attempt BEGIN
INSERT INTO search_row
VALUES('reaching_attempt',NEW.id,NEW.person_id,NEW.hidden_at,NEW.recorded_at,
NEW.words);
END
--;
CREATE TRIGGER search_set_reaching_attempt AFTER UPDATE OF words,recorded_at,hidden_at ON reaching_attempt BEGIN
INSERT INTO search_old_row VALUES('reaching_attempt',OLD.id,OLD.words);
INSERT INTO search_row
VALUES('reaching_attempt',NEW.id,NEW.person_id,NEW.hidden_at,NEW.recorded_at,
NEW.words);
END
--;
CREATE TRIGGER search_gone_reaching_attempt AFTER DELETE ON reaching_attempt BEGIN
INSERT INTO search_old_row VALUES('reaching_attempt',OLD.id,OLD.words);
END
--;
CREATE TRIGGER search_put_safety_statement AFTER INSERT ON safety_statement BEGIN
INSERT INTO search_row
VALUES('safety_statement',NEW.id,NEW.person_id,NEW.hidden_at,coalesce(NEW.said_on,NEW.recorded_at),
NEW.words);
END
--;
CREATE TRIGGER search_set_safety_statement AFTER UPDATE OF words,said_on,hidden_at ON safety_statement BEGIN
INSERT INTO search_old_row VALUES('safety_statement',OLD.id,OLD.words);
INSERT INTO search_row
VALUES('safety_statement',NEW.id,NEW.person_id,NEW.hidden_at,coalesce(NEW.said_on,NEW.recorded_at),
NEW.words);
END
--;
CREATE TRIGGER search_gone_safety_statement AFTER DELETE ON safety_statement BEGIN
INSERT INTO search_old_row VALUES('safety_statement',OLD.id,OLD.words);
END
--;
CREATE TRIGGER search_put_service AFTER INSERT ON service BEGIN
INSERT INTO search_row
VALUES('service',NEW.id,'',NEW.hidden_at,NULL,
NEW.organisation||char(10)||NEW.name||char(10)||NEW.about||char(10)||NEW.for_whom||char(10)||NEW.kinds||char(10)||NEW.area||char(10)||NEW.words);
END
--;
CREATE TRIGGER search_set_service AFTER UPDATE OF organisation,name,about,for_whom,kinds,area,words,recorded_at,hidden_at ON service BEGIN
INSERT INTO search_old_row VALUES('service',OLD.id,OLD.organisation||char(10)||OLD.name||char(10)||OLD.about||char(10)||OLD.for_whom||char(10)||OLD.kinds||char(10)||OLD.area||char(10)||OLD.words);
INSERT INTO search_row
VALUES('service',NEW.id,'',NEW.hidden_at,NULL,
NEW.organisation||char(10)||NEW.name||char(10)||NEW.about||char(10)||NEW.for_whom||char(10)||NEW.kinds||char(10)||NEW.area||char(10)||NEW.words);
END
--;
CREATE TRIGGER search_gone_service AFTER DELETE ON service BEGIN
INSERT INTO search_old_row VALUES('service',OLD.id,OLD.organisation||char(10)||OLD.name||char(10)||OLD.about||char(10)||OLD.for_whom||char(10)||OLD.kinds||char(10)||OLD.area||char(10)||OLD.words);
END
--;
CREATE TRIGGER search_put_step AFTER INSERT ON step BEGIN
INSERT INTO search_row
VALUES('step',NEW.id,NEW.person_id,NEW.hidden_at,NEW.recorded_at,
NEW.words);
END
--;
CREATE TRIGGER search_set_step AFTER UPDATE OF words,recorded_at,hidden_at ON step BEGIN
INSERT INTO search_old_row VALUES('step',OLD.id,OLD.words);
INSERT INTO search_row
VALUES('step',NEW.id,NEW.person_id,NEW.hidden_at,NEW.recorded_at,
NEW.words);
END
--;
CREATE TRIGGER search_gone_step AFTER DELETE ON step BEGIN
INSERT INTO search_old_row VALUES('step',OLD.id,OLD.words);
END
--;
CREATE TRIGGER search_put_strength AFTER INSERT ON strength BEGIN
INSERT INTO search_row
VALUES('strength',NEW.id,NEW.person_id,NEW.hidden_at,NEW.recorded_at,
NEW.words);
END
--;
CREATE TRIGGER search_set_strength AFTER UPDATE OF words,recorded_at,hidden_at ON strength BEGIN
INSERT INTO search_old_row VALUES('strength',OLD.id,OLD.words);
INSERT INTO search_row
VALUES('strength',NEW.id,NEW.person_id,NEW.hidden_at,NEW.recorded_at,
NEW.words);
END
--;
CREATE TRIGGER search_gone_strength AFTER DELETE ON strength BEGIN
INSERT INTO search_old_row VALUES('strength',OLD.id,OLD.words);
END
--;
CREATE TRIGGER search_put_support_event AFTER INSERT ON support_event BEGIN
INSERT INTO search_row
VALUES('support_event',NEW.id,NEW.person_id,NEW.hidden_at,NEW.recorded_at,
NEW.reason||char(10)||NEW.own_words);
END
--;
CREATE TRIGGER search_set_support_event AFTER UPDATE OF reason,own_words,recorded_at,hidden_at ON support_event BEGIN
INSERT INTO search_old_row VALUES('support_event',OLD.id,OLD.reason||char(10)||OLD.own_words);
INSERT INTO search_row
VALUES('support_event',NEW.id,NEW.person_id,NEW.hidden_at,NEW.recorded_at,
NEW.reason||char(10)||NEW.own_words);
END
--;
CREATE TRIGGER search_gone_support_event AFTER DELETE ON support_event BEGIN
INSERT INTO search_old_row VALUES('support_event',OLD.id,OLD.reason||char(10)||OLD.own_words);
END
--;
CREATE TRIGGER search_put_tie AFTER INSERT ON tie BEGIN
INSERT INTO search_row
VALUES('tie',NEW.id,NEW.person_id,NEW.hidden_at,NEW.recorded_at,
NEW.name||char(10)||NEW.relationship||char(10)||NEW.about);
END
--;
CREATE TRIGGER search_set_tie AFTER UPDATE OF name,relationship,about,recorded_at,hidden_at ON tie BEGIN
INSERT INTO search_old_row VALUES('tie',OLD.id,OLD.name||char(10)||OLD.relationship||char(10)||OLD.about);
INSERT INTO search_row
VALUES('tie',NEW.id,NEW.person_id,NEW.hidden_at,NEW.recorded_at,
NEW.name||char(10)||NEW.relationship||char(10)||NEW.about);
END
--;
CREATE TRIGGER search_gone_tie AFTER DELETE ON tie BEGIN
INSERT INTO search_old_row VALUES('tie',OLD.id,OLD.name||char(10)||OLD.relationship||char(10)||OLD.about);
END
--;
CREATE TRIGGER search_put_vision AFTER INSERT ON vision BEGIN
INSERT INTO search_row
VALUES('vision',NEW.id,NEW.person_id,NEW.hidden_at,NEW.recorded_at,
NEW.words);
END
--;
CREATE TRIGGER search_set_vision AFTER UPDATE OF words,recorded_at,hidden_at ON vision BEGIN
INSERT INTO search_old_row VALUES('vision',OLD.id,OLD.words);
INSERT INTO search_row
VALUES('vision',NEW.id,NEW.person_id,NEW.hidden_at,NEW.recorded_at,
NEW.words);
END
--;
CREATE TRIGGER search_gone_vision AFTER DELETE ON vision BEGIN
INSERT INTO search_old_row VALUES('vision',OLD.id,OLD.words);
END
--;
CREATE TRIGGER search_put_whereabouts AFTER INSERT ON whereabouts BEGIN
INSERT INTO search_row
VALUES('whereabouts',NEW.id,NEW.person_id,NEW.hidden_at,NEW.recorded_at,
NEW.remark);
END
--;
CREATE TRIGGER search_set_whereabouts AFTER UPDATE OF remark,recorded_at,hidden_at ON whereabouts BEGIN
INSERT INTO search_old_row VALUES('whereabouts',OLD.id,OLD.remark);
INSERT INTO search_row
VALUES('whereabouts',NEW.id,NEW.person_id,NEW.hidden_at,NEW.recorded_at,
NEW.remark);
END
--;
CREATE TRIGGER search_gone_whereabouts AFTER DELETE ON whereabouts BEGIN
INSERT INTO search_old_row VALUES('whereabouts',OLD.id,OLD.remark);
END
