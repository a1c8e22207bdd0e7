/** How a column is protected against a reader of the database. */
type Protection =
  /** An AES-256-GCM envelope under the key of this purpose, bound to its row and column. */
  | { envelope: 'phone' | 'name' | 'note' | 'claim' }
  /** A hash under the key of this purpose. */
  | { keyedHash: 'index' | 'budget' }
  /** A hash of secrets of 128 bits or more, which nobody can try. */
  | { hash: true }
  | { encryptedBy: 'better-auth' }
  | { clear: true }

/** What destruction does with a column. */
type Destruction = 'set null' | 'cut to the hour' | 'delete the row'

/** A column that relates to a person. */
export interface PersonalColumn {
  table: string
  column: string
  /** Whose data it is. */
  person: 'entrant' | 'account'
  protection: Protection
  destruction: Destruction
  /** When it is destroyed. */
  when: string
  /** Whether destroying the data of one participant includes it. */
  withParticipant: boolean
}

const AFTER_EVENT = 'at the date that the consent text names, or at the withdrawal of consent'
const WITH_ACCOUNT = 'when the account is deleted'
const ACCESS_LOG_END = 'with its month, after two years, or three for grants and removals of rights'

const entrant = (
  table: string,
  columns: readonly string[],
  protection: Protection,
  destruction: Destruction = 'set null',
  when = AFTER_EVENT,
): PersonalColumn[] =>
  columns.map((column) => ({
    table,
    column,
    person: 'entrant',
    protection,
    destruction,
    when,
    withParticipant: when === AFTER_EVENT,
  }))

const account = (
  table: string,
  columns: readonly string[],
  protection: Protection = { clear: true },
  when = WITH_ACCOUNT,
): PersonalColumn[] =>
  columns.map((column) => ({
    table,
    column,
    person: 'account',
    protection,
    destruction: 'delete the row',
    when,
    withParticipant: false,
  }))

/**
 * Every column that relates to a person: the one list that destruction, export and tests go by. A test finds
 * columns of text, bytes or JSON that are neither here nor among the impersonal ones.
 */
export const personalColumns: readonly PersonalColumn[] = [
  ...entrant('participants', ['phone_number'], { envelope: 'phone' }),
  ...entrant('participants', ['name'], { envelope: 'name' }),
  ...entrant('participants', ['exclusion_note'], { envelope: 'note' }),
  ...entrant('participants', ['phone_index', 'submission_id'], { keyedHash: 'index' }),
  ...entrant('participants', ['application_number'], { clear: true }),
  ...entrant('participants', ['marketing_consented_at', 'marketing_version'], { clear: true }),
  ...entrant(
    'participants',
    ['participated_at', 'visited_at', 'consented_at', 'won_at', 'excluded_at'],
    { clear: true },
    'cut to the hour',
  ),
  ...entrant('draw_winners', ['person'], { hash: true }),
  ...entrant('draw_winners', ['withdraw_note'], { envelope: 'note' }),
  ...entrant('draw_winners', ['link_id'], { clear: true }),
  ...entrant('draw_winners', ['claimed_at', 'handed_over_at'], { clear: true }, 'cut to the hour'),
  ...entrant('claims', ['details'], { envelope: 'claim' }, 'delete the row'),
  ...entrant('contact_attempts', ['note'], { envelope: 'note' }, 'delete the row'),
  // An opaque id under which the provider knows the message.
  ...entrant('notices', ['provider_message_id'], { clear: true }, 'delete the row'),
  ...entrant(
    'attempt_budgets',
    ['key'],
    { keyedHash: 'budget' },
    'delete the row',
    'a day after its first attempt',
  ),
  ...account('users', ['name', 'email', 'image']),
  ...account(
    'shops',
    ['contact', 'privacy_officer'],
    { clear: true },
    'when the owner changes it, or with the shop',
  ),
  ...account('accounts', ['account_id', 'password']),
  ...account('accounts', ['access_token', 'refresh_token', 'id_token'], { encryptedBy: 'better-auth' }),
  ...account('sessions', ['token', 'ip_address', 'user_agent'], { clear: true }, 'when the session ends'),
  ...account('two_factors', ['secret', 'backup_codes'], { encryptedBy: 'better-auth' }),
  ...account('passkeys', ['name', 'public_key', 'credential_id', 'aaguid']),
  ...account('shop_invitations', ['email'], { clear: true }, 'when the invitation is accepted or expires'),
  ...account('verifications', ['identifier'], { hash: true }, 'when it expires'),
  ...account('verifications', ['value'], { clear: true }, 'when it expires'),
  ...account('access_log', ['client_address'], { clear: true }, ACCESS_LOG_END),
  // Written by owners, who may not write a phone number into it.
  ...account('access_log', ['purpose'], { clear: true }, ACCESS_LOG_END),
  ...account('auth_rate_limits', ['key'], { clear: true }, 'when its period is over'),
]

/**
 * Columns of text, bytes or JSON that relate to no person, by table. What an owner writes for the public, such
 * as titles, stories, pictures and the shop's name, is the shop's. Ids lead to a person only through the columns above.
 */
export const impersonalColumns: Readonly<Record<string, readonly string[]>> = {
  // entry_id hashes 128 random bits of the salt with the number: without the salt nobody can try it.
  participants: ['entry_path', 'entry_id'],
  outbox: ['event_type', 'payload'],
  draw_records: ['type', 'record', 'hash', 'signature', 'rules_text', 'change_reason'],
  locked_lists: ['entries_root'],
  locked_list_parts: ['bytes'],
  draw_logs: ['draw_method', 'algorithm', 'total_tickets', 'round', 'deviation', 'requested_by'],
  draw_winners: ['prize', 'entry_id', 'standing', 'withdraw_reason'],
  contact_attempts: ['means'],
  notices: ['kind', 'locale', 'state', 'problem'],
  notice_starts: ['locale'],
  events: [
    'slug',
    'title',
    'story',
    'status',
    'beacon',
    'key_id',
    'seed_ciphertext',
    'visit_token',
    'pause_reason',
    'cancel_reason',
  ],
  event_pictures: ['version', 'alt_text', 'small', 'large', 'jpeg'],
  prizes: ['name'],
  channels: ['entry_path', 'code', 'kind'],
  consent_texts: ['ko', 'en'],
  marketing_texts: ['ko', 'en'],
  owner_notices: ['ko', 'en'],
  destruction_records: ['reason'],
  destruction_journal: ['reason'],
  key_checks: ['key_id', 'value'],
  shops: ['name', 'slug', 'logo', 'metadata', 'address', 'opening_hours', 'pause_reason'],
  shop_members: ['role'],
  shop_invitations: ['role', 'status'],
  accounts: ['provider_id', 'scope'],
  passkeys: ['device_type', 'transports'],
  api_keys: ['name', 'prefix', 'hash', 'scopes'],
  access_log: ['actor_kind', 'actor_role', 'action'],
  channel_counts: ['entry_path'],
  view_counts: ['source'],
  // Messages that could not be read; ours hold ids, an entry path and a time.
  dead_letters: ['source', 'topic', 'message_id', 'event_type', 'key', 'headers', 'value', 'cause'],
}
