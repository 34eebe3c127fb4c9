import { expect, test } from 'vitest'
import { isTrustedSender } from './trusted-senders.ts'

const senders = {
  dislocation: ['cargolk@gvc.rzd.ru', '@rail.example'],
  terminal_report: ['a@b.example'],
  train_roster: [],
}

test.each([
  ['dislocation', 'cargolk@gvc.rzd.ru', true],
  ['dislocation', ' CargoLK@GVC.rzd.ru', true],
  ['dislocation', 'robot@rail.example', true],
  ['dislocation', 'robot@notrail.example', false],
  ['dislocation', 'a@b.example', false],
  ['terminal_report', 'a@b.example', true],
  ['train_roster', 'cargolk@gvc.rzd.ru', false],
  ['dislocation', null, false],
  ['dislocation', '', false],
] as const)('%s from %s is trusted: %s', (kind, sender, trusted) => {
  expect(isTrustedSender(senders, kind, sender)).toBe(trusted)
})
