-- The topic of a group in which a workbook was asked for: it is delivered there.
alter table report add column thread_id bigint;
alter table delivery add column thread_id bigint;
