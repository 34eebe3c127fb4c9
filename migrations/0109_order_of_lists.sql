-- Of two lists of one train that were sent at the same moment the one received later counts, then the content decides: the order in
-- which they are imported makes no difference.
create or replace view current_train_roster as
select distinct on (roster.train_code) roster.train_code, roster.workbook_id, roster.destination, roster.sent_at
from train_roster as roster
join workbook on workbook.id = roster.workbook_id and workbook.status = 'imported'
order by roster.train_code, roster.sent_at desc, workbook.received_at desc, workbook.sha256 desc;
