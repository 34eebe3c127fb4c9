-- The facts of a position that its events follow from, as one number: to compare and to write it costs less than seven columns. Null
-- until the container is examined next; the former columns are filled by releases before this one alone.
alter table event_state add column facts bigint;
-- A report of a day changes nearly all of these rows. With room in their pages the index stays as it is.
alter table event_state set (fillfactor = 60);
