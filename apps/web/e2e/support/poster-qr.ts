/** Where the QR code is on a poster, in fractions of the paper's width, with some of its surroundings. */
export const POSTER_QR = { left: 0, top: 0.745, width: 0.43 }
