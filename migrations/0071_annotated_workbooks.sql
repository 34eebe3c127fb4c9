-- A report can be somebody's own workbook, given back with statuses beside its numbers.
alter type report_kind add value 'annotated';

-- The file that it is made of.
alter table report
  add column source_sha256 bytea references blob;

-- What a file was sent for, and the report that gives it back.
alter table incoming_document
  add column purpose text not null default 'import' check (purpose in ('import', 'annotate', 'both')),
  add column report_id bigint references report on delete set null;
