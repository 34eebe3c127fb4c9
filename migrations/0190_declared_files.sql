-- What the person who brought a file says that it is: the list of which train, with destination and date.
alter table workbook add column declared jsonb;
alter table incoming_document add column declared jsonb;
