-- Null until it was decided who is to know of the event; what is past already when it is found concerns nobody.
alter table event add column routed_at timestamptz;
create index event_unrouted on event (id) where routed_at is null and is_news and withdrawn_at is null;
create index event_withdrawn on event (withdrawn_at) where withdrawn_at is not null;

-- One message to one reader about like events. Its number is also the `notice_period` of its deliveries: each of these edits the
-- message in which the former ones stand.
create table alert (
  id bigint primary key default nextval('notice_period_id'),
  person_id bigint not null,
  chat_id bigint not null,
  -- `like`: events of one kind, train and station. The others gather what is not reported one by one: at the times of a digest, after
  -- the quiet hours, or beyond the number of messages that a person gets within an hour.
  form text not null check (form in ('like', 'digest', 'morning', 'more')),
  -- What its events have in common; of the gathered ones the date and time.
  topic text not null,
  kind text,
  opened_at timestamptz not null default now(),
  -- It takes further events until then.
  open_until timestamptz not null,
  -- When it is to be reported, or reported again; null while it says everything.
  due_at timestamptz,
  -- When its first delivery was written.
  reported_at timestamptz,
  -- When Telegram was found out of reach for it, and e-mail took over.
  blocked_at timestamptz
);
create index alert_due on alert (due_at) where due_at is not null;
create index alert_open on alert (chat_id, topic, open_until);
create index alert_reported on alert (reported_at) where reported_at is not null;
create unique index alert_gathered on alert (chat_id, topic) where form <> 'like';

-- An event is reported once to each reader, by whatever subscriptions it concerns them.
create table alert_event (
  chat_id bigint not null,
  event_id bigint not null,
  alert_id bigint not null,
  subscription_id bigint not null,
  -- `dropped`: reversed before it was reported, or not the reader's any more. `withdrawn`, `corrected`: it has not happened after all,
  -- as it turned out before or after it was reported; it can still come back.
  status text not null default 'waiting' check (status in ('waiting', 'reported', 'dropped', 'withdrawn', 'corrected')),
  primary key (chat_id, event_id)
);
create index alert_event_alert on alert_event (alert_id);
create index alert_event_event on alert_event (event_id);
create index alert_event_waiting on alert_event (chat_id) where status = 'waiting';
create index alert_event_withdrawn on alert_event (event_id) where status in ('withdrawn', 'corrected');

-- What happens in the quiet hours of the person: it comes without a sound, or waits until they end.
alter table person add column holds_alerts boolean not null default false;
