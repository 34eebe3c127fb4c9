/**
 * Words of a private dialect, and the field's terms for them.
 * @type {readonly { pattern: RegExp, instead: string }[]}
 */
export const words = [
  { pattern: /\banew\b/i, instead: 'again' },
  { pattern: /\blest\b/i, instead: 'so that … not' },
  { pattern: /\bwhoever\b/i, instead: 'anybody who' },
  { pattern: /\btold\b|\btells? (?:of|about|the|an?|them|who|admins?)\b/i, instead: 'report, notify, say, show' },
  { pattern: /\bbells?\b|\bunheard\b|\brung\b/i, instead: 'enqueue, wake' },
  { pattern: /\btwins?\b/i, instead: 'duplicate, copy, counterpart' },
  { pattern: /\bdesks?\b/i, instead: 'review queue' },
  { pattern: /\briders?\b/i, instead: 'containers on a wagon' },
  { pattern: /\blessons?\b|\btaught\b|\bteach(?:es|able|ing)?\b/i, instead: 'column mapping, define a mapping' },
  { pattern: /\bsettle[sd]?\b|\bsettling\b/i, instead: 'complete (import), record the outcome (delivery)' },
  { pattern: /\bkeeps? company\b|\bpatience\b|\binsists?\b/i, instead: 'progress indicator, retry with backoff' },
  { pattern: /\bties\b/i, instead: 'links' },
  // A clause in front of the subject: "Who has no access gets …".
  {
    pattern: /(?:\*|\/\/|^|[.;:]) (?:Who|What|Whoever) (?!is\b|are\b|do\b|does\b|happen)[a-z]/,
    instead: 'the subject first',
  },
]

/**
 * Places where such a word is right, with the reason.
 * @type {readonly { file?: RegExp, line?: RegExp, reason: string }[]}
 */
export const exceptions = [
  { file: /^migrations\//, reason: 'applied migrations stay as they are' },
  { file: /^tools\/checks\/word-list\.mjs$/, reason: 'the list itself' },
  { file: /\/lookup\/card\/card(-parts)?\.ts$/, line: /'ties'/, reason: 'a stored part of the card' },
  {
    file: /^packages\/messages\/src\/(?:en|ru)\/chat\/settings\.ts$/,
    line: /^\s*ties: /,
    reason: 'a stored part of the card',
  },
  { line: /\bwb-teach\b|'teach', 'learn'|'workbook\.taught'/, reason: 'stored in buttons, dialogs and the audit' },
  { line: /workbooks (?:[a-z|]+\|)?teach\b|\['teach'\]|`teach`/, reason: 'a command of the CLI' },
  { line: /\b(?:no_access_)?told_at\b|\b(?:noAccessT|t)oldAt\b/, reason: 'stored columns' },
  { line: /Promise\.allSettled\(/, reason: 'a name of the language' },
]
