declare global {
  /** Defined in app.html: remembers the last button that was pressed before the scripts had loaded. */
  var earlyPress: ((event: MouseEvent) => void) & { button?: HTMLButtonElement }
}

/**
 * Presses a button again that was pressed before the scripts had loaded: on a slow connection a page is
 * visible seconds before its dialogs work. Links and forms need no scripts, so only buttons of type "button"
 * are remembered.
 */
export function replayEarlyPress(): void {
  removeEventListener('click', globalThis.earlyPress, true)
  const { button } = globalThis.earlyPress
  if (button?.isConnected) button.click()
}
