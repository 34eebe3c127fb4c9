-- A file that somebody sent to the bot and that is to be fetched from Telegram. The row is also its outbox entry.
create table incoming_document (
  id bigint generated always as identity primary key,
  update_id bigint not null unique,
  person_id bigint not null references person on delete cascade,
  chat_id bigint not null,
  file_id text not null,
  file_name text not null,
  sent_at timestamptz not null,
  status text not null default 'pending' check (status in ('pending', 'stored', 'failed')),
  reason text,
  workbook_id bigint references workbook,
  attempts integer not null default 0,
  enqueued_at timestamptz,
  created_at timestamptz not null default now()
);
create index incoming_document_pending on incoming_document (id) where status = 'pending';

-- Who sent a workbook by hand hears how its import ended.
alter table workbook
  add column reply_chat_id bigint,
  add column new_containers integer;
