-- The container was abandoned at its station on its present trip, and nothing has moved it on since: a fact that imports and undos
-- write with those of the trip. Null: not worked out yet. No index holds the column, so that updates of a position stay within
-- its page.
alter table position add column is_abandoned boolean;
