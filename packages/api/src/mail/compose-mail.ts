import type { Mail } from './mailer.ts'

export interface Letter {
  subject: string
  paragraphs: readonly string[]
  /** A button below the first paragraph; in the text its address stands alone on a line. */
  link: { label: string; href: string }
}

const ENTITIES: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' }
const escapeHtml = (text: string) => text.replace(/[&<>"]/g, (character) => ENTITIES[character] ?? character)

/** A letter as a message: text for every reader, and HTML without images, styles from elsewhere or scripts. */
export function composeMail(to: string, { subject, paragraphs, link }: Letter): Mail {
  const [first = '', ...rest] = paragraphs
  const paragraph = (text: string) => `<p>${escapeHtml(text)}</p>`
  const button = `<p><a href="${escapeHtml(link.href)}" style="font-weight:bold">${escapeHtml(link.label)}</a></p>`
  return {
    to,
    subject,
    text: `${[first, link.href, ...rest].join('\n\n')}\n`,
    html: `<!doctype html><html><body>${[paragraph(first), button, ...rest.map(paragraph)].join('')}</body></html>`,
  }
}
