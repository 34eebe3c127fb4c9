-- Whether a client of a company or a shared one is named for a container. What nobody is named for is shown by a setting only, which
-- whoever asks adds: company_sees and company_sees_of say yes to it as before.
create function company_owns(asked bigint, box text) returns boolean language plpgsql stable cost 10000 as $$
begin
  return is_open_company(asked) and exists (
    select 1 from container_parties(box) as told
    join company_clients(asked) as own
      on own.inn = told.inn or own.key = told.key and (own.inn is null or told.inn is null));
end $$;

create or replace function company_sees(asked bigint, box text) returns boolean language plpgsql stable cost 10000 as $$
begin
  return company_owns(asked, box) or is_open_company(asked) and is_nobodys(box);
end $$;

-- Those of many containers that are a company's: company_owns for each, found as a set.
create function company_owns_of(asked bigint, boxes text[]) returns setof text language plpgsql stable rows 1000 as $$
declare
  certain text[] := array(select spelling.spelling from company_clients(asked) as own
    join client_spelling as spelling on spelling.key = own.key where own.inn is null);
  names text[] := array(select company_spellings(asked));
  inns text[] := array(select own.inn from company_clients(asked) as own where own.inn is not null);
begin
  if not is_open_company(asked) then return; end if;
  return query
    with box as materialized (
      select distinct given.container, position.trip_started_at,
        coalesce(position.consignee, position.consignee_short) as consignee,
        coalesce(position.consignor, position.consignor_short) as consignor
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
      and coalesce(box.trip_started_at <= line.sent_at + interval '7 days', true);
end $$;

create or replace function company_sees_of(asked bigint, boxes text[]) returns setof text language plpgsql stable rows 1000 as $$
begin
  if not is_open_company(asked) then return; end if;
  return query
    select owned.container from company_owns_of(asked, boxes) as owned (container)
    union
    select given.container from unnest(boxes) as given (container)
    where not exists (
        select 1 from position where position.container = given.container and num_nonnulls(consignee, consignee_short,
          consignee_okpo, consignee_tgnl, consignor, consignor_short, consignor_okpo, consignor_tgnl) > 0)
      and not exists (
        select 1 from terminal_visit as told
        where told.container = given.container and (told.client is not null or told.inn is not null))
      and not exists (select 1 from train_roster_row as told where told.container = given.container and told.client is not null);
end $$;
