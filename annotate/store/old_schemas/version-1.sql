CREATE TABLE file_contents (
	sha256 VARCHAR(64) NOT NULL, 
	data BLOB NOT NULL, 
	PRIMARY KEY (sha256)
);

CREATE TABLE text_bodies (
	sha256 VARCHAR(64) NOT NULL, 
	body TEXT NOT NULL, 
	PRIMARY KEY (sha256)
);

CREATE TABLE projects (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	uid BLOB NOT NULL, 
	revision INTEGER NOT NULL, 
	title TEXT NOT NULL, 
	marking TEXT NOT NULL, 
	note TEXT NOT NULL, 
	created_at VARCHAR(32) NOT NULL
);

CREATE TABLE analysts (
	id INTEGER NOT NULL, 
	uid BLOB NOT NULL, 
	revision INTEGER NOT NULL, 
	name TEXT NOT NULL, 
	PRIMARY KEY (id)
);

CREATE TABLE events (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	uid BLOB NOT NULL, 
	revision INTEGER NOT NULL, 
	name TEXT NOT NULL, 
	happened_words TEXT, 
	happened_on DATE, 
	happened_until DATE, 
	happened_precision VARCHAR(32), 
	happened_basis VARCHAR(32), 
	place TEXT NOT NULL, 
	note TEXT NOT NULL
);

CREATE TABLE tags (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	uid BLOB NOT NULL, 
	revision INTEGER NOT NULL, 
	name TEXT NOT NULL, 
	parent_id INTEGER, 
	colour VARCHAR(7) NOT NULL, 
	"key" VARCHAR(1), 
	meaning TEXT NOT NULL, 
	position INTEGER NOT NULL, 
	FOREIGN KEY(parent_id) REFERENCES tags (id)
);

CREATE TABLE counters (
	name VARCHAR(32) NOT NULL, 
	last INTEGER NOT NULL, 
	PRIMARY KEY (name)
);

CREATE TABLE files (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	uid BLOB NOT NULL, 
	revision INTEGER NOT NULL, 
	name TEXT NOT NULL, 
	sha256 VARCHAR(64) NOT NULL, 
	size INTEGER NOT NULL, 
	imported_at VARCHAR(32) NOT NULL, 
	FOREIGN KEY(sha256) REFERENCES file_contents (sha256)
);

CREATE INDEX ix_files_sha256 ON files (sha256);

CREATE TABLE steps (
	id INTEGER NOT NULL, 
	uid BLOB NOT NULL, 
	label TEXT NOT NULL, 
	kind VARCHAR(8) NOT NULL, 
	state VARCHAR(8) NOT NULL, 
	analyst_id INTEGER NOT NULL, 
	made_at VARCHAR(32) NOT NULL, 
	target_id INTEGER, 
	PRIMARY KEY (id), 
	FOREIGN KEY(analyst_id) REFERENCES analysts (id), 
	FOREIGN KEY(target_id) REFERENCES steps (id)
);

CREATE INDEX steps_to_undo ON steps (analyst_id, kind, state, id);

CREATE TABLE articles (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	uid BLOB NOT NULL, 
	revision INTEGER NOT NULL, 
	file_id INTEGER, 
	place_in_file TEXT, 
	type VARCHAR(32) NOT NULL, 
	title TEXT NOT NULL, 
	title_confirmed BOOLEAN NOT NULL, 
	outlet TEXT, 
	author TEXT, 
	published_words TEXT, 
	published_on DATE, 
	published_precision VARCHAR(32), 
	url TEXT, 
	archive_url TEXT, 
	platform TEXT, 
	account TEXT, 
	language TEXT, 
	collected_at VARCHAR(32), 
	collected_by TEXT, 
	imported_at VARCHAR(32) NOT NULL, 
	status VARCHAR(32) NOT NULL, 
	note TEXT NOT NULL, 
	deleted BOOLEAN NOT NULL, 
	FOREIGN KEY(file_id) REFERENCES files (id)
);

CREATE TABLE changes (
	id INTEGER NOT NULL, 
	step_id INTEGER NOT NULL, 
	table_name VARCHAR(32) NOT NULL, 
	row_id INTEGER NOT NULL, 
	"before" TEXT, 
	"after" TEXT, 
	PRIMARY KEY (id), 
	FOREIGN KEY(step_id) REFERENCES steps (id)
);

CREATE INDEX changes_of_row ON changes (table_name, row_id);

CREATE INDEX ix_changes_step_id ON changes (step_id);

CREATE TABLE texts (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	uid BLOB NOT NULL, 
	revision INTEGER NOT NULL, 
	article_id INTEGER NOT NULL, 
	file_id INTEGER, 
	number INTEGER NOT NULL, 
	sha256 VARCHAR(64) NOT NULL, 
	length INTEGER NOT NULL, 
	words INTEGER NOT NULL, 
	importer TEXT NOT NULL, 
	importer_version TEXT NOT NULL, 
	pages JSON NOT NULL, 
	UNIQUE (article_id, number), 
	FOREIGN KEY(article_id) REFERENCES articles (id), 
	FOREIGN KEY(file_id) REFERENCES files (id), 
	FOREIGN KEY(sha256) REFERENCES text_bodies (sha256)
);

