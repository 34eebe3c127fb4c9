create type chat_group_status as enum ('waiting', 'allowed', 'declined');

-- Groups in which the bot is or was. Only those that an admin has let in are answered.
create table chat_group (
  id bigint generated always as identity primary key,
  chat_id bigint not null unique,
  -- The ids that it had before it became a supergroup.
  former_ids bigint[] not null default '{}',
  title text not null default '',
  status chat_group_status not null default 'waiting',
  -- Whose containers the group sees; null: all. Set by who lets it in.
  company_id bigint references company,
  -- Who brought the bot into the group, or named it there first.
  added_by bigint references person,
  decided_by bigint references person,
  decided_at timestamptz,
  -- When admins got a request of its own, and when they were told of several groups at once.
  asked_at timestamptz,
  gathered_at timestamptz,
  -- When the group read that an admin must let it in.
  greeted_at timestamptz,
  -- When the bot left, or was removed.
  left_at timestamptz,
  created_at timestamptz not null default now()
);
create index chat_group_waiting on chat_group (created_at) where status = 'waiting';
create index chat_group_asked on chat_group (asked_at) where asked_at is not null;
