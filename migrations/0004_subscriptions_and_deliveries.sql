create table subscription (
  id bigint generated always as identity primary key,
  person_id bigint not null references person on delete cascade,
  name text not null,
  containers text[] not null,
  -- Local times `HH:MM` in `zone`.
  slots text[] not null,
  zone text not null,
  -- The next planned moment; what lies before it is done or recorded as skipped.
  next_due_at timestamptz not null,
  created_update_id bigint unique,
  deleted_at timestamptz,
  created_at timestamptz not null default now()
);
create index subscription_due on subscription (next_due_at) where deleted_at is null;
create index subscription_person on subscription (person_id) where deleted_at is null;

-- An address is used only after its owner has proved it with a code.
create table email_address (
  id bigint generated always as identity primary key,
  person_id bigint not null unique references person on delete cascade,
  address text not null,
  code_hash bytea,
  code_expires_at timestamptz,
  code_tries_left integer not null default 0,
  verified_at timestamptz,
  -- Set when the mail server refuses the address for good; a new proof clears it.
  bounced_at timestamptz,
  created_at timestamptz not null default now()
);

create type report_kind as enum ('slot', 'on_demand', 'lookup');
create type report_status as enum ('pending', 'built', 'skipped', 'failed');

-- One workbook for one person: a slot of a subscription, the same on demand, or the answer to a long list of numbers.
create table report (
  id bigint generated always as identity primary key,
  kind report_kind not null,
  person_id bigint not null references person on delete cascade,
  chat_id bigint not null,
  subscription_id bigint references subscription,
  name text,
  containers text[] not null,
  local_date date,
  slot text,
  planned_at timestamptz not null,
  late boolean not null default false,
  update_id bigint unique,
  status report_status not null default 'pending',
  reason text,
  file_name text,
  content bytea,
  row_count integer,
  missing text[],
  as_of timestamptz,
  telegram_file_id text,
  attempts integer not null default 0,
  enqueued_at timestamptz,
  built_at timestamptz,
  created_at timestamptz not null default now(),
  unique (subscription_id, local_date, slot)
);
create index report_pending on report (id) where status = 'pending';

create type broadcast_status as enum ('draft', 'expanding', 'sending', 'paused', 'cancelled', 'done');

create table broadcast (
  id bigint generated always as identity primary key,
  author_id bigint not null references person,
  chat_id bigint not null,
  text text not null,
  status broadcast_status not null default 'draft',
  recipients integer,
  progress_message_id bigint,
  progress_text text,
  update_id bigint unique,
  enqueued_at timestamptz,
  confirmed_at timestamptz,
  finished_at timestamptz,
  created_at timestamptz not null default now()
);
create index broadcast_open on broadcast (id) where status in ('expanding', 'sending');

create type delivery_channel as enum ('telegram', 'email');
create type delivery_kind as enum ('answer', 'alert', 'report', 'broadcast', 'code');
create type delivery_status as enum ('pending', 'sending', 'retry', 'sent', 'blocked', 'failed', 'unknown', 'cancelled');

-- The ledger: one row for each thing that leaves, before it leaves. A row found in `sending` by somebody who did not put it
-- there was cut in the middle and becomes `unknown`; it is never resent silently.
create table delivery (
  id bigint generated always as identity primary key,
  channel delivery_channel not null,
  kind delivery_kind not null,
  person_id bigint references person on delete cascade,
  chat_id bigint,
  email_address_id bigint references email_address on delete cascade,
  report_id bigint references report on delete cascade,
  broadcast_id bigint references broadcast on delete cascade,
  subject text,
  -- Telegram HTML, or plain text for e-mail; erased once a code is sent.
  text text,
  markup jsonb,
  status delivery_status not null default 'pending',
  attempts integer not null default 0,
  -- Not before this moment: a chat's pace, or Telegram's retry_after.
  not_before timestamptz,
  sending_by text,
  sending_at timestamptz,
  finished_at timestamptz,
  error_code integer,
  error text,
  telegram_message_id bigint,
  enqueued_at timestamptz,
  created_at timestamptz not null default now(),
  unique (broadcast_id, chat_id),
  unique (report_id, channel),
  check ((channel = 'telegram') = (chat_id is not null)),
  check ((channel = 'email') = (email_address_id is not null))
);
create index delivery_open on delivery (id) where status in ('pending', 'retry', 'sending');
create index delivery_broadcast on delivery (broadcast_id, status) where broadcast_id is not null;

-- The earliest moment at which the next delivery may go into a chat.
create table chat_pace (
  chat_id bigint primary key,
  next_at timestamptz not null
);
