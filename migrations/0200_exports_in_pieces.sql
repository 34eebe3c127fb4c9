-- The packed bytes of an export leave the memory of the reporter while its rows are still read. The transaction that writes them makes one
-- value of them and deletes them; nothing is lost with them, so they are not written to the log.
create unlogged table report_piece (
  report_id bigint not null references report on delete cascade,
  place integer not null,
  content bytea not null,
  primary key (report_id, place)
);
alter table report_piece alter column content set storage external;
