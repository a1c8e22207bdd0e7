import { StoredBodies } from '@eungmo/api/http/stored-bodies'

/** The process's bodies for everybody, under the addresses of the API and of the verification pages. */
export const storedBodies = new StoredBodies()
