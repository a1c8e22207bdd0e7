import type { RequestEvent } from '@sveltejs/kit'

/** Asks search engines not to index a page about entrants, whatever its content says. */
export const unlist = ({ setHeaders }: Pick<RequestEvent, 'setHeaders'>): void =>
  setHeaders({ 'x-robots-tag': 'noindex' })
