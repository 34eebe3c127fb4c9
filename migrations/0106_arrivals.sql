-- The first operation of the trip at the destination station: a fact of the trip, written by every import that changes it.
-- Housekeeping fills in those of containers that no report names any more.
alter table position add column arrived_at timestamptz;

-- The name in the form in which stations without a code are compared, by the rule of the domain package; written by imports.
alter table station add column label text;
