-- A fixed recipient of the operator's choice gets copies of reports; empty where the row goes to a person's own address.
alter table delivery add column address text not null default '';
alter table delivery drop constraint delivery_check1;
alter table delivery add constraint delivery_email_recipient
  check ((channel = 'email') = (email_address_id is not null or address <> ''));
alter table delivery drop constraint delivery_report_id_channel_key;
alter table delivery add constraint delivery_report_recipient unique (report_id, channel, address);
