-- Every report replaces most positions. With room for the new version beside the old one no index has to learn of it, and the room
-- of the old one serves the next report: the table stays at the size that it would swing to anyway.
alter table position set (fillfactor = 50);
