/** The path to which a link on a page leads. The server renders relative links, so they cannot be compared as they are. */
export const pathOfLink = (href: string, page: Pick<URL, 'href'>): string => new URL(href, page.href).pathname
