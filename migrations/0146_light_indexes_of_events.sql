-- A large import adds events by the hundred thousand, and each is an entry of every index. The events of a container are found by its
-- name in the unique index; those that became known of late lie in the pages written last, and a few bytes for each megabyte say where.
drop index event_time;
drop index event_detected;
create index event_detected on event using brin (detected_at) with (autosummarize = on);
