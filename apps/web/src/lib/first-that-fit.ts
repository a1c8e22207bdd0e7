/** As many of the items as fit on one line, at least the first, and `more` of those that are left out. */
export function firstThatFit(
  items: readonly string[],
  more: (count: number) => string,
  fits: (line: string) => boolean,
): string {
  const lines = items.map((_, left) => {
    const named = items.slice(0, items.length - left).join(' · ')
    return left > 0 ? `${named} ${more(left)}` : named
  })
  return lines.find(fits) ?? lines.at(-1) ?? ''
}
