/** Client number `k` in one of the spellings that files use. */
export const clientNames = `
  create function pg_temp.bench_client(k integer, way integer) returns text language sql immutable as $$
    select case way % 3 when 0 then 'ООО "Дальний Берег ' || k || '"' when 1 then 'ДАЛЬНИЙ БЕРЕГ ' || k || ', ООО'
      else 'Дальний Берег ' || k end
  $$;
  create function pg_temp.bench_inn(k integer) returns text language sql immutable as $$ select '25' || lpad(k::text, 8, '0') $$`

/** Every fourth container has been at the terminal, one in 160 is there; mostly for its consignee. One report names all of these. */
export const allVisits = `
  insert into workbook (origin, sender, file_name, sha256, size, received_at, status, kind, stamp, zone, row_count)
  values ('mail', 'aterminal@effex.ru', 'A-Terminal.xlsx', sha256('bench'), 5, now(), 'imported', 'terminal_report', now(),
    'Asia/Vladivostok', 400);

  insert into terminal_visit (container, visit_key, stamp, terminal, direction, stock, size, teu, client, inn, condition, arrived_at,
    arrived_wall, dispatched_at, dispatched_wall, on_site, fields)
  select container, n::text, case when on_site then report.stamp else arrived_at + interval '10 days' end, 'A-Terminal',
    'Станция ' || n % 9, 'Сток ' || n % 5, '40 HC', 2, pg_temp.bench_client(k, n), case when n % 3 > 0 then pg_temp.bench_inn(k) end, 'Исправен',
    arrived_at, arrived_at at time zone 'Asia/Vladivostok', case when not on_site then arrived_at + interval '10 days' end,
    case when not on_site then arrived_at at time zone 'Asia/Vladivostok' + interval '10 days' end, on_site,
    jsonb_build_object('terminal', 'A-Terminal', 'arrivalId', n::text)
  from container
  cross join (select id, stamp from workbook where kind = 'terminal_report') as report
  cross join lateral (select n % 160 = 0 as on_site, (3000 * ((hashint4(n + case when n % 20 = 0 then 5 else 20000000 end) & 65535)
    / 65536.0) ^ 3)::integer as k) as drawn
  cross join lateral (select report.stamp - make_interval(hours => case when on_site then n / 160 % 240 else 300 + n % 9000 end)
    as arrived_at) as arrived
  where n % 4 = 0;

  insert into terminal_sighting (workbook_id, sheet, row_number, container, visit_key, stamp, fields)
  select report.id, 'Loaded', row_number() over (order by container), container, visit_key, report.stamp, fields
  from terminal_visit cross join (select id, stamp from workbook where kind = 'terminal_report') as report where on_site`

/** 600 trains of 100 containers each over a year and a half. */
export const allTrains = `
  insert into workbook (origin, sender, file_name, sha256, size, received_at, status, kind, stamp, zone, row_count)
  select 'mail', 'aterminal@effex.ru', n || '.xlsx', sha256('bench'), 5, sent_at, 'imported', 'train_roster', sent_at,
    'Asia/Vladivostok', 100
  from generate_series(1, 600) n, lateral (select now() - n * interval '20 hours' as sent_at) as sent;

  insert into train_roster (workbook_id, train_code, destination, sent_at)
  select id, 'К' || to_char(sent_at, 'YY') || '-' || lpad((row_number() over (partition by to_char(sent_at, 'YY') order by sent_at))::text, 3, '0'),
    'Селятино', sent_at
  from (select id, stamp as sent_at from workbook where kind = 'train_roster') as listed;

  insert into train_roster_row (workbook_id, row_number, container, client)
  select id, row_number() over (partition by id order by n) + 4, container,
    pg_temp.bench_client((3000 * ((hashint4(n + 20000000) & 65535) / 65536.0) ^ 3)::integer, n)
  from (select n, container, n / 10 % 600 as place from container where n % 10 = 0 order by n limit 60000) as loaded
  join (select workbook_id as id, row_number() over (order by workbook_id) - 1 as place from train_roster) as listed using (place)`

/** Companies with very many, some and few containers, and the spellings of all clients. */
export const companies = `
  insert into company (name) values ('a large company'), ('a middle company'), ('a small company');

  insert into company_client (company_id, inn, name)
  select company.id, case when k % 2 = 0 then pg_temp.bench_inn(k) end, pg_temp.bench_client(k, 0)
  from company join (select 'a large company' as name, generate_series(0, 19) as k union all select 'a middle company', generate_series(500, 519)
    union all select 'a small company', generate_series(2000, 2001)) as own using (name);

  insert into client_spelling (spelling)
  select distinct name from (select consignee as name from position union all select consignor from position
    union all select client from terminal_visit union all select client from train_roster_row) as named
  where name is not null`
