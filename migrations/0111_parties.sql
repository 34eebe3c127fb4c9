-- A party as files name it: by its name with the legal form, whichever way both are written, by the ИНН beside the name, or by both.
-- What is not known is an empty text, so that one index finds a party.
create table party (
  id integer primary key generated always as identity,
  form text not null,
  inn text not null,
  -- The name without its legal form.
  key text,
  unique (form, inn)
);

-- The parties of a container. Each container that a file has named has a row: party 0 says that no file names anybody for it, party
-- -1 that a file names somebody who has neither a name nor an ИНН. Mark and list belong to the container and repeat themselves here,
-- so that one index finds what is live and what is on a list.
create table container_party (
  container text not null,
  party_id integer not null,
  -- As of position.is_live.
  is_live boolean not null,
  -- The workbook of the newest train list that holds the container.
  list_id bigint,
  primary key (container, party_id)
);
create index container_party_party on container_party (party_id, is_live, container);
create index container_party_list on container_party (party_id, list_id) where list_id is not null;

-- Which parties are clients of a company.
create table company_party (
  company_id bigint not null references company on delete cascade,
  party_id integer not null references party,
  primary key (company_id, party_id)
);

alter table train_roster_row
  -- The client that the row names.
  add column party_id integer,
  -- Of all the lists that count and hold the container, this one was sent last.
  add column is_newest boolean not null default false;
create index train_roster_row_party on train_roster_row (party_id) where party_id is not null;
