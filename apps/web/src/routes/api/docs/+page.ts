/** It reads without scripts. */
export const csr = false
