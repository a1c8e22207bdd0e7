/** Where the QR code is on a poster, in fractions of the paper's width, with some of its surroundings. */
export const POSTER_QR = { left: 0, top: 0.745, width: 0.43 }

/** The same on a poster with a picture and a title of one line. */
export const POSTER_QR_WITH_PICTURE = { left: 0, top: 0.865, width: 0.35 }
