-- A file that nobody needs any more is emptied; its row stays for those that name it. The same bytes fill it again.
alter table blob add column emptied_at timestamptz;

-- Since when an import cannot be undone any more, because files that this takes are let go.
alter table workbook add column undo_closed_at timestamptz;
create index workbook_undo_open on workbook (id) where status in ('imported', 'history_only') and undo_closed_at is null;
