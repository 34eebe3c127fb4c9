-- A broadcast is any message. `content` is the call that sends it, without the chat; its deliveries hold no copy of it. A broadcast without
-- content is one of an earlier release: its deliveries hold its text.
-- Processes of the release before act on `expanding` and know neither audiences nor times: a confirmed broadcast waits as `scheduled`, which they
-- leave alone, until its deliveries are written.
alter type broadcast_status add value 'scheduled' before 'expanding';
alter table broadcast
  add column content jsonb,
  -- Parts of an album come one by one.
  add column media_group_id text,
  -- When the preview of an album is due: no part has come for a while.
  add column preview_due_at timestamptz,
  -- Null is everybody.
  add column audience jsonb,
  -- Null is at once.
  add column send_at timestamptz,
  add column is_silent boolean not null default false,
  -- Grows with each change of a draft. A button confirms one revision.
  add column revision integer not null default 1,
  -- The last person whose delivery is written, while the deliveries are written in steps.
  add column expanded_to bigint,
  add column recalled_at timestamptz,
  add column recall_ended_at timestamptz;

-- An album is several messages.
alter table delivery add column album_message_ids bigint[];

-- The messages of a broadcast that are to be deleted again.
create table broadcast_recall (
  delivery_id bigint primary key references delivery on delete cascade,
  broadcast_id bigint not null references broadcast on delete cascade,
  status text not null default 'due' check (status in ('due', 'deleted', 'kept')),
  -- Why it could not be deleted.
  error text,
  enqueued_at timestamptz,
  finished_at timestamptz
);
create index broadcast_recall_broadcast on broadcast_recall (broadcast_id, status);

-- A workbook of the people whom a broadcast did not reach.
alter type report_kind add value 'unreached';
alter table report add column broadcast_id bigint;
