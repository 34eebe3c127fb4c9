-- Where an entry of the audit comes from: the update of a chat, or the command of the command line. Older entries have neither.
alter table audit add column update_id bigint, add column command text;
