import { expect, test } from 'vitest'
import type { Access } from './access-of.ts'
import { actorOf, actors, may, type Right, rights } from './rights.ts'
import { everything } from './scope.ts'

/** Said a second time and by hand, so that a change of the table is a decision: the letters are the actors in their order. */
const expected: Readonly<Record<Right, string>> = {
  //                   a o v c s g A l
  help: /*            */ 'aovc-gA-',
  ask: /*             */ 'aovc-gA-',
  keep_own: /*        */ 'aovc----',
  share_reports: /*   */ 'aovc-gA-',
  share_answers: /*   */ 'aovc----',
  attention: /*       */ 'aovc----',
  own_data: /*        */ 'aovcs---',
  request_access: /*  */ 'aovcsgA-',
  annotate_workbook: 'aovc----',
  import_workbook: /* */ 'ao-----l',
  read_train_clients: 'ao-----l',
  correct_trains: /*  */ 'ao-----l',
  decide_access: /*   */ 'a-----Al',
  review_workbooks: /**/ 'a-----Al',
  manage_groups: /*   */ 'a-----Al',
  manage_people: /*   */ 'a------l',
  manage_companies: /**/ 'a------l',
  manage_mail_lists: 'a------l',
  read_audit: /*      */ 'a------l',
  broadcast: /*       */ 'a------l',
  force_reports: /*   */ 'a------l',
  inspect_deliveries: 'a------l',
  inspect_provenance: 'a------l',
  inspect_health: 'a------l',
  inspect_forecast: /**/ 'a------l',
  inspect_statistics: 'a------l',
  export_data: /*     */ 'a------l',
  change_settings: /* */ 'a------l',
  inspect_queues: /*  */ '-------l',
  migrate: /*         */ '-------l',
  back_up: /*         */ '-------l',
}

test.each(rights)('the right %s is given as decided', (right) => {
  const letters = 'aovcsgAl'
  expect(actors.map((actor, place) => (may(actor, right) ? letters[place] : '-')).join('')).toBe(expected[right])
})

test.each([
  [{ kind: 'allowed', role: 'admin', scope: everything }, 'admin', 'admins_group'],
  [{ kind: 'allowed', role: 'operator', scope: everything }, 'operator', 'group'],
  [{ kind: 'allowed', role: 'viewer', scope: everything }, 'viewer', 'group'],
  [
    { kind: 'allowed', role: 'viewer', scope: { kind: 'company', companyId: 5, seesUnnamed: true } },
    'company_viewer',
    'group',
  ],
  [{ kind: 'allowed', role: 'viewer', scope: { kind: 'nothing' } }, 'company_viewer', 'group'],
  [{ kind: 'waiting' }, 'stranger', 'stranger'],
  [{ kind: 'removed' }, 'stranger', 'stranger'],
  [{ kind: 'closed_group', status: 'waiting' }, 'stranger', 'stranger'],
] as const satisfies readonly (readonly [Access, string, string])[])(
  '%o acts as %s, and as %s in a group',
  (access, alone, inGroup) => {
    expect(actorOf(access, 'private')).toBe(alone)
    expect(actorOf(access, 'group')).toBe(inGroup)
  },
)
