-- The call that sends the file of a message to one person, with the text of the delivery as its caption.
alter table delivery add column attachment jsonb;
