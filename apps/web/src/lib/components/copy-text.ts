/** Copies text, also where the page is not secure (plain http on a LAN has no navigator.clipboard). False: could not. */
export async function copyText(text: string): Promise<boolean> {
  if (navigator.clipboard) {
    try {
      await navigator.clipboard.writeText(text)
      return true
    } catch {
      // Refused, for instance without focus: the older way may still work.
    }
  }
  const area = document.createElement('textarea')
  area.value = text
  area.readOnly = true
  area.style.cssText = 'position:fixed;top:0;opacity:0'
  // A dialog traps focus, so the helper stands inside it.
  const home = document.activeElement?.closest('[role=dialog]') ?? document.body
  const before = document.activeElement
  home.append(area)
  area.select()
  const done = document.execCommand('copy')
  area.remove()
  if (before instanceof HTMLElement) before.focus()
  return done
}
