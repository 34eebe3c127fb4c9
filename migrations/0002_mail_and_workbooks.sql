-- Bytes as they came, kept once however often they arrive.
create table blob (
  sha256 bytea primary key,
  content bytea not null,
  created_at timestamptz not null default now()
);
alter table blob alter column content set storage external;

create table mailbox_cursor (
  mailbox text primary key,
  uid_validity bigint not null,
  last_uid bigint not null,
  polled_at timestamptz,
  updated_at timestamptz not null default now()
);

create type message_status as enum ('stored', 'ignored', 'refused');

-- One row per message ever seen; the unique key is the claim that stops two polls from taking the same message.
create table mail_message (
  id bigint generated always as identity primary key,
  mailbox text not null,
  uid_validity bigint not null,
  uid bigint not null,
  raw_sha256 bytea,
  sender text,
  subject text,
  sent_at timestamptz,
  received_at timestamptz,
  status message_status not null,
  reason text,
  created_at timestamptz not null default now(),
  unique (mailbox, uid_validity, uid)
);
create index mail_message_raw on mail_message (mailbox, raw_sha256);

create type workbook_origin as enum ('mail', 'drop_folder', 'telegram');
create type workbook_kind as enum ('dislocation', 'terminal_report', 'train_roster');
create type workbook_status as enum ('pending', 'imported', 'duplicate', 'history_only', 'held', 'quarantined', 'refused');

-- One arrival of a workbook. The row is also its outbox entry: `pending` ones are enqueued again by the sweep.
create table workbook (
  id bigint generated always as identity primary key,
  origin workbook_origin not null,
  message_id bigint references mail_message,
  sender text,
  subject text,
  file_name text not null,
  sha256 bytea not null references blob,
  size integer not null,
  sent_at timestamptz,
  received_at timestamptz not null,
  status workbook_status not null default 'pending',
  -- A code of the closed list in the domain package, with what a person needs to understand it.
  reason text,
  reason_detail text,
  kind workbook_kind,
  -- The instant the source formed the report, the zone of its wall times, and a hash of its normalised content.
  stamp timestamptz,
  zone text,
  content_hash bytea,
  -- When the same content was last seen again: an unchanged report is not a dead feed.
  confirmed_at timestamptz,
  row_count integer,
  skipped_count integer,
  warnings jsonb not null default '[]',
  attempts integer not null default 0,
  enqueued_at timestamptz,
  finished_at timestamptz,
  created_at timestamptz not null default now()
);
create index workbook_pending on workbook (id) where status = 'pending';
create index workbook_sha256 on workbook (sha256);
create index workbook_content_hash on workbook (content_hash) where content_hash is not null;
create unique index workbook_drop_folder on workbook (sha256) where origin = 'drop_folder';
create index workbook_newest on workbook (kind, stamp desc) where status = 'imported';
