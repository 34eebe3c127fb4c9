-- The calls that answer an update, kept from the commit of its effects until they are made or stand in the ledger.
alter table telegram_update add column answers jsonb;

alter table delivery
  -- The update that this row answers. Such rows leave their chat's queue in the order of their ids.
  add column answers_update bigint,
  -- When the question was asked: an answer that leaves late says so.
  add column asked_at timestamptz,
  -- The message that the text replaces.
  add column edits_message_id bigint,
  -- How often the row was sent without a clear answer and then retried: the next copy is marked as a possible repeat.
  add column unclear_attempts integer not null default 0;

create index delivery_open_answer on delivery (chat_id, id)
  where answers_update is not null and status in ('pending', 'retry', 'sending');
-- What somebody has to decide on.
create index delivery_unresolved on delivery (id) where status in ('unknown', 'failed');
