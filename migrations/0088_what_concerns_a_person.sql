-- What somebody takes along or erases is found by who they are. Of rows that change from hand to hand only those that are done are
-- listed, so each enters an index once and no step before it costs more; the few that are open have an index already.
create index telegram_update_of_chat on telegram_update (chat_id) where done_at is not null and chat_id > 0;
-- In a group the chat does not tell who it was. As text, since nothing vouches for what an update holds.
create function sender_of_update(payload jsonb) returns text language sql immutable parallel safe
return coalesce(
  payload #>> '{message,from,id}', payload #>> '{callback_query,from,id}', payload #>> '{my_chat_member,from,id}'
);
create index telegram_update_of_sender on telegram_update (sender_of_update(payload))
  where done_at is not null and chat_id < 0;

create index delivery_of_person on delivery (person_id) where status not in ('pending', 'retry', 'sending');
create index delivery_of_chat on delivery (chat_id) where status not in ('pending', 'retry', 'sending') and chat_id > 0;
-- Notices to admins about somebody name the Telegram id first of all that is marked as code.
create index delivery_about on delivery (substring(text from '<code>(\d+)</code>'))
  where kind = 'alert' and text like '%</code>%';
-- Deliveries go with the address that is deleted.
create index delivery_email_address on delivery (email_address_id) where email_address_id is not null;

create index report_person on report (person_id);
