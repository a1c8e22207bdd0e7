/** A word that stops a newcomer, and the field's own term for it. */
export type Word = {
  pattern: RegExp
  instead: string
  /** Files in which the word is the right one, with the reason beside the entry. */
  allowedIn?: RegExp
}

/** Killed processes, broken networks, lost messages: here the word has its usual meaning, fault injection. */
const FAULT_INJECTION = /\/faults?[-/]|faults(-\w+)?\.(test\.ts|md)$/

/** A column of entry_terms(), a function in an applied migration. */
const REFUSAL = /\/register-participants\.ts$/

export const words: Word[] = [
  { pattern: /answer/i, instead: 'return, response, result' },
  {
    pattern: /(?<!de|test:|\/)fault(?!s?([ -](suite|injection|scenario)|\.md))/i,
    instead: 'error, issue, problem; "fault" only for fault injection',
    allowedIn: FAULT_INJECTION,
  },
  {
    // ECONNREFUSED is the system's name of an error, ConnectionRefused that of Bun.
    pattern: /(?<!CONN|Connection)refus(e|al|ing)/i,
    instead: 'reject, error, ApiError',
    allowedIn: REFUSAL,
  },
  {
    pattern: /\b(unless|when) (given|told|asked|said)\b|\bif told\b/i,
    instead: 'Defaults to …; unless … is set',
  },
  { pattern: /\bcomes? true\b/i, instead: 'resolves when' },
  { pattern: /\bcomes? back (when|once|with|after)\b/i, instead: 'resolves when, returns' },
  { pattern: /\blest\b/i, instead: 'so that … not' },
  { pattern: /\banew\b/i, instead: 'again' },
  { pattern: /\b(whoever|whosoever|thereof|wherein|the former|hereby)\b/i, instead: 'a precise subject' },
  { pattern: /\bone idea a file\b/i, instead: 'one idea per file' },
  {
    pattern:
      /\bonce (a|an) (batch|file|request|entry|row|message|page|event|process|line|statement|commit)\b/i,
    instead: 'once per …',
  },
  {
    pattern:
      /\b(bytes|rows|entries|messages|lines|queries|statements|hashes) (a|an) (batch|file|request|entry|row|message|page|event|process|line)\b/i,
    instead: 'per …',
  },
  {
    pattern: /\b(const|let|function|async function) (given|asked|told|kept|made|wanted)\b/,
    instead: 'input, requested, reported, stored, created, expected',
  },
  {
    pattern: /\b(given|asked|told|kept|made)[A-Z]\w*|\b[a-z]\w*(Given|Asked|Told|Kept|Made)([A-Z]\w*)?\b/,
    instead: 'input, requested, reported, stored, created',
  },
  {
    pattern: /\b(const|let) (MOST|EVERY|LIMIT|OWN_TIME|BATCH|ENOUGH|LONGEST)\b/,
    instead: 'a name with its subject and unit: MAX_CHANNELS, POLL_INTERVAL_MS',
  },
  {
    pattern: /\bconst \w+_(LIMIT|EVERY|AFTER|PAUSE|TIMEOUT|INTERVAL) = [\d_ *]+$/,
    instead: 'the unit at the end: START_TIMEOUT_MS, CHECK_INTERVAL_MS, MAX_ROWS',
  },
]
