-- A part of a value can be read without the rest only where the value is not compressed; workbooks are packed already.
alter table report alter column content set storage external;

-- What has arrived of a file that is being downloaded. It is no loss: after a crash of the server the download starts over, so the
-- pieces are not written to the log.
create unlogged table incoming_piece (
  document_id bigint not null references incoming_document on delete cascade,
  -- Two jobs may work on one document; each has pieces of its own.
  attempt integer not null,
  place integer not null,
  content bytea not null,
  primary key (document_id, attempt, place)
);
alter table incoming_piece alter column content set storage external;
