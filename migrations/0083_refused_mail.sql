alter table mail_message
  add column size bigint,
  -- When the admins were told of a refusal; many at a time are summed up later.
  add column told_at timestamptz,
  -- Since when an admin wants the message to be taken once more.
  add column retry_requested_at timestamptz;
update mail_message set told_at = created_at where status = 'refused';
create index mail_message_refused on mail_message (id) where status = 'refused';

-- The server that took the message says that it is not from whom it claims to be.
alter table workbook add column sender_unproven boolean not null default false;
