-- What stays of a client's name when case, ё, quotes, punctuation, blanks, Latin look-alikes and the legal form are taken away.
-- It lives here and nowhere else, so that names of files and names of clients are always compared by one rule. Case is folded
-- by hand, since not every locale knows Cyrillic.
create function client_key(name text) returns text language plpgsql immutable strict parallel safe as $$
declare
  words text := translate(lower(name), 'АБВГДЕЁЖЗИЙКЛМНОПРСТУФХЦЧШЩЪЫЬЭЮЯё', 'абвгдеежзийклмнопрстуфхцчшщъыьэюяе');
  core text;
begin
  words := btrim(regexp_replace(words, '[][\s\u00A0\uFEFF"''`´«»„“”‘’‹›.,;:!?(){}<>/\\|_*+=#№&~@%^‐‑–—-]+', ' ', 'g'));
  core := regexp_replace(words, '( (llc|ltd|limited|co|inc|jsc|gmbh))+$|^((llc|jsc) )+', '', 'g');
  core := translate(core, 'aceopxykmthb', 'асеорхукмтнв');
  core := regexp_replace(core, '^((ооо|оао|зао|пао|нао|ао|ип|тоо|чп|фгуп|муп|общество с ограниченной ответственностью|'
    '((открытое|закрытое|публичное|непубличное) )?акционерное общество|индивидуальный предприниматель) )+', '');
  core := regexp_replace(core, '( (ооо|оао|зао|пао|нао|ао|ип|тоо|чп|фгуп|муп|общество с ограниченной ответственностью|'
    '((открытое|закрытое|публичное|непубличное) )?акционерное общество|индивидуальный предприниматель))+$', '');
  return nullif(replace(core, ' ', ''), '');
end $$;

-- The clients of everybody's company are seen by the people of every company.
alter table company add column is_shared boolean not null default false;

-- A client of a company, known by its ИНН, by its name, or by either.
create table company_client (
  id bigint generated always as identity primary key,
  company_id bigint not null references company on delete cascade,
  inn text check (inn ~ '^([0-9]{10}|[0-9]{12})$'),
  name text,
  name_key text generated always as (client_key(name)) stored,
  created_at timestamptz not null default now(),
  check (inn is not null or name_key is not null)
);
create unique index company_client_once on company_client (company_id, coalesce(inn, ''), coalesce(name_key, ''));
create index company_client_name on company_client (name_key) where name_key is not null;

-- Every way in which the files write a client, consignee or consignor. An endless cell is no name.
create table client_spelling (
  id bigint generated always as identity primary key,
  spelling text not null unique check (length(spelling) <= 500),
  key text generated always as (client_key(spelling)) stored
);
create index client_spelling_key on client_spelling (key) where key is not null;

insert into client_spelling (spelling)
select distinct name from (
  select consignee as name from position
  union all select consignee_short from position
  union all select consignor from position
  union all select consignor_short from position
  union all select client from terminal_visit
  union all select client from train_roster_row
) as told
where length(name) <= 500;

-- What somebody who asks for access says of themselves.
alter table person
  add column access_about text,
  add constraint person_access_about check (length(access_about) <= 300);
