-- Whether a container on site is empty, damaged or at the customs stands among the fields of each row of a terminal report, as
-- `conditionOf` of the domain reads it. Rows that are there already get the same.
update terminal_sighting set fields = fields || jsonb_strip_nulls(jsonb_build_object(
  'isLoaded', case
    when sheet ilike 'loaded%' then true
    when sheet ilike 'empty%' then false
    when fields ? 'cargo' then lower(fields ->> 'cargo') !~ '^(порож|пуст|empty|без груза)' end,
  'isDamaged', case
    when sheet ilike 'damaged%' then true
    when fields ? 'condition' then lower(fields ->> 'condition') ~ '(поврежд|дефект|damage)'
      and lower(fields ->> 'condition') !~ '^(без|нет|не|no|not|un)' end,
  'isAtCustoms', case
    when sheet ilike 'customs%' then true
    when sheet ~* '^(loaded|empty|damaged)' then false
    when sheet ~* '^(arrival|dispatch)' then null
    when fields ? 'customsMode' then lower(fields ->> 'customsMode') !~ '^(внутр|нет|domestic)' end))
where exists (
  select from terminal_visit as visit
  where visit.container = terminal_sighting.container and visit.visit_key = terminal_sighting.visit_key and visit.on_site);

update terminal_visit as visit set fields = visit.fields || said.fields
from (
  select container, visit_key, jsonb_object_agg(key, value) as fields from (
    select distinct on (sighting.container, sighting.visit_key, field.key)
      sighting.container, sighting.visit_key, field.key, field.value
    from terminal_sighting as sighting
    join workbook on workbook.id = sighting.workbook_id
    cross join lateral jsonb_each(sighting.fields) as field
    where field.key in ('isLoaded', 'isDamaged', 'isAtCustoms')
    order by sighting.container, sighting.visit_key, field.key, sighting.stamp desc, workbook.received_at desc,
      workbook.sha256 desc, field.value = 'true' desc
  ) as newest
  group by container, visit_key
) as said
where said.container = visit.container and said.visit_key = visit.visit_key and visit.on_site;

-- A workbook of what stands at a terminal: which containers is decided when it is built, by the rights of its reader at that moment.
alter type report_kind add value 'terminal_stock';
alter table report add column stock_filter jsonb;
