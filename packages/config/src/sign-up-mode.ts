export const SIGN_UP_MODES = ['open', 'invite', 'closed'] as const

/**
 * Who may create an account. `open`: everybody. `invite`: people with an invitation of a shop. `closed`: nobody.
 * The operator always can, with `bun run owner:create`.
 */
export type SignUpMode = (typeof SIGN_UP_MODES)[number]

/** SIGN_UP, or its default: an installation that the internet reaches takes no strangers. */
export const signUpMode = (settings: {
  SIGN_UP: SignUpMode | undefined
  PUBLIC_URL: string | undefined
}): SignUpMode => settings.SIGN_UP ?? (settings.PUBLIC_URL === undefined ? 'open' : 'invite')
