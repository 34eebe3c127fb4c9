-- A client's name with its legal form, whichever way both are written: ООО "Ромашка" and РОМАШКА, ООО are one, АО Ромашка another.
create function client_form(name text) returns text language plpgsql immutable strict parallel safe as $$
declare
  words text := translate(lower(name), 'АБВГДЕЁЖЗИЙКЛМНОПРСТУФХЦЧШЩЪЫЬЭЮЯё', 'абвгдеежзийклмнопрстуфхцчшщъыьэюяе');
begin
  words := translate(regexp_replace(words, '[^[:alnum:]а-я]+', ' ', 'g'), 'aceopxykmthb', 'асеорхукмтнв');
  words := replace(words, 'общество с ограниченной ответственностью', 'ооо');
  words := regexp_replace(words, '(открытое|закрытое|публичное|непубличное) акционерное общество', '\1', 'g');
  words := replace(replace(words, 'акционерное общество', 'ао'), 'индивидуальный предприниматель', 'ип');
  return client_key(name) || ':' || coalesce((
    select string_agg(distinct form.short, ' ' order by form.short)
    from regexp_split_to_table(words, ' ') as told (word)
    join (values ('ооо', 'ооо'), ('ао', 'ао'), ('ип', 'ип'), ('тоо', 'тоо'), ('чп', 'чп'), ('фгуп', 'фгуп'), ('муп', 'муп'),
      ('оао', 'оао'), ('зао', 'зао'), ('пао', 'пао'), ('нао', 'нао'), ('открытое', 'оао'), ('закрытое', 'зао'),
      ('публичное', 'пао'), ('непубличное', 'нао')) as form (word, short) using (word)), '');
end $$;

alter table client_spelling add column form text generated always as (client_form(spelling)) stored;
create index client_spelling_form on client_spelling (form) where form is not null;
alter table company_client add column form text generated always as (client_form(name)) stored;

-- The ИНН that terminals tell for a name.
create table client_inn (
  form text not null,
  inn text not null,
  primary key (form, inn)
);
create index client_inn_inn on client_inn (inn);
insert into client_inn (form, inn)
select distinct spelling.form, visit.inn from terminal_visit as visit
join client_spelling as spelling on spelling.spelling = visit.client
where spelling.form is not null and visit.inn ~ '^([0-9]{10}|[0-9]{12})$';

-- Null where none is told for a name, or more than one.
create function known_inn(asked text) returns text language plpgsql stable parallel safe as $$
begin
  return (select min(inn) from client_inn where form = asked having count(*) = 1);
end $$;

-- The clients of a company and the shared ones.
create function company_clients(asked bigint) returns table (key text, inn text) language plpgsql stable rows 20 as $$
begin
  return query
    select distinct own.name_key, coalesce(own.inn, known_inn(own.form)) from company
    join company_client as own on own.company_id = company.id
    where company.deleted_at is null and (company.id = asked or company.is_shared);
end $$;

-- Where an ИНН is known on both sides it alone tells whether a file means a client of the company, else the name does.
create or replace function company_sees(asked bigint, box text) returns boolean language plpgsql stable cost 10000 as $$
begin
  return is_open_company(asked) and (
    exists (
      select 1 from container_parties(box) as told
      join company_clients(asked) as own
        on own.inn = told.inn or own.key = told.key and (own.inn is null or told.inn is null))
    or is_nobodys(box));
end $$;

create or replace function container_parties(box text) returns table (key text, inn text) language plpgsql stable rows 4 as $$
begin
  return query
    select spelling.key, coalesce(told.inn, known_inn(spelling.form)) from (
      select coalesce(consignee, consignee_short) as name, null as inn from position where container = box
      union all select coalesce(consignor, consignor_short), null from position where container = box
      union all select visit.client, substring(visit.inn from '^(?:[0-9]{10}|[0-9]{12})$') from last_visit(box) as visit
      where not exists (select 1 from position where container = box and trip_started_at
        > coalesce(visit.dispatched_at + interval '7 days', visit.stamp + interval '30 days'))
      union all select line.client, null from train_roster_row as line
      join train_roster as list on list.workbook_id = line.workbook_id
      where line.container = box and line.client is not null
        and not exists (select 1 from position where container = box and trip_started_at > list.sent_at + interval '7 days')
        and is_newest_list(line.workbook_id, box)
    ) as told
    left join client_spelling as spelling on spelling.spelling = told.name
    where spelling.key is not null or told.inn is not null;
end $$;

-- How the files write the clients of a company and the shared ones.
create or replace function company_spellings(asked bigint) returns setof text language plpgsql stable rows 50 as $$
begin
  return query
    with own as materialized (select * from company_clients(asked))
    select spelling.spelling from own join client_spelling as spelling on spelling.key = own.key
    where own.inn is null or coalesce(known_inn(spelling.form), own.inn) = own.inn
    union
    select spelling.spelling from own
    join client_inn as told on told.inn = own.inn
    join client_spelling as spelling on spelling.form = told.form
    where known_inn(spelling.form) = own.inn;
end $$;

