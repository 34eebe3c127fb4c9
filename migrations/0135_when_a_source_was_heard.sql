-- Each card shows when its source was last alive. Without it the look at a card reads all reports of the source, ever more of them.
create index workbook_heard on workbook (source_id, greatest(stamp, confirmed_at)) where status in ('imported', 'history_only');
