-- A person has several addresses, each proved by itself.
alter table email_address drop constraint email_address_person_id_key;
alter table email_address
  -- What the person calls it; null: the address itself.
  add column name text,
  -- Its owner asked for no more mail, by a reply or a button. `bounced_at`: the mail server refuses it. Either pauses it.
  add column unsubscribed_at timestamptz;
create unique index email_address_of_person on email_address (person_id, lower(address));

-- The Message-ID of an e-mail, without brackets. It cannot be guessed, so that whoever names it has had the message.
alter table delivery add column message_id text;
create unique index delivery_message_id on delivery (message_id) where message_id is not null;

-- A report goes to each of its reader's addresses.
alter table delivery drop constraint delivery_report_recipient;
create unique index delivery_report_recipient
  on delivery (report_id, channel, address, coalesce(email_address_id, 0)) where report_id is not null;
