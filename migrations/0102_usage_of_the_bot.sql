-- What somebody (a private chat) or a group has asked of the bot. Each count belongs to a window of its own, which begins with the
-- first that is counted and is over after a minute, an hour and a day. Rows change with every question and are few.
create table chat_usage (
  chat_id bigint primary key,
  minute_from timestamptz not null default now(),
  questions integer not null,
  hour_from timestamptz not null default now(),
  files integer not null,
  day_from timestamptz not null default now(),
  bytes bigint not null
) with (fillfactor = 50, autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 1000);
