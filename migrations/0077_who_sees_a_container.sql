-- Asked of each of a few containers these answer in microseconds, since a session plans what stands inside them but once. Very
-- many are better asked for as a set: company_ties.

-- The last visit of a container: by arrival, then by the Id of it.
create function last_visit(box text) returns setof terminal_visit language plpgsql stable rows 1 as $$
begin
  return query
    select * from terminal_visit where container = box
    order by coalesce(arrived_at, to_timestamp(0)) desc,
      case when fields ->> 'arrivalId' ~ '^[0-9]{1,15}$' then (fields ->> 'arrivalId')::bigint else -1 end desc, visit_key desc
    limit 1;
end $$;

-- Whether a list is the newest that has come of its train.
create function is_counting_list(list bigint) returns boolean language plpgsql stable as $$
begin
  return exists (
    select 1 from train_roster as this join workbook on workbook.id = this.workbook_id and workbook.status = 'imported'
    where this.workbook_id = list and not exists (
      select 1 from train_roster as newer join workbook on workbook.id = newer.workbook_id and workbook.status = 'imported'
      where newer.train_code = this.train_code and (newer.sent_at, newer.workbook_id) > (this.sent_at, this.workbook_id)));
end $$;

-- Whether of all the lists that count and hold the container this one was sent last.
create function is_newest_list(list bigint, box text) returns boolean language plpgsql stable as $$
begin
  return is_counting_list(list) and not exists (
    select 1 from train_roster as this
    join train_roster_row as line on line.container = box and line.workbook_id <> list
    join train_roster as newer on newer.workbook_id = line.workbook_id
    where this.workbook_id = list and (newer.sent_at, newer.workbook_id) > (this.sent_at, this.workbook_id)
      and is_counting_list(newer.workbook_id));
end $$;

-- Whom the files name for a container: the railway, its last visit, and the newest list that holds it, the latter two until the
-- container sets out on a trip that has nothing to do with them.
create function container_parties(box text) returns table (key text, inn text) language plpgsql stable rows 4 as $$
begin
  return query
    select spelling.key, told.inn from (
      select coalesce(consignee, consignee_short) as name, null as inn from position where container = box
      union all select coalesce(consignor, consignor_short), null from position where container = box
      union all select visit.client, visit.inn from last_visit(box) as visit
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

-- Whether no file has ever named a client, consignee or consignor for a container.
create function is_nobodys(box text) returns boolean language plpgsql stable cost 3000 as $$
begin
  return not exists (
      select 1 from position where container = box and num_nonnulls(consignee, consignee_short, consignee_okpo,
        consignee_tgnl, consignor, consignor_short, consignor_okpo, consignor_tgnl) > 0)
    and not exists (select 1 from terminal_visit where container = box and (client is not null or inn is not null))
    and not exists (select 1 from train_roster_row where container = box and client is not null);
end $$;

create function is_open_company(asked bigint) returns boolean language plpgsql stable as $$
begin
  return exists (select 1 from company where id = asked and deleted_at is null);
end $$;

-- Whether the people of a company see a container: a client of theirs or a shared one is named for it, or nobody is.
create function company_sees(asked bigint, box text) returns boolean language plpgsql stable cost 10000 as $$
begin
  return is_open_company(asked) and (
    exists (
      select 1 from container_parties(box) as told
      join company_client as own on own.inn = told.inn or own.name_key = told.key
      join company on company.id = own.company_id and company.deleted_at is null
      where company.id = asked or company.is_shared)
    or is_nobodys(box));
end $$;

-- How the files write the clients of a company and the shared ones.
create function company_spellings(asked bigint) returns setof text language plpgsql stable rows 50 as $$
begin
  return query
    select spelling.spelling from company
    join company_client as own on own.company_id = company.id
    join client_spelling as spelling on spelling.key = own.name_key
    where company.deleted_at is null and (company.id = asked or company.is_shared);
end $$;

-- The containers that their last visit or their newest list ties to a client of the company or to a shared one.
create function company_ties(asked bigint) returns setof text language plpgsql stable rows 10000 as $$
begin
  return query
    with own as materialized (
      select distinct visit.container from terminal_visit as visit
      where visit.client in (select company_spellings(asked)) or visit.inn in (
        select client.inn from company join company_client as client on client.company_id = company.id
        where company.deleted_at is null and (company.id = asked or company.is_shared) and client.inn is not null)
      union
      select line.container from train_roster_row as line where line.client in (select company_spellings(asked))
    )
    select own.container from own where company_sees(asked, own.container);
end $$;