CREATE INDEX ix_texts_sha256 ON texts (sha256);

CREATE TABLE sources (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	uid BLOB NOT NULL, 
	revision INTEGER NOT NULL, 
	number INTEGER NOT NULL, 
	name TEXT NOT NULL, 
	aliases JSON NOT NULL, 
	type VARCHAR(32) NOT NULL, 
	affiliation TEXT NOT NULL, 
	controlled_by TEXT NOT NULL, 
	handling VARCHAR(32) NOT NULL, 
	reliability VARCHAR(32), 
	reliability_basis TEXT NOT NULL, 
	reliability_on DATE, 
	article_id INTEGER, 
	note TEXT NOT NULL, 
	UNIQUE (number), 
	FOREIGN KEY(article_id) REFERENCES articles (id)
);

CREATE TABLE parts (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	uid BLOB NOT NULL, 
	revision INTEGER NOT NULL, 
	text_id INTEGER NOT NULL, 
	role VARCHAR(32) NOT NULL, 
	start INTEGER NOT NULL, 
	"end" INTEGER NOT NULL, 
	FOREIGN KEY(text_id) REFERENCES texts (id)
);

CREATE INDEX parts_of_text ON parts (text_id, start);

CREATE TABLE annotations (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	uid BLOB NOT NULL, 
	revision INTEGER NOT NULL, 
	article_id INTEGER NOT NULL, 
	text_id INTEGER NOT NULL, 
	kind VARCHAR(32) NOT NULL, 
	number INTEGER NOT NULL, 
	words TEXT NOT NULL, 
	note TEXT NOT NULL, 
	handling VARCHAR(32) NOT NULL, 
	origin VARCHAR(32) NOT NULL, 
	rule TEXT, 
	engine TEXT, 
	analyst_id INTEGER NOT NULL, 
	created_at VARCHAR(32) NOT NULL, 
	changed_at VARCHAR(32) NOT NULL, 
	UNIQUE (kind, number), 
	FOREIGN KEY(article_id) REFERENCES articles (id), 
	FOREIGN KEY(text_id) REFERENCES texts (id), 
	FOREIGN KEY(analyst_id) REFERENCES analysts (id)
);

CREATE INDEX annotations_of_article ON annotations (article_id, kind);

CREATE TABLE suggestions (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	uid BLOB NOT NULL, 
	revision INTEGER NOT NULL, 
	text_id INTEGER NOT NULL, 
	kind VARCHAR(32) NOT NULL, 
	spans JSON NOT NULL, 
	record JSON NOT NULL, 
	engine TEXT NOT NULL, 
	engine_version TEXT NOT NULL, 
	rule TEXT NOT NULL, 
	confidence DOUBLE NOT NULL, 
	fate VARCHAR(32) NOT NULL, 
	FOREIGN KEY(text_id) REFERENCES texts (id)
);

CREATE INDEX suggestions_of_text ON suggestions (text_id, fate);

CREATE TABLE spans (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	uid BLOB NOT NULL, 
	revision INTEGER NOT NULL, 
	annotation_id INTEGER NOT NULL, 
	text_id INTEGER NOT NULL, 
	position INTEGER NOT NULL, 
	start INTEGER NOT NULL, 
	"end" INTEGER NOT NULL, 
	exact TEXT NOT NULL, 
	"before" TEXT NOT NULL, 
	"after" TEXT NOT NULL, 
	FOREIGN KEY(annotation_id) REFERENCES annotations (id), 
	FOREIGN KEY(text_id) REFERENCES texts (id)
);

CREATE INDEX spans_of_annotation ON spans (annotation_id, position);

CREATE INDEX spans_of_text ON spans (text_id, start, "end", annotation_id);

CREATE TABLE claims (
	id INTEGER NOT NULL, 
	uid BLOB NOT NULL, 
	revision INTEGER NOT NULL, 
	mode VARCHAR(32), 
	type VARCHAR(32), 
	plain_words TEXT NOT NULL, 
	translation TEXT NOT NULL, 
	translated_by TEXT NOT NULL, 
	event_id INTEGER, 
	happened_words TEXT, 
	happened_on DATE, 
	happened_until DATE, 
	happened_precision VARCHAR(32), 
	happened_basis VARCHAR(32), 
	said_words TEXT, 
	said_on DATE, 
	said_until DATE, 
	said_precision VARCHAR(32), 
	said_basis VARCHAR(32), 
	place TEXT NOT NULL, 
	credibility VARCHAR(32), 
	progress VARCHAR(32) NOT NULL, 
	signed_off_by TEXT, 
	signed_off_at VARCHAR(32), 
	finding VARCHAR(32), 
	PRIMARY KEY (id), 
	FOREIGN KEY(id) REFERENCES annotations (id), 
	FOREIGN KEY(event_id) REFERENCES events (id)
);

