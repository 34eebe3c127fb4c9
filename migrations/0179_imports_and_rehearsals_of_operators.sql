-- A file that somebody hands in on the command line.
alter type workbook_origin add value 'command_line';

-- A report that was asked for on the command line: it is stored, and neither it nor a word about it is sent to anybody.
alter table report add column is_unsent boolean not null default false;
