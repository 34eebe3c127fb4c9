import { sql } from 'kysely'
import { addresseeName } from '../deliveries/addressee-name.ts'
import { detailNames, objectName } from '../people/audit-names.ts'
import { fullName } from '../people/names.ts'
import type { ExportSources } from './export-source.ts'

const personName = sql`coalesce(${fullName()}, '')`
/** The list of a text array as one text. */
const listed = (column: string) => sql`array_to_string(${sql.ref(column)}, ', ')`

/** The doings of people, and what goes to them. Those who have erased their data are in no export of people; their rows hold nothing of them. */
export const peopleSources: ExportSources<'lookups' | 'subscriptions' | 'people' | 'deliveries' | 'imports' | 'audit'> =
  {
    lookups: {
      columns: {
        askedAt: sql`lookup.created_at`,
        person: personName,
        username: sql`person.username`,
        company: sql`company.name`,
        containers: listed('lookup.containers'),
        wagons: listed('lookup.wagons'),
        waybills: listed('lookup.waybills'),
        mistyped: listed('lookup.mistyped'),
        found: sql`lookup.found`,
      },
      from: sql`lookup join person on person.id = lookup.person_id left join company on company.id = person.company_id`,
      time: sql`lookup.created_at`,
      where: sql`person.erased_at is null`,
      order: sql`lookup.id`,
    },
    subscriptions: {
      columns: {
        number: sql`subscription.id`,
        createdAt: sql`subscription.created_at`,
        person: personName,
        username: sql`person.username`,
        company: sql`company.name`,
        name: sql`subscription.name`,
        subject: sql`subscription.subject`,
        subjectText: sql`subscription.subject_text`,
        containers: sql`(select count(*) from subscription_item as item
        where item.subscription_id = subscription.id and item.left_at is null)`,
        slots: listed('subscription.slots'),
        zone: sql`subscription.zone`,
        nextDueAt: sql`subscription.next_due_at`,
        pausedAt: sql`subscription.paused_at`,
        deletedAt: sql`subscription.deleted_at`,
      },
      from: sql`subscription join person on person.id = subscription.person_id
      left join company on company.id = person.company_id`,
      time: sql`subscription.created_at`,
      where: sql`person.erased_at is null`,
      order: sql`subscription.id`,
    },
    people: {
      columns: {
        createdAt: sql`person.created_at`,
        telegramId: sql`person.telegram_id::text`,
        person: personName,
        username: sql`person.username`,
        access: sql`person.access`,
        role: sql`person.role`,
        company: sql`company.name`,
        zone: sql`person.zone`,
        decidedAt: sql`person.access_decided_at`,
        subscriptions: sql`(select count(*) from subscription
        where subscription.person_id = person.id and subscription.deleted_at is null)`,
        lastAskedAt: sql`(select max(created_at) from lookup where lookup.person_id = person.id)`,
        unreachableSince: sql`person.unreachable_since`,
      },
      from: sql`person left join company on company.id = person.company_id`,
      time: sql`person.created_at`,
      where: sql`person.erased_at is null`,
      order: sql`person.id`,
    },
    deliveries: {
      columns: {
        createdAt: sql`delivery.created_at`,
        finishedAt: sql`delivery.finished_at`,
        channel: sql`delivery.channel`,
        kind: sql`delivery.kind`,
        status: sql`delivery.status`,
        person: addresseeName,
        address: sql`coalesce(email_address.address, nullif(delivery.address, ''), case when delivery.chat_id < 0 and person.erased_at is null
        then delivery.chat_id::text end)`,
        what: sql`case when delivery.kind <> 'code' then coalesce(to_jsonb(coalesce(report.name, report.file_name)), delivery.notice)::text end`,
        attempts: sql`delivery.attempts`,
        error: sql`delivery.error`,
      },
      from: sql`delivery left join person on person.id = delivery.person_id left join report on report.id = delivery.report_id
      left join email_address on email_address.id = delivery.email_address_id`,
      time: sql`delivery.created_at`,
      order: sql`delivery.id`,
    },
    imports: {
      columns: {
        receivedAt: sql`workbook.received_at`,
        finishedAt: sql`workbook.finished_at`,
        fileName: sql`workbook.file_name`,
        origin: sql`workbook.origin`,
        sender: sql`workbook.sender`,
        kind: sql`workbook.kind`,
        status: sql`workbook.status`,
        reason: sql`workbook.reason`,
        stamp: sql`workbook.stamp`,
        rows: sql`workbook.row_count`,
        skipped: sql`workbook.skipped_count`,
        newContainers: sql`workbook.new_containers`,
        size: sql`workbook.size`,
      },
      from: sql`workbook`,
      time: sql`workbook.received_at`,
      order: sql`workbook.id`,
    },
    audit: {
      columns: {
        createdAt: sql`audit.created_at`,
        actor: sql`jsonb_build_object('actorName', ${fullName()}, 'actorId', audit.actor_id, 'updateId', audit.update_id,
          'command', audit.command)::text`,
        action: sql`audit.action`,
        code: sql`audit.action`,
        object: sql`jsonb_build_object('object', audit.object, 'objectName', ${objectName})::text`,
        details: sql`case when audit.details <> '{}' then jsonb_build_object('action', audit.action, 'details', audit.details,
          'names', ${detailNames})::text end`,
        origin: sql`jsonb_build_object('updateId', audit.update_id, 'command', audit.command)::text`,
      },
      from: sql`audit left join person on person.id = audit.actor_id`,
      time: sql`audit.created_at`,
      order: sql`audit.id`,
    },
  }
