-- A message that could not be taken stands behind the others: how often that failed, and when it is tried again by itself.
alter table mail_message
  add column tries integer not null default 0,
  add column next_try_at timestamptz;
create index mail_message_due on mail_message (mailbox, next_try_at) where next_try_at is not null;

-- Which process holds a message, so that its own next start is not taken for a death, and how often its download broke off.
alter table mail_taking
  add column started_by text,
  add column cuts integer not null default 0;
