declare global {
  /** Defined in app.html: remembers the last button that was pressed before the scripts had loaded. */
  var earlyPress: ((event: MouseEvent) => void) & { button?: HTMLButtonElement; replayed: boolean }
  /** Defined in app.html: loads the page of the address that Back or Forward led to while no router listened. */
  var earlyBack: () => void
}

/**
 * Presses a button again that was pressed before the scripts had loaded: on a slow connection a page is
 * visible seconds before its dialogs work. Links, and forms with a method, work without scripts. A form without
 * one would send its fields in the address, so app.html holds its submit button back, too.
 */
export function replayEarlyPress(): void {
  removeEventListener('click', globalThis.earlyPress, true)
  const { button } = globalThis.earlyPress
  globalThis.earlyPress.replayed = true
  if (button?.isConnected) button.click()
  // The router starts listening in the same task as this call, after it.
  setTimeout(() => removeEventListener('popstate', globalThis.earlyBack))
}
