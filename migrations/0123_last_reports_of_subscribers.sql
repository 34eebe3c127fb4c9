-- What the last reports of a slot said to each of their readers, in short: the next one names what has changed since. The newest two
-- are kept, since the newest may be built again.
create table subscription_snapshot (
  subscription_id bigint not null references subscription on delete cascade,
  chat_id bigint not null,
  -- 0 outside of topics.
  thread_id bigint not null default 0,
  report_id bigint not null,
  taken_at timestamptz not null default now(),
  -- `packState` of the domain package, one for each container.
  rows jsonb not null,
  primary key (subscription_id, chat_id, thread_id, report_id)
);

-- The same e-mail as HTML; null where there is none.
alter table delivery add column email_html text;
