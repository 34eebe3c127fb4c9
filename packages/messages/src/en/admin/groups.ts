import { bold } from '../../format/html.ts'
import type { groups as ru } from '../../ru/admin/groups.ts'

export const groups: typeof ru = {
  command: 'Groups in which I answer',
  closed: 'I will answer here once an administrator of the bot allows this group. I have passed the request on.',
  noAccess: 'The bot does not answer in this group yet',
  opened: (username) => `Done: I answer in this group now. Name me @${username} and send a container number.`,
  request: (title) => `👥 <b>Request of a group</b>\n${bold(title)}`,
  addedBy: (who) => `Invited by: ${who}`,
  gathered: (count) => `👥 Groups that wait for a decision: ${count}. List: /groups`,
  allow: 'Allow',
  deny: 'Decline',
  back: '‹ Back',
  chooseScope: 'Whose containers are shown in this group? All its members will see them, no matter who asks.',
  everything: 'All containers',
  list: (total) => (total === 0 ? 'I am in no group.' : `👥 <b>Groups</b>: ${total}. Press one to change it.`),
  status: { waiting: '⏳ waits for a decision', allowed: '✅ answered', declined: '⛔ declined' },
  sees: (company) => (company === null ? 'Sees all containers' : `Sees the containers of ${bold(company)}`),
  removedCompany: 'The company is removed: the group sees nothing.',
  left: 'I am not in the group any more: once it is allowed, add me again.',
  change: '🏢 Whose containers',
  close: '⛔ Close and leave',
}
