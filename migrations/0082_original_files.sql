-- A delivery may carry the original file of a workbook, as it arrived.
alter table delivery add column workbook_id bigint references workbook;
