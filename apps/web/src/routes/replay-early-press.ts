declare global {
  /** Defined in app.html: remembers the last button that was pressed before the scripts had loaded. */
  var earlyPress: ((event: MouseEvent) => void) & { button?: HTMLButtonElement; replayed: boolean }
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
}
