-- The sheet that a dislocation report or the list of a train was read from; the rows of a terminal report name theirs.
alter table workbook add column sheet text;
