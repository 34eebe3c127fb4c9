-- A file that its reader has sent again is a row of its own, which names the first delivery of that file to the same chat or address: how that one
-- ended stays recorded. The first deliveries alone are unique.
alter table delivery add column repeats_id bigint;
drop index delivery_report_recipient;
create unique index delivery_report_recipient
  on delivery (report_id, channel, address, coalesce(email_address_id, 0)) where report_id is not null and repeats_id is null;
create index delivery_repeats on delivery (repeats_id) where repeats_id is not null;
