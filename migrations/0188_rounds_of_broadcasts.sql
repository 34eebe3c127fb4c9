-- Counts how often a broadcast that was over went on. A button of an earlier end does nothing in a later round.
alter table broadcast add column round integer not null default 0;
