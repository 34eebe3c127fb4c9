create type person_role as enum ('admin', 'operator', 'viewer');
create type person_access as enum ('none', 'requested', 'granted', 'denied');

-- Someone who has written to the bot. Telegram ids need 52 bits.
create table person (
  id bigint generated always as identity primary key,
  telegram_id bigint not null unique,
  first_name text not null default '',
  last_name text,
  username text,
  language text not null default 'ru' check (language in ('ru', 'en')),
  role person_role,
  access person_access not null default 'none',
  access_requested_at timestamptz,
  access_decided_at timestamptz,
  access_decided_by bigint references person,
  -- Set when Telegram says that the bot is blocked or the chat is gone; cleared by /start or an unblock.
  unreachable_since timestamptz,
  unreachable_reason text,
  created_at timestamptz not null default now()
);

-- Every update of Telegram, stored before it is handled. Open ones are claimed one per chat, oldest first.
create table telegram_update (
  update_id bigint primary key,
  -- Order of arrival: update ids restart at random after a quiet week.
  seq bigint generated always as identity,
  -- The chat that orders this update, or the person where there is no chat.
  chat_id bigint not null,
  payload jsonb not null,
  received_at timestamptz not null default now(),
  claimed_by text,
  claimed_until timestamptz,
  claims integer not null default 0,
  -- Set in the transaction of the update's effects, just before the first answer leaves: from then on it is never handled anew.
  answering_at timestamptz,
  done_at timestamptz,
  outcome text check (outcome in ('handled', 'ignored', 'failed', 'unknown'))
);
create index telegram_update_open on telegram_update (chat_id, seq) where done_at is null;
create index telegram_update_done on telegram_update (done_at) where done_at is not null;

-- A right that one process holds at a time, such as polling Telegram. It lapses by itself.
create table lease (
  name text primary key,
  holder text not null,
  expires_at timestamptz not null
);

-- The dialog a person is in, per chat. `update_id` is the update that brought it to this step.
create table dialog (
  chat_id bigint not null,
  person_id bigint not null references person on delete cascade,
  state jsonb not null,
  update_id bigint not null,
  expires_at timestamptz not null,
  primary key (chat_id, person_id)
);

create table lookup (
  id bigint generated always as identity primary key,
  person_id bigint not null references person on delete cascade,
  update_id bigint unique,
  containers text[] not null,
  found integer not null,
  created_at timestamptz not null default now()
);
create index lookup_person on lookup (person_id, created_at desc);

-- Who did what to whom; rows are only ever added.
create table audit (
  id bigint generated always as identity primary key,
  actor_id bigint references person on delete set null,
  action text not null,
  object text not null,
  details jsonb not null default '{}',
  created_at timestamptz not null default now()
);
