-- The rows of an accepted dislocation report as its import read them, compressed: undoing another report needs them again, and
-- reading two hundred workbooks takes a quarter of an hour.
create table workbook_rows (
  workbook_id bigint primary key references workbook on delete cascade,
  -- The columns of the lines; a release that has others reads the workbook itself.
  columns text not null,
  -- gzip of lines as COPY takes them.
  lines bytea not null
);
alter table workbook_rows alter column lines set storage external;