-- The containers that their last visit or their newest list ties to a client of the company or to a shared one, as company_sees
-- finds them one by one; all of them, or those that are live.
create function company_ties(asked bigint, only_live boolean) returns setof text language plpgsql stable rows 1000 as $$
declare
  -- Names that mean a client whatever ИНН a visit tells beside them, names that do where it tells none, and the ИНН.
  certain text[] := array(select spelling.spelling from company_clients(asked) as own
    join client_spelling as spelling on spelling.key = own.key where own.inn is null);
  names text[] := array(select company_spellings(asked));
  inns text[] := array(select own.inn from company_clients(asked) as own where own.inn is not null);
begin
  return query
    with told as (
      select * from terminal_visit where inn = any(inns)
      union all
      select * from terminal_visit where client = any(names) and (inn is null or inn !~ '^([0-9]{10}|[0-9]{12})$')
      union all
      select * from terminal_visit where client = any(certain) and inn ~ '^([0-9]{10}|[0-9]{12})$' and inn <> all(inns)
    ), visit as materialized (
      select told.container, told.visit_key, coalesce(told.arrived_at, to_timestamp(0)) as arrived_at,
        case when told.fields ->> 'arrivalId' ~ '^[0-9]{1,15}$' then (told.fields ->> 'arrivalId')::bigint else -1 end as arrival_id
      from told left join position on position.container = told.container
      where (not only_live or position.is_live)
        and coalesce(position.trip_started_at
          <= coalesce(told.dispatched_at + interval '7 days', told.stamp + interval '30 days'), true)
    ), counting as materialized (select * from current_train_roster)
    select visit.container from visit
    where not exists (
      select 1 from terminal_visit as other
      where other.container = visit.container and other.visit_key <> visit.visit_key
        and (coalesce(other.arrived_at, to_timestamp(0)),
            case when other.fields ->> 'arrivalId' ~ '^[0-9]{1,15}$' then (other.fields ->> 'arrivalId')::bigint else -1 end,
            other.visit_key)
          > (visit.arrived_at, visit.arrival_id, visit.visit_key))
    union
    select line.container from train_roster_row as line
    join counting as list on list.workbook_id = line.workbook_id
    left join position on position.container = line.container
    where line.client = any(names)
      and (not only_live or position.is_live)
      and coalesce(position.trip_started_at <= list.sent_at + interval '7 days', true)
      and not exists (
        select 1 from train_roster_row as other join counting as newer on newer.workbook_id = other.workbook_id
        where other.container = line.container and other.workbook_id <> line.workbook_id
          and (newer.sent_at, newer.workbook_id) > (list.sent_at, list.workbook_id));
end $$;

create or replace function company_ties(asked bigint) returns setof text language plpgsql stable rows 1000 as $$
begin
  return query select * from company_ties(asked, false);
end $$;

-- Those of many containers that the people of a company see: company_sees for each, found as a set.
create function company_sees_of(asked bigint, boxes text[]) returns setof text language plpgsql stable rows 1000 as $$
declare
  certain text[] := array(select spelling.spelling from company_clients(asked) as own
    join client_spelling as spelling on spelling.key = own.key where own.inn is null);
  names text[] := array(select company_spellings(asked));
  inns text[] := array(select own.inn from company_clients(asked) as own where own.inn is not null);
begin
  if not is_open_company(asked) then return; end if;
  return query
    with box as materialized (
      select distinct given.container, position.container is not null as is_known, position.trip_started_at,
        coalesce(position.consignee, position.consignee_short) as consignee,
        coalesce(position.consignor, position.consignor_short) as consignor,
        num_nonnulls(position.consignee, position.consignee_short, position.consignee_okpo, position.consignee_tgnl,
          position.consignor, position.consignor_short, position.consignor_okpo, position.consignor_tgnl) > 0 as is_named
      from unnest(boxes) as given (container) left join position on position.container = given.container
    ), visit as materialized (
      select distinct on (terminal_visit.container) terminal_visit.* from terminal_visit
      where terminal_visit.container = any(boxes)
      order by terminal_visit.container, coalesce(arrived_at, to_timestamp(0)) desc,
        case when fields ->> 'arrivalId' ~ '^[0-9]{1,15}$' then (fields ->> 'arrivalId')::bigint else -1 end desc, visit_key desc
    ), line as materialized (
      select listed.container, listed.client, list.workbook_id, list.sent_at,
        (list.sent_at, list.workbook_id) = (max(row(list.sent_at, list.workbook_id)) over (partition by listed.container)) as is_newest
      from train_roster_row as listed join current_train_roster as list on list.workbook_id = listed.workbook_id
      where listed.container = any(boxes)
    )
    select box.container from box where consignee = any(names) or consignor = any(names)
    union
    select box.container from box join visit on visit.container = box.container
    where case when visit.inn ~ '^([0-9]{10}|[0-9]{12})$' then visit.inn = any(inns) or visit.client = any(certain)
        else visit.client = any(names) end
      and coalesce(box.trip_started_at <= coalesce(visit.dispatched_at + interval '7 days', visit.stamp + interval '30 days'), true)
    union
    select box.container from box join line on line.container = box.container
    where line.is_newest and line.client = any(names)
      and coalesce(box.trip_started_at <= line.sent_at + interval '7 days', true)
    union
    select box.container from box
    where not box.is_named
      and not exists (
        select 1 from terminal_visit as told
        where told.container = box.container and (told.client is not null or told.inn is not null))
      and not exists (select 1 from train_roster_row as told where told.container = box.container and told.client is not null);
end $$;
