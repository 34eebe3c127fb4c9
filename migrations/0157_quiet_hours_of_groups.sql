-- When alerts make no sound in a group or in one of its topics, or wait for the end of these hours.
create table group_quiet_hours (
  chat_id bigint not null,
  -- The topic; 0 is the group itself, and counts in the topics that have no row.
  thread_id bigint not null default 0,
  -- Both null: no quiet hours, in a topic of a group that has some.
  quiet_from text,
  quiet_until text,
  zone text not null,
  holds_alerts boolean not null default false,
  changed_at timestamptz not null default now(),
  primary key (chat_id, thread_id),
  check ((quiet_from is null) = (quiet_until is null))
);
