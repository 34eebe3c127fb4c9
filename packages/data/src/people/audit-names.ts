import { sql } from 'kysely'
import { fullName, groupTitle } from './names.ts'

/** The number behind the thing of an object, such as 7 of `person:7`; of a train or a setting there is none. */
const objectNumber = sql`(case when audit.object ~ '^[a-z_]+:-?[0-9]{1,15}$' then split_part(audit.object, ':', 2)::bigint end)`

/** The name of the object of an entry as it is now; a person whose data were erased, and what is gone, has none. */
export const objectName = sql<string | null>`(case split_part(audit.object, ':', 1)
  when 'person' then (
    select coalesce(${fullName()}, username, telegram_id::text)
    from person where person.id = ${objectNumber} and erased_at is null)
  when 'company' then (select name from company where company.id = ${objectNumber})
  when 'workbook' then (select file_name from workbook where workbook.id = ${objectNumber})
  when 'mail' then (select nullif(subject, '') from mail_message where mail_message.id = ${objectNumber})
  when 'mail_list' then (select name from mail_list where mail_list.id = ${objectNumber})
  when 'broadcast' then (
    select case when length(text) > 60 then left(line, 60) || '…' else nullif(line, '') end
    from broadcast, regexp_replace(text, '[[:space:]]+', ' ', 'g') as line where broadcast.id = ${objectNumber})
  when 'group' then (select nullif(title, '') from chat_group where chat_group.id = ${objectNumber})
  when 'chat' then ${groupTitle(objectNumber)}
  when 'report' then (select report.name from report where report.id = ${objectNumber})
  when 'subscription' then (select subscription.name from subscription where subscription.id = ${objectNumber})
  end)`

/** A detail that is a number. */
const numberIn = (detail: string) =>
  sql`(case when jsonb_typeof(audit.details -> ${sql.lit(detail)}) = 'number' then (audit.details ->> ${sql.lit(detail)})::bigint end)`
const workbookIn = (detail: string) => sql`(select file_name from workbook where workbook.id = ${numberIn(detail)})`
/** The company of an audience, which is a detail as JSON. */
const audienceCompany = sql`(case when audit.details ->> 'audience' ~ '^{"kind":"company","companyId":[0-9]{1,15}}$'
  then ((audit.details ->> 'audience')::jsonb ->> 'companyId')::bigint end)`

/** The names for the numbers in the details of an entry, under the names of the details. */
export const detailNames = sql<Readonly<Record<string, string>>>`jsonb_strip_nulls(jsonb_build_object(
  'companyId', (select name from company where company.id = ${numberIn('companyId')}),
  'audience', (select name from company where company.id = ${audienceCompany}),
  'subscriptionId', (select subscription.name from subscription where subscription.id = ${numberIn('subscriptionId')}),
  'workbookId', ${workbookIn('workbookId')},
  'with', ${workbookIn('with')}))`
