import { bold } from '../../format/html.ts'
import type { members as ru } from '../../ru/admin/members.ts'

export const members: typeof ru = {
  command: 'Who uses the bot',
  title: (total) => (total === 0 ? 'Nobody is here yet.' : `🙋 <b>People: ${total}</b>`),
  titleOf: (company, total) =>
    total === 0 ? `Nobody is in company ${bold(company)} yet.` : `🙋 People of ${bold(company)}: ${total}`,
  role: { admin: 'administrator', operator: 'operator', viewer: 'viewer' },
  noCompany: 'no company, sees everything',
  company: (name) => `company: ${bold(name)}`,
  stranded: '⚠️ The company is removed: they see nothing. Choose another role or company.',
  own: 'Your own rights are changed by another administrator.',
  ownToast: 'Your own rights are changed by another administrator',
  roleButton: { admin: '👑 Make an administrator', operator: '🛠 Make an operator' },
  viewerButton: '👁 Viewer: choose a company',
  dismissButton: '⛔ Take access away',
  chooseCompany: 'Which company? Without one all containers are visible.',
  withoutCompany: 'No company: sees everything',
  askDismiss: (who) => `Take access away from ${bold(who)}? Their subscriptions stop.`,
  confirmDismiss: 'Yes, take it away',
  dismissed: 'Access is taken away',
  changed: 'Done, it counts at once',
  back: '‹ Back',
}
