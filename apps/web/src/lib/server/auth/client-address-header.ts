/** The header in which our own code, never the client, passes the client's address to better-auth. */
export const CLIENT_ADDRESS_HEADER = 'x-eungmo-client-address'
