-- The first rows of the sheet that counts, as texts: what an admin looks at, and teaches a layout by.
alter table workbook add column head jsonb;

create index workbook_undo_requested on workbook (id) where reason = 'undo_requested';
