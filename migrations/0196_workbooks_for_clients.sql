-- A workbook that is passed on to somebody outside: it holds what a client may know and nothing else.
alter table report add column is_for_client boolean not null default false;
