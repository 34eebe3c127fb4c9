-- When a test mail last went to the addresses of a list: the next one waits, since they belong to people who have not asked for it.
alter table mail_list add column tested_at timestamptz;
