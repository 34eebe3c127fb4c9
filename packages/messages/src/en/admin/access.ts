import { bold, escapeHtml } from '../../format/html.ts'
import type { access as ru } from '../../ru/admin/access.ts'

export const access: typeof ru = {
  welcome:
    'Hello! I show where containers are. An administrator grants access: press the button and I will pass your request on. What I store about you: /privacy',
  ask: 'Ask for access',
  askForIntroduction:
    'Write in one message who you are: name, company and what you need access for. Up to 300 characters. It helps the administrator to decide.',
  badAbout: 'I need a text of up to 300 characters: name, company and what for. Or press “Skip”.',
  skip: 'Skip',
  asked: 'Your request was passed on. I will write as soon as it is decided.',
  waiting: 'Your request waits for an administrator. I will write as soon as it is decided.',
  denied: 'Unfortunately an administrator has not granted you access to this bot. You may ask again in a day.',
  dismissed: 'An administrator has withdrawn your access to this bot. You may ask for it again after a day.',
  onlyWithAccess:
    'I answer those whom an administrator has granted access. You can ask for it in a private chat with me.',
  withdrawn:
    'You asked for access not long ago and erased your data, the request among them. You may ask again a day after it.',
  noAccess: 'No access',
  granted: 'You have access now. Send a container number or choose from the menu.',
  grantedAs: {
    admin:
      'You have access as an administrator: you see all containers and decide about access, files and broadcasts. What I can do: /help',
    operator:
      'You have access as an operator: you see all containers and may send me files with positions, terminal reports and train rosters. What I can do: /help',
    viewer:
      'You have access. Send a container number, a list or a table, and I will say where they are. What I can do: /help',
  },
  grantedWithCompany: (company) =>
    `You have access, your company: ${bold(company)}. You see the containers of its clients and the shared ones. Send a container number, a list or a table. What I can do: /help`,
  changedTo: {
    admin:
      'Your rights have changed: you are an administrator, see all containers and decide about access, files and broadcasts. The button “🛠 Administration” is below. What I can do: /help',
    operator:
      'Your rights have changed: you are an operator, see all containers and may send me files with positions, terminal reports and train rosters. What I can do: /help',
    viewer: 'Your rights have changed: you are a viewer and see all containers. What I can do: /help',
  },
  changedCompany: (company) =>
    `Your rights have changed: you are a viewer, your company: ${bold(company)}. You see the containers of its clients and the shared ones. What I can do: /help`,
  written: '✉️ <b>A message from an administrator</b>',
  request: (who: string) => `🔑 <b>Request for access</b>\n${who}`,
  about: (text) => `About: <i>${escapeHtml(text, 300)}</i>`,
  accept: 'Accept',
  deny: 'Decline',
  back: '‹ Back',
  chooseRole: 'Which role?',
  role: { admin: 'administrator', operator: 'operator', viewer: 'viewer' },
  roleButton: { admin: '👑 Administrator', operator: '🛠 Operator', viewer: '👁 Viewer' },
  chooseCompany:
    'Role: viewer. Which company? Without one all containers are visible, with one only those of its clients and the shared ones.',
  withoutCompany: 'No company: sees everything',
  newCompany: '➕ New company',
  askCompanyName: 'What is the new company called? Up to 60 characters. Leave: /cancel',
  badCompanyName: 'The name must be a text of 1 to 60 characters. Please try again. Leave: /cancel',
  companyIsThere: (name) =>
    `There is a company ${bold(name)} already: choose it from the list under the request, or write another name.`,
  companyIsEmpty: 'The new company has no clients yet, so it sees only shared containers. Add its clients: /companies',
  decided: (access: 'granted' | 'denied', by: string) =>
    `${access === 'granted' ? '✅ Access granted' : '⛔ Declined'}: ${escapeHtml(by)}`,
  rights: (role, company) => (company === null ? `Role: ${role}` : `Role: ${role}, company: ${bold(company)}`),
  decidedBefore: (access: 'granted' | 'denied', by: string) =>
    `Already decided (${access === 'granted' ? 'granted' : 'declined'}): ${by}`,
  byCommandLine: 'on the command line',
  nobody: 'somebody who has erased their data since',
}
