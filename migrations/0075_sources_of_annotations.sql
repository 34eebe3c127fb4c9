-- Finds the reports that are made of a file, also when its bytes are to go.
create index report_source on report (source_sha256) where source_sha256 is not null;
