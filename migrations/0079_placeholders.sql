-- The message that says "one moment" to a slow update: whoever answers the update puts the answer in its place.
alter table telegram_update add column placeholder_id bigint;
