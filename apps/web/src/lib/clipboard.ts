/**
 * Copies text to the clipboard; resolves to whether it worked. On plain http, as in a local network,
 * `navigator.clipboard` is missing: there a selected text field and the old copy command do it.
 */
export async function copyText(text: string): Promise<boolean> {
  if (window.isSecureContext && 'clipboard' in navigator) {
    try {
      await navigator.clipboard.writeText(text)
      return true
    } catch {
      // Permission denied, for instance without focus: the copy command may still be allowed.
    }
  }
  const field = document.createElement('textarea')
  field.value = text
  field.readOnly = true
  // Below 16px, phones zoom in on a focused field.
  field.style.cssText = 'position:fixed;top:0;opacity:0;font-size:16px'
  const focused = document.activeElement
  // A dialog traps the focus, so the field has to be inside it.
  const parent = focused?.closest('[role=dialog]') ?? document.body
  parent.append(field)
  field.select()
  try {
    return document.execCommand('copy')
  } catch {
    // Some browsers of apps throw where they do not allow it.
    return false
  } finally {
    field.remove()
    if (focused instanceof HTMLElement) focused.focus()
  }
}
