import { readdirSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { createRoutingTable, declaredActions } from '../routing/routing-table.ts'
import type { Declared } from '../routing/feature.ts'
import { parseCallbackData } from '../routing/callback-data.ts'
import { noProbes } from '../testing/start-test-bot.ts'
import { composeFeatures } from './compose-features.ts'

const { features } = composeFeatures({
  policy: { mode: 'open', adminChatIds: [], unnamed: 'hidden' },
  isEmailOn: true,
  probes: noProbes,
  scheduleZone: 'Asia/Vladivostok',
  offeredTimes: [],
  greetings: { ru: undefined, en: undefined },
  view: {
    sourceZone: 'Europe/Moscow',
    freeDays: [],
    staleAfterMinutes: 360,
    standingAfterMinutes: 1440,
    forecastMovedHours: 12,
  },
})
const table = createRoutingTable(features)
const declared = features.flatMap(({ declares = [] }) => declares)

describe('the features of the bot', () => {
  test('do not collide, and each label of the menu has a feature', () => {
    const items = ['lookup', 'subscriptions', 'attention', 'email', 'settings', 'help', 'admin'] as const
    expect(items.filter((item) => !table.findMenuItem(item))).toEqual([])
  })

  test('declare every action and every step of their files', async () => {
    const source = `${import.meta.dirname}/..`
    const files = readdirSync(source, { recursive: true, encoding: 'utf8' })
    const own = files.filter((file) => /(^|[-/])(actions|steps)\.ts$/.test(file))
    expect(own.length).toBeGreaterThan(15)
    for (const file of own) {
      const names: Readonly<Record<string, Declared>> = await import(`${source}/${file}`)
      expect({ file, missing: Object.keys(names).filter((name) => !declared.includes(names[name]!)) }).toEqual({
        file,
        missing: [],
      })
    }
  })
})

/** Buttons of every kind that releases have written: they stay in chats for ever. */
test.each([
  ['v1:sub-list:0', { page: 0 }],
  ['v1:sub-times:0900:1600', { first: '09:00', second: '16:00' }],
  ['v1:card-open:MSKU6011672', { container: 'MSKU6011672', list: undefined }],
  ['v1:card:MSKU6011672:77', { container: 'MSKU6011672', list: 77 }],
  ['v1:history:MSKU6011672:0:2', { container: 'MSKU6011672', list: undefined, page: 2 }],
  ['v1:train-boxes:25-073', { trainCode: 'К25-073', page: 0 }],
  ['v1:find:Ns3k-s3mSaI20:1', { filter: 'Ns3k-s3mSaI20', page: 1 }],
  ['v1:term-page:0123456789ab:0', { terminal: '0123456789ab', page: 0 }],
  ['v1:audit-page:2', { page: 2 }],
  ['v1:health', {}],
  ['v1:ref-show:a1b2c3', { reference: 'a1b2c3' }],
  ['v1:admin-open:people', { command: 'people' }],
  ['v1:set-zones', { page: undefined }],
  ['v1:set-zone:Vladivostok', { zone: 'Asia/Vladivostok' }],
  ['v1:set-zone:auto', { zone: 'auto' }],
  ['v1:set-quiet-to:2200:0800', { from: '22:00', until: '08:00' }],
  ['v1:set-quiet-to:off', { from: 'off', until: undefined }],
  ['v1:wb-show:7', { workbookId: 7, place: undefined, page: 0 }],
  ['v1:wb-show:7:waiting2:1', { workbookId: 7, place: { filter: 'waiting', page: 2 }, page: 1 }],
  ['v1:wb-open-one:7', { workbookId: 7 }],
  ['v1:why:MSKU6011672:0:2', { container: 'MSKU6011672', list: undefined, page: 2 }],
  ['v1:wb-accept:7', { workbookId: 7, place: undefined }],
  ['v1:wb-accept-yes:12:shrunk:-', { workbookId: 12, reason: 'shrunk', place: undefined }],
  ['v1:wb-mean:7:3:operatedAt', { workbookId: 7, column: 3, field: 'operatedAt' }],
  ['v1:wb-open:mail', { list: 'mail' }],
  ['v1:wb-mail-again:5', { mailId: 5 }],
  ['v1:wb-annotate:5', { workbookId: 5 }],
  ['v1:doc-annotate:5', { documentId: 5 }],
  ['v1:access-company:3:0', { personId: 3, companyId: undefined }],
  ['v1:grp-scope:3:4', { groupId: 3, companyId: 4 }],
  ['v1:pe-list:0:0', { companyId: undefined, page: 0 }],
  ['v1:broadcast-send:3:120', { broadcastId: 3, recipients: 120 }],
  ['v1:email-show', { id: undefined }],
  ['v1:email-remove-yes', { id: undefined }],
  ['v1:email-again:3', { id: 3 }],
  ['v1:late-order:2026-10', { month: '2026-10-01', companyId: undefined }],
  ['v1:late-order:2026-10:4', { month: '2026-10-01', companyId: 4 }],
  ['v1:ledger:unsent:2', { filter: 'unsent', page: 2 }],
  ['v1:ledger-again:7', { reportId: 7 }],
  ['v1:ledger-mail:7', { reportId: 7 }],
  ['v1:ml-kind:7:unloaded', { listId: 7, kind: 'unloaded' }],
  ['v1:ml-field:7:clients', { listId: 7, field: 'clients' }],
  ['v1:unknown-show:3', { broadcastId: 3 }],
  ['v1:forecast-list:2', { page: 2 }],
  ['v1:forecast-lane:7:1', { laneId: 7, page: 1 }],
  ['v1:unknown-resend:9:0:1', { deliveryId: 9, broadcastId: undefined, page: 1 }],
])('the button %s keeps its meaning', (data, meaning) => {
  const { action, parts } = parseCallbackData(data)!
  expect(declaredActions(features).get(action)?.parse(parts)).toEqual(meaning)
  expect(table.findAction(action)).toBeDefined()
})
