-- Every message and file has a time of receipt that is not ahead of our own clock, and no other time is later than it.
update mail_message set received_at = created_at
  where received_at is null or received_at > created_at or received_at < timestamptz '1990-01-01 00:00:00Z';
alter table mail_message alter column received_at set default now();
alter table mail_message alter column received_at set not null;
update mail_message set sent_at = received_at where sent_at > received_at;

update workbook set received_at = created_at
  where received_at > created_at or received_at < timestamptz '1990-01-01 00:00:00Z';
update workbook set sent_at = received_at where sent_at > received_at;
update workbook set confirmed_at = now() where confirmed_at > now();

-- Lists of trains were put in order by the clocks of their senders.
update train_roster set sent_at = workbook.received_at
  from workbook where workbook.id = train_roster.workbook_id and train_roster.sent_at > workbook.received_at;
update workbook set stamp = received_at where kind = 'train_roster' and stamp > received_at;
