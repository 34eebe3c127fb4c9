-- Parties, cargo and distance hold for a whole trip, and reports of the short shape do not tell them: they are kept from the newest
-- report that does. Its stamp, when it is another report than the one the position comes from.
alter table position add column detail_stamp timestamptz;
