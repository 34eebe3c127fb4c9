-- The topic of a group that a message about events goes to; null for the group as a whole, and in private.
alter table alert add column thread_id bigint;