CREATE TABLE figures (
	id INTEGER NOT NULL, 
	uid BLOB NOT NULL, 
	revision INTEGER NOT NULL, 
	value DOUBLE, 
	low DOUBLE, 
	high DOUBLE, 
	inferred BOOLEAN NOT NULL, 
	counted TEXT NOT NULL, 
	unit TEXT NOT NULL, 
	bound VARCHAR(32), 
	qualifier TEXT NOT NULL, 
	kind VARCHAR(32), 
	measure VARCHAR(32), 
	as_of_words TEXT, 
	as_of_on DATE, 
	as_of_until DATE, 
	as_of_precision VARCHAR(32), 
	as_of_basis VARCHAR(32), 
	event_id INTEGER, 
	PRIMARY KEY (id), 
	FOREIGN KEY(id) REFERENCES annotations (id), 
	FOREIGN KEY(event_id) REFERENCES events (id)
);

CREATE TABLE mentions (
	id INTEGER NOT NULL, 
	uid BLOB NOT NULL, 
	revision INTEGER NOT NULL, 
	source_id INTEGER, 
	naming VARCHAR(32), 
	role VARCHAR(32), 
	PRIMARY KEY (id), 
	FOREIGN KEY(id) REFERENCES annotations (id), 
	FOREIGN KEY(source_id) REFERENCES sources (id)
);

CREATE INDEX ix_mentions_source_id ON mentions (source_id);

CREATE TABLE attributions (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	uid BLOB NOT NULL, 
	revision INTEGER NOT NULL, 
	annotation_id INTEGER NOT NULL, 
	source_id INTEGER NOT NULL, 
	stance VARCHAR(32) NOT NULL, 
	verb TEXT NOT NULL, 
	basis VARCHAR(32) NOT NULL, 
	via_id INTEGER, 
	mention_id INTEGER, 
	FOREIGN KEY(annotation_id) REFERENCES annotations (id), 
	FOREIGN KEY(source_id) REFERENCES sources (id), 
	FOREIGN KEY(via_id) REFERENCES sources (id), 
	FOREIGN KEY(mention_id) REFERENCES annotations (id)
);

CREATE INDEX ix_attributions_source_id ON attributions (source_id);

CREATE INDEX ix_attributions_via_id ON attributions (via_id);

CREATE INDEX ix_attributions_annotation_id ON attributions (annotation_id);

CREATE INDEX ix_attributions_mention_id ON attributions (mention_id);

CREATE TABLE links (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	uid BLOB NOT NULL, 
	revision INTEGER NOT NULL, 
	from_id INTEGER NOT NULL, 
	to_id INTEGER NOT NULL, 
	relation VARCHAR(32) NOT NULL, 
	note TEXT NOT NULL, 
	UNIQUE (from_id, to_id, relation), 
	FOREIGN KEY(from_id) REFERENCES annotations (id), 
	FOREIGN KEY(to_id) REFERENCES annotations (id)
);

CREATE INDEX ix_links_to_id ON links (to_id);

CREATE INDEX ix_links_from_id ON links (from_id);

CREATE TABLE checks (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	uid BLOB NOT NULL, 
	revision INTEGER NOT NULL, 
	annotation_id INTEGER NOT NULL, 
	checked_on DATE NOT NULL, 
	analyst_id INTEGER NOT NULL, 
	looked_at TEXT NOT NULL, 
	url TEXT NOT NULL, 
	archive_url TEXT NOT NULL, 
	file_id INTEGER, 
	primacy VARCHAR(32), 
	shows VARCHAR(32), 
	limits TEXT NOT NULL, 
	note TEXT NOT NULL, 
	FOREIGN KEY(annotation_id) REFERENCES annotations (id), 
	FOREIGN KEY(analyst_id) REFERENCES analysts (id), 
	FOREIGN KEY(file_id) REFERENCES files (id)
);

CREATE INDEX ix_checks_annotation_id ON checks (annotation_id);

CREATE TABLE annotation_tags (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	uid BLOB NOT NULL, 
	revision INTEGER NOT NULL, 
	annotation_id INTEGER NOT NULL, 
	tag_id INTEGER NOT NULL, 
	UNIQUE (annotation_id, tag_id), 
	FOREIGN KEY(annotation_id) REFERENCES annotations (id), 
	FOREIGN KEY(tag_id) REFERENCES tags (id)
);

CREATE INDEX ix_annotation_tags_tag_id ON annotation_tags (tag_id);

CREATE TABLE carryings (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	uid BLOB NOT NULL, 
	revision INTEGER NOT NULL, 
	annotation_id INTEGER NOT NULL, 
	from_text_id INTEGER NOT NULL, 
	to_text_id INTEGER NOT NULL, 
	outcome VARCHAR(32) NOT NULL, 
	old_spans JSON NOT NULL, 
	spans JSON NOT NULL, 
	similarity DOUBLE NOT NULL, 
	reason TEXT NOT NULL, 
	fate VARCHAR(32) NOT NULL, 
	FOREIGN KEY(annotation_id) REFERENCES annotations (id), 
	FOREIGN KEY(from_text_id) REFERENCES texts (id), 
	FOREIGN KEY(to_text_id) REFERENCES texts (id)
);

CREATE INDEX ix_carryings_annotation_id ON carryings (annotation_id);
