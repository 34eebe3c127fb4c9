-- An export for admins is a report like any other: it is built by the reporter and leaves through the ledger. Its days are meant in its zone;
-- an end that is null is open.
alter type report_kind add value 'export';
alter table report
  add column export_kind text,
  add column export_from date,
  add column export_until date,
  add column export_zone text,
  -- A further file of an export that did not fit into one names the row that was asked for.
  add column part_of bigint;
create index report_part_of on report (part_of) where part_of is not null;
